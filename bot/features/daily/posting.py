"""Posting: the due row of a challenge becomes a ledger row and one post in each of its places."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot import days
from bot.chat.cards import Card, Reply
from bot.chat.posts import Post
from bot.chat.tokens import make
from bot.features.daily import choosing, closing, schedule
from bot.features.daily.planning import plan_refresh, plan_reveals
from bot.features.daily.showing import hashed
from bot.features.daily.table import host, look_back, opened
from bot.features.feature import Kit
from bot.features.quiz import issuing
from bot.store.community import Challenge, Daily, Posting
from bot.store.protocol import Tx
from bot.store.rows import Due
from bot.views import daily as views
from bot.views import daily_closed
from questions.model import Item


class Dated(Struct, frozen=True):
    """What a challenge's due row keeps: the date it stands for."""

    day: date


def due_id(challenge: Challenge) -> str:
    """The name of a challenge's next posting among due work."""
    return f"daily.{challenge.id}"


def rescheduled(tx: Tx, challenge: Challenge) -> datetime | None:
    """Write down when the next daily is due, never one the ledger has; gives that time.

    One that is due by now and not worked on yet stays due: no change of its challenge loses it. A
    challenge that is paused, ended or has no place left posts nothing, but still reveals what is
    open at the time at which the next one would have come.
    """
    since = days.local(tx.origin.at, challenge.zone) - choosing.YEAR
    return _next(tx, challenge, tx.dailies(since, challenge.id))


def due(due: Due, tx: Tx, kit: Kit) -> Reply:
    """The due row of a challenge: leave out what is too late, post the day's, plan the next."""
    challenge = _held(tx, due.id.partition(".")[2])
    if challenge is None:
        return Reply()
    row = tx.planned(due.id)
    if row is None or row.at != due.at:  # it was changed while this row was on its way
        if row is not None:
            tx.schedule(row)
        return Reply()
    begins = _dated(row)
    ledger = tx.dailies(begins - choosing.YEAR, challenge.id)
    if resting(challenge):
        _next(tx, challenge, ledger)
        return Reply()
    plan = schedule.plan(challenge, begins, due.at, tx.origin.at)
    known = {one.day for one in ledger}
    late = tuple(
        _skipped(tx, kit, challenge, day, "late") for day in plan.skipped if day not in known
    )
    wanted = plan.post if plan.post not in known else None
    if late or wanted:
        ledger = (*reversed(late), *closing.close_due(tx, kit, challenge, ledger))
    if wanted is not None:
        at = schedule.meant(challenge, wanted, due.at)
        ledger = (_posted(tx, kit, challenge, wanted, ledger, at), *ledger)
    _next(tx, challenge, ledger)
    return Reply()


def post_now(tx: Tx, kit: Kit, challenge: Challenge) -> Daily | None:
    """Post the daily of today (its local date) at once; None if it was, or cannot be, posted.

    One that was left out today because I was not running is made up for.
    """
    _held(tx, challenge.id)
    day = days.local(tx.origin.at, challenge.zone)
    ledger = tx.dailies(day - choosing.YEAR, challenge.id)
    before = next((one for one in ledger if one.day == day), None)
    if not choosing.places(challenge) or (before and before.state != "skipped"):
        return None
    kept = tuple(one for one in ledger if one.day != day)
    kept = closing.close_due(tx, kit, challenge, kept)
    # by hand it may be far from its time
    daily = _posted(tx, kit, challenge, day, kept, tx.origin.at, instead=before)
    _next(tx, challenge, (daily, *kept))
    return daily if daily.state == "open" else None


def preview(tx: Tx, kit: Kit, challenge: Challenge, day: date) -> Card | None:
    """How the post of a date will look, with another question and no buttons."""
    item = choosing.sample(tx, kit, challenge, day)
    if item is None:
        return None
    daily = _drawn(tx, kit, challenge, day, item)
    reader = host(tx, challenge)
    return replace(views.posted(reader, opened(tx, kit, challenge, daily, item)), rows=())


def resting(challenge: Challenge) -> bool:
    """Whether nothing is posted for now."""
    return challenge.paused or challenge.ended or not choosing.places(challenge)


def _held(tx: Tx, name: str) -> Challenge | None:
    """The challenge, held with the others here: no two of them draw the same question at once."""
    held = [
        tx.challenge(one, lock=True) for one in sorted({name, *(c.id for c in tx.challenges())})
    ]
    return next((one for one in held if one and one.id == name), None)


