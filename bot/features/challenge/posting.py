"""Posting at once: the first of a challenge, or today's before its time."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.say import paragraphs
from bot.features.challenge import keeping
from bot.features.daily import posting
from bot.features.feature import Kit, Mistake
from bot.features.recording import reader
from bot.store.community import Challenge
from bot.store.protocol import Tx
from bot.views import challenge_said as said


def posted_now(tx: Tx, kit: Kit, challenge: Challenge, what: str) -> Card:
    """Post today's; raises Mistake, and nothing has happened, where that cannot be."""
    here = reader(tx)
    today = keeping.today(tx, challenge)
    known = tx.daily_on(challenge.id, today)
    if known and known.state != "skipped":
        raise Mistake(said.no_post(here, "stands"))
    begins = challenge.paused and not keeping.overview(tx, kit, challenge).begun
    challenge = replace(
        challenge,
        paused=challenge.paused and not begins,
        skips=tuple(day for day in challenge.skips if day != today),
    )
    follows = keeping.keep(tx, challenge, what)
    if posting.post_now(tx, kit, challenge) is None:
        raise Mistake(said.no_post(here, "empty"))
    coming = said.todays(here, challenge, keeping.ahead(tx, challenge))
    return keeping.card(tx, kit, challenge, paragraphs(coming, follows))
