"""The marked call through which every sentence goes: values are escaped, text is translatable."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.chat.events import Platform
from bot.chat.text import plain


class Md(Struct, frozen=True):
    """Text that is already in the subset and comes from us or the bank."""

    text: str


class Reader(Struct, frozen=True):
    """Who reads a card: language, IANA zone and platform."""

    locale: str = "en"
    zone: str = "UTC"
    platform: Platform = "terminal"

    @property
    def tz(self) -> ZoneInfo:
        """The zone as a tzinfo."""
        return ZoneInfo(self.zone)


def say(reader: Reader, sentence: str, **values: object) -> str:
    """Fill a sentence; every value that is not `Md` is escaped, so that it is shown as it is.

    English is the key of a translation: `reader.locale` chooses the catalogue, of which there is
    one so far.
    """
    del reader  # the only catalogue is the sentence itself
    filled = {k: v.text if isinstance(v, Md) else plain(str(v)) for k, v in values.items()}
    return sentence.format(**filled)


def md(text: str) -> Md:
    """Mark text of ours or of the bank as being in the subset already."""
    return Md(text)


def lines(*parts: str) -> str:
    """Join what is not empty by line breaks."""
    return "\n".join(part for part in parts if part)


def paragraphs(*parts: str) -> str:
    """Join what is not empty by blank lines."""
    return "\n\n".join(part for part in parts if part)


def count(number: int, one: str, many: str) -> str:
    """`1 answer`, `3 answers`."""
    return f"{number} {one if number == 1 else many}"
