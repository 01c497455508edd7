"""Starting a quiz: what the words mean, what there is, the first question at once."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.begin import read
from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Command, Press
from bot.chat.say import Reader, paragraphs, say
from bot.chat.tokens import Token
from bot.days import TWELVE_HOURS
from bot.features.feature import Bank, Kit, Mistake
from bot.features.overlay import drawable
from bot.features.quiz import issuing, selecting
from bot.features.quiz.table import Table
from bot.features.quiz.wanted import NEW, Drawn, Supply, Wanted
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.store.rows import Asked, Quiz
from bot.views import menu
from bot.views import quiz as views
from questions.model import Level, Type
from questions.words import Asked as Said
from questions.words import parse_quiz

DEFAULT_COUNT = 5
ONE_PRESS: tuple[Type, ...] = ("single", "output")
FIRST_LEVELS: tuple[Level, ...] = ("junior", "junior", "mid")


def command(event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/quiz` with or without words; without, an open quiz goes on."""
    words = _words(event)
    return begin(words, tx, kit)


def pressed(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A button that starts a quiz; its words stand in the token with `_` for a blank."""
    return begin(read(token.part(0)), tx, kit, resume=False)


def areas(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """The menu of areas."""
    return reply(menu.pick_an_area(reader(tx), kit.bank(tx.community.id).areas))


def area(press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """A choice of that menu: a group opens its areas, an area begins a quiz."""
    value = press.typed("value")
    known = kit.bank(tx.community.id).areas
    group = value.removeprefix("group.")
    if value.startswith("group.") and any(one.slug == group for one in known.groups):
        return reply(menu.pick_an_area(reader(tx), known, group))
    return begin(value, tx, kit, resume=False)


def _words(event: Command) -> str:
    args = event.args
    kinds = f"type:{args['type']}" if args.get("type") else ""
    parts = (
        args.get("words", ""),
        args.get("area", ""),
        args.get("level", ""),
        args.get("count", ""),
        kinds,
    )
    return " ".join(part for part in parts if part)


def begin(words: str, tx: Tx, kit: Kit, *, resume: bool = True) -> Reply:
    """Resume, or choose questions and show the first."""
    here = reader(tx)
    bank = kit.bank(tx.community.id)
    open_quiz = tx.open_quiz()
    goes_on = not words.strip() if resume else open_quiz and _untouched(open_quiz, words)
    if open_quiz is not None and issuing.fresh(tx, open_quiz) and goes_on:
        again = resumed(open_quiz, tx, kit, bank)
        if again is not None:
            return again
    said = parse_quiz(words, bank.areas, frozenset(kit.words))
    _understood(here, said, bank)
    wanted = Wanted(said.scope, said.level, said.types, said.count or DEFAULT_COUNT)
    off = () if said.scope else tx.community.rules.areas_off
    found, onboarding = _supply(tx, drawable(tx, kit, areas_off=off), wanted, kit)
    if not found.drawn:
        return reply(_nothing_left(here, tx, said, wanted, found))
    first = tx.person.answers == 0 and open_quiz is None
    notes: list[str] = [views.welcome(here, len(found.drawn))] if first else []
    notes.append(closed(tx, open_quiz))
    notes.append(views.read_as(here, said))
    notes.append(views.filled(here, said, wanted.count, len(found.drawn), found.fill))
    quiz = issuing.quiz(tx, kit, views.title(said), found.drawn, words)
    quiz = replace(quiz, onboarding=onboarding)
    return reply(show(quiz, 0, tx, kit, bank, intro=paragraphs(*notes)))


def closed(tx: Tx, before: Quiz | None) -> str:
    """Close an open quiz for another one, its answers kept; gives what is said of it."""
    if before is None:
        return ""
    tx.save_quiz(replace(before, state="replaced", touched=tx.origin.at))
    return views.replaced(reader(tx), before) if issuing.fresh(tx, before) else ""


def _untouched(quiz: Quiz, words: str) -> bool:
    first = quiz.asked[0]
    # its button was pressed twice
    return quiz.at == 0 and quiz.words == words and not (first.verdict or first.picked)


def _supply(tx: Tx, bank: Bank, wanted: Wanted, kit: Kit) -> tuple[Supply, bool]:
    rng = kit.rng(tx.origin.key)
    if tx.person.answers or wanted.level or wanted.types:
        return selecting.supply(tx, bank, wanted, rng), False
    return _first_five(tx, bank, wanted, kit), True


def _first_five(tx: Tx, bank: Bank, wanted: Wanted, kit: Kit) -> Supply:
    """A new person's first questions: press-only; junior, junior, mid, then by result."""
    rng = kit.rng(tx.origin.key)
    drawn: list[Drawn] = []
    for number in range(wanted.count):
        level = FIRST_LEVELS[min(number, len(FIRST_LEVELS) - 1)]
        used = _keys(drawn)
        tries = (selecting.supply(tx, bank, one, rng, used) for one in _first(wanted, level))
        drawn += next((found.drawn for found in tries if found.drawn), ())
    seen, missing = 0, wanted.count - len(drawn)
    if missing:  # the quick ones ran out: the rest is chosen as for everybody
        rest = selecting.supply(tx, bank, replace(wanted, count=missing), rng, _keys(drawn))
        drawn, seen = [*drawn, *rest.drawn], rest.seen
    start = (Drawn(one.item, "start" if one.why in NEW else one.why) for one in drawn)
    near = sum(one.why == "near" for one in drawn)
    return Supply(tuple(start), {"near": near} if near else {}, seen)


def _first(wanted: Wanted, level: Level) -> tuple[Wanted, ...]:
    """What a first question should be, the best first: one press, of this level, of the scope."""
    one = replace(wanted, count=1, press_only=True, near=False)
    quick = replace(one, types=ONE_PRESS)
    return (
        replace(quick, level=level),
        quick,
        replace(one, level=level),
        one,
        replace(one, press_only=False),
        replace(one, near=True),
    )


def _keys(drawn: list[Drawn]) -> list[str]:
    return [one.item.id for one in drawn]


def adapted(table: Table) -> Quiz:
    """The quiz with its coming question chosen by what the answers so far have told."""
    quiz, position = table.quiz, table.position
    if not quiz.onboarding:
        return _picked_anew(table)
    if position < len(FIRST_LEVELS):
        return quiz
    marks = [one.verdict.mark for one in quiz.asked[:position] if one.verdict]
    right, given = marks.count("right"), len(marks) - marks.count("skipped")
    if not given:
        return quiz
    level: Level = "junior" if right * 2 < given else "mid" if right < given else "senior"
    others = (*quiz.asked[:position], *quiz.asked[position + 1 :])
    used = [one.ref.id for one in others]
    scope = parse_quiz(quiz.words, table.bank.areas, frozenset(table.kit.words)).scope
    rng = table.kit.rng(table.tx.origin.key)
    bank = drawable(table.tx, table.kit)
    tries = (
        selecting.supply(table.tx, bank, one, rng, used) for one in _first(Wanted(scope), level)
    )
    found = next((found for found in tries if found.drawn), None)
    if found is None:
        return quiz
    return issuing.with_asked(quiz, position, issuing.asked(found.drawn[0].item, "level", rng))


def _picked_anew(table: Table) -> Quiz:
    """A new question is picked again when it is asked: the last answer has told something."""
    quiz, position = table.quiz, table.position
    planned = quiz.asked[position]
    if planned.why not in NEW or planned.type not in ONE_PRESS or planned.issued:
        return quiz
    said = parse_quiz(quiz.words, table.bank.areas, frozenset(table.kit.words))
    wanted = Wanted(said.scope, said.level, said.types or ONE_PRESS, 1, press_only=True)
    used = [one.ref.id for one in (*quiz.asked[:position], *quiz.asked[position + 1 :])]
    areas = {_area(table, one) for one in quiz.asked[max(0, position - 1) : position]}
    rng = table.kit.rng(table.tx.origin.key)
    bank = drawable(table.tx, table.kit)
    found = selecting.next_new(table.tx, bank, wanted, rng, used)
    if found is None or (not said.scope and found.item.area in areas):
        return quiz
    return issuing.with_asked(quiz, position, issuing.asked(found.item, found.why, rng))


def _area(table: Table, one: Asked) -> str:
    item = table.bank.find(one.ref)
    return item.area if item else ""


def show(quiz: Quiz, position: int, tx: Tx, kit: Kit, bank: Bank, intro: str = "") -> Card:
    """Issue the question at a position, save the quiz and draw the card."""
    issued, item = issuing.issue(tx, bank, quiz, position)
    if item is None:
        raise Mistake(say(reader(tx), "This question is no longer kept. Begin with `/quiz`."))
    tx.save_quiz(issued)
    return Table(tx, kit, bank, reader(tx), issued, position, item).question(intro=intro)


def resumed(quiz: Quiz, tx: Tx, kit: Kit, bank: Bank) -> Reply | None:
    """An open quiz where it stands; None where its question is no longer kept."""
    here = reader(tx)
    one = quiz.asked[quiz.at]
    item = issuing.find(tx, bank, one)
    if item is None:
        return None
    table = Table(tx, kit, bank, here, quiz, quiz.at, item)
    if one.verdict is None:
        return reply(table.question(intro=views.resumed(here)))
    return reply(table.now())


def _understood(here: Reader, said: Said, bank: Bank) -> None:
    """Raise a Mistake that asks back where the words were not understood."""
    if said.problems:
        raise Mistake(views.not_understood(here, said))
    if not any(bank.items(area.slug) for area in bank.areas.areas):
        raise Mistake(views.empty_bank(here))


def _nothing_left(here: Reader, tx: Tx, said: Said, wanted: Wanted, found: Supply) -> Card:
    areas = tuple({area for area, _ in wanted.scope})
    soon = tx.due(tx.origin.at + 2 * TWELVE_HOURS, areas, 100)
    return views.nothing_left(here, said, found.seen, len(soon))
