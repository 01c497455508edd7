"""Order and match: graded pair by pair, full marks only for the whole."""

from __future__ import annotations

from itertools import pairwise

from bot.grading.verdict import Response, Verdict
from questions.model import Match, Order, Pitfall


def order(body: Order, response: Response) -> Verdict:
    """Grade steps put in sequence (`picks` are authored indices in the order given).

    A hit is a pair of neighbours of the right order that stand next to each other.
    """
    given = response.picks
    total = len(body.steps) - 1
    if given == tuple(range(len(body.steps))):
        return Verdict(mark="right", credit=1.0, reason="pairs", hits=total, total=total)
    hits = sum(after == before + 1 for before, after in pairwise(given))
    pitfall = _stepped_into(body, given)
    share = hits / total
    return Verdict(
        mark="partly" if share >= 0.5 else "wrong",  # noqa: PLR2004 - half of the pairs
        credit=share / 2,
        reason="pitfall" if pitfall else "pairs",
        why=pitfall.why if pitfall else "",
        misconception=pitfall.misconception if pitfall else "",
        hits=hits,
        total=total,
    )


def _stepped_into(body: Order, given: tuple[int, ...]) -> Pitfall | None:
    place = {step: at for at, step in enumerate(given, 1)}
    for pitfall in body.pitfalls:
        first, second = (number - 1 for number in pitfall.swap)
        if place.get(first, 0) > place.get(second, len(given) + 1):
            return pitfall
    return None


def match(body: Match, response: Response) -> Verdict:
    """Grade joined sides: `picks[i]` is the right side chosen for the left side i."""
    total = len(body.pairs)
    wrong = [i for i in range(total) if i >= len(response.picks) or response.picks[i] != i]
    if not wrong:
        return Verdict(mark="right", credit=1.0, reason="pairs", hits=total, total=total)
    hits = total - len(wrong)
    return Verdict(
        mark="partly" if hits * 2 >= total else "wrong",
        credit=hits / total / 2,
        reason="pairs",
        hits=hits,
        total=total,
    )
