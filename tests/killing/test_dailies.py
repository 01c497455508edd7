from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.killing.dailies import Plan, ran
from tests.stores import Server


def test_dailies_come_once_though_the_process_is_killed(tmp_path: Path) -> None:
    """On SQLite each daily stands once in each channel however often its process dies."""
    plan = Plan(challenges=3, channels=6, days=1, workers=1, kills=6, server_kills=0)
    run = ran(f"sqlite:///{tmp_path}/dailies.db", plan, tmp_path)
    assert run.faults == []
    assert run.kills >= plan.kills
    assert run.in_the_act >= 1


def test_dailies_come_once_though_workers_and_server_are_killed(
    server: Server, tmp_path: Path
) -> None:
    """The same with four processes on a PostgreSQL that is killed itself."""
    own = Server(Path(f"{server.server.pgdata}-killed"), safe=True)
    try:
        plan = Plan(challenges=2, channels=6, days=1, kills=6, server_kills=1)
        run = ran(own.empty(), plan, tmp_path, own.kill)
    finally:
        own.server.cleanup()
    assert run.faults == []
    assert (run.kills >= plan.kills, run.server_kills) == (True, 1)


def test_a_platform_that_forgets_shows_a_double(tmp_path: Path) -> None:
    """Where nonces are forgotten at once, a kill between post and answer is seen twice."""
    plan = Plan(
        challenges=3, channels=6, days=1, workers=1, kills=6, server_kills=0,
        remembered=timedelta(0),
    )  # fmt: skip
    run = ran(f"sqlite:///{tmp_path}/dailies.db", plan, tmp_path)
    assert any(one.startswith("twice: ") for one in run.faults) == (run.in_the_act > 0)
    assert run.in_the_act > 0
