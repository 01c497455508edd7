"""`/challenge` where there is none: a proposal, a preview, the first press that saves it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot import days
from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Command, Press
from bot.chat.say import paragraphs
from bot.chat.tokens import Token, make
from bot.features.challenge import keeping, placing
from bot.features.challenge.lacking import missing
from bot.features.challenge.posting import posted_now
from bot.features.daily import schedule
from bot.features.daily.posting import preview as preview_of
from bot.features.feature import Kit, Mistake
from bot.features.lacking import asked, asking, forbidden
from bot.features.recording import reader
from bot.store.community import Challenge
from bot.store.protocol import Tx
from bot.views import challenge as views
from bot.views import challenge_pages as pages
from bot.views import challenge_said as said

MOST = 10  # challenges of a community: a menu shows them all


def command(event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/challenge`: what this channel has, a proposal where it has nothing."""
    place = placing.meant(event, tx)
    known = tx.challenges()
    own = tuple(one for one in known if place in one.places)
    if len(own) == 1:
        return reply(keeping.card(tx, kit, own[0]))
    if own or (known and not place):
        return reply(pages.every(reader(tx), known, place))
    if not place:
        raise Mistake(said.not_here(reader(tx)))
    return asking(make("challenge-propose", *placing.sealed(tx, place)), (place,))


def proposed(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The proposal for a channel, with all that the bot lacks there."""
    place = placing.unsealed(tx, token, 0)
    if job := asked(press, (place,)):
        return job
    _room(tx)
    return reply(_proposal(tx, kit, _new(tx, place, kit.new_id()), missing(press, tx, (place,))))


def _proposal(
    tx: Tx, kit: Kit, challenge: Challenge, lacks: said.Missing, *, refused: bool = False
) -> Card:
    (place,) = challenge.places
    here = placing.here(tx)
    shown = views.Overview(
        challenge=challenge,
        areas=kit.bank(tx.community.id).areas,
        ahead=said.Ahead(today=keeping.today(tx, challenge)),
        here=here,
        seal=placing.sealed(tx, place, challenge.id),
        several=bool(tx.challenges()),
        quiet=keeping.quiet(tx, challenge),
    )
    start = schedule.next_day(challenge, keeping.today(tx, challenge))
    return views.proposal(reader(tx), shown, lacks, start, refused=refused)


def preview(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The post as it will look, for its admin alone, with another question."""
    if token.part(0) == "-":
        challenge = _new(tx, placing.unsealed(tx, token, 1), token.part(3))
    else:
        challenge = keeping.found(tx, token.part(0))
    before = keeping.today(tx, challenge) - timedelta(days=1)
    day = schedule.next_day(challenge, before) or before
    post = preview_of(tx, kit, challenge, day)
    if post is None:
        raise Mistake(said.no_post(reader(tx), "alone"))
    return reply(views.preview(reader(tx), post))


def begin(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Post the first now, or start on the next day: saved here and now, and never twice."""
    place = placing.unsealed(tx, token, 1)
    if job := asked(press, (place,)):
        return job
    if again := _taken(tx, kit, token.part(3)):
        return again
    _room(tx)
    lacks = missing(press, tx, (place,))
    challenge = _new(tx, place, token.part(3))
    if token.part(0) == "now":
        if forbidden(press):
            return reply(_proposal(tx, kit, challenge, lacks, refused=True))
        return reply(posted_now(tx, kit, challenge, "began-a-challenge"))
    challenge = replace(challenge, skips=_not_today(challenge, tx.origin.at))
    follows = keeping.keep(tx, challenge, "began-a-challenge")
    coming = said.comes(reader(tx), challenge, keeping.ahead(tx, challenge))
    return reply(keeping.card(tx, kit, challenge, paragraphs(coming, follows), lacks))


def _not_today(challenge: Challenge, now: datetime) -> tuple[date, ...]:
    today = days.local(now, challenge.zone)
    # left out even if its time is over: a later time chosen today would bring it back
    return (today,) if schedule.runs_on(challenge, today) else ()


def new(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Change... on a proposal: it is kept, paused, and can be changed."""
    place = placing.unsealed(tx, token, 0)
    if again := _taken(tx, kit, token.part(2)):
        return again
    _room(tx)
    challenge = replace(_new(tx, place, token.part(2)), paused=True)
    keeping.keep(tx, challenge, "drafted-a-challenge")
    return reply(pages.change(reader(tx), keeping.overview(tx, kit, challenge)))


def _taken(tx: Tx, kit: Kit, challenge_id: str) -> Reply | None:
    """What the second press on a proposal gives: the challenge that the first one made."""
    if tx.challenge(challenge_id, lock=True) is None:
        return None
    return reply(keeping.card(tx, kit, keeping.found(tx, challenge_id), said.stands(reader(tx))))


def _room(tx: Tx) -> None:
    if len(tx.challenges()) >= MOST:
        raise Mistake(said.too_many(reader(tx), MOST))


def _new(tx: Tx, place: str, challenge_id: str) -> Challenge:
    """What is proposed: here, 09:00, the community's zone, and the rest as it stands there."""
    return Challenge(
        id=challenge_id,
        community=tx.community.id,
        zone=_zone(tx),
        places=(place,),
        by=tx.origin.person,
        since=tx.origin.at,
    )


def _zone(tx: Tx) -> str:
    """The community's zone; until it has one, its admin's own or the one the platform proposes."""
    offered = (tx.community.zone, tx.person.settings.zone, tx.origin.zone)
    known = (days.zone_named(zone) for zone in offered if zone and not keeping.unnamed(zone))
    return next((zone for zone in known if zone), "UTC")
