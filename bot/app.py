"""The composition root: settings become a store, a bank, the door, adapters and due work."""

from __future__ import annotations

import random
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chat.cards import Job, Reply
from bot.chat.events import Origin, Value
from bot.chat.tokens import parse
from bot.door import Door, Runner
from bot.due import Clockwork, Handler, Told
from bot.features.feature import Kit, OnOutcome
from bot.features.quiz import jailed
from bot.features.table import features
from bot.replay import derive
from bot.runs import Runs, Walls

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.chat.posts import Outcome, Poster
    from bot.chat.rights import Rights
    from bot.config import Settings
    from bot.store.protocol import Store, Tx
    from questions.collection import Collection
    from questions.model import Item

    Find = Callable[[Job], Awaitable[Item]]

BANK = Path(__file__).parents[1] / "questions"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's, without look-alikes
ID_LENGTH = 14  # 70 bits: no two in any log


def now() -> datetime:
    """The only reader of the clock."""
    return datetime.now(UTC)


def new_id() -> str:
    """An id nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))


def bank(cache: Path) -> Collection:
    """The questions, from the compiled cache if nothing changed; raises BankErrors."""
    from questions.cache import load  # noqa: PLC0415 - the root loads what it needs
    from questions.collection import Collection  # noqa: PLC0415

    loaded = load(BANK, cache)
    return Collection(loaded.items, loaded.areas, loaded.beliefs)


def kit(questions: Collection) -> Kit:
    """What handlers are given."""
    words = frozenset(spec.name for one in features() for spec in one.commands)
    return Kit(bank=lambda _community: questions, rng=random.Random, new_id=new_id, words=words)


def door(
    store: Store,
    questions: Collection,
    rights: Mapping[str, Rights] | None = None,
    runs: Runs | None = None,
) -> Door:
    """The core over a store and a bank; `rights` by platform may be filled in later."""
    known = {} if rights is None else rights
    find = finder(store, questions)
    by = runners(known, runs or Runs(walls), find)
    return Door(store, features(), kit(questions), rights=known, runners=by)


def walls() -> tuple[Walls, type[Exception]]:
    """The jail of learners' queries and patterns, and what it raises where too many wait."""
    from jail import Crowded, Jail  # noqa: PLC0415 - loads with the first answer that is run

    return Jail(), Crowded


def finder(store: Store, questions: Collection) -> Find:
    """Finds the question a job is about: as the bank has it, else as it was kept when asked."""

    async def find(job: Job) -> Item:
        ref, person, community = jailed.found(job)
        origin = Origin(person=person, place="", community=community, at=now(), key="")
        item = questions.find(ref) or await store.look(origin, lambda tx: tx.item(ref))
        if item is None:
            raise LookupError(ref)
        return item

    return find


def runners(rights: Mapping[str, Rights], runs: Runs, find: Find) -> dict[str, Runner]:
    """What runs the jobs of handlers."""

    async def lacks(job: Job) -> Mapping[str, Value]:
        # several places stand in lines; all sentences come together and by place
        places = job.payload["place"].split("\n")
        found = {place: await lacking(rights, place) for place in places}
        every = tuple(one for said in found.values() for one in said)
        return {**job.payload, "lacks": every, **found}

    async def run(job: Job) -> Mapping[str, Value]:
        return await runs.run(job, (await find(job)).body)

    return {"lacks": lacks, jailed.RUN_SQL: run, jailed.RUN_REGEX: run}


async def lacking(rights: Mapping[str, Rights], place: str) -> tuple[str, ...]:
    """What the bot may not do in a place (an external id), a sentence each."""
    platform = rights.get(place.partition(":")[0])
    return await platform.lacks(place) if platform else ()


def clockwork(
    store: Store,
    questions: Collection,
    posters: Mapping[str, Poster],
    clock: Callable[[], datetime] = now,
    rights: Mapping[str, Rights] | None = None,
) -> Clockwork:
    """Due work over a store and the adapters' posters; `rights` may be filled in later."""
    return clockwork_of(store, kit(questions), posters, clock, rights)


def clockwork_of(
    store: Store,
    given: Kit,
    posters: Mapping[str, Poster],
    clock: Callable[[], datetime],
    rights: Mapping[str, Rights] | None = None,
) -> Clockwork:
    """The same with a kit of one's own."""
    handlers: dict[str, Handler] = {}
    told: dict[str, Told] = {}
    for feature in features():
        for kind, on_due in feature.on_due.items():
            handlers[kind] = lambda due, tx, do=on_due: do(due, tx, given)  # type: ignore[misc]  # a default argument binds the handler
        for verb, on_outcome in feature.on_outcome.items():
            told[verb] = lambda outcome, tx, do=on_outcome: _told(outcome, tx, do, given)  # type: ignore[misc]  # the same
    return Clockwork(store, handlers, told, posters, clock, rights)


def _told(outcome: Outcome, tx: Tx, do: OnOutcome, given: Kit) -> Reply:
    back = parse(outcome.post.back)
    return do(outcome, back, tx, given) if back else Reply()


def open_store(settings: Settings) -> Store:
    """The database of these settings, at head; raises storage.errors.Unusable."""
    from storage import open_store as opened  # noqa: PLC0415 - SQLAlchemy loads here

    settings.data.mkdir(parents=True, exist_ok=True)
    return opened(settings.url, clock=now, ids=new_id, zone=settings.zone)


__all__ = [
    "BANK",
    "Runs",
    "bank",
    "clockwork",
    "clockwork_of",
    "derive",
    "door",
    "finder",
    "kit",
    "lacking",
    "new_id",
    "now",
    "open_store",
    "runners",
    "walls",
]
