"""Ability: a hierarchical filter over answers, one step each.

The ability in a topic is that of its area and a deviation, that of an area the person's own and a
deviation; all normal. What answers say is kept at the topic and, seen through the topic's
deviation, at its area and at the whole, so that beliefs are exact in closed form and an answer
costs the same however much is known (a tree of normals: Pearl 1988).
"""

from __future__ import annotations

from datetime import datetime
from math import exp, log

from msgspec import Struct

from bot.learning import response
from bot.learning.items import Params
from bot.learning.state import Ability, Area, Evidence, Fade

# Variances (logits squared). Together 1.6: on Rasch scales abilities of adults spread by 1.0 to
# 1.4. Taken alike between people and between the areas of one, the rest between topics.
OVERALL_VAR, AREA_VAR, TOPIC_VAR = 0.7, 0.7, 0.2
HALF_LIFE = 120 * 86400  # seconds after which half of the evidence has worn off
HINT = 0.5  # a hint halves what an answer tells
DAY = 86400.0
NOTHING, NO_AREA = Evidence(), Area()


class Seen(Struct, frozen=True):
    """An answer as the ability sees it; `params` of the item as they were when it was given.

    `guess` is the chance of a right answer without the ability: by the number of options, and by
    memory of this very question (`recalling`). `at` is aware.
    """

    area: str
    topic: str
    params: Params
    guess: float
    credit: float
    at: datetime
    hint: bool = False
    misconception: str = ""


def recalling(guess: float, recall: float) -> float:
    """The chance without the ability, where the question itself is remembered with `recall`."""
    return 1.0 - (1.0 - guess) * (1.0 - recall)


def predict(
    state: Ability, area: str, topic: str, params: Params, at: datetime, guess: float = 0.0
) -> float:
    """Probability of a right answer at `at` (aware)."""
    mean, var = believed(state, area, topic, at)
    a, gap = exp(params.slope), mean - params.hard
    x = a * gap
    return response.chance(
        gap, a, a * a * (var + params.hard_var) + x * x * params.slope_var, guess
    )


def believed(state: Ability, area: str, topic: str, at: datetime) -> tuple[float, float]:
    """Mean and variance of the ability in a topic ('' for the area as a whole) at `at`."""
    whole = state.whole
    var = 1.0 / (1.0 / OVERALL_VAR + whole.weight)
    mean = var * whole.pull
    found = state.areas.get(area)
    if found is None:
        return mean, var + AREA_VAR + (TOPIC_VAR if topic else 0.0)
    mean, var = _below(mean, var, AREA_VAR, found.weight, found.pull)
    if topic:
        leaf = found.topics.get(topic, NOTHING)
        mean, var = _below(mean, var, TOPIC_VAR, leaf.weight, leaf.pull)
    gap = _gap(found.at, at.timestamp())
    return (mean + state.fade.mean * gap, var + state.fade.var * gap * gap) if gap else (mean, var)


def _below(
    mean: float, var: float, spread: float, weight: float, pull: float
) -> tuple[float, float]:
    """The belief one level further down: its deviation spreads by `spread`."""
    share = 1.0 / (1.0 + spread * weight)
    return share * (mean + spread * pull), share * spread + share * share * var


def _gap(last: int, now: float) -> float:
    return e_folds((now - last) / DAY)


def e_folds(days: float) -> float:
    """The log-days term: e-folds of days without practice; within a day there are none."""
    return log(days) if days > 1.0 else 0.0


