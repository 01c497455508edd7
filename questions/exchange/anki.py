"""Anki's notes in plain text: a readable front and back, then the columns of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from questions.exchange import sheet
from questions.exchange.columns import header, unknown
from questions.exchange.files import Record, Refused, Taken, counted
from questions.exchange.markup import words
from questions.exchange.plain import Fields
from questions.exchange.rows import by_column, read, written
from questions.mistakes import Mistake
from questions.model import Case, Item, Match, Order
from questions.rules.options import MAX_LENGTH
from questions.showing import page_body

READ = ("Front", "Back", "Tags")  # columns for people; the rest is for us
_SEPARATORS = {
    "tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":",
}  # fmt: skip
_OTHERS = ("guid", "notetype", "deck", "tags")  # columns of Anki's own, by number


def deck(items: Sequence[Item]) -> str:
    """The items as notes: front, back and tags, then every text of them."""
    rows = [sheet.placed(item) for item in items]
    columns = header(rows)
    head = ["#separator:tab", "#html:false", "#columns:" + "\t".join((*READ, *columns))]
    lines = (
        [front(item), back(item), _tags(item), *(row.get(path, "") for path in columns)]
        for item, row in zip(items, rows, strict=True)
    )
    return "\n".join([*head, f"#tags column:{len(READ)}", written(lines, "\t")])


def front(item: Item) -> str:
    """What is asked, with what can be chosen but not which of it is right."""
    code = ["", item.code.text] if item.code else []
    return "\n".join([item.prompt, *code, *_offered(item)])


def back(item: Item) -> str:
    """The key with its reasons, the explanation and the sources."""
    links = [f"{one.title}, {one.section}: {one.url}" for one in item.sources]
    return "\n".join([*page_body(item), "", item.explain, "", *links])


def _offered(item: Item) -> Iterator[str]:
    match item.body:
        case Case(steps=steps):
            for number, step in enumerate(steps, 1):
                yield f"\n{number}. {step.ask}"
                yield from _listed(option.text for option in step.options)
        case Order(steps=names):
            yield from _listed(names)
        case Match(pairs=pairs, extra_right=extra):
            yield from _listed(pair.left for pair in pairs)
            yield from _listed([*(pair.right for pair in pairs), *extra])
        case _:
            yield from _listed(option.text for option in item.options)


def _listed(texts: Iterable[str]) -> list[str]:
    """In the order of the alphabet, which tells nothing."""
    found = [f"- {text}" for text in sorted(texts)]
    return ["", *found] if found else []


def _tags(item: Item) -> str:
    return f"sparring::{item.area}::{item.topic} level::{item.level} type::{item.type}"


def taken(name: str, text: str) -> Taken:
    """The questions of a deck of ours; of another, its first two columns as front and back."""
    said, before, rest = _head(text)
    separator = _SEPARATORS.get(said.get("separator", "tab").lower(), said.get("separator", ""))
    if len(separator) != 1:
        raise Refused(name, 1, f"#separator:{separator[:20]} is no separator")
    rows = read(name, rest, separator, before)
    columns = [path.strip() for path in said.get("columns", "").split(separator)]
    if "prompt" not in columns:
        return _foreign(name, rows, said)
    ours = [path for path in columns if path not in READ]
    if wrong := [Mistake(name, before, text) for text in unknown(ours)]:
        return Taken(refused=tuple(wrong[:20]))
    refused: list[Mistake] = []
    found = (
        sheet.record(name, line, _without(by_column(name, line, columns, row)), refused)
        for line, row in rows
    )
    return Taken(counted(name, found), tuple(refused))


def _without(row: Mapping[str, str]) -> dict[str, str]:
    return {path: cell for path, cell in row.items() if path not in READ}


def _head(text: str) -> tuple[dict[str, str], int, str]:
    """What the lines with a hash say, how many they are, and what stands below them."""
    said: dict[str, str] = {}
    before = 0
    while text.startswith("#"):
        line, _, text = text.partition("\n")
        key, _, value = line[1:].partition(":")
        said[key.strip().lower()] = value
        before += 1
    return said, before, text


def _foreign(name: str, rows: Iterable[tuple[int, list[str]]], said: Mapping[str, str]) -> Taken:
    numbers = {said.get(f"{key} column", "") for key in _OTHERS}
    plain = said.get("html", "true").strip().lower() == "false"

    def each() -> Iterator[Record]:
        for line, row in rows:
            kept = [cell for at, cell in enumerate(row, 1) if str(at) not in numbers]
            if len(kept) < 2:  # noqa: PLR2004 a front and a back
                text = "a note has a front and a back; is the separator right?"
                raise Refused(name, line, text)
            texts = [cell.strip() if plain else words(cell) for cell in kept[:2]]
            yield Record(line, _asked(*texts))

    return Taken(counted(name, each()))


def _asked(asked: str, answer: str) -> Fields:
    """A note as a question to type, or to talk about where the back is long."""
    if "\n" in answer or len(answer) > MAX_LENGTH:
        return {"type": "open", "prompt": asked, "model_answer": answer}
    return {"type": "short", "prompt": asked, "answers": [answer]}
