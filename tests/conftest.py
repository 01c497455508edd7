"""What holds for all tests: the stores, and what CI does not let pass in silence."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.stores import clock, file_store, guarded, server, server_url, store, url

__all__ = ["clock", "file_store", "guarded", "server", "server_url", "store", "url"]

RUNTIMES = ("node", "git", "java")  # of the questions' proofs
POSTGRES_EXPECTED = 600  # tests that run on a real PostgreSQL server when everything is run
MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes; all tests at once need a tenth of them
_counted = {"postgres": 0}
_skipped: list[str] = []


# Every commit waits for its disk, and most of a test is commits. No test cuts a disk's power:
# where memory has room their files lie there, and those of the processes they start.
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_report_header() -> str:
    """Say which runtimes are missing; proofs that want them are not run here."""
    missing = [name for name in RUNTIMES if shutil.which(name) is None]
    return f"not run for want of: {', '.join(missing)}" if missing else "every runtime is here"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what wants a runtime that this machine lacks; the header says which."""
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        wanted = [name for mark in item.iter_markers("runtimes") for name in mark.args]
        lacking = any(shutil.which(name) is None for name in wanted)
        (left if lacking else kept).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count what ran on PostgreSQL, and note skips that CI may not have."""
    on_server = "postgres" in report.nodeid.partition("[")[2] or "postgres" in report.keywords
    if report.when == "call" and report.passed and on_server:
        _counted["postgres"] += 1
    if report.skipped and "shared" not in str(report.longrepr):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skip is a failure, and so are fewer PostgreSQL tests than there should be."""
    worker = hasattr(session.config, "workerinput")
    if worker or not os.environ.get("CI") or session.config.option.keyword or session.exitstatus:
        return
    whole = not session.config.option.file_or_dir
    if _skipped or (whole and _counted["postgres"] < POSTGRES_EXPECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on PostgreSQL, and which skips CI refuses."""
    terminalreporter.write_line(f"PostgreSQL tests: {_counted['postgres']}")
    if os.environ.get("CI"):
        for nodeid in _skipped:
            terminalreporter.write_line(f"skipped, which CI refuses: {nodeid}")
