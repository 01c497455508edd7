"""How a channel is named: by the platform itself where it can, for we are given its id alone."""

from __future__ import annotations

from bot.chat.say import Md, Reader, md, say
from bot.chat.text import place as shown
from bot.chat.text import place_words


def plain(reader: Reader, place: str, here: str = "") -> str:
    """Name it in a menu, which holds plain text only: `this channel`, or `#` and its id."""
    return say(reader, "this channel") if place == here else place_words(place)


def name(reader: Reader, place: str, here: str = "") -> Md:
    """Name it in a sentence: `this channel`, or the channel itself."""
    return md(say(reader, "this channel") if place == here else shown(place))


def names(reader: Reader, places: tuple[str, ...], here: str = "") -> Md:
    """All of them, where one is first."""
    ordered = sorted(places, key=lambda place: place != here)
    return md(", ".join(name(reader, place, here).text for place in ordered))
