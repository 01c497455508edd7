"""Caches compared with what replaying the log gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from msgspec.structs import asdict
from sqlalchemy import Connection, select

from bot.learning.state import Ability
from bot.store.rows import Memory, Person
from bot.store.scores import Gain
from bot.streaks import Streak
from storage import values
from storage.schema import memory, score

Scores = dict[tuple[str, ...], tuple[int, ...]]  # points, answers and right ones by key
LONG = 120  # characters of a value that are shown


class Derived(Protocol):
    """What the log says a person's caches must be.

    Memories by (owner, item) of what was answered; gains summed by (community, scope, period).
    """

    @property
    def answers(self) -> int: ...
    @property
    def streak(self) -> Streak: ...
    @property
    def ability(self) -> Ability: ...
    @property
    def memories(self) -> Mapping[tuple[str, str], Memory]: ...
    @property
    def gains(self) -> Mapping[tuple[str, str, str], Gain]: ...


def differences(connection: Connection, person: Person, derived: Derived) -> Iterator[str]:
    """A sentence for each cache that the log contradicts."""
    for name in ("answers", "streak", "ability"):
        kept, due = getattr(person, name), getattr(derived, name)
        if kept != due:
            yield f"{person.id}: {name} is {_short(kept)}, the log says {_short(due)}"
    yield from _compared(
        person.id, "memory", _memories(connection, person.id), _untimed(derived.memories)
    )
    yield from _compared(person.id, "score", _scores(connection, person.id), _totals(derived.gains))


def _compared(
    person: str, what: str, kept: Mapping[Any, Any], due: Mapping[Any, Any]
) -> Iterator[str]:
    for key in sorted(kept.keys() | due.keys()):
        held, said = kept.get(key), due.get(key)
        if held != said:
            name = " ".join(filter(None, key))
            yield f"{person}: {what} of {name} is {_short(held)}, the log says {_short(said)}"


def _memories(connection: Connection, person: str) -> dict[tuple[str, str], Any]:
    """Those of what was answered: what was only shown has no row in the log."""
    rows = connection.execute(select(memory).where(memory.c.person == person)).mappings()
    every = (values.memory(row) for row in rows)
    return _untimed({(m.owner, m.item): m for m in every if m.reps})


def _untimed(memories: Mapping[tuple[str, str], Memory]) -> dict[tuple[str, str], Any]:
    """Without `shown`, which moves when a question is shown and not answered."""
    return {
        key: {name: value for name, value in asdict(each).items() if name != "shown"}
        for key, each in memories.items()
    }


def _scores(connection: Connection, person: str) -> Scores:
    rows = connection.execute(select(score).where(score.c.person == person))
    return _some(
        {
            (row.community, row.scope, row.period): (row.points, row.answers, row.right)
            for row in rows
        }
    )


def _totals(gains: Mapping[tuple[str, str, str], Gain]) -> Scores:
    return _some({key: (gain.points, gain.answers, gain.right) for key, gain in gains.items()})


def _some(scores: Scores) -> Scores:
    """Without those of which a repair has taken all back: the log says nothing of them."""
    return {key: amounts for key, amounts in scores.items() if any(amounts)}


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONG else text[: LONG - 1] + "…"
