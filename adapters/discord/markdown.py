"""The neutral subset as Discord's Markdown: one function escapes, one makes long text fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from bot.chat.cards import Link
from bot.chat.fitting import folded, longest, size
from bot.chat.text import Fence, Prose, Span, SpanKind, blocks, place_words

CUT = "\n-# … cut here: the rest does not fit into a Discord message"

# Marks, mentions, spoilers and links anywhere; a colon that may begin :emoji: or follow a scheme.
_LIVE = re.compile(r"[\\*_~|`<@\[\]]|:(?=\S)")
# Headings, small print, quotes and lists, which live at the start of a line only.
_START = re.compile(r"^([ \t]*\d*)([#>+.-]+)", re.MULTILINE)

_ROUND = str.maketrans("[]\n", "() ")  # a bracket would end a link's words


def escape(text: str) -> str:
    """Make every character stand for itself: no mention, mark, link, emoji, list or heading."""
    return _START.sub(_each, _LIVE.sub(_one, text))


def _one(found: re.Match[str]) -> str:
    return "\\" + found[0]


def _each(found: re.Match[str]) -> str:
    return found[1] + "".join("\\" + mark for mark in found[2])


def address(link: Link) -> str:
    """Write one of our links; an address that is not https stays words."""
    label = escape(link.label.translate(_ROUND))
    if not link.url.startswith("https://"):
        return label
    url = re.sub(r"[\s()<>\\]", lambda found: f"%{ord(found[0]):02X}", link.url)
    return f"[{label}]({url})"


def fitted(text: str, room: int) -> str:
    """Draw text of the subset in at most `room` units; what does not fit is cut visibly."""
    whole = "\n".join(_drawn(block) for block in blocks(text))
    if size(whole) <= room:
        return whole
    room -= size(CUT)
    kept = ""
    for piece, shorten in _pieces(text):
        if size(kept + piece) > room:
            kept += shorten(room - size(kept))
            break
        kept += piece
    return kept.rstrip() + CUT


def _pieces(text: str) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Spans and fences as drawn, each with what draws the longest beginning of it that fits."""
    gap = ""
    for block in blocks(text):
        if gap:
            yield gap, lambda _: ""
        gap = "\n"
        match block:
            case Fence(code=code, language=language):
                yield _fence(code, language), _shortener(code, partial(_fence, language=language))
            case Prose(spans=spans):
                for span in _merged(spans):
                    yield _span(span), _shortener(span.text, partial(_spanned, span.kind))


def _shortener(text: str, draw: Callable[[str], str]) -> Callable[[int], str]:
    def shorten(room: int) -> str:
        kept = longest(text, room, lambda part: size(draw(part)))
        return draw(kept) if kept else ""

    return shorten


def _drawn(block: Prose | Fence) -> str:
    match block:
        case Fence(code=code, language=language):
            return _fence(code, language)
        case Prose(spans=spans):
            return "".join(_span(span) for span in _merged(spans))


def _merged(spans: tuple[Span, ...]) -> Iterator[Span]:
    # two bold spans side by side would be read as one with stars in it
    for kind, run in groupby(spans, key=lambda span: span.kind):
        if kind == "bold":
            yield Span("bold", "".join(span.text for span in run))
        else:
            yield from run


def _span(span: Span) -> str:
    return _spanned(span.kind, span.text)


def _spanned(kind: SpanKind, text: str) -> str:
    match kind:
        case "bold":
            return f"**{escape(text)}**" if text.strip() else escape(text)
        case "code":
            return f"`{text}`"  # nothing is live in it, and the subset has no ` there
        case "plain":
            return escape(text)
        case "place":
            number = text.removeprefix("discord:")
            # a channel by its name; it rings for nobody
            return f"<#{number}>" if re.fullmatch(r"[0-9]+", number) else escape(place_words(text))


def _fence(code: str, language: str) -> str:
    body = folded(code).replace("```", "` ` `").strip("\n") or " "
    return f"```{language}\n{body}\n```"
