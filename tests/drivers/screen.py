"""What a person sees after an event, read from what went over the wire; the same of every face."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Screen(Struct, frozen=True, kw_only=True):
    """
    One message or form.

    `text` is without marks, `tone` '' where the face shows none, `private` whether only this
    person sees it. A form has `fields` (their labels) and no buttons. `links` are label and
    address. `also` holds further messages that the same event brought.
    """

    title: str = ""
    text: str = ""
    buttons: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    note: str = ""
    links: tuple[tuple[str, str], ...] = ()
    tone: Literal["", "plain", "good", "near", "bad"] = ""
    private: bool = False
    picture: str = ""  # its alt text
    also: tuple[Screen, ...] = ()
