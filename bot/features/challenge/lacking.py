"""What the bot lacks in the channels of a challenge, in sentences that name them."""

from __future__ import annotations

from bot.chat.events import Press
from bot.features import lacking
from bot.features.challenge import placing
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.views import challenge_said as said


def missing(press: Press, tx: Tx, places: tuple[str, ...]) -> said.Missing:
    """What is lacking in these places, a sentence each, all at once."""
    if len(places) == 1:
        return lacking.missing(press)
    here = placing.here(tx)
    return tuple(
        sentence
        for place in places
        for sentence in said.lacks_in(reader(tx), place, lacking.missing(press, place), here)
    )
