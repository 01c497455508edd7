"""What a person takes along: their learning state as JSON, and what they missed as flash cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import msgspec

from bot.chat.cards import File, Reply, reply
from bot.chat.decks import Deck, Note
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.features.feature import Kit, Mistake
from bot.features.recording import reader
from bot.replay import corrected
from bot.store.protocol import Tx
from bot.store.rows import Answer, Asked, LogRow
from bot.views import deck as views
from bot.views import progress
from bot.views.shown import authored
from questions.model import Item

MOST = 300  # notes of a deck: the kept reply holds them for a day
RETAINED = 100_000  # questions whose memory is given out
EVER = date(2000, 1, 1)
FAR = timedelta(days=100 * 366)  # by then everything is due
PLAYING = timedelta(minutes=5)  # a game's question is over by then: it lasts 90 s at most


def learning(tx: Tx) -> Reply:
    """What I believe of the person, and when each question comes back."""
    person = tx.person
    state = {
        "at": tx.origin.at,
        "answers": person.answers,
        "level": person.settings.level,
        "ability": _named(person.ability),
        "streak": person.streak,
        "questions": tx.due(tx.origin.at + FAR, (), RETAINED),
        "days": tx.days(EVER),
    }
    text = msgspec.json.format(msgspec.json.encode(state), indent=1).decode()
    file = File("sparring-learning.json", text, "application/json")
    return reply(progress.taken(reader(tx), file))


def _named(value: object) -> object:
    """A value with the names of its fields, which the rows of a person leave out."""
    match value:
        case msgspec.Struct():
            return {name: _named(getattr(value, name)) for name in value.__struct_fields__}
        case Mapping():
            return {key: _named(one) for key, one in value.items()}
        case _:
            return value


def export(_press: Press, _token: Token, tx: Tx, _kit: Kit) -> Reply:
    """A button to the same."""
    return learning(tx)


def anki(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """A button to the deck."""
    return missed(tx, kit)


def missed(tx: Tx, kit: Kit) -> Reply:
    """Every question that the person ever missed, the newest first; raises Mistake without any."""
    rows = tuple(_missed(tx))
    notes = tuple(_notes(rows[:MOST], tx, kit))
    if not notes:
        raise Mistake(views.none(reader(tx)))
    deck = Deck(views.TITLE, max(row.at for row, _ in rows), notes)
    return reply(views.card(reader(tx), deck, max(0, len(rows) - MOST)))


def _missed(tx: Tx) -> Iterator[tuple[LogRow, Answer]]:
    """The newest miss of each question, the newest first.

    Left out is what others are asked now, what an interview has not told yet, and what was
    withdrawn or is appealed.
    """
    hidden, open_ones, known = tx.unrevealed(), tuple(_untold(tx)), set[tuple[str, str, str]]()
    for row in reversed(tuple(corrected(tx.log()))):
        ref = row.ref
        if ref is None or row.right or (ref.owner, ref.id) in hidden:
            continue
        if (ref.owner, ref.id, ref.seed) in known or row.instance.startswith(open_ones):
            continue
        answer = msgspec.json.decode(row.data, type=Answer)
        playing = answer.shared and tx.origin.at - row.at < PLAYING
        if answer.telling and not playing:
            known.add((ref.owner, ref.id, ref.seed))
            yield row, answer


def _untold(tx: Tx) -> Iterator[str]:
    """How the instances of interviews begin that are not over."""
    for name in tx.person.settings.interviews:
        quiz = tx.quiz(name)
        if quiz and quiz.state in ("open", "waiting"):
            yield f"{name}."


def _notes(rows: tuple[tuple[LogRow, Answer], ...], tx: Tx, kit: Kit) -> Iterator[Note]:
    bank, here = kit.bank(tx.community.id), reader(tx)
    for row, answer in rows:
        item = row.ref and (bank.find(row.ref) or tx.item(row.ref))
        if item:
            yield views.note(here, item, _as_asked(item, answer))


def _as_asked(item: Item, answer: Answer) -> Asked:
    return Asked(ref=item.ref, type=item.type, order=answer.order or authored(item))
