"""The small Markdown subset of cards: **bold**, `code`, fences, channels; all else is literal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

SpanKind = Literal["plain", "bold", "code", "place"]
AROUND = "\u2060"  # stands around a channel; what people type has none after `clean`
TYPED_LIMIT = 4000  # characters of one typed field that are looked at at all
_SPAN = re.compile(
    r"\\(?P<escaped>[\\*`\u2060])|\*\*(?P<bold>(?:\\[\\*`\u2060]|[^*\\]|\*(?!\*))+)\*\*"
    r"|`(?P<code>[^`\n]+)`|\u2060(?P<place>[^\s\u2060]+)\u2060",
    re.DOTALL,
)
_FENCE = re.compile(
    r"^```(?P<language>[a-z+#-]*)\n(?P<code>.*?)\n?```[ ]*$", re.DOTALL | re.MULTILINE
)
_ESCAPED = re.compile(r"\\([\\*`\u2060])")
_HIDDEN = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x061C, 0x180E}
_HIDDEN |= set(range(0x202A, 0x202F)) | set(range(0x2066, 0x206A)) | {0x200E, 0x200F}
_HIDDEN |= set(range(0xE0000, 0xE0080))
_MARKS_IN_A_ROW = 4
_INDENTED = re.compile(r"(?:^|\n)(?:    .*\n?)+")  # a block of code, as Markdown has it


class Span(Struct, frozen=True):
    """A run of one line of prose; of a place, its external id."""

    kind: SpanKind
    text: str


class Prose(Struct, frozen=True):
    """Spans; line breaks stand inside plain spans."""

    spans: tuple[Span, ...]


class Fence(Struct, frozen=True):
    """A block of code."""

    code: str
    language: str = ""


def plain(text: str) -> str:
    """Escape the subset's marks, so that the text is shown as it is."""
    return re.sub(r"([\\*`\u2060])", r"\\\1", text)


def place(external: str) -> str:
    """A channel in the subset: shown by its name where the platform knows it."""
    return f"{AROUND}{external}{AROUND}"


def place_words(external: str) -> str:
    """A channel where only plain text can stand: `#` and the platform's own id of it."""
    return "#" + re.split(r"[:/]", external)[-1]


def fence(code: str, language: str = "") -> str:
    """A block of code in the subset; fences inside it are broken visibly."""
    return f"```{language}\n{code.replace('```', '` ` `')}\n```"


def blocks(text: str) -> tuple[Prose | Fence, ...]:
    """Parse the subset: prose and fences in reading order, empty prose left out."""
    out: list[Prose | Fence] = []
    at = 0
    for match in _FENCE.finditer(text):
        _prose(text[at : match.start()], out)
        out.append(Fence(match["code"], match["language"]))
        at = match.end()
    _prose(text[at:], out)
    return tuple(out)


def _prose(text: str, out: list[Prose | Fence]) -> None:
    if stripped := text.strip("\n"):
        out.append(Prose(tuple(_joined(_spans(stripped)))))


def _spans(text: str) -> Iterator[Span]:
    at = 0
    for match in _SPAN.finditer(text):
        if match.start() > at:
            yield Span("plain", text[at : match.start()])
        if match["escaped"]:
            yield Span("plain", match["escaped"])
        elif match["place"]:
            yield Span("place", match["place"])
        elif match["bold"]:
            yield Span("bold", _ESCAPED.sub(r"\1", match["bold"]))
        else:
            yield Span("code", match["code"])
        at = match.end()
    if at < len(text):
        yield Span("plain", text[at:])


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    held = ""
    for span in spans:
        if span.kind == "plain":
            held += span.text
            continue
        if held:
            yield Span("plain", held)
            held = ""
        yield span
    if held:
        yield Span("plain", held)


def flow(text: str) -> str:
    """Author text with its file's line breaks taken out, so that a phone may break it.

    Kept are blank lines, lists, lines that are all code, and fences; indented lines become one.
    """
    out: list[str] = []
    inside = False
    for line in text.strip("\n").split("\n"):
        fenced = line.startswith("```")
        joins = out and not (inside or fenced or _own_line(line) or _own_line(out[-1]))
        if joins:
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
        else:
            out.append(line.rstrip())
        inside ^= fenced
    return _INDENTED.sub(_as_fence, "\n".join(out))


def _as_fence(match: re.Match[str]) -> str:
    code = "\n".join(line[4:] for line in match[0].strip("\n").split("\n"))
    return f"\n```\n{code}\n```\n"


def _own_line(line: str) -> bool:
    bare = line.strip()
    listed = re.match(r"([-*•]|\d+[.)]|[A-H]\))\s", bare)
    code = bare.startswith("`") and bare.rstrip(".,;").endswith("`") and bare.count("`") == 2  # noqa: PLR2004 - one span
    return not bare or bool(listed) or code or line.startswith("  ") or bare.startswith("```")


def spoken(text: str) -> str:
    """The text without its marks, as a screen reader or a notification says it."""
    parts = []
    for block in blocks(text):
        match block:
            case Fence(code=code):
                parts.append(code)
            case Prose(spans=spans):
                parts.append("".join(map(_said, spans)))
    return "\n".join(parts)


def _said(span: Span) -> str:
    return place_words(span.text) if span.kind == "place" else span.text


def clean(text: str, limit: int = TYPED_LIMIT) -> str:
    r"""What a person typed, fit to be stored and shown.

    NUL, lone surrogates, control, zero-width and bidi characters go, line ends become `\\n`,
    at most four combining marks stand in a row, at most `limit` characters stay.
    """
    text = text[: limit * 2].replace("\r\n", "\n").replace("\r", "\n")
    out: list[str] = []
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        hidden = ord(char) in _HIDDEN or kind == "Cs" or (kind == "Cc" and char not in "\n\t")
        if not hidden and marks <= _MARKS_IN_A_ROW:
            out.append(char)
    return "".join(out)[:limit]
