"""A person's ability as it is read: topics, nine tenths of its text, once somebody looks at them.

To choose a question takes the beliefs of areas alone, and an answer moves one area: the others are
written back as they stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Raw, Struct

from bot.learning.state import Ability, Area, Evidence, Fade

NOTHING = Ability()
_topics = msgspec.json.Decoder(dict[str, Evidence])


class Topics(Mapping[str, Evidence]):
    """The topics of an area; `raw` is their JSON, decoded when first looked at."""

    __slots__ = ("_decoded", "raw")

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self._decoded: dict[str, Evidence] | None = None

    @property
    def _held(self) -> dict[str, Evidence]:
        if self._decoded is None:
            self._decoded = _topics.decode(self.raw)
        return self._decoded

    def __getitem__(self, topic: str) -> Evidence:
        return self._held[topic]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        return repr(self._held)


class _Area(Struct, frozen=True, array_like=True):
    """The fields of `Area`, in their order."""

    weight: float = 0.0
    pull: float = 0.0
    n: int = 0
    at: int = 0
    right: float = 0.0
    expected: float = 0.0
    topics: Raw = Raw(b"{}")


class _Ability(Struct, frozen=True):
    """The fields of `Ability`; its own defaults, since only those are left out when written."""

    whole: Evidence = NOTHING.whole
    areas: dict[str, _Area] = {}
    fade: Fade = NOTHING.fade
    misconceptions: dict[str, int] = {}


_ability = msgspec.json.Decoder(_Ability)


def ability(body: str) -> Ability:
    """What `written` (storage/values.py) made of an ability."""
    told = _ability.decode(body)
    areas = {
        slug: Area(a.weight, a.pull, a.n, a.at, a.right, a.expected, Topics(a.topics))
        for slug, a in told.areas.items()
    }
    return Ability(told.whole, areas, told.fade, told.misconceptions)


def plain(value: object) -> Raw:
    """What the encoder does not know of itself: topics, as they were read."""
    if isinstance(value, Topics):
        return value.raw
    raise TypeError(f"not to be written as JSON: {type(value).__name__}")
