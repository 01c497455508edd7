"""Tokens: what a button carries, enough to find its row, never which option is right."""

from __future__ import annotations

import re

from msgspec import Struct

LIMIT = 100  # Discord's custom_id
FORM = "!"  # a token that begins with it needs a form before it is pressed
PASSING = "~"  # pressed in passing on a public message: a whisper answers, never a dialog
_SHAPE = re.compile(r"[!~]?[a-z][a-z-]{0,23}(:[A-Za-z0-9_.@+-]{0,60}){0,4}")


class Token(Struct, frozen=True):
    """A verb and up to four parts of letters, digits and `_.@+-`."""

    verb: str
    parts: tuple[str, ...] = ()
    form: bool = False
    passing: bool = False

    def part(self, index: int) -> str:
        """The part at this place, or '' where it is missing."""
        return self.parts[index] if index < len(self.parts) else ""


def make(verb: str, *parts: object, form: bool = False, passing: bool = False) -> str:
    """Write a token; raises ValueError where it would not fit a platform."""
    mark = FORM if form else PASSING if passing else ""
    token = mark + ":".join([verb, *map(str, parts)])
    if len(token) > LIMIT or not _SHAPE.fullmatch(token):
        raise ValueError(token)
    return token


def parse(token: str) -> Token | None:
    """Read a token; None for anything that `make` did not write."""
    if len(token) > LIMIT or not _SHAPE.fullmatch(token):
        return None
    verb, *parts = token.lstrip(FORM + PASSING).split(":")
    return Token(verb, tuple(parts), token.startswith(FORM), token.startswith(PASSING))


def wants_form(token: str) -> bool:
    """Whether a form has to be opened and sent before this token is pressed."""
    return token.startswith(FORM)


def in_passing(token: str) -> bool:
    """Whether a whisper answers it: where dialogs are the rule, none is opened."""
    return token.startswith(PASSING)
