"""What the bot lacks in a place: asked of the platform by a job, outside any transaction."""

from __future__ import annotations

from bot.chat.cards import Job, Reply
from bot.chat.events import Press
from bot.features.challenge import placing
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.views import challenge_said as said

LACKS = "lacks"  # the kind of the job, and the field in which all of its answer comes back


def asking(token: str, places: tuple[str, ...]) -> Reply:
    """Find out what is lacking in these places, then press this token with it."""
    return Reply(jobs=(Job(LACKS, token, {"place": "\n".join(places)}),))


def asked(press: Press, places: tuple[str, ...]) -> Reply | None:
    """The job that finds out what is lacking, unless that is known by now."""
    return None if LACKS in press.values else asking(press.token, places)


def missing(press: Press, tx: Tx, places: tuple[str, ...]) -> said.Missing:
    """What is lacking in these places, a sentence each, all at once."""
    if len(places) == 1:
        return _told(press, LACKS)
    here = placing.here(tx)
    return tuple(
        sentence
        for place in places
        for sentence in said.lacks_in(reader(tx), place, _told(press, place), here)
    )


def _told(press: Press, field: str) -> tuple[str, ...]:
    value = press.values.get(field, ())
    return (value,) if isinstance(value, str) else tuple(value)
