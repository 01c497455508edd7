"""The digest for admins who asked for it: totals of a week, and what most people get wrong."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from bot import days, scoring
from bot.chat.cards import Reply, reply
from bot.chat.events import Press
from bot.chat.posts import Post
from bot.chat.say import Reader
from bot.chat.tokens import Token
from bot.features.appeal.deciding import grouped
from bot.features.community import mondays
from bot.features.community.rules import card
from bot.features.daily import schedule
from bot.features.feature import Kit, Mistake
from bot.features.fitting import fits_a_post
from bot.features.moderation import suspecting
from bot.features.noting import note
from bot.features.overlay import drawable, drawable_in
from bot.features.recording import reader
from bot.store.community import Challenge
from bot.store.protocol import Tx
from bot.store.rows import Due
from bot.views import community as views
from bot.views import digest as digest_views
from bot.views import shown
from bot.views.digest import FEWEST, Held, Week
from questions.model import Item

MOST = 3  # misconceptions
ROOM = 60  # characters of one part of a token


def pressed(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Digest for me, No digest."""
    off = token.part(0) == "no"
    asked = tuple(one for one in tx.community.rules.digest if one != tx.origin.person)
    settings = replace(tx.community.rules, digest=asked if off else (*asked, tx.origin.person))
    tx.save_community(replace(tx.community, rules=settings))
    if settings.digest:
        mondays.begin(tx, "digest")
    else:
        mondays.unschedule(tx, "digest")
    note(tx, "no-digest" if off else "digest")
    return card(tx, kit, views.effect(reader(tx), "no-digest" if off else "digest"))


def week(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """Last week, at once and private."""
    sunday = days.week_end(days.local(tx.origin.at, tx.community.zone)) - timedelta(days=7)
    seen = digest_views.card(reader(tx), looked_back(tx, kit, sunday))
    return reply(replace(seen, to="private"))


def send(due: Due, tx: Tx, kit: Kit) -> Reply:
    """Monday's digest, a direct message to each admin who asked."""
    if tx.community.rules.digest and (sunday := mondays.over(due, tx)):
        _send(due, tx, kit, sunday)
    return Reply()


def _send(due: Due, tx: Tx, kit: Kit, sunday: date) -> None:
    here = Reader(zone=tx.community.zone, platform=tx.origin.platform)
    # on Discord a press in a direct conversation no longer knows the community
    known = tx.origin.platform != "discord"
    seen = digest_views.card(here, looked_back(tx, kit, sunday), buttons=known)
    for person in tx.community.rules.digest:
        tx.post(
            Post(
                dedupe=f"digest.{tx.community.id}.{days.week(sunday)}.{person}",
                where="direct",
                target=person,
                card=seen,
                community=tx.community.external,
                until=due.at + mondays.LATE,
                admins=True,
            )
        )


def looked_back(tx: Tx, kit: Kit, sunday: date) -> Week:
    """The totals of the week that ended on this Sunday."""
    key, before = days.week(sunday), days.week(sunday - timedelta(days=7))
    bank = kit.bank(tx.community.id)
    whole = _whole(tx, key)
    held = sorted(tx.totals(scoring.BELIEVED, key), key=lambda one: (-one.people, one.scope))
    shared = [one for one in held if one.people >= FEWEST][:MOST]
    slugs = [(one.scope.removeprefix(scoring.BELIEVED), one.people) for one in shared]
    monday = sunday - timedelta(days=6)
    return Week(
        title=f"Week of {monday.day} {monday:%b}, for admins",
        people=whole[0],
        answers=whole[1],
        right=whole[2],
        before=_whole(tx, before)[0],
        held=tuple(
            Held(
                slug=slug,
                name=bank.says(slug),
                people=people,
                askable=fits(slug) and _asking(tx, kit, slug) is not None,
            )
            for slug, people in slugs
        ),
        appeals=len(grouped(tx.appeals("open"))),
        suspects=len(suspecting.named(tx, kit)),
    )


def fits(slug: str) -> bool:
    """Whether a button can carry it."""
    return len(slug) <= ROOM


def _whole(tx: Tx, period: str) -> tuple[int, int, int]:
    """People, answers and right ones of a period in the whole community."""
    for one in tx.totals(scoring.EVERYWHERE, period):
        if one.scope == scoring.EVERYWHERE:
            return one.people, one.answers, one.right
    return 0, 0, 0


def make_daily(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A question on this misconception is asked by the next daily."""
    slug = token.part(0)
    if not tx.challenges():
        raise Mistake(digest_views.cannot(reader(tx), "no-challenge"))
    found = _asking(tx, kit, slug)
    if found is None:
        raise Mistake(digest_views.cannot(reader(tx), "no-question"))
    challenge, item = found
    name = kit.bank(tx.community.id).says(slug)
    held = tx.challenge(challenge.id, lock=True) or challenge
    if item.id not in held.queue:
        dead = {name for name in held.queue if not _asks(tx, kit, held, name)}
        alive = tuple(name for name in held.queue if name not in dead)
        tx.save_challenge(replace(held, queue=(*alive, item.id)))
        note(tx, "queued", name)
    return reply(digest_views.queued(reader(tx), name, _next_day(tx, held)))


def _asking(tx: Tx, kit: Kit, slug: str) -> tuple[Challenge, Item] | None:
    """A question that betrays this, and the challenge that would ask it: rather one that runs."""
    candidates = drawable(tx, kit).betraying(slug)
    for challenge in sorted(tx.challenges(), key=lambda one: one.paused):
        had = {one.ref.id for one in tx.dailies(_year_ago(tx), challenge.id) if one.ref}
        for item in candidates:
            if item.id not in had and _asks(tx, kit, challenge, item.id):
                return challenge, item
    return None


def _asks(tx: Tx, kit: Kit, challenge: Challenge, name: str) -> bool:
    """Whether the challenge would ask this question: by its kinds, and by all its channels."""
    views = [drawable_in(tx, kit, place) for place in challenge.places]
    found = [view.get(name) for view in views]
    return all(item and item.type in challenge.types and fits_a_post(item) for item in found)


def _year_ago(tx: Tx) -> date:
    return days.local(tx.origin.at, tx.community.zone) - timedelta(days=365)


def _next_day(tx: Tx, challenge: Challenge) -> str:
    if challenge.paused:
        return "once it goes on"
    taken = {one.day for one in tx.dailies(_year_ago(tx), challenge.id)}
    coming = schedule.following(challenge, tx.origin.at)
    at = next((at for day, at in coming if day not in taken), None)
    return shown.day(at, tx.origin.at, challenge.zone) if at else "once it has a date"
