from __future__ import annotations

from pathlib import Path

from tests.killing.migrate import ANSWERS, PEOPLE, file_lives, server_lives
from tests.stores import Server


def test_a_migration_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """Killed anywhere on its way, a file opens, is migrated to the end and has all it had."""
    lives = file_lives(tmp_path)
    lives.kill(5)
    lives.kill_at(2, 20)
    assert lives.faults == []
    assert lives.before["log"][0] == PEOPLE * ANSWERS == 10_000


def test_a_migration_in_parts_is_found_out(tmp_path: Path) -> None:
    """The same with each statement committed by itself leaves torn files: it can fail."""
    lives = file_lives(tmp_path, "torn")
    lives.kill_at(3)
    assert any("newer schema" in fault for fault in lives.faults)


def test_a_migration_on_postgresql_loses_nothing_either(server: Server) -> None:
    """The same on PostgreSQL, where a killed client's transaction ends by itself."""
    lives = server_lives(server)
    lives.kill(2)
    lives.kill_at(20)
    assert lives.faults == []
