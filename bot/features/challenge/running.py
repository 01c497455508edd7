"""What is done with a challenge as it runs: its card, pause, channels, its end."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Press
from bot.chat.say import paragraphs
from bot.chat.tokens import Token
from bot.features.challenge import placing, standing
from bot.features.challenge.lacking import asked, missing
from bot.features.feature import Kit, Mistake
from bot.features.recording import reader
from bot.store.community import Challenge
from bot.store.protocol import Tx
from bot.views import challenge_pages as pages
from bot.views import challenge_said as said

MOST = 20  # channels of a challenge: a menu shows them all


def opened(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The card of one challenge."""
    return reply(standing.card(tx, kit, standing.found(tx, token.part(0))))


def listed(_press: Press, _token: Token, tx: Tx, _kit: Kit) -> Reply:
    """All challenges of the community."""
    known = tx.challenges()
    if not known:
        raise Mistake(said.gone(reader(tx)))
    return reply(pages.every(reader(tx), known, placing.here(tx)))


def picked(press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """One of them, from the menu."""
    return reply(standing.card(tx, kit, standing.found(tx, press.typed("value"))))


def change(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What can be changed."""
    shown = standing.standing(tx, kit, standing.found(tx, token.part(0)))
    return reply(pages.change(reader(tx), shown))


def pause(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Nothing more is posted for a while."""
    challenge = replace(standing.found(tx, token.part(0)), paused=True)
    follows = standing.keep(tx, challenge, "paused-a-challenge")
    effect = said.paused(reader(tx), standing.ahead(tx, challenge))
    return reply(standing.card(tx, kit, challenge, paragraphs(effect, follows)))


def go_on(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """It posts again; or for the first time, on its next day."""
    challenge = replace(standing.found(tx, token.part(0)), paused=False)
    follows = standing.keep(tx, challenge, "started-a-challenge")
    effect = said.comes(reader(tx), challenge, standing.ahead(tx, challenge))
    return reply(standing.card(tx, kit, challenge, paragraphs(effect, follows)))


def end(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Asked once more."""
    shown = standing.standing(tx, kit, standing.found(tx, token.part(0)))
    return reply(pages.ending(reader(tx), shown))


def ended(_press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """It is over."""
    challenge = replace(standing.found(tx, token.part(0)), ended=True)
    ahead = standing.ahead(tx, challenge)
    follows = standing.keep(tx, challenge, "ended-a-challenge")
    return reply(pages.over(reader(tx), paragraphs(said.ended(reader(tx), ahead), follows)))


def places(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Its channels."""
    return reply(_places(tx, kit, standing.found(tx, token.part(0)), ""))


def _places(tx: Tx, kit: Kit, challenge: Challenge, effect: str, lacks: said.Missing = ()) -> Card:
    return pages.where(reader(tx), standing.standing(tx, kit, challenge), effect, lacks)


def add(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """One more channel, with all that the bot lacks there."""
    challenge = standing.found(tx, token.part(0))
    place = placing.unsealed(tx, token, 1)
    if job := asked(press, (place,)):
        return job
    if place in challenge.places:
        return reply(_places(tx, kit, challenge, ""))
    if len(challenge.places) >= MOST:
        raise Mistake(said.many_places(reader(tx), MOST))
    challenge = replace(challenge, places=(*challenge.places, place))
    standing.keep(tx, challenge, "added-a-channel")
    effect = said.added(reader(tx), place, placing.here(tx))
    return reply(_places(tx, kit, challenge, effect, missing(press, tx, (place,))))


def remove(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """One channel fewer."""
    challenge, place = standing.found(tx, token.part(0)), press.typed("value")
    if place not in challenge.places:
        return reply(_places(tx, kit, challenge, ""))
    if len(challenge.places) == 1:
        raise Mistake(said.last_place(reader(tx)))
    challenge = replace(
        challenge,
        places=tuple(one for one in challenge.places if one != place),
        lost=tuple(one for one in challenge.lost if one != place),
    )
    standing.keep(tx, challenge, "removed-a-channel")
    effect = said.removed(reader(tx), place, placing.here(tx))
    return reply(_places(tx, kit, challenge, effect))


def retry(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The channels that refused a post are tried again, with all that is still lacking there."""
    challenge = standing.found(tx, token.part(0))
    lost = challenge.lost
    if not lost:
        return reply(_places(tx, kit, challenge, ""))
    if job := asked(press, lost):
        return job
    challenge = replace(challenge, lost=())
    standing.keep(tx, challenge, "tried-channels-again")
    effect = said.retried(reader(tx), lost, placing.here(tx))
    return reply(_places(tx, kit, challenge, effect, missing(press, tx, lost)))
