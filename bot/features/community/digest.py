"""The digest for admins who asked for it: totals of a week, and what most people get wrong."""

from __future__ import annotations

from collections.abc import Iterator
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
from bot.features.feature import Bank, Kit, Mistake
from bot.features.noting import note
from bot.features.overlay import drawable
from bot.features.recording import reader
from bot.store.community import Challenge
from bot.store.protocol import Tx
from bot.store.rows import Due
from bot.views import community as views
from bot.views import digest as digest_views
from bot.views import shown
from bot.views.digest import FEWEST, Held, Week
from questions.model import Choice, Item, Number, Short

MOST = 3  # misconceptions
ROOM = 60  # characters of one part of a token


def pressed(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Digest for me, No digest."""
    off = token.part(0) == "no"
    asked = tuple(one for one in tx.community.rules.digest if one != tx.origin.person)
    settings = replace(tx.community.rules, digest=asked if off else (*asked, tx.origin.person))
    tx.save_community(replace(tx.community, rules=settings))
    if settings.digest:
        mondays.schedule(tx, "digest")
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
    if not tx.community.rules.digest:
        return Reply()
    sunday = days.local(due.at, tx.community.zone) - timedelta(days=1)
    if tx.origin.at - due.at <= mondays.LATE:
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
                )
            )
    mondays.schedule(tx, "digest", max(due.at, tx.origin.at))
    return Reply()


def looked_back(tx: Tx, kit: Kit, sunday: date) -> Week:
    """The totals of the week that ended on this Sunday."""
    key, before = days.week(sunday), days.week(sunday - timedelta(days=7))
    whole = _whole(tx, key)
    bank = drawable(tx, kit)
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
            Held(slug, people, askable=fits(slug) and any(True for _ in _carrying(bank, slug)))
            for slug, people in slugs
        ),
        appeals=len(grouped(tx.appeals("open"))),
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
    challenges = tx.challenges()
    if not challenges:
        raise Mistake(digest_views.cannot(reader(tx), "no-challenge"))
    challenge = tx.challenge(challenges[0].id, lock=True) or challenges[0]
    had = {one.ref.id for one in tx.dailies(_year_ago(tx), challenge.id) if one.ref}
    item = next(
        (
            one
            for one in _carrying(drawable(tx, kit), slug)
            if one.type in challenge.types and one.id not in had
        ),
        None,
    )
    if item is None:
        raise Mistake(digest_views.cannot(reader(tx), "no-question"))
    if item.id not in challenge.queue:
        tx.save_challenge(replace(challenge, queue=(*challenge.queue, item.id)))
        note(tx, "queued", slug)
    return reply(digest_views.queued(reader(tx), slug, _next_day(tx, challenge)))


def _year_ago(tx: Tx) -> date:
    return days.local(tx.origin.at, tx.community.zone) - timedelta(days=365)


def _next_day(tx: Tx, challenge: Challenge) -> str:
    coming = schedule.upcoming(challenge, tx.origin.at, 1)
    if not coming:
        return "once it runs again"
    return shown.day(coming[0][1], tx.origin.at, challenge.zone)


def _carrying(bank: Bank, slug: str) -> Iterator[Item]:
    for area in bank.areas.areas:
        yield from (item for item in bank.items(area.slug) if slug in _believed(item))


def _believed(item: Item) -> frozenset[str]:
    """The misconceptions that a wrong answer to this question betrays."""
    match item.body:
        case Choice(options=options):
            return frozenset(one.misconception for one in options)
        case Number(known_wrong=wrong):
            return frozenset(one.misconception for one in wrong)
        case Short(near_misses=misses):
            return frozenset(one.misconception for one in misses)
        case _:
            return frozenset()
