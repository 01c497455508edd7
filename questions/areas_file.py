"""The areas file: YAML turned into areas, every mistake reported with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import msgspec
import yaml

from questions.areas import Area, Areas, AreasError, Group, Topic
from questions.model import LEVELS, TYPES
from questions.spelling import normal

T = TypeVar("T")
Plain = str | int | list["Plain"] | dict[str, "Plain"] | None
Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
VERSION = 1
_INT, _STR = "tag:yaml.org,2002:int", "tag:yaml.org,2002:str"


class Reading:
    """One pass over a file: what was read, where it stood, and every complaint so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.errors: list[tuple[int, str]] = []
        self.lines: dict[str, int] = {}

    def complain(self, line: int, text: str) -> None:
        """Note a mistake at a 1-based line."""
        self.errors.append((line, text))

    def report(self) -> tuple[str, ...]:
        """Give the complaints as `file:line: text`, in the order of the file."""
        return tuple(f"{self.name}:{line}: {text}" for line, text in sorted(set(self.errors)))

    def plain(self, node: yaml.Node) -> Plain:
        """Give a node as built-in values; only texts and whole numbers are taken."""
        if isinstance(node, yaml.MappingNode):
            return {key: self.plain(value) for key, value in self.fields(node).items()}
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child) for child in node.value]
        if node.tag == _INT:
            return int(node.value)
        if node.tag != _STR:
            self.complain(_line(node), f"{node.value!r} is no text: quote it")
        return str(node.value)

    def fields(self, node: yaml.Node | None) -> dict[str, yaml.Node]:
        """Give a mapping's children by key; a key that stands twice is a mistake."""
        if not isinstance(node, yaml.MappingNode):
            if node is not None:
                self.complain(_line(node), "a mapping is expected here")
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if str(key.value) in found:
                self.complain(_line(key), f"{key.value!r} stands twice")
            found[str(key.value)] = value
        return found

    def children(self, node: yaml.Node | None) -> list[yaml.Node]:
        """Give the members of a list, none if there is no list."""
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if node is not None:
            self.complain(_line(node), "a list is expected here")
        return []

    def value(self, node: yaml.Node, plain: Plain, kind: type[T]) -> Iterator[T]:
        """Give the value if it has the fields of `kind`, else nothing and a complaint."""
        try:
            yield msgspec.convert(plain, kind)
        except msgspec.ValidationError as error:
            self.complain(_line(node), str(error))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def read(text: str, name: str) -> Areas:
    """Turn the text of the file called `name` into areas; AreasError names every mistake."""
    reading = Reading(name)
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise AreasError((f"{name}:{line}: {error.problem}",)) from error
    fields = reading.fields(root)
    _head(reading, fields, 1 if root is None else _line(root))
    found = Areas(
        tuple(a for node in reading.children(fields.get("areas")) for a in _area(reading, node)),
        tuple(g for node in reading.children(fields.get("groups")) for g in _group(reading, node)),
    )
    _slugs(reading, found)
    _names(reading, found)
    _sums(reading, found, fields.get("totals"))
    if reading.errors:
        raise AreasError(reading.report())
    return found


def _head(reading: Reading, fields: dict[str, yaml.Node], line: int) -> None:
    wanted: dict[str, Plain] = {
        "version": VERSION,
        "levels": list(LEVELS),
        "types": list(TYPES),
    }
    for key, value in wanted.items():
        if key in fields and reading.plain(fields[key]) != value:
            reading.complain(_line(fields[key]), f"{key} must be {value}")
    for key in {*wanted, "areas", "groups", "totals"} - set(fields):
        reading.complain(line, f"{key!r} is missing")
    for key in set(fields) - {*wanted, "areas", "groups", "totals"}:
        reading.complain(_line(fields[key]), f"{key!r} is not known here")


def _area(reading: Reading, node: yaml.Node) -> Iterator[Area]:
    fields = reading.fields(node)
    plain: dict[str, Plain] = {
        key: reading.plain(child) for key, child in fields.items() if key != "topics"
    }
    shares = plain.get("by_type")
    if isinstance(shares, dict):
        plain["by_type"] = [{"type": key, "count": count} for key, count in shares.items()]
    topics = [
        (child, topic)
        for child in reading.children(fields.get("topics"))
        for topic in reading.value(child, reading.plain(child), Topic)
    ]
    for area in reading.value(node, plain, Area):
        _place(reading, area.slug, node)
        for child, topic in topics:
            _place(reading, f"{area.slug}/{topic.slug}", child)
        yield msgspec.structs.replace(area, topics=tuple(topic for _, topic in topics))


def _group(reading: Reading, node: yaml.Node) -> Iterator[Group]:
    for group in reading.value(node, reading.plain(node), Group):
        _place(reading, f"group {group.slug}", node)
        yield group


def _place(reading: Reading, path: str, node: yaml.Node) -> None:
    if path in reading.lines:
        reading.complain(_line(node), f"{path!r} exists already, line {reading.lines[path]}")
    reading.lines.setdefault(path, _line(node))


def _named(found: Areas) -> Iterator[tuple[str, Area | Topic | Group]]:
    for area in found.areas:
        yield area.slug, area
        yield from ((f"{area.slug}/{topic.slug}", topic) for topic in area.topics)
    yield from ((f"group {group.slug}", group) for group in found.groups)


def _slugs(reading: Reading, found: Areas) -> None:
    for path, thing in _named(found):
        if normal(thing.slug).replace(" ", "-") != thing.slug:
            reading.complain(reading.lines[path], f"{thing.slug!r} is no slug: a-z, 0-9 and -")
        if not thing.title.strip():
            reading.complain(reading.lines[path], f"{path!r} has no title")
    for group in found.groups:
        for slug in group.areas:
            if not found.has(slug):
                reading.complain(reading.lines[f"group {group.slug}"], f"no area {slug!r}")


def _names(reading: Reading, found: Areas) -> None:
    owner: dict[str, str] = {}
    for path, thing in _named(found):
        spelt = set[str]()
        for alias in thing.aliases:
            key = normal(alias)
            if not key:
                reading.complain(reading.lines[path], f"alias {alias!r} has no letters")
            elif owner.setdefault(key, path) != path:
                reading.complain(
                    reading.lines[path], f"alias {alias!r} belongs to {owner[key]!r} already"
                )
            elif alias in spelt:
                reading.complain(reading.lines[path], f"alias {alias!r} stands twice")
            spelt.add(alias)


def _sums(reading: Reading, found: Areas, totals: yaml.Node | None) -> None:
    for area in found.areas:
        by_type = sum(share.count for share in area.by_type)
        for label, total in (("levels", area.levels.total), ("by_type", by_type)):
            if total != area.target:
                reading.complain(
                    reading.lines[area.slug],
                    f"{label} of {area.slug!r} sum to {total}, target is {area.target}",
                )
    if totals is not None and reading.plain(totals) != (wanted := _totals(found)):
        reading.complain(_line(totals), f"totals must be {wanted}")


def _totals(found: Areas) -> dict[str, Plain]:
    types = dict.fromkeys(TYPES, 0)
    for share in (share for area in found.areas for share in area.by_type):
        types[share.type] += share.count
    return {
        "items": sum(area.target for area in found.areas),
        "areas": len(found.areas),
        "topics": sum(len(area.topics) for area in found.areas),
        "levels": {level: sum(getattr(a.levels, level) for a in found.areas) for level in LEVELS},
        "by_type": {key: count for key, count in types.items() if count},
    }
