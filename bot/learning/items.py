"""What is believed of a question: difficulty, discrimination, and how its options are used."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

from msgspec import Struct

from bot.learning import response
from questions.model import LEVELS, Level, Type

APART = 1.0  # logits between the levels of authors: two of them span the abilities of most people
TRUST = 0.63  # correlation of judged and true difficulty (Suedkamp et al. 2012, 75 studies)
HARD_VAR = 0.5  # an author's level is right within 0.7: half the way to the next one
SLOPE, SLOPE_VAR = 0.0, 0.09  # log a; a of well-made tests lies within 0.5 and 1.8
LEAST_VAR = 0.005  # an item's difficulty drifts: it is never known better
# Difficulties around the author's level and their weights: Gauss-Hermite of five, sd 0.7
NODES = ((-2.02, 0.0113), (-0.96, 0.2221), (0.0, 0.5333), (0.96, 0.2221), (2.02, 0.0113))
WATCHED, TINY = 100, 1e-6  # answers in which a wrong key would long have shown
TIMED, HASTE = 5, 0.1  # answers from which a median is one; the share of it that is no reading
MEDIAN_STEP = 0.9  # of log seconds, sqrt(2 pi)/2 x 0.7: Robbins-Monro for a median, sd 0.7


class Used(Struct, frozen=True, array_like=True):
    """How often an option was chosen, the sum of the abilities of those who chose it, and `likely`.

    That is the log likelihood that just these would choose the right answer, had this option been
    it, at each difficulty of `NODES` around the author's level.
    """

    n: int = 0
    sum: float = 0.0
    likely: tuple[float, ...] = ()


class Params(Struct, frozen=True, omit_defaults=True):
    """Difficulty `hard` (logits) and log discrimination `slope`, each with its variance.

    The rest counts its answers: `n`, the `right` ones and the `chosen` wrong options, and for an
    option not yet chosen `unused` as its `likely`. By the author's level `authored` (difficulty)
    `expected` answers were right, `noise` their variance, `lean` the sum of slopes. `median` is of
    log seconds.
    """

    hard: float = 0.0
    hard_var: float = HARD_VAR
    slope: float = SLOPE
    slope_var: float = SLOPE_VAR
    authored: float = 0.0
    n: int = 0
    right: Used = Used()
    chosen: dict[str, Used] = {}
    unused: tuple[float, ...] = ()
    expected: float = 0.0
    noise: float = 0.0
    lean: float = 0.0
    median: float = 0.0

    @property
    def bare(self) -> Params:
        """What a prediction needs: kept with each answer."""
        return Params(self.hard, self.hard_var, self.slope, self.slope_var)


class Showing(Struct, frozen=True):
    """An answer as the item sees it: by whom (ability before it: mean, variance) and how it went.

    `chosen` names the option ('' where there are none), `seconds` is 0 where not measured.
    """

    ability: float
    ability_var: float
    guess: float
    credit: float
    chosen: str = ""
    seconds: float = 0.0
    hint: bool = False


def prior(level: Level, type: Type = "single", usual: float = 0.5) -> Params:  # noqa: A002 - the item's field
    """Before anybody has answered: the author's level, less sure where the form hardens it too.

    `usual` is the mean level of the area's items, from 0 (all junior) to 1 (all senior).
    """
    pressed = type in ("single", "output")
    return graded(LEVELS.index(level) / 2, usual, HARD_VAR if pressed else HARD_VAR + 0.1)


def graded(share: float, usual: float = 0.5, var: float = HARD_VAR) -> Params:
    """The prior of an item that its author puts at `share` of the way from junior to senior.

    `usual` is the mean share of its area: one label is half a mistake, the mean of many is none.
    """
    hard = 2 * APART * ((usual - 0.5) / TRUST + share - usual)
    return Params(hard=hard, hard_var=var, authored=hard)


def guess(type: Type, options: int) -> float:  # noqa: A002 - the item's field
    """The chance of a right answer without knowledge: of several right ones any set may be it."""
    if type == "multi":
        return 1.0 / float(2**options - 1)
    return 1 / options if type in ("single", "output", "case") else 0.0


def hasty(params: Params, seconds: float) -> bool:
    """Whether an answer came in under a tenth of the usual time: it updates nothing."""
    return params.n >= TIMED and 0 < seconds < HASTE * exp(params.median)


def calibrated(params: Params, showing: Showing) -> Params:
    """The item after an answer: one step, given what was believed of the person before it."""
    a = exp(params.slope)
    gap = showing.ability - params.hard
    x = a * gap
    var = a * a * (showing.ability_var + params.hard_var) + x * x * params.slope_var
    _, score, info = response.told(gap, a, var, showing.guess, showing.credit)
    share = 0.5 if showing.hint else 1.0
    score, info = score * share, max(0.0, info * share)
    by_slope = min(0.5, params.slope_var * gap * gap * info)
    return _counted(
        params,
        showing,
        params.hard - params.hard_var * score,
        max(LEAST_VAR, params.hard_var * (1 - params.hard_var * info)),
        params.slope + params.slope_var * gap * score,
        max(LEAST_VAR, params.slope_var * (1 - by_slope)),
    )


def _counted(
    params: Params, showing: Showing, hard: float, hard_var: float, slope: float, slope_var: float
) -> Params:
    gap, var, guess = showing.ability - params.authored, showing.ability_var, showing.guess
    p = response.chance(gap, 1.0, var, guess)
    q = (p - guess) / (1 - guess)
    right, chosen, unused = params.right, params.chosen, params.unused
    if params.n < WATCHED:
        right, chosen, unused = _used(params, showing)
    return Params(
        hard,
        hard_var,
        slope,
        slope_var,
        params.authored,
        params.n + 1,
        right,
        chosen,
        unused,
        params.expected + p,
        params.noise + p * (1 - p),
        params.lean + (1 - guess) * q * (1 - q),
        _median(params, showing.seconds),
    )


def _used(params: Params, showing: Showing) -> tuple[Used, dict[str, Used], tuple[float, ...]]:
    """The counters of the options after an answer; without options only right ones are counted."""
    right, held, said = showing.credit >= 1, params.right, showing.chosen
    if not said:
        after = Used(held.n + 1, held.sum + showing.ability, held.likely) if right else held
        return after, params.chosen, params.unused
    before = params.unused or (0.0,) * len(NODES)
    gap, var = showing.ability - params.authored, showing.ability_var
    chances = [response.chance(gap - node, 1.0, var, showing.guess) for node, _ in NODES]
    yes = [log(max(p, TINY)) for p in chances]
    no = [log(max(1 - p, TINY)) for p in chances]

    def told(one: Used, *, hit: bool) -> Used:
        likely = _sums(one.likely or before, yes if hit else no)
        return Used(one.n + hit, one.sum + hit * showing.ability, likely)

    found = params.chosen if right or said in params.chosen else {**params.chosen, said: Used()}
    chosen = {name: told(one, hit=name == said and not right) for name, one in found.items()}
    return told(held, hit=right), chosen, _sums(before, no)


def _sums(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(a + b, 4) for a, b in zip(one, other, strict=True))


def _median(params: Params, seconds: float) -> float:
    if seconds <= 0:
        return params.median
    told = log(seconds)
    if params.n == 0 or not params.median:
        return told
    step = MEDIAN_STEP / (params.n + 1)
    return params.median + (step if told > params.median else -step)
