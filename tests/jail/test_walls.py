"""The walls alone, with the defences in SQL switched off; and kernels that lack a wall."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from jail import Jail
from tests.jail import attack, boots
from tests.jail.bare_attacks import CODE, LOOK, SCRIPTS
from tests.jail.sql_attacks import CANARY

Opened = Callable[[str], Jail]
NO_LANDLOCK, NO_SECCOMP = boots.without(landlock=True), boots.without(seccomp=True)
NEITHER = boots.without(landlock=True, seccomp=True)


@pytest.fixture
async def opened() -> AsyncIterator[Opened]:
    """Jails that are closed after the test."""
    jails: list[Jail] = []

    def open_jail(boot: str) -> Jail:
        jails.append(Jail(boot, slots=attack.FLYING))
        return jails[-1]

    yield open_jail
    for jail in jails:
        await jail.close()


async def evaluated(jail: Jail, code: str) -> str:
    """What Python code gives inside, or '' where it raises or the child ends."""
    quoted = code.replace("'", "''")
    (outcome,) = await jail.sql(f"select python('{quoted}')", ("",), person=code, community="c")
    return "" if outcome.table is None else f"gave {outcome.table.rows[0][0]}"


async def looted(jail: Jail, bait: attack.Files, script: str) -> str:
    """What a script found, or '' where it failed."""
    (outcome,) = await jail.sql(
        "select * from loot", (bait.filled(script),), person=script, community="c"
    )
    return "" if outcome.table is None else f"found {outcome.table.rows}"


@pytest.mark.parametrize(
    ("boot", "kind"),
    [
        (boots.BARE, "landlock+seccomp"),
        (boots.bare(NO_LANDLOCK), "seccomp"),
        (boots.bare(NO_SECCOMP), "landlock"),
    ],
    ids=["both", "seccomp alone", "landlock alone"],
)
async def test_the_walls_alone_keep_files_shut(opened: Opened, boot: str, kind: str) -> None:
    """With no defence in SQL no script reads or writes a file, by either wall alone."""
    jail = opened(boot)
    with attack.files() as bait:
        found = {script: await looted(jail, bait, script) for script in SCRIPTS}
        assert {script: said for script, said in found.items() if said} == {}
        assert not bait.touched()
    assert jail.kind == kind


async def test_python_itself_can_do_nothing_inside(opened: Opened) -> None:
    """Code that runs in the child opens, sends, starts, signals and maps nothing."""
    jail = opened(boots.BARE)
    with attack.files() as bait:
        did = {code: await evaluated(jail, bait.filled(code)) for code in CODE}
        assert {code: said for code, said in did.items() if said} == {}
        assert not bait.touched()
    assert await evaluated(jail, "1 + 1") == "gave 2"


async def test_without_walls_the_same_attacks_succeed(opened: Opened) -> None:
    """Where a kernel has neither wall, attacks without SQL's defences read the canary."""
    jail = opened(boots.bare(NEITHER))
    with attack.files() as bait:
        assert CANARY in await looted(jail, bait, SCRIPTS[0])
        assert CANARY in await evaluated(jail, bait.filled(CODE[0]))
    assert jail.kind == "rlimits"


async def test_nothing_of_the_bot_is_inherited(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child has no variable of the environment and no descriptor but null and its pipe."""
    monkeypatch.setenv("SPARRING_SECRET", CANARY)
    assert await evaluated(opened(boots.BARE), LOOK) == "gave |0,1,2,3"


@pytest.mark.parametrize(
    ("boot", "kind"),
    [(NO_LANDLOCK, "seccomp"), (NO_SECCOMP, "landlock"), (NEITHER, "rlimits")],
    ids=["no landlock", "no seccomp", "neither"],
)
async def test_an_older_kernel_is_said_and_held(opened: Opened, boot: str, kind: str) -> None:
    """Without a wall the jail says what it has left, and the defences in SQL hold."""
    jail = opened(boot)
    with attack.files() as bait:
        for attacks in ("file_read", "file_write", "hidden", "cpu_prepare", "crash"):
            tried = await attack.sql(jail, attacks, bait, attack.PATIENT)
            assert [(one.attack, one.broke) for one in tried if one.broke] == []
    assert jail.kind == kind
