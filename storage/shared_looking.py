"""What a handler can read of the community it is bound to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select

from bot.chat.events import Origin
from bot.store.community import (
    Alias,
    Appeal,
    AppealState,
    Audit,
    Challenge,
    Daily,
    Game,
    Hidden,
    Posting,
    Proposal,
    ProposalState,
    Refusal,
    Report,
    Total,
)
from bot.store.rows import Due, LogRow, Member, Quiz
from bot.store.rules import PlaceRules
from questions.model import Item, Ref
from storage import shared_reads as reads
from storage import shared_values as stored
from storage import values
from storage.bound import Arrival, Bound
from storage.reads import Found

T = TypeVar("T")
MANY = 1000  # keys in one statement; PostgreSQL takes 65,535 parameters, SQLite 32,766


class SharedLook(Bound):
    """The reading half of `bot.store.shared.Shared`.

    What was saved in this transaction goes before what stands in the database.
    """

    def __init__(
        self, origin: Origin, found: Found, arrival: Arrival, connection: Callable[[], Connection]
    ) -> None:
        super().__init__(origin, found, arrival, connection)
        self._place_rules: dict[str, PlaceRules | None] = {}  # as they were read
        self._challenges: dict[str, Challenge] = {}
        self._dailies: dict[str, Daily] = {}
        self._postings: dict[tuple[str, str, date], Posting] = {}
        self._games: dict[str, Game] = {}

    @property
    def _here(self) -> dict[str, str]:
        return {"community": self.community.id}

    def _all(
        self, make: Callable[[Mapping[Any, Any]], T], statement: Select[Any], **params: Any
    ) -> tuple[T, ...]:
        return tuple(make(row) for row in self._named_rows(statement, **self._here, **params))

    def _one(
        self, make: Callable[[Mapping[Any, Any]], T], statement: Select[Any], **params: Any
    ) -> T | None:
        return next(iter(self._all(make, statement, **params)), None)

    def place_rules(self, place: str) -> PlaceRules | None:
        rules = self._one(stored.place_rules, reads.PLACE_RULES, place=place)
        return self._place_rules.setdefault(place, rules)

    def all_place_rules(self) -> tuple[PlaceRules, ...]:
        return self._all(stored.place_rules, reads.ALL_PLACE_RULES)

    def challenges(self) -> tuple[Challenge, ...]:
        every = {c.id: c for c in self._all(stored.challenge, reads.CHALLENGES)} | self._challenges
        going = (each for each in every.values() if not each.ended)
        return tuple(sorted(going, key=lambda each: (each.since, each.id)))

    def challenge(self, challenge_id: str, *, lock: bool = False) -> Challenge | None:
        if challenge_id in self._challenges:
            return self._challenges[challenge_id]
        statement = reads.CHALLENGE_LOCKED if lock and self.locks else reads.CHALLENGE
        return self._one(stored.challenge, statement, id=challenge_id)

    def daily(self, daily_id: str, *, lock: bool = False) -> Daily | None:
        if daily_id in self._dailies:
            return self._dailies[daily_id]
        statement = reads.DAILY_LOCKED if lock and self.locks else reads.DAILY
        return self._one(stored.daily, statement, id=daily_id)

    def daily_on(self, challenge_id: str, day: date) -> Daily | None:
        for saved in self._dailies.values():
            if (saved.challenge, saved.day) == (challenge_id, day):
                return saved
        return self._one(stored.daily, reads.DAILY_ON, challenge=challenge_id, day=day)

    def dailies(self, since: date, challenge_id: str = "") -> tuple[Daily, ...]:
        wanted = {"since": since, "all": not challenge_id, "challenge": challenge_id}
        every = {d.id: d for d in self._all(stored.daily, reads.DAILIES, **wanted)}
        every |= {
            saved.id: saved
            for saved in self._dailies.values()
            if saved.day >= since and challenge_id in ("", saved.challenge)
        }
        return tuple(sorted(every.values(), key=lambda d: (d.day, d.posted, d.id), reverse=True))

    def postings(self, daily_id: str) -> tuple[Posting, ...]:
        statement = reads.POSTINGS_LOCKED if self.locks else reads.POSTINGS
        every = (
            *self._all(stored.posting, statement, daily=daily_id),
            *(saved for saved in self._postings.values() if saved.daily == daily_id),
        )
        return tuple(sorted({p.place: p for p in every}.values(), key=lambda p: p.place))

    def game(self, game_id: str, *, lock: bool = False) -> Game | None:
        if game_id in self._games:
            return self._games[game_id]
        statement = reads.GAME_LOCKED if lock and self.locks else reads.GAME
        return self._one(stored.game, statement, id=game_id)

    def running_game(self, place: str) -> Game | None:
        for saved in self._games.values():
            if (saved.place, saved.state) == (place, "open"):
                return saved
        statement = reads.RUNNING_GAME_LOCKED if self.locks else reads.RUNNING_GAME
        found = self._one(stored.game, statement, place=place)
        return None if found is None or found.id in self._games else found

    def games(self, limit: int = 10) -> tuple[Game, ...]:
        return self._all(stored.game, reads.GAMES, limit=limit)

    def running_games(self) -> tuple[Game, ...]:
        return self._all(stored.game, reads.RUNNING_GAMES)

    def running_quizzes(self, since: datetime) -> tuple[Quiz, ...]:
        found = self._ask(reads.RUNNING_QUIZZES, **self._here, since=since)
        return tuple(values.quiz(row[0]) for row in found)

    def planned(self, due_id: str) -> Due | None:
        return self._one(values.due, reads.PLANNED, id=due_id)

    def answers(self, instances: Collection[str]) -> tuple[LogRow, ...]:
        asked = {"instances": list(instances)}
        mends = {
            (row.person, row.corrects): row
            for row in self._all(values.log, reads.CORRECTIONS, **asked)
        }
        rows = self._all(values.log, reads.ANSWERS, **asked)
        newest = {(row.instance, row.person): row for row in rows}
        return tuple(row.mended(mends.get((row.person, row.seq))) for row in newest.values())

    def answered(self, instance: str) -> int:
        count: int = self._ask(reads.ANSWERED, **self._here, instance=instance)[0][0]
        return count

    def draft_of(self, instance: str) -> LogRow | None:
        rows = self._named_rows(reads.DRAFT_OF, instance=instance, person=self.person.id)
        return values.log(rows[0]) if rows else None

    def answerers(self, owner: str, item: str) -> tuple[tuple[str, str], ...]:
        found = self._of_those_who_remember(reads.ANSWERERS, owner, item)
        return tuple((row[0], row[1]) for row in found)

    def external_of(self, person: str) -> str:
        platform = self.community.external.partition(":")[0]
        found = self._ask(reads.EXTERNALS, **self._here, person=person)
        return next((one for (one,) in found if one.partition(":")[0] == platform), "")

    def members(self, people: Collection[str]) -> Mapping[str, Member]:
        rows = (
            row
            for part in _parts(sorted(set(people)))
            for row in self._named_rows(reads.MEMBERS, **self._here, people=part)
        )
        return {row["person"]: values.member(row) for row in rows}

    def withheld(self) -> frozenset[tuple[str, str]]:
        return frozenset((row[0], row[1]) for row in self._ask(reads.WITHHELD, **self._here))

    def unrevealed(self) -> frozenset[tuple[str, str]]:
        found = self._ask(reads.UNREVEALED, person=self.person.id)
        return frozenset((row[0], row[1]) for row in found)

    def own_items(self) -> tuple[Item, ...]:
        return tuple(values.item(row[0]) for row in self._ask(reads.OWN_ITEMS, **self._here))

    def hidden(self) -> tuple[Hidden, ...]:
        return self._all(stored.hidden, reads.HIDDEN)

    def reports(self, ref: Ref | None = None, limit: int = 50) -> tuple[Report, ...]:
        if ref is None:
            return self._all(stored.report, reads.REPORTS, limit=limit)
        return self._all(stored.report, reads.REPORTS_OF, owner=ref.owner, item=ref.id, limit=limit)

    def proposals(self, state: ProposalState, limit: int = 50) -> tuple[Proposal, ...]:
        return self._all(stored.proposal, reads.PROPOSALS, state=state, limit=limit)

    def proposal(self, proposal_id: str, *, lock: bool = False) -> Proposal | None:
        statement = reads.PROPOSAL_LOCKED if lock and self.locks else reads.PROPOSAL
        return self._one(stored.proposal, statement, id=proposal_id)

    def appeals(self, state: AppealState, limit: int = 500) -> tuple[Appeal, ...]:
        return self._all(stored.appeal, reads.APPEALS, state=state, limit=limit)

    def appeal(self, appeal_id: str, *, lock: bool = False) -> Appeal | None:
        statement = reads.APPEAL_LOCKED if lock and self.locks else reads.APPEAL
        return self._one(stored.appeal, statement, id=appeal_id)

    def aliases(self, owner: str, item: str) -> tuple[Alias, ...]:
        return self._all(stored.alias, reads.ALIASES, owner=owner, item=item)

    def refusals(self, owner: str, item: str) -> tuple[Refusal, ...]:
        found = self._of_those_who_remember(reads.REFUSALS, owner, item)
        return tuple(Refusal(row[0], row[1], row[2].encode()) for row in found)

    def _of_those_who_remember(
        self, statement: Select[Any], owner: str, item: str
    ) -> Iterator[Any]:
        asked = {**self._here, "owner": owner, "item": item}
        people = [row[0] for row in self._ask(reads.REMEMBERING, **asked)]
        for part in _parts(people):
            yield from self._ask(statement, **asked, people=part)

    def audits(self, before: int = 0, limit: int = 10) -> tuple[Audit, ...]:
        return self._all(stored.audit, reads.AUDITS, all=not before, before=before, limit=limit)

    def totals(self, prefix: str, period: str) -> tuple[Total, ...]:
        rows = self._ask(reads.TOTALS, **self._here, prefix=prefix, period=period)
        return tuple(Total(*row) for row in map(tuple, rows))


def _parts(keys: list[str]) -> Iterator[list[str]]:
    return (keys[at : at + MANY] for at in range(0, len(keys), MANY))
