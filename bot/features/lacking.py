"""What the bot lacks in a place: asked of the platform by a job, outside any transaction."""

from __future__ import annotations

from bot.chat.cards import Job, Reply
from bot.chat.events import Press
from bot.chat.rights import OPTIONAL

LACKS = "lacks"  # the kind of the job, and the field in which all of its answer comes back


def asking(token: str, places: tuple[str, ...], **kept: str) -> Reply:
    """Find out what is lacking in these places, then press this token with it and what is kept."""
    return Reply(jobs=(Job(LACKS, token, {"place": "\n".join(places), **kept}),))


def asked(press: Press, places: tuple[str, ...]) -> Reply | None:
    """The job that finds out what is lacking, unless that is known by now."""
    return None if LACKS in press.values else asking(press.token, places)


def missing(press: Press, field: str = LACKS) -> tuple[str, ...]:
    """What is lacking in all of the places, or in one of them, a sentence each."""
    value = press.values.get(field, ())
    return (value,) if isinstance(value, str) else tuple(value)


def forbidden(press: Press) -> bool:
    """Whether nothing can be posted: what is optional is only said."""
    return any(not one.startswith(OPTIONAL) for one in missing(press))
