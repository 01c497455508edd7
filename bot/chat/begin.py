"""The token that begins a quiz of given words."""

from __future__ import annotations

import re

from bot.chat.tokens import make

COLON = "@"  # stands for the one of `type:output`, which would end a token's part
ROOM = 60  # characters of one part of a token


def start(words: str) -> str:
    """A token for `/quiz words`; what a token cannot hold falls back to a mix."""
    text = re.sub(r"\s+", "_", words.strip()).replace(",", "+")
    text = "" if COLON in text else text.replace(":", COLON)
    fits = len(text) <= ROOM and re.fullmatch(r"[A-Za-z0-9_.@+-]*", text)
    return make("start", text if fits else "")


def read(part: str) -> str:
    """The words that `start` put into a token."""
    return part.replace("_", " ").replace(COLON, ":")
