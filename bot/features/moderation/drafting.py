"""A question as a person typed it, made into an item and held against the rules of the bank."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import asdict, replace

import questions
from bot.chat.say import Reader
from bot.views import proposing as views
from questions.areas import Areas
from questions.meaning import Unsure
from questions.model import Choice, Item, Level, Option, Proof, Source
from questions.words import parse_quiz

COUNTS = {"single": (3, 6)}  # options; the bank's own questions have 3 or 4
MOST = 3  # mistakes of one field that are told at once
LEVEL: Level = "mid"  # where none is named
HOSTS = Path(questions.__path__[0]) / "hosts.yaml"
_BULLET = r"(?:(?:[-•]|\(?[A-Fa-f1-6][.)])\s+)?"
_STAR = r"\*(?!\*)\s*"
_STARRED = re.compile(rf"^{_BULLET}{_STAR}")
_MARK = re.compile(rf"^{_BULLET}(?:{_STAR}{_BULLET})?")
_ADDRESS = re.compile(r"[a-z][a-z+.-]*://|\bwww\.", re.IGNORECASE)
_URL = re.compile(r"https://[a-z0-9.-]+(?:/[\w./~%?#=&+,;:@-]*)?", re.IGNORECASE | re.ASCII)
_MARKS = re.compile(r"[\\*`]")  # errors stand as plain text on one platform, as cards on another
Wrong = tuple[str, str]  # a field, and what is wrong in it


class Typed(Struct, frozen=True):
    """What stood in the fields of the form."""

    question: str
    options: str
    why: str
    source: str
    about: str


class Draft(Struct, frozen=True):
    """The item, or what has to be mended by field."""

    item: Item | None
    errors: Mapping[str, str]


def draft(
    typed: Typed, reader: Reader, areas: Areas, commands: Collection[str], owner: str, name: str
) -> Draft:
    """Make an item called `name`, owned by a community; every mistake is told at once."""
    typed = Typed(**{field: text.strip() for field, text in asdict(typed).items()})
    area, topic, level = _about(typed.about, areas, commands)
    item = Item(
        id=name,
        area=area,
        topic=topic,
        level=level,
        type="single",
        prompt=typed.question,
        body=Choice(_options(typed)),
        explain=_explained(typed),
        sources=_sources(typed.source),
        proof=Proof(""),
        owner=owner,
    )
    wrong: dict[str, list[str]] = defaultdict(list)
    for field, text in _wrong(typed, item, reader, areas, commands):
        wrong[field].append(text)
    errors = {field: " ".join(texts[:MOST]) for field, texts in wrong.items()}
    return Draft(None if errors else _sealed(item), errors)


def _wrong(
    typed: Typed, item: Item, reader: Reader, areas: Areas, commands: Collection[str]
) -> Iterator[Wrong]:
    said = asdict(typed)
    empty = {field for field, text in said.items() if not text}
    yield from ((field, views.there_is_nothing(reader)) for field in said if field in empty)
    found = (
        *_addresses(typed, reader),
        *_topic(typed, item, reader, areas, commands),
        *_reasons(typed, reader),
        *_source(item, reader),
        *_rules(item),
    )
    yield from (one for one in found if one[0] not in empty)


def _addresses(typed: Typed, reader: Reader) -> Iterator[Wrong]:
    from questions.rules.words import prose  # noqa: PLC0415 - the rules load with a proposal

    for field in ("question", "options", "why"):
        if _ADDRESS.search(prose(getattr(typed, field))):
            yield field, views.address_elsewhere(reader)


def _about(text: str, areas: Areas, commands: Collection[str]) -> tuple[str, str, Level]:
    """The area, topic and level that are named; '' where it is not one topic."""
    read = parse_quiz(text, areas, frozenset(commands))
    level = read.level or LEVEL
    if len(read.targets) == 1 and read.targets[0].topic:
        return read.targets[0].areas[0], read.targets[0].topic, level
    return "", "", level


def _topic(
    typed: Typed, item: Item, reader: Reader, areas: Areas, commands: Collection[str]
) -> Iterator[Wrong]:
    if item.topic:
        return
    read = parse_quiz(typed.about, areas, frozenset(commands))
    named = [areas.area(target.slug) for target in read.targets if target.kind == "area"]
    near = [one.title for p in read.problems if isinstance(p, Unsure) for one in p.nearest]
    yield "about", views.which_topic(reader, areas, named[0] if named else None, near)


def _options(typed: Typed) -> tuple[Option, ...]:
    texts, right = _listed(typed.options)
    whys = (*_lines(typed.why), *[""] * len(texts))
    return tuple(Option(text, n == right, whys[n]) for n, text in enumerate(texts))


def _listed(text: str) -> tuple[list[str], int]:
    """The options without their bullets, and the index of the right one."""
    rows = _lines(text)
    stars = _starred(rows)
    return [_MARK.sub("", row) for row in rows], stars[0] if stars else 0


def _starred(rows: list[str]) -> list[int]:
    """Which are marked as right; a star before every one is a list."""
    stars = [n for n, row in enumerate(rows) if _STARRED.match(row)]
    return [] if len(stars) == len(rows) else stars


def _explained(typed: Typed) -> str:
    return next((one.why for one in _options(typed) if one.right), "")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _reasons(typed: Typed, reader: Reader) -> Iterator[Wrong]:
    rows = _lines(typed.options)
    whys = len(_lines(typed.why))
    if whys != len(rows):
        yield "why", views.lines_differ(reader, len(rows), whys)
    if (stars := len(_starred(rows))) > 1:
        yield "options", views.starred(reader, stars)


def _sources(url: str) -> tuple[Source, ...]:
    if not _URL.fullmatch(url):
        return ()
    host = urlsplit(url).hostname or ""
    return (Source(host, "", url),) if "." in host.strip(".") else ()


def _source(item: Item, reader: Reader) -> Iterator[Wrong]:
    from questions.rules.grounds import primary  # noqa: PLC0415 - as above

    if not item.sources:
        yield "source", views.no_address(reader)
    elif not primary(item.sources[0].url, _hosts()):
        yield "source", views.not_primary(reader, item.sources[0].title)


@cache
def _hosts() -> Mapping[str, str]:
    """The hosts of standards, manuals and papers: nothing else is linked."""
    from questions.checks import primary_hosts  # noqa: PLC0415 - as above

    return primary_hosts(HOSTS)[0]


def _rules(item: Item) -> Iterator[Wrong]:
    """What the bank's own rules say, by the field in which it has to be mended."""
    from questions.rules.grounds import grounds  # noqa: PLC0415 - as above
    from questions.rules.options import options  # noqa: PLC0415
    from questions.rules.stems import stem  # noqa: PLC0415

    for place, text in (*stem(item), *options(item, COUNTS), *grounds(item, _hosts())):
        said = _MARKS.sub("", text)
        match place:
            case ("options", int(), "why") | ("explain",):
                yield "why", _sentence(said)
            case ("options", int(n), *_):
                yield "options", f"Option {n + 1}: {said}."
            case ("options",):
                yield "options", _sentence(said)
            case ("prompt",):
                yield "question", _sentence(said)
            case _:
                pass  # sources are told above, in words for people


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _sealed(item: Item) -> Item:
    """With its hash; why the right option is right stands as the explanation alone."""
    from questions.loading import content_hash  # noqa: PLC0415 - as above

    if not isinstance(item.body, Choice):
        raise TypeError(item.id)
    told = tuple(replace(one, why="") if one.right else one for one in item.body.options)
    item = replace(item, body=Choice(told))
    return replace(item, hash=content_hash(item))
