"""Every name under which something can be asked for: slugs, titles and aliases, ready to search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from questions.areas import Area, Areas, Group, Target, Topic
from questions.spelling import normal


@dataclass(frozen=True, slots=True)
class Names:
    """What each normal name means; the same names listed, and as they are written."""

    meaning: Mapping[str, Target]
    listed: tuple[str, ...]
    shown: Mapping[str, str]


def _target(thing: Area | Topic | Group, area: str = "") -> Target:
    if isinstance(thing, Group):
        return Target("group", thing.slug, thing.title, thing.areas)
    if isinstance(thing, Topic):
        return Target("topic", thing.slug, thing.title, (area,))
    return Target("area", thing.slug, thing.title, (thing.slug,))


def targets(areas: Areas) -> Iterator[tuple[Target, Area | Topic | Group]]:
    """Everything that can be asked for: areas first, then topics, then groups."""
    yield from ((_target(area), area) for area in areas.areas)
    yield from ((_target(t, a.slug), t) for a in areas.areas for t in a.topics)
    yield from ((_target(group), group) for group in areas.groups)


def spoken(slug: str) -> str:
    """Give a slug as one would type it: `query-plans` is `query plans`."""
    return slug.replace("-", " ")


@lru_cache(maxsize=64)
def names(areas: Areas, reserved: frozenset[str] = frozenset()) -> Names:
    """Give all names but the reserved ones; where two meet, areas come before topics."""
    meaning: dict[str, Target] = {}
    shown: dict[str, str] = {}
    for target, thing in targets(areas):
        for name in (spoken(thing.slug), *thing.aliases, thing.title):
            key = normal(name)
            if key in reserved:
                continue
            meaning.setdefault(key, target)
            shown.setdefault(key, name)
    return Names(meaning, tuple(meaning), shown)


def refused(areas: Areas, reserved: frozenset[str]) -> tuple[str, ...]:
    """Name each alias that is a command word and therefore cannot be reached without `area:`."""
    return tuple(
        f"alias {alias!r} of {target.slug!r} is a command"
        for target, thing in targets(areas)
        for alias in (spoken(thing.slug), *thing.aliases)
        if normal(alias) in reserved
    )
