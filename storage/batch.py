"""Many presses in one transaction: read together, run one by one, written together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection

from bot.chat.events import Origin
from storage import values
from storage.bound import Arrival
from storage.errors import Already, Gone
from storage.line import Job, Outcome
from storage.reads import Asked, Found
from storage.transaction import Reading, Transaction
from storage.writes import WAKING, Sheet


class Link(Protocol):
    """One connection as a batch needs it; each database has its own."""

    def begin(self, everything: Sequence[Asked], first: Sequence[Asked]) -> list[Found]:
        """Open a transaction that locks everything asked about, and read the first of it."""

    def read(self, asked: Sequence[Asked]) -> list[Found]:
        """Read more in the same transaction."""

    def write(self, sheets: Sequence[Sheet], *, last: bool) -> None:
        """Write the sheets; with the last ones, commit."""

    def look(self, asked: Asked) -> Found:
        """Open a transaction that only reads."""

    def end(self) -> None:
        """End a transaction that only read, or one of a chore, by committing it."""

    def open(self) -> Connection:
        """Open a transaction for a chore."""

    def connection(self) -> Connection:
        """The connection of the open transaction."""

    def failed(self, error: Exception) -> Exception | None:
        """Roll back; what to tell everybody in the batch, None if it may be one press's fault.

        `Gone` if the connection died before anything was to be committed.
        """

    def fault(self, error: Exception) -> Exception:
        """What a press that fails by itself is told: `Already` for a row that stands there."""


Arrive = Callable[[], Arrival]

TRIES = 12  # of a press that others overtake; what can be new is an external id, a community, a key


def serve_writes(link: Link, arrive: Arrive, jobs: Sequence[Job]) -> Iterable[Outcome]:
    """Presses together, then what else waits, each by itself."""
    presses = [job for job in jobs if job.origin]
    if presses:
        yield from settle(link, arrive, presses)
    for job in jobs:
        if not job.origin:
            yield _retried(link, job, lambda job=job: _chore(link, job))  # type: ignore[misc]


def serve_looks(link: Link, arrive: Arrive, jobs: Sequence[Job]) -> Iterable[Outcome]:
    """Each look by itself: a slow one must not be waited for by the others' answers."""
    for job in jobs:
        do = _look if job.origin else _chore
        yield _retried(link, job, lambda job=job, do=do: do(link, job, arrive))  # type: ignore[misc]


def settle(link: Link, arrive: Arrive, jobs: Sequence[Job]) -> list[Outcome]:
    """Run presses in one transaction.

    Where that fails through one of them, each is run again in a transaction of its own, so that
    only that one fails: handlers are pure and may run twice.
    """
    failure = None
    for again in (True, False):
        try:
            return together(link, arrive(), jobs)
        except Exception as error:  # noqa: BLE001 what it means is the link's to say
            failure = link.failed(error)
            if not (again and isinstance(failure, Gone)):
                break
    if failure is not None:
        return [Outcome(job, error=failure) for job in jobs]
    return [_alone(link, arrive, job) for job in jobs]


def _alone(link: Link, arrive: Arrive, job: Job) -> Outcome:
    """Again while others come in between: each time one of them has got further."""
    error: Exception | None = None
    for _ in range(TRIES):
        try:
            return together(link, arrive(), [job])[0]
        except Exception as raised:  # noqa: BLE001 as above
            error = link.failed(raised) or link.fault(raised)
        if not isinstance(error, Already) or error.table == "log":
            break
    return Outcome(job, error=error)


def together(link: Link, arrival: Arrival, jobs: Sequence[Job]) -> list[Outcome]:
    """Run presses in waves, so that each sees what the one before it wrote.

    Those of one wave share no person and no quiz. Raises what the database raises; nothing is
    committed then.
    """
    outcomes: list[Outcome] = []
    everything = [_asked(n, job) for n, job in enumerate(jobs)]
    left: Sequence[Job] = jobs
    while left:
        wave, left = _wave(left)
        asked = [_asked(n, job) for n, job in enumerate(wave)]
        found = link.read(asked) if outcomes else link.begin(everything, asked)
        done = [_attempt(link, arrival, *each) for each in zip(wave, found, strict=True)]
        outcomes += [outcome for outcome, _ in done]
        link.write([sheet for _, sheet in done if sheet], last=not left)
    return outcomes


def _asked(n: int, job: Job) -> Asked:
    origin = _origin(job)
    return Asked(n, origin.person, origin.community, origin.key, job.quiz)


def _origin(job: Job) -> Origin:
    if job.origin is None:
        raise TypeError(job)
    return job.origin


def _wave(jobs: Sequence[Job]) -> tuple[list[Job], list[Job]]:
    """The next jobs that share neither a person nor a quiz, in their order, and the others.

    The bot's own work has no person: it shares no wave with anybody of its community, for a
    reveal must see every answer that was given before it.
    """
    wave: list[Job] = []
    left: list[Job] = []
    taken: set[tuple[str, str]] = set()
    for job in jobs:
        wants, closes = _keys(job)
        (left if taken & (wants | closes) else wave).append(job)
        # also of those left: nobody overtakes on the same quiz
        taken |= wants | _closed_by(job)
    return wave, left


def _keys(job: Job) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What a job needs for itself, and what somebody before it may have closed to it."""
    origin = _origin(job)
    if not origin.person:
        return {("own", origin.community)}, {("pressed", origin.community)}
    keys = {("person", origin.person)}
    if job.quiz:
        keys.add(("quiz", job.quiz))
    return keys, {("own", origin.community)} if origin.community else set()


def _closed_by(job: Job) -> set[tuple[str, str]]:
    """A press closes the wave to the bot's own work of its community."""
    origin = _origin(job)
    return {("pressed", origin.community)} if origin.person and origin.community else set()


def _attempt(link: Link, arrival: Arrival, job: Job, found: Found) -> tuple[Outcome, Sheet | None]:
    if found.reply is not None:
        return Outcome(job, values.reply(found.reply)), None
    try:
        tx = Transaction(_origin(job), found, arrival, link.connection)
        reply = job.work(tx)
        sheet = tx.finish(reply)
    except Already:
        raise
    except Exception as error:  # noqa: BLE001 the handler's own; it is raised where it is awaited
        return Outcome(job, error=error), None
    job.wakes = not WAKING.isdisjoint(sheet.rows)
    return Outcome(job, reply), sheet


def _retried(link: Link, job: Job, do: Callable[[], Any]) -> Outcome:
    """Once more if the connection had died before it began."""
    for again in (True, False):
        try:
            return Outcome(job, do())
        except Exception as error:  # noqa: BLE001 as in settle
            failure = link.failed(error)
            if not (again and isinstance(failure, Gone)):
                return Outcome(job, error=failure or error)
    raise AssertionError


def _look(link: Link, job: Job, arrive: Arrive) -> Any:
    origin = _origin(job)
    found = link.look(_asked(0, job))
    value = job.work(Reading(origin, found, arrive(), link.connection))
    link.end()
    return value


def _chore(link: Link, job: Job, _arrive: Arrive | None = None) -> Any:
    value = job.work(link.open())
    link.end()
    return value