def observe(state: Ability, seen: Seen) -> Ability:
    """One answer more."""
    at = int(seen.at.timestamp())
    whole, area, leaf = _held(state, seen, at)
    top_var = 1.0 / (1.0 / OVERALL_VAR + whole.weight)
    top = top_var * whole.pull
    mean, var = _below(top, top_var, AREA_VAR, area.weight, area.pull)
    if seen.topic:
        mean, var = _below(mean, var, TOPIC_VAR, leaf.weight, leaf.pull)
    gap = _gap(area.at, at) if area.n else 0.0
    score, info = _told(seen, mean, var, state.fade, gap)
    weight = info / (1.0 - var * info)
    pull = weight * (mean + var * score) + score
    topics = area.topics
    if seen.topic:
        grown = Evidence(leaf.weight + weight, leaf.pull + pull, leaf.n + 1, at)
        topics = {**topics, seen.topic: grown}
        weight, pull = _risen(leaf, grown, TOPIC_VAR)
    params = seen.params
    usual = response.chance(
        top - params.hard, 1.0, top_var + AREA_VAR + params.hard_var, seen.guess
    )
    after = Area(
        area.weight + weight,
        area.pull + pull,
        area.n + 1,
        at,
        area.right + seen.credit,
        area.expected + usual,
        topics,
    )
    weight, pull = _risen(area, after, AREA_VAR)
    return Ability(
        Evidence(whole.weight + weight, whole.pull + pull, whole.n + 1, at),
        {**state.areas, seen.area: after},
        _faded(state.fade, gap, score, info) if gap else state.fade,
        _counted(state.misconceptions, seen) if seen.misconception else state.misconceptions,
    )


def _held(state: Ability, seen: Seen, at: int) -> tuple[Evidence, Area, Evidence]:
    """What is known by now of the whole, the area and the topic: older evidence weighs less."""
    whole, area = state.whole, state.areas.get(seen.area, NO_AREA)
    leaf = area.topics.get(seen.topic, NOTHING)
    if whole.n and at > whole.at:
        kept = 0.5 ** ((at - whole.at) / HALF_LIFE)
        whole = Evidence(whole.weight * kept, whole.pull * kept, whole.n, whole.at)
    if leaf.n and at > leaf.at:
        kept = 0.5 ** ((at - leaf.at) / HALF_LIFE)
        leaf = Evidence(leaf.weight * kept, leaf.pull * kept, leaf.n, leaf.at)
    if area.n and at > area.at:
        kept = 0.5 ** ((at - area.at) / HALF_LIFE)
        counts = area.n, area.at, area.right, area.expected, area.topics
        area = Area(area.weight * kept, area.pull * kept, *counts)
    return whole, area, leaf


def _told(seen: Seen, mean: float, var: float, fade: Fade, gap: float) -> tuple[float, float]:
    """Score and information by the ability; the information leaves a positive variance."""
    params = seen.params
    a, ahead = exp(params.slope), mean + fade.mean * gap - params.hard
    x = a * ahead
    spread = a * a * (var + fade.var * gap * gap + params.hard_var) + x * x * params.slope_var
    _, score, info = response.told(ahead, a, spread, seen.guess, seen.credit)
    share = HINT if seen.hint else 1.0
    return score * share, min(max(info * share, 0.0), 0.9 / var)


def _risen(before: Evidence | Area, after: Evidence | Area, spread: float) -> tuple[float, float]:
    """What evidence adds one level higher, seen through a deviation that spreads by `spread`."""
    old, new = 1.0 + spread * before.weight, 1.0 + spread * after.weight
    return after.weight / new - before.weight / old, after.pull / new - before.pull / old


def _faded(fade: Fade, gap: float, score: float, info: float) -> Fade:
    step = fade.var * gap
    return Fade(fade.mean + step * score, fade.var - step * step * info)


def _counted(known: dict[str, int], seen: Seen) -> dict[str, int]:
    return {**known, seen.misconception: known.get(seen.misconception, 0) + 1}


def shares(state: Ability, areas: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """Mean and variance of each area, the gap since its last answer aside."""
    var = 1.0 / (1.0 / OVERALL_VAR + state.whole.weight)
    mean = var * state.whole.pull
    known, unknown = state.areas, (mean, var + AREA_VAR)
    found = {}
    for area in areas:
        one = known.get(area)
        if one is None:
            found[area] = unknown
        else:
            share = 1.0 / (1.0 + AREA_VAR * one.weight)
            found[area] = (
                share * (mean + AREA_VAR * one.pull),
                share * (AREA_VAR + share * var),
            )
    return found
