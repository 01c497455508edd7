"""What may be drawn in a community: the bank and its own questions, less what is withheld."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct
from msgspec.structs import replace

from bot.features.feature import Bank, Kit
from bot.grading.forms import form
from bot.grading.grade import grade
from bot.grading.verdict import Response, Verdict
from bot.store.community import Alias
from bot.store.protocol import Tx
from bot.store.rules import PlaceRules, Rules
from questions.areas import Areas
from questions.model import LEVELS, Item, Level, NearMiss, Ref, Short, Type


class Chosen(Struct, frozen=True, kw_only=True):
    """What admins have chosen for a place, with what holds in the whole community."""

    starters: str
    areas_off: tuple[str, ...]
    levels: tuple[Level, ...]
    quiet: tuple[str, ...]


def chosen(tx: Tx, place: str) -> Chosen:
    """The rules of a place: its own, else the community's; no level named means all."""
    return combined(tx.community.rules, tx.place_rules(place) or PlaceRules(place=place))


def combined(whole: Rules, own: PlaceRules) -> Chosen:
    """What holds in a place that has rules of its own."""
    return Chosen(
        starters=own.starters or whole.starters,
        areas_off=whole.areas_off if own.areas_off is None else own.areas_off,
        levels=(whole.levels if own.levels is None else own.levels) or LEVELS,
        quiet=whole.quiet if own.quiet is None else own.quiet,
    )


class Overlay:
    """A bank seen from a community; fulfils `bot.features.feature.Bank`."""

    def __init__(
        self,
        bank: Bank,
        own: tuple[Item, ...] = (),
        withheld: AbstractSet[tuple[str, str]] = frozenset(),
        *,
        areas_off: Collection[str] = (),
        levels: Collection[Level] = LEVELS,
    ) -> None:
        self.areas: Areas = bank.areas
        self._bank = bank
        self._own = {one.id: one for one in own}
        self._withheld = withheld
        self._off = frozenset(areas_off)
        self._levels = frozenset(levels)

    def get(self, item_id: str) -> Item | None:
        """The current version of a question that may be drawn here."""
        item = self._bank.get(item_id) or self._own.get(item_id)
        return item if item and self._allowed(item) else None

    def find(self, ref: Ref) -> Item | None:
        """A question by reference, whether it may be drawn or not."""
        own = self._own.get(ref.id)
        return own if own and own.ref == ref else self._bank.find(ref)

    def is_template(self, item_id: str) -> bool:
        """Whether this names a template."""
        return self._bank.is_template(item_id)

    def draw(self, template_id: str, seed: str) -> Item:
        """A draw of a template."""
        return self._bank.draw(template_id, seed)

    def items(self, area: str, topic: str = "") -> tuple[Item, ...]:
        """Questions that may be drawn here."""
        own = (one for one in self._own.values() if one.area == area and topic in ("", one.topic))
        return tuple(one for one in (*self._bank.items(area, topic), *own) if self._allowed(one))

    def pools(
        self, area: str, topic: str, levels: Sequence[Level], types: Sequence[Type]
    ) -> tuple[Sequence[Item], ...]:
        """The same of these levels and types (none: of all); each is yet to be allowed."""
        if area in self._off:
            return ()
        own = tuple(
            one
            for one in self._own.values()
            if one.area == area
            and topic in ("", one.topic)
            and (not levels or one.level in levels)
            and (not types or one.type in types)
        )
        return (*self._bank.pools(area, topic, levels, types), own)

    def allows(self, item: Item) -> bool:
        """Whether it may be drawn here."""
        return self._allowed(item)

    def betraying(self, misconception: str) -> tuple[Item, ...]:
        """Questions that may be drawn here and have a wrong answer for this misconception."""
        return tuple(one for one in self._bank.betraying(misconception) if self._allowed(one))

    def types(self) -> frozenset[Type]:
        """The types that can be drawn."""
        return self._bank.types()

    def says(self, misconception: str) -> str:
        """What a misconception is called to a person who holds it."""
        return self._bank.says(misconception)

    def templates(self, area: str, topic: str = "") -> tuple[tuple[str, Level], ...]:
        """Ids and levels of the templates of an area or topic."""
        if area in self._off:
            return ()
        drawn = self._bank.templates(area, topic)
        return tuple((name, level) for name, level in drawn if self._goes(name, level))

    def _goes(self, name: str, level: Level) -> bool:
        return level in self._levels and ("", name) not in self._withheld

    def _allowed(self, item: Item) -> bool:
        kept = (item.owner, item.id) not in self._withheld
        return kept and item.area not in self._off and item.level in self._levels


def drawable(tx: Tx, kit: Kit, *, areas_off: Collection[str] = ()) -> Overlay:
    """What a person's own quiz may draw in this community."""
    bank = kit.bank(tx.community.id)
    if tx.community.personal:
        return Overlay(bank)
    return Overlay(bank, tx.own_items(), tx.withheld(), areas_off=areas_off)


def drawable_in(tx: Tx, kit: Kit, place: str) -> Overlay:
    """What a game or daily in this place may draw."""
    rules = chosen(tx, place)
    return Overlay(
        kit.bank(tx.community.id),
        tx.own_items(),
        tx.withheld(),
        areas_off=rules.areas_off,
        levels=rules.levels,
    )


def accepting(item: Item, texts: Collection[str]) -> Item:
    """A short question with answers that the community accepts besides.

    Its hash stays: what was asked is the same question.
    """
    if not texts or not isinstance(item.body, Short):
        return item
    taken = {form(item.type, Response(text=text)) for text in texts}
    misses = (_without(miss, taken) for miss in item.body.near_misses)
    body = Short((*item.body.answers, *texts), tuple(one for one in misses if one.answers))
    return replace(item, body=body)


def _without(miss: NearMiss, taken: AbstractSet[str]) -> NearMiss:
    left = (text for text in miss.answers if form("short", Response(text=text)) not in taken)
    return replace(miss, answers=tuple(left))


def upheld(tx: Tx, item: Item, response: Response, outcome: Verdict) -> Verdict:
    """The verdict where the community accepts more than the author; a right one costs no read."""
    if outcome.right or not (response.text or response.picks):
        return outcome
    return besides(item, response, tx.aliases(item.owner, item.id)) or outcome


def besides(item: Item, response: Response, aliases: Collection[Alias]) -> Verdict | None:
    """The verdict of an answer that is right by one of these alone, None where it is not.

    Of a short answer, slips are forgiven in them as in the author's own.
    """
    short = isinstance(item.body, Short)
    held = [one for one in aliases if (one.ref.seed == item.seed if short else one.ref == item.ref)]
    if not held:
        return None
    given = form(item.type, response)
    for one in held:
        if one.form == given:
            return Verdict(mark="right", credit=1.0, reason="alias", matched=one.text)
    texts = tuple(one.text for one in held if short)
    if not texts:
        return None
    found = grade(accepting(item, texts), response, turn=1)
    return found if found.right and found.matched in texts else None
