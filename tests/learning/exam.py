"""The engine's goals by simulate.py: `python -m tests.learning.exam [seeds] [areas] [per-area]`.

Seeds are written 1,2,3. Prints the table of docs/learning.md, a line as soon as it is known.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.learning.plug import factory

SIMULATE = Path(__file__).parents[2].parent / "shared" / "learning" / "simulate.py"
WEAK = {1000: {60: 0.56, 240: 0.76, 360: 0.81}, 30: {60: 0.55, 360: 0.79}}
STALE = 0.15  # still named weak 60 answers after it was learnt elsewhere
GAIN = {"zpd": 1.35, "flat": 1.28, "error": 1.55}
SUCCESS = 0.62
LEARNERS = 100  # of the learning exam

Row = tuple[str, list[float], float, bool]  # what, by seed, goal, whether more is better


def simulator() -> ModuleType:
    """The exam as a module; OSError where it is not beside the checkout."""
    spec = importlib.util.spec_from_file_location("simulate", SIMULATE)
    if spec is None or spec.loader is None:
        raise OSError(SIMULATE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def setting(seed: int, learners: int, areas: int = 15, per_area: int = 30) -> argparse.Namespace:
    return argparse.Namespace(
        seed=seed,
        learners=learners,
        learn_learners=learners,
        areas=areas,
        per_area=per_area,
        answers=360,
    )


def learnt(exam: ModuleType, given: argparse.Namespace, model: str) -> tuple[float, float]:
    """Learning on the 31st day by that of random questions, and the success while practising."""
    ours: dict[str, Any] = exam.exam_learn(factory, given, model)
    random: dict[str, Any] = exam.exam_learn(exam.Random_, given, model)
    gains = [one["day31"][0] - one["start"][0] for one in (ours, random)]
    return gains[0] / gains[1], ours["asked_success"]


def results(exam: ModuleType, seeds: list[int], areas: int, per_area: int) -> Iterator[Row]:
    for learners, goals in WEAK.items():
        given = [setting(seed, learners, areas, per_area) for seed in seeds]
        found = [exam.exam_weak(factory, one, "adaptive") for one in given]
        for answers, goal in goals.items():
            if all(answers in one for one in found):
                hits = [one[answers]["p_at_3"] for one in found]
                yield f"weakest three, {learners:,} learners, {answers} answers", hits, goal, True
        last = max(found[0])
        rho = [one[last]["rho_difficulty"] for one in found]
        yield f"rank correlation of difficulty, {learners:,} learners", rho, 0.9, True
    stale = [
        exam.exam_recover(factory, setting(seed, 300, areas, per_area), "adaptive")[60]
        for seed in seeds
    ]
    yield "learnt elsewhere, still weak", [one["still_named"] for one in stale], STALE, False
    for model, goal in GAIN.items():
        runs = [learnt(exam, setting(seed, LEARNERS, areas, per_area), model) for seed in seeds]
        yield f"learning x random, {model}", [gain for gain, _ in runs], goal, True
        yield f"success while practising, {model}", [hit for _, hit in runs], SUCCESS, True


def line(row: Row) -> str:
    what, figures, goal, more = row
    mean = statistics.fmean(figures)
    met = "met" if (mean >= goal if more else mean <= goal) else "missed"
    by_seed = ", ".join(f"{one:.3f}" for one in figures)
    return f"| {what} | {mean:.3f} | {'>=' if more else '<='} {goal} | {met} | {by_seed} |"


def main(seeds: str = "1,2,3", areas: str = "15", per_area: str = "30") -> None:
    print("| goal | mean | | | by seed |\n| --- | --- | --- | --- | --- |", flush=True)
    numbers = [int(seed) for seed in seeds.split(",")]
    for row in results(simulator(), numbers, int(areas), int(per_area)):
        print(line(row), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
