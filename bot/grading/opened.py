"""Open answers: the author's rubric, point by point."""

from __future__ import annotations

from bot.grading.told import Story, story, told
from bot.grading.verdict import Mark, PointSeen, Seen, Verdict
from questions.model import Open, Point
from questions.phrasings import Heard, hear, states, touches, veto

RIGHT = 0.8  # of the weight, covered
PARTLY = 0.35
_WORTH: dict[Seen, float] = {"covered": 1.0, "partly": 0.5, "missing": 0.0}
_LONGEST = 4000  # characters that are read


def opened(body: Open, text: str, *, own: bool = False) -> Verdict:
    """Grade an open answer by its rubric; never raises, reads 4,000 characters at most.

    `credit` is the share of the weight, a touched point counting half. Only listed phrasings
    count: neither length nor repetition does. A story of one's `own` work has no wrong facts and
    cannot be foreseen: there a point may be told by its signs as well.
    """
    read = text[:_LONGEST]
    points = _points(body, hear(read), story(read) if own else ())
    if not text.strip():
        return Verdict(mark="wrong", reason="empty", points=points)
    total = sum(point.weight for point in points) or 1
    got = sum(point.weight * _WORTH[point.seen] for point in points)
    mark = _mark(got / total)
    return Verdict(
        mark=mark,
        credit=1.0 if mark == "right" else got / total,
        reason="points",
        hits=sum(point.seen == "covered" for point in points),
        total=len(points),
        points=points,
    )


def _mark(share_of_weight: float) -> Mark:
    if share_of_weight >= RIGHT:
        return "right"
    return "partly" if share_of_weight >= PARTLY else "wrong"


def _points(body: Open, heard: Heard, tale: Story) -> tuple[PointSeen, ...]:
    return tuple(_seen(point, heard, tale) for point in body.rubric)


def _seen(point: Point, heard: Heard, tale: Story) -> PointSeen:
    if belief := veto(point, heard):
        return PointSeen(point.point, point.weight, "missing", belief)
    if states(point, heard):
        return PointSeen(point.point, point.weight, "covered")
    near: Seen = told(point, tale)
    if near == "missing" and touches(point, heard):
        near = "partly"
    return PointSeen(point.point, point.weight, near)
