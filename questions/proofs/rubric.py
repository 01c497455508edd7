"""Proofs of a rubric: the model answer scores in full, an empty and a boasting one near nothing."""

from __future__ import annotations

from questions.model import Item, Open
from questions.phrasings import covered
from questions.proofs.outcome import Outcome, failed, passed
from questions.proofs.runtimes import Runtimes
from questions.rules.words import clip

NEAR_NOTHING = 0.15  # of the weight, what an answer without substance may get
_FAST = """It is very fast, scalable, robust and secure. We always follow best practices, use
modern technology and clean code, and everybody was extremely happy with the excellent result."""
_KEEN = """I am a hard-working team player with great communication skills. I learn quickly,
I love challenges, and I always deliver high quality on time."""


def prove(item: Item, _: Runtimes) -> Outcome:
    """Score the model answer, answers of no substance, and the model answer with each veto."""
    if not isinstance(item.body, Open):
        return failed("proof 'rubric' is for items of type open")
    body = item.body
    found = _missing(body) or _boasting(body, item.prompt) or _unvetoed(body)
    return failed(found[1], "rubric", found[0]) if found else passed("python")


def score(body: Open, text: str) -> int:
    """Sum the weights of the points that a text covers."""
    return sum(point.weight for point in body.rubric if covered(point, text))


def _missing(body: Open) -> tuple[int, str] | None:
    """The number of a point that the model answer lacks, and what to say about it."""
    for number, point in enumerate(body.rubric):
        if not covered(point, body.model_answer):
            return number, f"the model answer misses the point '{clip(point.point, 60)}'"
    return None


def _boasting(body: Open, prompt: str) -> tuple[int, str] | None:
    full = sum(point.weight for point in body.rubric)
    texts = {"an empty answer": "", "a boasting answer": _FAST, "a keen answer": _KEEN}
    for name, text in (texts | {"the question itself": prompt}).items():
        if score(body, text) > NEAR_NOTHING * full:
            loose = next(n for n, point in enumerate(body.rubric) if covered(point, text))
            return loose, f"{name} scores {score(body, text)} of {full}: sharpen the phrasings"
    return None


def _unvetoed(body: Open) -> tuple[int, str] | None:
    for number, point in enumerate(body.rubric):
        for belief in point.misconceptions:
            if covered(point, f"{body.model_answer}\n\n{belief}"):
                return number, f"saying '{clip(belief, 60)}' does not veto its point"
    return None
