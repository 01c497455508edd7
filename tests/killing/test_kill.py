from __future__ import annotations

from pathlib import Path

from tests.killing.kill import IN_FLIGHT, killed


def test_an_acknowledged_answer_survives_kill_9(tmp_path: Path) -> None:
    """Every acknowledged answer stands exactly once, every other once or never, caches hold."""
    history, wrong = killed(f"sqlite:///{tmp_path}/kill.db", kills=10)
    assert wrong == []
    assert len(history.acked) >= 200
    assert min(history.in_flight) >= IN_FLIGHT


def test_acknowledging_before_the_commit_is_found_out(tmp_path: Path) -> None:
    """The same run with the acknowledgement before the commit loses answers: it can fail."""
    _, wrong = killed(f"sqlite:///{tmp_path}/early.db", kills=2, order="early")
    assert any(one.startswith("lost: ") for one in wrong)


def test_nothing_is_lost_on_postgresql_either(server_url: str) -> None:
    """The same on PostgreSQL, where a killed client's transaction ends by itself."""
    history, wrong = killed(server_url, kills=2)
    assert wrong == []
    assert len(history.acked) >= 40
