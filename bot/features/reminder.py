"""Reminders: one message at a person's local time, never on rest days or when the day is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot import days, streaks
from bot.chat.cards import Reply, reply
from bot.chat.events import Press
from bot.chat.posts import Post
from bot.chat.say import Reader
from bot.chat.tokens import Token
from bot.features.feature import Feature, Kit
from bot.features.planned import ahead
from bot.features.recording import rest, zone
from bot.store.protocol import Tx
from bot.store.rows import Due, Settings
from bot.streaks import Clock, Moment
from bot.views import reminder as views

LATE = timedelta(hours=6)  # a reminder later than this is left out


def due_id(person: str) -> str:
    """The name of a person's reminder among due work."""
    return f"reminder.{person}"


class Local(Struct, frozen=True):
    """What holds where the reminder was asked for, for those who have not chosen their own."""

    zone: str = ""
    rest: tuple[int, ...] | None = None


def rescheduled(tx: Tx, after: datetime | None = None, local: Local | None = None) -> None:
    """Write down when the next reminder is due, or that there is none.

    Due work runs outside any community: `local` is what the row kept of the one it came from.
    """
    own = tx.person.settings
    where, resting = _where(tx, local or Local())
    if not own.remind_at or len(resting) >= len(days.WEEKDAYS):
        tx.unschedule(due_id(tx.person.id))
        return
    kept = local or Local(tx.community.zone, tx.community.rest)
    tx.schedule(
        Due(
            id=due_id(tx.person.id),
            kind="reminder",
            at=days.next_time(after or tx.origin.at, own.remind_at, where, resting, _away(own)),
            person=tx.person.id,
            external=tx.person.external,
            community=tx.community.id,
            data=msgspec.json.encode(kept),
        )
    )


def _away(own: Settings) -> Callable[[date], bool]:
    """Whether the person is on vacation on a date."""
    return lambda day: any(span.holds(day) for span in own.away)


def _where(tx: Tx, local: Local) -> tuple[str, tuple[int, ...]]:
    """The zone and rest days of the person: their own, else those of where they asked for it."""
    own = tx.person.settings
    resting = rest(tx) if own.rest is not None or local.rest is None else local.rest
    return own.zone or local.zone or zone(tx), resting


def remind(due: Due, tx: Tx, _kit: Kit) -> Reply:
    """The due row of a person's reminder: post it if it is still wanted, schedule the next."""
    now = tx.origin.at
    local = msgspec.json.decode(due.data, type=Local)
    where, resting = _where(tx, local)
    clock = Clock(where, tx.person.settings.day_start)
    outages = tx.community.rules.outages
    here = Moment(at=now, clock=clock, rest=resting, outages=outages)
    stand = streaks.stand(tx.person.streak, here)
    wanted = stand.expected and not stand.done and now - due.at <= LATE
    if tx.person.settings.remind_at and wanted:
        reader = Reader(zone=where, platform=tx.origin.platform)
        coming = ahead(tx, where)
        left = coming.days if coming else None
        card = views.card(reader, tx.due_count(now), stand.days, left)
        name = f"reminder.{tx.person.id}.{here.day}"
        tx.post(Post(dedupe=name, where="direct", target=tx.person.external, card=card))
    # after downtime: the newest time that is not too late yet, so that no day is left out
    rescheduled(tx, max(due.at, now - LATE), local)
    return Reply()


def quiet(_press: Press, _token: Token, tx: Tx, _kit: Kit) -> Reply:
    """No more reminders."""
    own = tx.person.settings
    tx.save_person(replace(tx.person, settings=replace(own, remind_at="")))
    tx.unschedule(due_id(tx.person.id))
    return reply(views.quiet(Reader(zone=zone(tx), platform=tx.origin.platform)))


FEATURE = Feature(on_press={"quiet": quiet}, on_due={"reminder": remind})
