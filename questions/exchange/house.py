"""Items as YAML in the style of the house: quoted text, `|` blocks, bare words in closed fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from questions.exchange.plain import Plain
from questions.yamltext import WORDS, is_word

WIDTH = 100
_KEY = re.compile(r"[a-z][a-z0-9_]*")
# What YAML takes for a line end, cannot print or joins with what stands before it.
_HIDDEN = re.compile("[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\ufeff\ufff0-\uffff\ud800-\udfff]")


def dumped(items: Iterable[Mapping[str, Plain]]) -> str:
    """A list of items, with an empty line between two."""
    return "\n".join("\n".join(_table(item, 0)) + "\n" for item in items)


def quoted(text: str) -> str:
    """Text in double quotes, with what cannot be seen escaped."""
    said = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", said)


def _table(value: Mapping[str, Plain], indent: int) -> Iterator[str]:
    """A table as an entry of a list: the first line begins with a hyphen."""
    lead = "- "
    for key, part in value.items():
        for line in _cell(key, part, indent + 2):
            yield f"{' ' * indent}{lead}{line[indent + 2 :]}" if lead else line
            lead = ""


def _cell(key: str, value: Plain, indent: int) -> Iterator[str]:
    pad = " " * indent
    name = key if _KEY.fullmatch(key) else quoted(key)
    match value:
        case str():
            yield from _text(f"{pad}{name}:", key, value.rstrip("\n"), indent)
        case list():
            yield from _series(f"{pad}{name}:", value, indent + 2)
        case dict():
            yield f"{pad}{name}:"
            for inner, part in value.items():
                yield from _cell(inner, part, indent + 2)


def _text(head: str, key: str, value: str, indent: int) -> Iterator[str]:
    """A field that is text; line ends after it are its form's, and no part of it."""
    if _is_block(value):
        yield f"{head} |"
        yield from (f"{' ' * indent}  {row}" if row else "" for row in value.split("\n"))
    else:
        yield f"{head} {value if key in WORDS and is_word(value) else quoted(value)}"


def _series(head: str, value: list[Plain], indent: int) -> Iterator[str]:
    flow = _flow(value)
    if flow is not None and len(head) + 1 + len(flow) <= WIDTH:
        yield f"{head} {flow}"
        return
    yield head
    for part in value:
        match part:
            case dict() if part:
                yield from _table(part, indent)
            case _:
                yield f"{' ' * indent}- {_flow(part)}"


def _flow(value: Plain) -> str | None:
    """A list of texts, or of such lists, in one line; None where a table is in it."""
    match value:
        case str():
            return quoted(value)
        case list():
            parts = [_flow(part) for part in value]
            return None if None in parts else f"[{', '.join(map(str, parts))}]"
        case _:
            return None if value else "{}"


def _is_block(text: str) -> bool:
    """Whether a `|` block gives exactly this text (and one line end, which is not counted)."""
    first, _, rest = text.partition("\n")
    if not rest or not first.strip() or first.startswith(" "):
        return False
    hidden = any(ord(char) < ord(" ") and char != "\n" for char in text)
    return not hidden and not _HIDDEN.search(text) and bool(text.rsplit("\n", 1)[1].strip())
