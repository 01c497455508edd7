"""What can be asked about: areas, their topics, and groups of areas, as frozen values."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from msgspec import Struct

from questions.model import Type

FILE = Path(__file__).with_name("areas.yaml")
OWN_WORK = "career"  # the area of one's own work: talked about in 85 % of recorded interviews

Kind = Literal["area", "topic", "group"]


class AreasError(ValueError):
    """An areas file with mistakes; `errors` names every one with file and line."""

    def __init__(self, errors: tuple[str, ...]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of an area; `aliases` are further names under which people ask for it."""

    slug: str
    title: str
    aliases: tuple[str, ...]


class Levels(Struct, frozen=True, forbid_unknown_fields=True):
    """How many authored items are wanted at each level."""

    junior: int
    mid: int
    senior: int

    @property
    def total(self) -> int:
        """The items wanted at all levels together."""
        return self.junior + self.mid + self.senior


class Share(Struct, frozen=True, forbid_unknown_fields=True):
    """How many authored items of one type are wanted."""

    type: Type
    count: int


class Area(Struct, frozen=True, forbid_unknown_fields=True):
    """A field of knowledge with the number of authored items it wants (`target`)."""

    slug: str
    title: str
    aliases: tuple[str, ...]
    target: int
    levels: Levels
    by_type: tuple[Share, ...]
    topics: tuple[Topic, ...] = ()


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """One word for several areas, named by their slugs."""

    slug: str
    title: str
    aliases: tuple[str, ...]
    areas: tuple[str, ...]


class Target(Struct, frozen=True):
    """One thing a word may mean: an area, a topic of one area, or a group of areas."""

    kind: Kind
    slug: str
    title: str
    areas: tuple[str, ...]

    @property
    def topic(self) -> str:
        """The topic's slug, '' unless this is a topic."""
        return self.slug if self.kind == "topic" else ""

    @property
    def scope(self) -> tuple[tuple[str, str], ...]:
        """What to draw from: (area, topic) pairs, topic '' for a whole area."""
        return tuple((area, self.topic) for area in self.areas)


# The hash is kept because the value is the key under which its index is cached (questions.words).
class Areas(Struct, frozen=True, dict=True, cache_hash=True):
    """Everything that can be asked about, in the order of the file."""

    areas: tuple[Area, ...]
    groups: tuple[Group, ...] = ()

    @cached_property
    def _by_slug(self) -> dict[str, Area]:
        return {area.slug: area for area in self.areas}

    @cached_property
    def _topics(self) -> dict[tuple[str, str], Topic]:
        return {(a.slug, t.slug): t for a in self.areas for t in a.topics}

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {group.slug: group for group in self.groups}

    def area(self, slug: str) -> Area:
        """Give the area of that slug; KeyError if there is none."""
        return self._by_slug[slug]

    def topic(self, area: str, slug: str) -> Topic:
        """Give the topic of that slug in that area; KeyError if there is none."""
        return self._topics[area, slug]

    def group(self, slug: str) -> Group:
        """Give the group of that slug; KeyError if there is none."""
        return self._groups[slug]

    def has(self, area: str, topic: str = "") -> bool:
        """Whether the area exists, and has the topic if one is named."""
        return (area, topic) in self._topics if topic else area in self._by_slug


def parse(text: str, name: str = FILE.name) -> Areas:
    """Read the YAML `text` of a file called `name`; AreasError names every mistake."""
    from questions.areas_file import read  # noqa: PLC0415  yaml is not loaded where a cache serves

    return read(text, name)


def load(path: Path = FILE) -> Areas:
    """Read the areas file (about 30 ms); AreasError names every mistake, OSError if unreadable."""
    return parse(path.read_text(encoding="utf-8"), path.name)
