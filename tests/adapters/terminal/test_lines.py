"""A query at a keyboard: several lines, until one ends with a semicolon or is empty."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import bank, jailed_items
from tests.adapters.terminal.playing import Terminal
from tests.stage import Stage
from tests.walls import Open

LINES = jailed_items.QUERY.solution.strip().split("\n")


@pytest.fixture
def walls() -> Open:
    """What runs, in this process."""
    return Open()


@pytest.fixture
async def stage(tmp_path: Path, walls: Open) -> AsyncIterator[Stage]:
    """An installation with a query and a pattern."""
    one = Stage(tmp_path / "terminal.db", bank.collection(jailed_items.RUN), inside=walls)
    yield one
    await one.close()


@pytest.mark.parametrize("last", [";", "\n", "end"])
async def test_a_query_has_several_lines(stage: Stage, walls: Open, last: str) -> None:
    """A semicolon, an empty line or the end of the input sends it."""
    terminal = Terminal(stage, company=False)
    await terminal.says("/quiz type:sql 1")
    first, *rest = LINES
    rest[-1] += ";" if last == ";" else ""
    terminal.lines = [*rest, *([""] if last == "\n" else [])]
    said = await terminal.says(first)
    assert said.count("... ") == len(rest) + (last != ";")
    assert walls.ran[-1].rstrip(";") == "\n".join(LINES)
    assert "Right on all 3 sets of rows" in said
    assert terminal.lines == []


async def test_a_line_with_its_semicolon_is_a_whole_query(stage: Stage, walls: Open) -> None:
    """Nothing more is asked for."""
    terminal = Terminal(stage, company=False)
    await terminal.says("/quiz type:sql 1")
    said = await terminal.says("select name, 0 from club order by name;")
    assert "... " not in said
    assert "Not right" in said


async def test_words_of_buttons_are_not_the_beginning_of_a_query(stage: Stage) -> None:
    """Hint and commands go on working where a query is asked for."""
    terminal = Terminal(stage, company=False)
    await terminal.says("/quiz type:sql 1")
    assert "Hint: on the rows shown" in await terminal.says("hint")
    assert "... " not in await terminal.says("/help")


async def test_the_form_takes_several_lines_too(stage: Stage, walls: Open) -> None:
    """Whoever presses Answer gets a form, whose field ends the same way."""
    terminal = Terminal(stage, company=False)
    await terminal.says("/quiz type:sql 1")
    terminal.lines = [*LINES[:-1], f"{LINES[-1]};"]
    said = await terminal.says("Answer")
    assert "Right on all 3 sets of rows" in said


async def test_a_pattern_is_one_line(stage: Stage) -> None:
    """It has no end to wait for."""
    terminal = Terminal(stage, company=False)
    await terminal.says("/quiz type:regex 1")
    assert "Right on all 12 strings" in await terminal.says("[0-5][0-9]")


async def test_a_pipe_gives_lines_the_same_way(stage: Stage) -> None:
    """Without a keyboard a query ends by the same signs, and the next line is the next thing."""
    terminal = Terminal(stage, company=False, piped=True)
    await terminal.says("/quiz type:sql 1")
    terminal.lines = [*LINES[1:], "", "left for later"]
    assert "Right on all 3 sets of rows" in await terminal.says(LINES[0])
    assert terminal.lines == ["left for later"]
