"""From one question to the next, also where the bank has lost what was to come."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.say import paragraphs
from bot.features.feature import Kit
from bot.features.overlay import drawable
from bot.features.quiz import issuing, selecting, setup, starting
from bot.features.quiz.table import Table, decided
from bot.features.quiz.wanted import Wanted
from bot.store.protocol import Tx
from bot.store.rows import Asked, Quiz, QuizState
from bot.views import quiz as views
from questions.words import parse_quiz


def ended(quiz: Quiz, tx: Tx, kit: Kit, state: QuizState, said: str = "") -> Card:
    """The end card of a quiz that is over now."""
    over = replace(quiz, state=state, touched=tx.origin.at)
    tx.save_quiz(over)
    card = setup.end_card(over, tx, kit)
    return replace(card, text=paragraphs(said, card.text))


def following(table: Table) -> Card:
    """What Next leads to: where the quiz stands if that was not left yet, else what comes."""
    quiz = table.quiz
    stands = table.position != quiz.at or not decided(quiz.asked[quiz.at])
    return standing(table) if stands else onward(table)


def standing(table: Table) -> Card:
    """The question that is asked now, its one follow-up, or its verdict."""
    quiz = table.quiz
    item = issuing.find(table.tx, table.bank, quiz.asked[quiz.at])
    if item is None:  # the newest question was lost with what was kept
        return onward(table)
    return replace(table, position=quiz.at, item=item).now()


def onward(table: Table, said: str = "") -> Card:
    """The next question, or the end card after the last."""
    gone = _gone(table)
    quiz = _whole(table, [*gone, *_held_back(table, gone)])
    shorter = len(table.quiz.asked) - len(quiz.asked)
    if gone or shorter:
        said = paragraphs(said, views.lost(table.reader, len(gone), shorter))
    if quiz.at + 1 >= len(quiz.asked):
        return ended(quiz, table.tx, table.kit, "done", said)
    ahead = replace(table, quiz=quiz, position=quiz.at + 1)
    adapted = starting.adapted(ahead)
    return starting.show(adapted, quiz.at + 1, table.tx, table.kit, table.bank, intro=said)


def _gone(table: Table) -> list[int]:
    """The places of coming questions that neither the bank nor what is kept has any more."""
    quiz = table.quiz
    ahead = range(quiz.at + 1, len(quiz.asked))
    return [n for n in ahead if issuing.find(table.tx, table.bank, quiz.asked[n]) is None]


def _held_back(table: Table, gone: list[int]) -> list[int]:
    """The places of coming questions that may not be drawn here any more: one is today's daily."""
    quiz, tx = table.quiz, table.tx
    withheld = frozenset() if tx.community.personal else tx.withheld()
    return [
        n
        for n in range(quiz.at + 1, len(quiz.asked))
        if n not in gone and (quiz.asked[n].ref.owner, quiz.asked[n].ref.id) in withheld
    ]


def _whole(table: Table, gone: list[int]) -> Quiz:
    """The quiz with something else in these places, without those for which there is nothing."""
    quiz, empty = table.quiz, set()
    for place in gone:
        if other := _instead(table, quiz, place):
            quiz = issuing.with_asked(quiz, place, other)
        else:
            empty.add(place)
    return replace(quiz, asked=tuple(one for n, one in enumerate(quiz.asked) if n not in empty))


def _instead(table: Table, quiz: Quiz, place: int) -> Asked | None:
    said = parse_quiz(quiz.words, table.bank.areas, frozenset(table.kit.words))
    wanted = Wanted(said.scope, said.level, said.types, 1, press_only=quiz.onboarding)
    rng = table.kit.rng(f"{table.tx.origin.key}/{place}")
    used = [one.ref.id for one in quiz.asked]
    found = selecting.supply(table.tx, drawable(table.tx, table.kit), wanted, rng, used)
    return next((issuing.asked(one.item, one.why, rng) for one in found.drawn), None)
