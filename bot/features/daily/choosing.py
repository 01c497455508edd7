"""Which question a daily asks: what the community needs and has not had; pure but for reading."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from msgspec import Struct

from bot import days, scoring
from bot.features.daily.schedule import level_on
from bot.features.feature import Kit
from bot.features.fitting import fits_a_post
from bot.features.overlay import Overlay, drawable_in
from bot.store.community import PRESSED, Challenge, Daily, Game
from bot.store.protocol import Tx
from bot.store.rows import Quiz
from questions.misconceptions import betrayed
from questions.model import LEVELS, UNPROVEN, Item, Level, Type

ASKABLE: tuple[Type, ...] = ("single", "output", "multi", "numeric", "short", "open")
SPARSE = 4  # dailies in a row after something typed that are pressed
YEAR = timedelta(days=365)
WEEKS = 4  # for which who holds a misconception is counted
FEW = 4.0  # answers that a share begins with: half of them wrong
MONTH = 30.0  # days after which an area has been away long enough
HELD = 5.0  # people who hold a misconception count half of what all could


class Candidate(Struct, frozen=True):
    """A question that may be asked; a template is drawn only once it is chosen."""

    name: str
    owner: str
    area: str
    level: Level
    template: bool = False
    typed: bool = False
    beliefs: frozenset[str] = frozenset()


class Need(Struct, frozen=True):
    """What is known of a community: the share missed and days since, by area; who believes what."""

    missed: Mapping[str, float] = {}
    away: Mapping[str, int] = {}
    held: Mapping[str, int] = {}

    def of(self, one: Candidate) -> float:
        """How much this question is needed, 0 to 3."""
        held = max((self.held.get(belief, 0) for belief in one.beliefs), default=0)
        away = min(self.away.get(one.area, MONTH), MONTH) / MONTH
        return self.missed.get(one.area, 0.5) + away + held / (held + HELD)


def choose(tx: Tx, kit: Kit, challenge: Challenge, day: date) -> Item | None:
    """The question of a date; the same challenge, date, bank and history give the same one."""
    return next(_ranked(tx, kit, challenge, day), None)


def sample(tx: Tx, kit: Kit, challenge: Challenge, day: date) -> Item | None:
    """Another question of the same kind, for a preview: the one that is needed least."""
    ranked = tuple(_ranked(tx, kit, challenge, day))
    others = [one for one in ranked if one.id != ranked[0].id]
    level = level_on(challenge, day)
    alike = [one for one in others if one.level == level]
    return next(iter(reversed(alike or others)), None)


def places(challenge: Challenge) -> tuple[str, ...]:
    """Where it is posted: its places but those that refused."""
    return tuple(place for place in challenge.places if place not in challenge.lost)


def _ranked(tx: Tx, kit: Kit, challenge: Challenge, day: date) -> Iterator[Item]:
    """Every question that may be asked, the one to ask first; unfit ones left out."""
    history = tx.dailies(day - YEAR)
    views = tuple(drawable_in(tx, kit, place) for place in places(challenge))
    if not views:
        return
    whole, key = views[0], f"{challenge.id}/{day.isoformat()}"
    played = _refs(tx.running_games())
    free = (one for one in _candidates(whole, challenge) if _key(one) not in played)
    found = tuple(one for one in free if _everywhere(views, one))
    need = _need(tx, history, day)
    queued = (_queued(whole, name) for name in challenge.queue)
    first = [one for one in queued if one and _everywhere(views, one) and _key(one) not in played]
    busy = _refs(tx.running_quizzes(tx.origin.at - days.TWELVE_HOURS))
    for one in (*first, *ordered(found, history, need, level_on(challenge, day), key, busy)):
        item = whole.draw(one.name, _digest(key)[:10]) if one.template else whole.get(one.name)
        if item is not None and _askable(item):
            yield item


def _askable(item: Item) -> bool:
    """Whether everybody may be asked it: what nobody has checked is for those who look for it."""
    return item.type in ASKABLE and item.proof.kind != UNPROVEN and fits_a_post(item)


def ordered(
    found: Iterable[Candidate],
    history: Collection[Daily],
    need: Need,
    level: Level,
    key: str,
    busy: AbstractSet[tuple[str, str]] = frozenset(),
) -> list[Candidate]:
    """Candidates, the one to ask first; pure.

    Of the wanted level and not asked within the history, the most needed first; then neighbouring
    levels; then what is `busy`, asked in a quiz that is open here, which may tell its answer; then
    repeats, the one asked longest ago first. What has to be typed comes at most every fifth time,
    and not as the first of all, while there is something to press.
    """
    newest = sorted(history, key=_day, reverse=True)[:SPARSE]
    dense = not newest or any(d.asked and d.asked.type not in PRESSED for d in newest)
    asked = {(d.ref.owner, d.ref.id): d.day for d in sorted(history, key=_day) if d.ref}

    def place(one: Candidate) -> tuple[bool, bool, int, bool, int, float, str]:
        last = asked.get(_key(one))
        apart = abs(LEVELS.index(level) - LEVELS.index(one.level))
        since = 0 if last is None else last.toordinal()
        late = one.typed and dense
        rest = -need.of(one), _digest(key + one.name)
        return (last is not None, _key(one) in busy, since or apart, late, apart, *rest)

    return sorted(found, key=place)


def _day(daily: Daily) -> date:
    return daily.day


def _key(one: Candidate) -> tuple[str, str]:
    return one.owner, one.name


def _refs(asking: Iterable[Game | Quiz]) -> frozenset[tuple[str, str]]:
    """All the questions of these."""
    return frozenset((one.ref.owner, one.ref.id) for each in asking for one in each.asked)


def _candidates(bank: Overlay, challenge: Challenge) -> Iterator[Candidate]:
    wanted = challenge.areas or tuple(area.slug for area in bank.areas.areas)
    for name in dict.fromkeys(wanted):
        area, _, topic = name.partition("/")
        for item in bank.items(area, topic):
            if item.type in challenge.types:
                yield _candidate(item)
        if "numeric" in challenge.types:
            for template, level in bank.templates(area, topic):
                yield Candidate(template, "", area, level, template=True, typed=True)


def _candidate(item: Item) -> Candidate:
    return Candidate(
        item.id,
        item.owner,
        item.area,
        item.level,
        typed=item.type not in PRESSED,
        beliefs=betrayed(item),
    )


def _queued(bank: Overlay, name: str) -> Candidate | None:
    item = bank.get(name)
    if item is not None:
        return _candidate(item)
    if not bank.is_template(name):
        return None
    drawn = bank.draw(name, "0")
    return Candidate(name, "", drawn.area, drawn.level, template=True)


def _everywhere(views: tuple[Overlay, ...], one: Candidate) -> bool:
    """Whether the rules of all its places allow it."""
    if one.template:
        return all((one.name, one.level) in bank.templates(one.area) for bank in views)
    return all(bank.get(one.name) is not None for bank in views)


def _need(tx: Tx, history: Iterable[Daily], day: date) -> Need:
    answered: dict[str, int] = {}
    right: dict[str, int] = {}
    away: dict[str, int] = {}
    for one in history:
        if one.asked is None or one.day >= day:
            continue
        answered[one.area] = answered.get(one.area, 0) + one.answered
        right[one.area] = right.get(one.area, 0) + one.right
        away[one.area] = min(away.get(one.area, (day - one.day).days), (day - one.day).days)
    missed = {
        area: (answered[area] - right[area] + FEW / 2) / (answered[area] + FEW) for area in answered
    }
    return Need(missed, away, _held(tx, day))


def _held(tx: Tx, day: date) -> dict[str, int]:
    """How many people held each misconception within the last weeks, at most in one of them."""
    held: dict[str, int] = {}
    for ago in range(WEEKS):
        period = days.week(day - timedelta(weeks=ago))
        for total in tx.totals(scoring.BELIEVED, period):
            name = total.scope.removeprefix(scoring.BELIEVED)
            held[name] = max(held.get(name, 0), total.people)
    return held


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
