"""The zygote's life: started late, started again, and never a burden to the bot."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from time import perf_counter

import pytest

from jail import Jail, Matches
from tests.jail import boots

ROOT = Path(__file__).parents[2]
SOUND = Matches((True,))
HOPELESS = "(a+)+b", ("a" * 40,)


@pytest.fixture
async def jail() -> AsyncIterator[Jail]:
    """A jail as the bot has it."""
    jail = Jail()
    yield jail
    await jail.close()


async def sound(jail: Jail) -> Matches:
    """An easy run."""
    return await jail.regex("a", ("a",), person="p", community="c")


def process(jail: Jail) -> int:
    """The zygote's process id."""
    assert jail._zygote
    return jail._zygote._process.pid


async def test_nothing_is_started_before_the_first_run(jail: Jail) -> None:
    """A jail that nobody uses has no process; the first run starts one, which stays."""
    assert jail._zygote is None
    assert jail.kind == ""
    assert await sound(jail) == SOUND
    first = process(jail)
    assert await sound(jail) == SOUND
    assert process(jail) == first


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_zygote_that_is_gone_or_hangs_is_replaced(jail: Jail, number: int) -> None:
    """Who ran meanwhile is told of a crash within 4 s, and the next run has a new zygote."""
    assert await sound(jail) == SOUND
    first = process(jail)
    start = perf_counter()
    running = asyncio.ensure_future(jail.regex(*HOPELESS, person="p", community="c"))
    await asyncio.wait([running], timeout=0.1)
    os.kill(first, number)
    assert (await running).stopped == "crash"
    assert perf_counter() - start < 4
    assert gone(first)
    assert await sound(jail) == SOUND
    assert process(jail) != first


async def test_closing_ends_everything(jail: Jail) -> None:
    """After `close` neither the zygote nor what it ran is there, and who waited is told."""
    assert await sound(jail) == SOUND
    running = asyncio.ensure_future(jail.regex(*HOPELESS, person="p", community="c"))
    await asyncio.wait([running], timeout=0.1)
    assert children(process(jail))
    group = process(jail)
    await jail.close()
    assert (await running).stopped == "crash"
    assert gone(group)


@pytest.mark.parametrize("boot", [boots.BROKEN, "no python"])
async def test_a_jail_that_cannot_start_says_so(boot: str) -> None:
    """Where no zygote comes up every run ends as a crash, and the bot goes on."""
    jail = Jail(boot)
    assert (await sound(jail)).stopped == "crash"
    (outcome,) = await jail.sql("select 1", ("",), person="p", community="c")
    assert (outcome.table, outcome.stopped) == (None, "crash")
    await jail.close()


@pytest.mark.parametrize(
    ("code", "stopped"),
    [
        ("os.write(3, b'nonsense') and os._exit(0)", "crash"),
        ("os.write(3, b'{\"columns\": [1], \"rows\": 3}' + bytes([10])) and os._exit(0)", "crash"),
        ("os.write(3, b'[' * 60000 + bytes([10])) and os._exit(0)", "crash"),
        ("[os.write(3, b'x' * 60000) for _ in range(99)]", "size"),
        ("os._exit(0)", "crash"),
        ("ctypes.string_at(0)", "crash"),
        ("os.close(3) or time.sleep(60)", "crash"),
        ("[signal.signal(n, signal.SIG_IGN) for n in (2, 15, 24)] and sum(iter(int, 1))",
         "time"),
    ],
)  # fmt: skip
async def test_a_child_that_goes_mad_hurts_nobody(code: str, stopped: str) -> None:
    """Whatever a child writes, and however it ends, the bot gets an outcome."""
    jail = Jail(boots.BARE)
    quoted = code.replace("'", "''")
    start = perf_counter()
    (sane,) = await jail.sql("select python('1 + 1')", ("",), person="p", community="c")
    assert sane.table
    (outcome,) = await jail.sql(f"select python('{quoted}')", ("",), person="p", community="c")
    assert (outcome.table, outcome.stopped) == (None, stopped)
    assert perf_counter() - start < 6
    assert await sound(jail) == SOUND
    await jail.close()


async def test_truths_for_other_subjects_than_ours_are_a_crash() -> None:
    """A child that tells of fewer subjects than it was given is not believed."""
    jail = Jail(boots.LYING)
    assert await sound(jail) == SOUND
    found = await jail.regex("a", ("a", "b"), person="p", community="c")
    assert found == Matches((), stopped="crash")
    await jail.close()


async def test_outcomes_before_a_crash_are_kept() -> None:
    """Where a child ends in the middle of a line, the whole lines before it count."""
    jail = Jail(boots.BARE)
    code = ("1 + 1", "os.write(3, b''{'') and os._exit(1)", "1 + 1")
    scripts = tuple(f"create table t(a); insert into t values ('{one}')" for one in code)
    outcomes = await jail.sql("select python(a) from t", scripts, person="p", community="c")
    assert [one.table and one.table.rows for one in outcomes] == [(("2",),), None, None]
    assert [one.stopped for one in outcomes] == ["", "crash", "crash"]
    await jail.close()


async def test_who_stops_waiting_frees_no_slot_before_its_end() -> None:
    """A cancelled run keeps its slot until its child is dead, and then gives it back."""
    jail = Jail(slots=1)
    assert await sound(jail) == SOUND
    for _ in range(3):
        running = asyncio.ensure_future(jail.regex(*HOPELESS, person="p", community="c"))
        await asyncio.wait([running], timeout=0.1)
        running.cancel()
        assert len(children(process(jail))) == 1
    assert await sound(jail) == SOUND
    assert children(process(jail)) == []
    await jail.close()


def test_the_zygote_dies_with_the_bot() -> None:
    """If the bot is killed in the middle of a run nothing of its jail lives on."""
    code = (
        "import asyncio; from jail import Jail\n"
        "async def main():\n"
        "    jail = Jail()\n"
        "    await jail.regex('a', ('a',), person='p', community='c')\n"
        "    print(jail._zygote._process.pid, flush=True)\n"
        "    await jail.regex('(a+)+b', ('a' * 40,), person='p', community='c')\n"
        "asyncio.run(main())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as bot:
        assert bot.stdout
        zygote = int(bot.stdout.readline())
        bot.kill()
    assert gone(zygote)


def children(parent: int) -> list[int]:
    """The processes that a process has forked and not buried."""
    path = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(one) for one in path.read_text().split()]


def gone(session: int) -> bool:
    """Whether a session has nobody left, half a second from now at the latest."""
    end = perf_counter() + 0.5
    while alive(session) and perf_counter() < end:
        pass
    return not alive(session)


def alive(session: int) -> list[int]:
    """The processes of a session that are not dead."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            state, _, _, owner = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(owner) == session and state != "Z":
            found.append(int(entry.name))
    return found
