"""What is done with a challenge as it runs: its card, pause, channels, its end."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Press
from bot.chat.say import paragraphs
from bot.chat.tokens import Token
from bot.features.challenge import keeping, placing
from bot.features.challenge.lacking import missing
from bot.features.daily import choosing
from bot.features.feature import Kit, Mistake
from bot.features.lacking import asked
from bot.features.recording import reader
from bot.store.community import Challenge
from bot.store.protocol import Tx
from bot.views import challenge_pages as pages
from bot.views import challenge_said as said

MOST = 20  # channels of a challenge: a menu shows them all


def opened(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The card of one challenge."""
    return reply(keeping.card(tx, kit, keeping.found(tx, token.part(0))))


def listed(_press: Press, _token: Token, tx: Tx, _kit: Kit) -> Reply:
    """All challenges of the community."""
    known = tx.challenges()
    if not known:
        raise Mistake(said.gone(reader(tx)))
    return reply(pages.every(reader(tx), known, placing.here(tx)))


def picked(press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """One of them, from the menu."""
    return reply(keeping.card(tx, kit, keeping.found(tx, press.typed("value"))))


def change(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What can be changed."""
    shown = keeping.overview(tx, kit, keeping.found(tx, token.part(0)))
    return reply(pages.change(reader(tx), shown))


def pause(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Nothing more is posted for a while."""
    challenge = replace(keeping.found(tx, token.part(0)), paused=True)
    follows = keeping.keep(tx, challenge, "paused-a-challenge")
    effect = said.paused(reader(tx), keeping.ahead(tx, challenge))
    return reply(keeping.card(tx, kit, challenge, paragraphs(effect, follows)))


def go_on(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """It posts again, or for the first time, on its next day; with all that the bot lacks."""
    challenge = replace(keeping.found(tx, token.part(0)), paused=False)
    where = choosing.places(challenge)
    if where and (job := asked(press, where)):
        return job
    follows = keeping.keep(tx, challenge, "started-a-challenge")
    effect = said.comes(reader(tx), challenge, keeping.ahead(tx, challenge))
    lacks = missing(press, tx, where)
    return reply(keeping.card(tx, kit, challenge, paragraphs(effect, follows), lacks))


def end(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Asked once more."""
    shown = keeping.overview(tx, kit, keeping.found(tx, token.part(0)))
    return reply(pages.ending(reader(tx), shown))


def ended(_press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """It is over."""
    challenge = replace(keeping.found(tx, token.part(0)), ended=True)
    ahead = keeping.ahead(tx, challenge)
    follows = keeping.keep(tx, challenge, "ended-a-challenge")
    return reply(pages.over(reader(tx), paragraphs(said.ended(reader(tx), ahead), follows)))


def places(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Its channels."""
    return reply(_places(tx, kit, keeping.found(tx, token.part(0)), ""))


def _places(tx: Tx, kit: Kit, challenge: Challenge, effect: str, lacks: said.Missing = ()) -> Card:
    return pages.where(reader(tx), keeping.overview(tx, kit, challenge), effect, lacks)


def add(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """One more channel, with all that the bot lacks there."""
    challenge = keeping.found(tx, token.part(0))
    place = placing.unsealed(tx, token, 1)
    if job := asked(press, (place,)):
        return job
    if place in challenge.places:
        return reply(_places(tx, kit, challenge, ""))
    if len(challenge.places) >= MOST:
        raise Mistake(said.many_places(reader(tx), MOST))
    challenge = replace(challenge, places=(*challenge.places, place))
    keeping.keep(tx, challenge, "added-a-channel", place)
    effect = said.added(reader(tx), place, placing.here(tx))
    return reply(_places(tx, kit, challenge, effect, missing(press, tx, (place,))))


def remove(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """One channel fewer."""
    challenge, place = keeping.found(tx, token.part(0)), press.typed("value")
    if place not in challenge.places:
        return reply(_places(tx, kit, challenge, ""))
    if len(challenge.places) == 1:
        raise Mistake(said.last_place(reader(tx)))
    challenge = replace(
        challenge,
        places=tuple(one for one in challenge.places if one != place),
        lost=tuple(one for one in challenge.lost if one != place),
    )
    keeping.keep(tx, challenge, "removed-a-channel", place)
    effect = said.removed(reader(tx), place, placing.here(tx))
    return reply(_places(tx, kit, challenge, effect))


def retry(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The channels that refused a post are tried again, with all that is still lacking there."""
    challenge = keeping.found(tx, token.part(0))
    lost = challenge.lost
    if not lost:
        return reply(_places(tx, kit, challenge, ""))
    if job := asked(press, lost):
        return job
    challenge = replace(challenge, lost=())
    keeping.keep(tx, challenge, "tried-channels-again", *lost)
    effect = said.retried(reader(tx), lost, placing.here(tx))
    return reply(_places(tx, kit, challenge, effect, missing(press, tx, lost)))
