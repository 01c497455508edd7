from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from bot.store.rows import Answer
from tests.drivers.terminal import TerminalDriver
from tests.parity.conversation import Driver, Talk, converse
from tests.stage import Stage
from tests.stores import Server

Step = tuple[str, tuple[str, ...]]
Graded = tuple[str, str, float, int]
Opened = tuple[Driver, Callable[[], Awaitable[None]], str]


@asynccontextmanager
async def terminal(stage: Stage) -> AsyncIterator[Opened]:
    driver = TerminalDriver(stage)
    yield driver, driver.restart, "terminal:you"


@asynccontextmanager
async def discord(stage: Stage) -> AsyncIterator[Opened]:
    from tests.drivers.discord import driving  # noqa: PLC0415 - loads the SDK

    async with driving(stage.door) as driver:

        async def restart() -> None:
            await stage.restart()
            driver.client._door = stage.door

        yield driver, restart, f"discord:{driver._user('ada')['id']}"


@asynccontextmanager
async def slack(stage: Stage) -> AsyncIterator[Opened]:
    from tests.drivers.slack import driving  # noqa: PLC0415 - loads the SDK

    async with driving(stage.door) as driver:

        async def restart() -> None:
            await stage.restart()
            driver.app._door = stage.door

        yield driver, restart, "slack:T1/UADA"


FACES = {"terminal": terminal, "discord": discord, "slack": slack}


async def observed(face: str, url: str) -> tuple[list[Step], list[Graded]]:
    """What the person saw step by step, and what the log holds."""
    stage = Stage(url)
    async with FACES[face](stage) as (driver, restart, external):
        talk = Talk(driver, restart)
        await converse(talk)
        origin = msgspec.structs.replace(stage.person().origin(), person=external)
        rows = await stage.store.look(origin, lambda tx: tx.log())
    await stage.store.close()
    log: list[Graded] = []
    for row in rows:
        answer = msgspec.json.decode(row.data, type=Answer)
        assert row.ref is not None
        log.append((row.ref.id, answer.verdict.mark, answer.verdict.credit, row.points))
    return list(talk.seen), log


@pytest.fixture(params=["sqlite", "postgres"])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    if request.param == "sqlite":
        return lambda name: str(tmp_path / f"{name}.db")
    server: Server = request.getfixturevalue("server")
    return lambda _name: server.database()


async def test_all_faces_say_the_same(urls: Callable[[str], str]) -> None:
    """One conversation has the same verdicts and scores in the terminal, Discord and Slack."""
    terminal_saw, terminal_log = await observed("terminal", urls("terminal"))
    assert [mark for _, mark, _, _ in terminal_log] == [
        "right",
        "wrong",
        "right",
        "wrong",
        "right",
        "wrong",
        "right",
        "wrong",
    ]
    for face in ("discord", "slack"):
        saw, log = await observed(face, urls(face))
        assert log == terminal_log, face
        assert saw == terminal_saw, face
