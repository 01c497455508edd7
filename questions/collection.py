"""The collection: the bank's items and templates, found by id, area and topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from questions.areas import Areas
from questions.misconceptions import betrayed
from questions.model import LEVELS, TYPES, Item, Level, Ref, Type


class Collection:
    """Frozen after it is made; all look-ups cost a dict access."""

    def __init__(
        self, items: Iterable[Item], areas: Areas, beliefs: Mapping[str, str] | None = None
    ) -> None:
        self.areas = areas
        self._beliefs = beliefs or {}
        self._by_id = {item.id: item for item in items}
        places: dict[tuple[str, str], list[Item]] = defaultdict(list)
        kinds: dict[tuple[str, str, Level, Type], list[Item]] = defaultdict(list)
        for item in self._by_id.values():
            for topic in () if item.retired else (item.topic, ""):
                places[item.area, topic].append(item)
                kinds[item.area, topic, item.level, item.type].append(item)
        self._by_place = {place: tuple(found) for place, found in places.items()}
        self._by_kind = {kind: tuple(found) for kind, found in kinds.items()}
        self._betraying: dict[str, tuple[Item, ...]] | None = None
        self._templates: dict[tuple[str, str], list[tuple[str, Level]]] | None = None

    def get(self, item_id: str) -> Item | None:
        """The current version of an authored item that may be drawn."""
        item = self._by_id.get(item_id)
        return item if item and not item.retired else None

    def find(self, ref: Ref) -> Item | None:
        """An item or a draw by reference, if the bank still has that very version."""
        if ref.owner:
            return None
        if ref.seed:
            draw = self.draw(ref.id, ref.seed) if self.is_template(ref.id) else None
            return draw if draw and draw.hash == ref.hash else None
        item = self._by_id.get(ref.id)
        return item if item and item.hash == ref.hash else None

    def draw(self, template_id: str, seed: str) -> Item:
        """A draw of a template; raises KeyError for an unknown one."""
        from questions import templates  # noqa: PLC0415 - first draw pays, start-up does not

        return templates.draw(template_id, seed)

    def says(self, misconception: str) -> str:
        """What a misconception is called to a person who holds it: a sentence."""
        known = self._beliefs.get(misconception)
        return known or f"You take this for true: {misconception.replace('-', ' ')}."

    def items(self, area: str, topic: str = "") -> tuple[Item, ...]:
        """Authored items that may be drawn."""
        return self._by_place.get((area, topic), ())

    def pools(
        self, area: str, topic: str, levels: Sequence[Level], types: Sequence[Type]
    ) -> tuple[tuple[Item, ...], ...]:
        """The same of these levels and types (none: of all), as lists that are not copied."""
        if not levels and not types:
            return (self.items(area, topic),)
        kinds = ((area, topic, a, b) for a in levels or LEVELS for b in types or TYPES)
        return tuple(self._by_kind[kind] for kind in kinds if kind in self._by_kind)

    def allows(self, item: Item) -> bool:
        """Whether it may be drawn."""
        return not item.retired

    def betraying(self, misconception: str) -> tuple[Item, ...]:
        """Authored questions that have a wrong answer for this misconception."""
        if self._betraying is None:
            found: dict[str, list[Item]] = defaultdict(list)
            for item in self._by_id.values():
                for slug in () if item.retired else betrayed(item):
                    found[slug].append(item)
            self._betraying = {slug: tuple(items) for slug, items in found.items()}
        return self._betraying.get(misconception, ())

    def templates(self, area: str, topic: str = "") -> tuple[tuple[str, Level], ...]:
        """Ids and levels of the templates of an area or topic."""
        return tuple(self._placed_templates().get((area, topic), ()))

    def types(self) -> frozenset[Type]:
        """The types that can be drawn."""
        return frozenset(item.type for item in self._by_id.values() if self.get(item.id))

    def is_template(self, item_id: str) -> bool:
        """Whether this names a template."""
        if item_id in self._by_id:
            return False
        from questions.templates import TEMPLATES  # noqa: PLC0415 - as in draw

        return item_id in TEMPLATES

    def _placed_templates(self) -> dict[tuple[str, str], list[tuple[str, Level]]]:
        if self._templates is None:
            from questions import templates  # noqa: PLC0415 - as in draw

            placed: dict[tuple[str, str], list[tuple[str, Level]]] = defaultdict(list)
            for template in templates.ALL:
                placed[template.area, template.topic].append((template.id, template.level))
                placed[template.area, ""].append((template.id, template.level))
            self._templates = placed
        return self._templates
