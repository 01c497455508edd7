"""Places in tokens: written so that they fit, sealed so that no other community can use them."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, unquote

from bot.chat.events import Command
from bot.chat.tokens import Token
from bot.features.feature import Mistake
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.views import challenge_said as said

LONGEST = 44  # characters of a written place: with its seal and an id it has to fit into a token
SEAL = 12  # hexadecimal digits


def sealed(tx: Tx, place: str, challenge_id: str = "") -> tuple[str, str]:
    """Two parts of a token that name a place of this community (and a challenge to be)."""
    return _written(place), _seal(tx, place, challenge_id)


def unsealed(tx: Tx, token: Token, at: int) -> str:
    """The place that stands at this part of a token; Mistake if it is not of this community.

    Its seal is the next part; the one after it is the id that was sealed with it, if any.
    """
    place = unquote(token.part(at).replace("_", "%"))
    if not place or _seal(tx, place, token.part(at + 2)) != token.part(at + 1):
        raise Mistake(said.not_here(reader(tx)))
    return place


def here(tx: Tx) -> str:
    """The channel in which this happens; '' in a direct conversation."""
    terminal = tx.origin.platform == "terminal"  # one screen is its channel
    alone = tx.community.personal or (tx.origin.private and not terminal)
    return "" if alone else tx.origin.place


def meant(event: Command, tx: Tx) -> str:
    """The channel a command names, else the one it was typed in; '' if there is none.

    Raises Mistake for words that name no channel of this community.
    """
    typed = event.args.get("channel", "").strip()
    if not typed:
        return here(tx)
    platform = tx.origin.platform
    # Discord's own menu gives its channels; typed text must not reach another workspace
    known = platform == "discord" or typed.startswith(f"{tx.community.external}/")
    if known and re.fullmatch(rf"{platform}:\S+", typed) and len(_written(typed)) <= LONGEST:
        return typed
    raise Mistake(said.no_words(reader(tx), typed))


def _written(place: str) -> str:
    quoted = quote(place, safe="").replace("_", "%5F").replace("~", "%7E")
    return quoted.replace("%", "_")


def _seal(tx: Tx, place: str, challenge_id: str) -> str:
    # the community's own id is shown to nobody: who does not know it cannot write a seal
    secret = f"{tx.community.id}\n{place}\n{challenge_id}"
    return hashlib.sha256(secret.encode()).hexdigest()[:SEAL]
