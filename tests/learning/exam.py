"""The engine's goals by simulate.py: `python -m tests.learning.exam [--seeds 1,2,3] ...`.

Prints the table of docs/learning.md, a line as soon as it is known.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
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


def diagnosed(exam: ModuleType, asked: argparse.Namespace, learners: int) -> Iterator[Row]:
    """How many of the weakest three are named after questions of the engine's own choosing."""
    given = [setting(seed, learners, asked.areas, asked.per_area) for seed in asked.seeds]
    found = [exam.exam_weak(factory, one, "adaptive") for one in given]
    for answers, goal in WEAK[learners].items():
        if all(answers in one for one in found):
            hits = [one[answers]["p_at_3"] for one in found]
            yield f"weakest three, {learners:,} learners, {answers} answers", hits, goal, True
    last = max(found[0])
    rho = [one[last]["rho_difficulty"] for one in found]
    if learners >= 1000:
        yield f"rank correlation of difficulty, {learners:,} learners", rho, 0.9, True


def recovered(exam: ModuleType, asked: argparse.Namespace) -> Iterator[Row]:
    """How often an area is called weak 60 answers after it was learnt elsewhere."""
    given = [setting(seed, 300, asked.areas, asked.per_area) for seed in asked.seeds]
    found = [exam.exam_recover(factory, one, "adaptive")[60]["still_named"] for one in given]
    yield "learnt elsewhere, still called weak", found, STALE, False


def taught(exam: ModuleType, asked: argparse.Namespace) -> Iterator[Row]:
    """What is learnt in a month, in three models of learners."""
    given = [setting(seed, LEARNERS, asked.areas, asked.per_area) for seed in asked.seeds]
    for model, goal in GAIN.items():
        runs = [learnt(exam, one, model) for one in given]
        yield f"learning x random, {model}", [gain for gain, _ in runs], goal, True
        yield f"success while practising, {model}", [hit for _, hit in runs], SUCCESS, True


def results(exam: ModuleType, asked: argparse.Namespace) -> Iterator[Row]:
    if "few" in asked.parts:
        yield from diagnosed(exam, asked, 30)
    if "learn" in asked.parts:
        yield from taught(exam, asked)
    if "recover" in asked.parts:
        yield from recovered(exam, asked)
    if "many" in asked.parts:
        yield from diagnosed(exam, asked, 1000)


def line(row: Row) -> str:
    what, figures, goal, more = row
    mean = statistics.fmean(figures)
    met = "met" if (mean >= goal if more else mean <= goal) else "missed"
    by_seed = ", ".join(f"{one:.3f}" for one in figures)
    return f"| {what} | {mean:.3f} | {'>=' if more else '<='} {goal} | {met} | {by_seed} |"


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.learning.exam")
    parser.add_argument("--seeds", type=numbers, default=[1, 2, 3])
    parser.add_argument("--areas", type=int, default=15)
    parser.add_argument("--per-area", type=int, default=30)
    parser.add_argument("--parts", default="few,learn,recover,many")
    print("| goal | mean | | | by seed |\n| --- | --- | --- | --- | --- |", flush=True)
    for row in results(simulator(), parser.parse_args()):
        print(line(row), flush=True)


if __name__ == "__main__":
    main()