def _next(tx: Tx, challenge: Challenge, ledger: Iterable[Daily]) -> datetime | None:
    """Schedule the next posting that the ledger does not have."""
    ledger = tuple(ledger)
    taken, rests = {one.day for one in ledger}, resting(challenge)
    row = tx.planned(due_id(challenge))
    planned = (_dated(row), row.at) if row else None
    coming = upcoming(challenge, planned, taken, tx.origin.at)
    if coming is None or rests:
        tx.unschedule(due_id(challenge))
    else:
        day, at = coming
        tx.schedule(
            Due(
                id=due_id(challenge),
                kind="daily",
                at=at,
                within=tx.community.external,
                community=tx.community.id,
                data=msgspec.json.encode(Dated(day)),
            )
        )
    at_last = coming[1] if coming else None
    plan_reveals(tx, ledger, alone=coming is None or rests, coming=at_last)
    return None if rests else at_last


def upcoming(
    challenge: Challenge,
    planned: tuple[date, datetime] | None,
    taken: Collection[date],
    now: datetime,
) -> tuple[date, datetime] | None:
    """The date that is posted next and the instant of its due row; `planned` is the one there is.

    None of those `taken`, which the ledger has.
    """
    if planned and planned[0] not in taken and schedule.stays(challenge, *planned, now):
        return planned
    ahead = schedule.following(challenge, now)
    return next((one for one in ahead if one[0] not in taken), None)


def _dated(row: Due) -> date:
    return msgspec.json.decode(row.data, type=Dated).day


def _posted(
    tx: Tx,
    kit: Kit,
    challenge: Challenge,
    day: date,
    ledger: tuple[Daily, ...],
    at: datetime,
    *,
    instead: Daily | None = None,
) -> Daily:
    """Draw the question of a date and post it in every place; what the ledger has of it now.

    `at` is when it was to be posted.
    """
    item = choosing.choose(tx, kit, challenge, day)
    if item is None:
        card = daily_closed.empty(host(tx, challenge), views.date_words(day))
        tell(tx, challenge, f"empty.{day}", card)
        return _skipped(tx, kit, challenge, day, "empty", instead)
    daily = _drawn(tx, kit, challenge, day, item)
    daily = replace(daily, id=instead.id) if instead else daily
    tx.keep(item)
    tx.save_daily(daily)
    if item.id in challenge.queue:
        tx.save_challenge(
            replace(challenge, queue=tuple(one for one in challenge.queue if one != item.id))
        )
    before = look_back(tx, kit, daily, ledger)
    post = opened(tx, kit, challenge, daily, item, before=before)
    card = views.posted(host(tx, challenge), post)
    for place in choosing.places(challenge):
        _put_up(tx, daily, place, card, at + schedule.LATE)
    plan_refresh(tx, daily)
    return daily


def _put_up(tx: Tx, daily: Daily, place: str, card: Card, until: datetime) -> None:
    """The ledger's row of one place, and the post on its way there."""
    tx.save_posting(
        Posting(
            challenge=daily.challenge,
            place=place,
            day=daily.day,
            daily=daily.id,
            community=daily.community,
        )
    )
    tx.post(
        Post(
            dedupe=f"daily.{daily.challenge}.{daily.day}.{hashed(place)}",
            where="place",
            target=place,
            card=card,
            back=make("daily-posted", daily.id),
            community=tx.community.external,
            until=until,
        )
    )


def _drawn(tx: Tx, kit: Kit, challenge: Challenge, day: date, item: Item) -> Daily:
    """The daily of a date with this question, its options in an order of its own."""
    now = tx.origin.at
    rng = kit.rng(f"{challenge.id}/{day.isoformat()}/{item.id}")
    return Daily(
        id=kit.new_id(),
        challenge=challenge.id,
        community=tx.community.id,
        day=day,
        asked=replace(issuing.asked(item, "shared", rng), issued=now),
        area=item.area,
        posted=now,
        reveal=schedule.revealed_at(challenge, day, now),
    )


def _skipped(
    tx: Tx, kit: Kit, challenge: Challenge, day: date, why: str, instead: Daily | None = None
) -> Daily:
    daily = Daily(
        id=instead.id if instead else kit.new_id(),
        challenge=challenge.id,
        community=tx.community.id,
        day=day,
        state="skipped",
        posted=tx.origin.at,
        why=why,
    )
    tx.save_daily(daily)
    return daily


def tell(tx: Tx, challenge: Challenge, what: str, card: Card) -> None:
    """A direct message to whoever changed the challenge last; nobody, where they were forgotten."""
    if challenge.by:
        name = f"daily.{challenge.id}.{what}"
        tx.post(Post(dedupe=name, where="direct", target=challenge.by, card=card))
