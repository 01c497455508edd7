"""The chance of a right answer, and what an answer says of everything that led to it.

P = c + (1 - c) s(a (ability - difficulty)), s the logistic curve, c the chance of a guess and a the
discrimination (three-parameter logistic model: Birnbaum 1968). With normal beliefs the mean of s is
s(x / sqrt(1 + pi/8 var)) (MacKay 1992); its derivatives give the moments of the belief after the
answer (assumed density filtering: Opper 1998).
"""

from __future__ import annotations

from math import exp, sqrt

SPREAD = 0.3926990817  # pi / 8
FAR = 35.0  # logits beyond which a chance is 0 or 1 to a float


def chance(gap: float, slope: float, var: float, guess: float) -> float:
    """P(right) where ability exceeds difficulty by `gap`; `var` is that of slope x gap."""
    x = slope * gap / sqrt(1.0 + SPREAD * var)
    return guess + (1.0 - guess) / (1.0 + exp(-max(x, -FAR)))


def told(
    gap: float, slope: float, var: float, guess: float, credit: float
) -> tuple[float, float, float]:
    """(P(right), score, information) of an answer worth `credit` (0 to 1).

    `score` and `information` are the first and the negative second derivative, by the ability, of
    the log likelihood of the answer; partial credit lies between those of right and wrong.
    """
    k = slope / sqrt(1.0 + SPREAD * var)
    x = min(FAR, max(-FAR, k * gap))
    q = 1.0 / (1.0 + exp(-x))
    p = guess + (1.0 - guess) * q
    rise = k * q * (1.0 - guess) * (1.0 - q)
    bend = k * (1.0 - 2.0 * q) * rise
    up, down = rise / p, -k * q  # 1 - p = (1 - guess) (1 - q)
    right, wrong = up * up - bend / p, down * down + k * k * q * (1.0 - 2.0 * q)
    score = credit * up + (1.0 - credit) * down
    return p, score, credit * right + (1.0 - credit) * wrong
