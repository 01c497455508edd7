"""What is believed of a question: difficulty, discrimination, and how its options are used."""

from __future__ import annotations

from math import exp, log

from msgspec import Struct
from msgspec.structs import replace

from bot.learning import response
from questions.model import LEVELS, Level, Type

APART = 1.0  # logits between the levels of authors: two of them span the abilities of most people
HARD_VAR = 0.5  # an author's level is right within 0.7: half the way to the next one
SLOPE, SLOPE_VAR = 0.0, 0.09  # log a; a of well-made tests lies within 0.5 and 1.8
LEAST_VAR = 0.005  # an item's difficulty drifts: it is never known better
GUESSES: dict[Type, float] = {"single": 0.25, "output": 0.25, "case": 0.33, "multi": 0.05}
MEDIAN_STEP = 0.9  # of log seconds, sqrt(2 pi)/2 x 0.7: Robbins-Monro for a median, sd 0.7


class Params(Struct, frozen=True, omit_defaults=True):
    """Difficulty `hard` (logits) and log discrimination `slope`, each with its variance.

    Counters of its answers: `n`; `sure` sums the squares of abilities around `mean`; `chosen` maps
    an option to (times, sum of abilities around the mean); `expected` and `noise` sum the chance
    of a right answer by the author's level and its variance; `median` is of log seconds.
    """

    hard: float = 0.0
    hard_var: float = HARD_VAR
    slope: float = SLOPE
    slope_var: float = SLOPE_VAR
    n: int = 0
    median: float = 0.0

    @property
    def bare(self) -> Params:
        """What a prediction needs: kept with each answer."""
        return Params(self.hard, self.hard_var, self.slope, self.slope_var)


class Showing(Struct, frozen=True):
    """An answer as the item sees it: by whom (ability before it: mean, variance) and how it went.

    `chosen` names the option ('' where there are none), `seconds` is 0 where it was not measured.
    """

    ability: float
    ability_var: float
    guess: float
    credit: float
    chosen: str = ""
    seconds: float = 0.0
    hint: bool = False


def prior(level: Level, type: Type = "single") -> Params:  # noqa: A002 - the item's field
    """Before anybody has answered: the author's level, less sure where the form hardens it too."""
    pressed = type in ("single", "output")
    return graded(LEVELS.index(level) / 2, HARD_VAR if pressed else HARD_VAR + 0.1)


def graded(share: float, var: float = HARD_VAR) -> Params:
    """The prior of an item that its author puts at `share` of the way from junior to senior."""
    return Params(hard=APART * (2 * share - 1), hard_var=var)


def calibrated(params: Params, showing: Showing) -> Params:
    """The item after an answer: one step, given what was believed of the person before it."""
    a = exp(params.slope)
    gap = showing.ability - params.hard
    x = a * gap
    var = a * a * (showing.ability_var + params.hard_var) + x * x * params.slope_var
    _, score, info = response.told(gap, a, var, showing.guess, showing.credit)
    if showing.hint:
        score, info = score / 2, info / 2
    info = max(0.0, info)
    slope_var = params.slope_var
    return replace(
        params,
        hard=params.hard - params.hard_var * score,
        hard_var=max(LEAST_VAR, params.hard_var * (1 - params.hard_var * info)),
        slope=params.slope + slope_var * gap * score,
        slope_var=max(LEAST_VAR, slope_var * (1 - min(0.5, slope_var * gap * gap * info))),
        n=params.n + 1,
        median=_median(params, showing.seconds),
    )


def _median(params: Params, seconds: float) -> float:
    if seconds <= 0:
        return params.median
    told = log(seconds)
    if params.n == 0:
        return told
    step = MEDIAN_STEP / (params.n + 1)
    return params.median + (step if told > params.median else -step)
