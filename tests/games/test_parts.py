from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.app import bank as real_bank
from bot.features.game import timing
from bot.features.game.choosing import choose, ladder, playable
from bot.store.community import GAME_TYPES
from questions.asked import Asked as Said
from questions.collection import Collection
from questions.model import LEVELS, Choice, Code, Item
from tests import bank
from tests.games.channel import Playing, items
from tests.stage import Stage


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """The bank as it is shipped."""
    return real_bank(tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize(
    ("words", "code", "seconds"),
    [
        (0, 0, 20),  # 10 + 4 / 3, at least 20
        (56, 0, 30),  # 10 + 60 / 3
        (26, 5, 30),  # 10 + 30 / 3 + 5 * 2
        (26, 90, 90),  # never more than 90
    ],
)
def test_the_time_is_the_reading_length(words: int, code: int, seconds: int) -> None:
    """10 s, 1 s for 3 words of prompt and options, 2 s for a line of code, from 20 to 90 s."""
    options = tuple(bank.option(word, "why") for word in ("a", "b", "c", "d"))
    program = Code("\n\n".join(["x = 1"] * code), "python") if code else None
    item = replace(bank.SINGLE, prompt="word " * words, body=Choice(options), code=program)
    assert timing.whole(item) == timedelta(seconds=seconds)


def test_what_a_phone_does_not_show_whole_is_no_game_question() -> None:
    """More than 40 columns of code, more than 600 characters, or typing: not in a game."""
    assert playable(bank.SINGLE)
    assert playable(bank.MULTI)
    assert not playable(bank.SHORT)
    assert not playable(bank.CASE)
    assert playable(replace(bank.OUTPUT, code=Code("x" * 40, "python")))
    assert not playable(replace(bank.OUTPUT, code=Code("x" * 41, "python")))
    assert not playable(replace(bank.SINGLE, prompt="word " * 100))


def test_levels_rise() -> None:
    """From junior to senior, unless a level was named."""
    assert ladder(10, None) == ("junior",) * 4 + ("mid",) * 4 + ("senior",) * 2
    assert ladder(3, "mid") == ("mid",) * 3


async def chosen(stage: Stage, questions: Collection, count: int = 10) -> tuple[Item, ...]:
    """What a game of everything asks there."""
    who = Playing(stage).player("ada")
    rng = random.Random(1)
    return await stage.store.look(
        who.origin(), lambda tx: choose(tx, questions, Said(), count, rng)
    )


async def test_a_game_is_varied(tmp_path: Path, real: Collection) -> None:
    """Ten questions of the bank come from at least seven areas, rise, and none comes twice."""
    stage = Stage(tmp_path / "game.db", real)
    found = await chosen(stage, real)
    assert len({item.id for item in found}) == 10
    assert len({item.area for item in found}) >= 7
    assert {item.type for item in found} <= set(GAME_TYPES)
    levels = [LEVELS.index(item.level) for item in found]
    assert levels == sorted(levels)
    assert len(set(levels)) == 3
    await stage.store.close()


async def test_what_was_asked_here_lately_comes_last(tmp_path: Path) -> None:
    """Game after game asks what was not asked, then what was asked longest ago."""
    questions = bank.collection(items(9))
    playing = Playing(Stage(tmp_path / "game.db", questions, seed=None))
    ada = playing.player("ada")
    asked: list[set[str]] = []
    for _ in range(6):
        await playing.begins(ada, "3")
        games = await playing.stage.store.look(ada.origin(), lambda tx: tx.games())
        asked.append({one.ref.id for one in games[0].asked})
        await ada.touches("Stop the game")
        await playing.forward(1)
    assert len(asked[0] | asked[1] | asked[2]) == 9
    assert asked[3:] == asked[:3]
    await playing.stage.store.close()
