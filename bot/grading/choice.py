"""Choices and cases: which options were taken, and what the wrong one says."""

from __future__ import annotations

from bot.grading.verdict import Response, Verdict
from questions.model import Case, Choice, Option


def choice(body: Choice, response: Response) -> Verdict:
    """Grade a single, output or multi answer.

    multi: full marks only for the exact set; else a share of the options judged rightly, less than
    1, and `partly` if more than half of them are. The `why` is that of the first wrong option
    taken, or of the first right one left out.
    """
    taken = frozenset(response.picks)
    right = frozenset(i for i, option in enumerate(body.options) if option.right)
    if taken == right:
        return Verdict(mark="right", credit=1.0, reason="option")
    wrong = sorted(taken - right) or sorted(right - taken)
    blamed = body.options[wrong[0]]
    if not body.many:
        return _wrong(blamed)
    hits = len(body.options) - len(taken ^ right)
    share = hits / len(body.options)
    partly = share > 0.5 and bool(taken & right)  # noqa: PLR2004 - more than half
    return Verdict(
        mark="partly" if partly else "wrong",
        credit=share / 2 if partly else 0.0,
        reason="option",
        why=blamed.why,
        misconception=blamed.misconception,
        hits=hits,
        total=len(body.options),
    )


def case(body: Case, response: Response) -> Verdict:
    """Grade a whole case from one pick a step: right if all are, `partly` from half of them on."""
    steps = tuple(zip(body.steps, response.picks, strict=False))
    hits = sum(step.options[pick].right for step, pick in steps)
    total = len(body.steps)
    if hits == total:
        return Verdict(mark="right", credit=1.0, reason="option", hits=hits, total=total)
    blamed = next(step.options[pick] for step, pick in steps if not step.options[pick].right)
    return Verdict(
        mark="partly" if hits * 2 >= total else "wrong",
        credit=hits / total,
        reason="option",
        why=blamed.why,
        misconception=blamed.misconception,
        hits=hits,
        total=total,
    )


def _wrong(option: Option) -> Verdict:
    return Verdict(
        mark="wrong", reason="option", why=option.why, misconception=option.misconception
    )
