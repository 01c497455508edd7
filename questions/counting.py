"""What the bank holds, counted: by area and topic, level, type, kind of proof, misconception."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from questions.areas import Areas
from questions.misconceptions import betrayed
from questions.model import LEVELS, TYPES, Item
from questions.rules.grounds import KINDS, UNRUN
from questions.templates import ALL

WIDTH = 100  # columns of a page
KINDS_SHOWN = tuple(sorted(KINDS - UNRUN) + sorted(UNRUN))
_SHARED = 2  # items from which a misconception can return in another dress


class Counts(Struct, frozen=True):
    """Items that may be asked, of an area or in all, with what they are made of; templates."""

    items: int
    templates: int
    levels: dict[str, int]
    types: dict[str, int]
    proofs: dict[str, int]
    target: int = 0

    @property
    def run(self) -> int:
        """Items whose proof is run."""
        return sum(number for kind, number in self.proofs.items() if kind not in UNRUN)


class TopicCounts(Struct, frozen=True):
    """Items and templates of a topic."""

    items: int
    templates: int


class Stats(Struct, frozen=True):
    """The whole bank; `empty` are the topics with neither item nor template."""

    total: Counts
    areas: dict[str, Counts]
    topics: dict[str, TopicCounts]
    misconceptions: int
    misconceptions_shared: int
    empty: tuple[str, ...]


def counted(items: Iterable[Item], known: Areas) -> Stats:
    """Count what may be asked."""
    asked = [item for item in items if not item.retired]
    drawn = Counter((template.area, template.topic) for template in ALL)
    by_topic = Counter((item.area, item.topic) for item in asked)
    topics = {
        f"{area.slug}/{topic.slug}": TopicCounts(
            by_topic[area.slug, topic.slug], drawn[area.slug, topic.slug]
        )
        for area in known.areas
        for topic in area.topics
    }
    areas = {
        area.slug: _counts(
            [item for item in asked if item.area == area.slug],
            sum(number for (where, _), number in drawn.items() if where == area.slug),
            area.target,
        )
        for area in known.areas
    }
    target = sum(area.target for area in known.areas)
    named = Counter(slug for item in asked for slug in betrayed(item))
    return Stats(
        total=_counts(asked, len(ALL), target),
        areas=areas,
        topics=topics,
        misconceptions=len(named),
        misconceptions_shared=sum(number >= _SHARED for number in named.values()),
        empty=tuple(name for name, one in topics.items() if not one.items + one.templates),
    )


def as_json(stats: Stats) -> str:
    """The same for programs."""
    return msgspec.json.format(msgspec.json.encode(stats), indent=2).decode()


def as_page(stats: Stats) -> Iterator[str]:
    """Lines of at most 100 columns."""
    rows = {**stats.areas, "total": stats.total}
    heads = ("items", "target", "templ", "run")
    yield from _table(
        (*heads, *LEVELS, *TYPES),
        {name: _numbers(one) for name, one in rows.items()},
    )
    yield ""
    yield from _table(
        KINDS_SHOWN,
        {name: [one.proofs.get(kind, 0) for kind in KINDS_SHOWN] for name, one in rows.items()},
    )
    yield ""
    yield "Items by topic; + the templates:"
    for area in stats.areas:
        yield from _topics(area, stats.topics)
    yield ""
    share = stats.total.run / max(stats.total.items, 1)
    yield f"{stats.total.run} of {stats.total.items} items have a proof that runs ({share:.0%})."
    yield (
        f"{stats.misconceptions} misconceptions are used,"
        f" {stats.misconceptions_shared} of them in two or more items."
    )
    covered = len(stats.topics) - len(stats.empty)
    yield f"{covered} of {len(stats.topics)} topics have an item or a template."
    if stats.empty:
        yield from _wrapped("Nothing yet on: ", stats.empty)


def _counts(items: Sequence[Item], templates: int, target: int) -> Counts:
    levels = Counter(item.level for item in items)
    types = Counter(item.type for item in items)
    return Counts(
        items=len(items),
        templates=templates,
        levels={level: levels[level] for level in LEVELS},
        types={kind: types[kind] for kind in TYPES},
        proofs=dict(sorted(Counter(item.proof.kind for item in items).items())),
        target=target,
    )


def _numbers(one: Counts) -> list[int]:
    return [
        one.items,
        one.target,
        one.templates,
        one.run,
        *one.levels.values(),
        *one.types.values(),
    ]


def _table(heads: Sequence[str], rows: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Columns as wide as their numbers and three letters of their heads, or all where it fits."""
    first = max(map(len, rows))
    room = (WIDTH - first) // len(heads) - 1
    widths = [max(min(len(head), room), 3) for head in heads]
    short = [head[:width].rjust(width) for head, width in zip(heads, widths, strict=True)]
    yield " ".join([" " * first, *short])
    for name, numbers in rows.items():
        cells = [str(n or ".").rjust(width) for n, width in zip(numbers, widths, strict=True)]
        yield " ".join([name.ljust(first), *cells])


def _topics(area: str, topics: Mapping[str, TopicCounts]) -> Iterator[str]:
    said = []
    for name, one in topics.items():
        place, _, topic = name.partition("/")
        if place == area:
            said.append(f"{topic} {one.items}" + (f"+{one.templates}" if one.templates else ""))
    yield from _wrapped(f"{area}: ", said)


def _wrapped(head: str, parts: Sequence[str]) -> Iterator[str]:
    """Parts with commas between them, in lines that never part one."""
    line = head
    for at, part in enumerate(parts):
        more = part + ("," if at + 1 < len(parts) else "")
        if len(line) + len(more) > WIDTH:
            yield line.rstrip()
            line = "  "
        line += f"{more} "
    yield line.rstrip()
