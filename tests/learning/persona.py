"""Somebody who is good at all but one area answers 30 questions in the terminal.

`python -m tests.learning.persona [AREA] [ANSWERS]` prints why each question was asked and how it
went, then `/progress`. Each answer is a process of its own over the same data, as if the person had
come back every time; what is typed is chosen by the question on the screen.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from pathlib import Path

from questions.loading import load
from questions.model import Case, Choice, Item, Match, Number, Option, Order, Short
from tests.test_readme import ROOT, played

SKIP = ["\u22ef", "Skip"]  # what is drawn or written at length is no matter of this script
QUIZ = 5  # questions, each with one right option: whatever is asked can be answered in a line
KNOWS, WEAK = 0.85, 0.2  # the share that is known elsewhere, and in the weak area
OPTION = re.compile(r"^(?:\[.\] )?([A-F])\) (.+)$", re.MULTILINE)
WHY = re.compile(r"^Why this: (.+)$", re.MULTILINE)


class Persona:
    """One person with a weak area; what they know of a question is drawn once."""

    def __init__(self, data: Path, weak: str, seed: str) -> None:
        self.data, self.weak = data, weak
        self._rng = random.Random(seed)
        items = [entry.item for entry in load(ROOT / "questions" / "bank").entries]
        self._by_text = {_plain(one.prompt)[:60]: one for one in items}

    def says(self, *lines: str) -> str:
        """Type these lines; gives what is printed."""
        ran = played("".join(f"{line}\n" for line in lines), self.data, "--data", str(self.data))
        return ran.stdout

    def item(self, screen: str) -> Item | None:
        """The question that stands on the screen, None for one with drawn numbers."""
        flat = _plain(screen)
        return next((one for start, one in self._by_text.items() if start in flat), None)

    def answer(self, screen: str) -> list[str]:
        """The lines that this person types at the question on the screen."""
        item = self.item(screen)
        if item is None:
            return SKIP
        knows = self._rng.random() < (WEAK if item.area == self.weak else KNOWS)
        match item.body:
            case Choice(options=options, many=many):
                letters = _letters(screen, options, knows=knows)
                return [*letters, "Send"] if many else [letters[0]]
            case Case(steps=steps):
                every = [one for step in steps for one in step.options]
                return [_letters(screen, every, knows=knows)[0]]
            case Number(answer=number):
                return [number if knows else "1"]
            case Short(answers=answers):
                return [answers[0] if knows else "no idea"]
            case Order(steps=steps) if knows:
                return [*_order(screen, steps), "Send"]
            case Match(pairs=pairs):
                rights = [pair.right for pair in pairs]
                return _order(screen, tuple(rights if knows else rights[::-1]))
            case _:
                return SKIP


def _letters(screen: str, options: list[Option] | tuple[Option, ...], *, knows: bool) -> str:
    """The letters of the right options on the screen, or of a wrong one."""
    right = {_plain(one.text)[:30] for one in options if one.right}
    shown = OPTION.findall(screen)
    hits = [letter for letter, text in shown if _plain(text)[:30] in right]
    others = [letter for letter, _ in shown if letter not in hits]
    return "".join(hits if knows or not others else others[:1]) or "A"


def _order(screen: str, steps: tuple[str, ...]) -> list[str]:
    """The letters of these texts on the screen, in their order."""
    letters = {_plain(text)[:30]: letter for letter, text in OPTION.findall(screen)}
    return [letters.get(_plain(step)[:30], "A") for step in steps]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def main(weak: str = "databases", answers: int = 30) -> None:
    """Play, and print what the person sees of the engine."""
    with tempfile.TemporaryDirectory() as folder:
        ann = Persona(Path(folder), weak, "ann")
        for number in range(1, answers + 1):
            command = "/quiz" if number % QUIZ != 1 else f"/quiz type:single {QUIZ}"
            screen = ann.says(command)
            item, why = ann.item(screen), WHY.search(screen)
            place = (
                f"{item.area}/{item.topic} {item.level} {item.type}" if item else "drawn numbers"
            )
            after = ann.says("/quiz", *ann.answer(screen))
            if number % QUIZ == 0:
                ann.says("/quiz", "Finish")
            mark = "right" if re.search(r"✓ .*Right|\*\*Right|✓", after) else "not right"
            print(f"{number:2}. {place}: {mark}. {why[1] if why else ''}")
        print(ann.says("/progress"))


if __name__ == "__main__":
    named = sys.argv[1:]
    main(named[0] if named else "databases", int(named[1]) if len(named) > 1 else 30)
