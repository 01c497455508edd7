"""The house rules that no linter knows."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import Settings
from bot.features.table import features

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "questions", "adapters", "storage", "jail")
OURS = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
FORBIDDEN_WORDS = r"(Manager|Helper|Util|Base|Impl)\b"


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", OURS, ids=named)
def test_nothing_is_long(path: Path) -> None:
    """A file or function that outgrows its budget is split."""
    assert len(path.read_text("utf-8").splitlines()) < LONGEST_FILE
    long = [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_every_test_says_what_must_be_true(path: Path) -> None:
    """A test's docstring is one sentence that says what must be true."""
    silent = [
        f.name for f in functions(path) if f.name.startswith("test") and not ast.get_docstring(f)
    ]
    assert silent == []


@pytest.mark.parametrize("path", OURS, ids=named)
def test_names_are_nouns_of_the_field(path: Path) -> None:
    """No class is called Manager, Helper, Util, Base or Impl."""
    tree = ast.parse(path.read_text("utf-8"))
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [name for name in classes if re.search(FORBIDDEN_WORDS, name)] == []


def test_env_example_explains_every_setting() -> None:
    """`.env.example` names exactly the settings that exist, each below a comment."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    named_there = [line.split("=")[0] for line in lines if line.startswith("SPARRING_")]
    assert sorted(named_there) == sorted(
        f"SPARRING_{name.upper()}" for name in Settings.model_fields
    )
    assert all(
        any(line.startswith("#") for line in lines[max(0, at - 3) : at])
        for at, line in enumerate(lines)
        if line.startswith("SPARRING_")
    )


def test_readme_lists_the_commands_that_work() -> None:
    """README's table of commands is the table of commands."""
    readme = (ROOT / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `/(\w+)", readme, re.MULTILINE)
    assert rows == [spec.name for feature in features() for spec in feature.commands]


def committed() -> list[str]:
    """The files of the repository; without git, those of the folders that belong to it."""
    if shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return listed.stdout.splitlines()
    folders = (*PACKAGES, "bench", "docs", "requirements", "tests", "tools")
    paths = [path for name in folders for path in (ROOT / name).rglob("*") if path.is_file()]
    return [named(path) for path in paths if "__pycache__" not in path.parts]


def test_no_file_names_a_registry_or_a_machine() -> None:
    """No committed file names a package registry's host or a path of a machine."""
    hosts = "|".join(
        ("pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.", "deb" + r"\.debian\.org")
    )
    machine = "/" + "work/|/" + r"root/\."
    found = []
    for name in committed():
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".bin", ".gz", ".zst"}:
            continue
        text = path.read_text("utf-8", errors="ignore")
        if re.search(f"{hosts}|{machine}", text):
            found.append(name)
    assert found == []


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("bot.door", ("sqlalchemy", "discord", "slack_bolt", "pydantic")),
        ("bot.features.table", ("sqlalchemy", "fsrs", "yaml", "questions.templates")),
        ("storage", ("sqlmodel", "alembic", "psycopg")),
        ("adapters.terminal.app", ("prompt_toolkit", "sqlalchemy")),
    ],
)
def test_imports_stay_lazy(module: str, absent: tuple[str, ...]) -> None:
    """A module that serves a press loads no platform, migration or chart library."""
    code = f"import sys, {module}; print([m for m in {absent!r} if m in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_requirements_are_pinned_with_hashes() -> None:
    """Every requirement is an exact version with a hash."""
    for path in (ROOT / "requirements").glob("*.txt"):
        pins = [
            line
            for line in path.read_text("utf-8").splitlines()
            if line and not line.startswith((" ", "#"))
        ]
        assert pins
        assert all(re.match(r"[\w.\[\]-]+==[\w.]+", pin) and pin.endswith("\\") for pin in pins)
