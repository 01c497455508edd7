"""Files that want to do harm are refused with a reason, in 5 seconds and 256 MB."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from questions.cache import HERE

SECONDS = 5
BYTES = 256 << 20
MANY = 100_000
# name of the file, its content, what is said of it
HOSTILE: dict[str, tuple[bytes, str]] = {
    "archive.csv": (b"PK\x03\x04" + bytes(1000), "a zip archive"),
    "squeezed.gift": (b"\x1f\x8b" + bytes(1000), "a gzip archive"),
    "alias.yaml": (b"- &a\n  id: x-y\n- *a\n", "an alias (*a)"),
    "laughs.yaml": (
        b'- &a0 ["x"]\n'
        + b"".join(f"- &a{n} [{f'*a{n - 1},' * 9}]\n".encode() for n in range(1, 10)),
        "an anchor (&a0)",
    ),
    "merge.yaml": (b"- id: x-y\n  <<: {level: junior}\n", "a merge key (<<)"),
    "tag.yaml": (b'- !!python/object/apply:os.system ["id"]\n', "a tag (tag:yaml.org"),
    "no.yaml": (b"- id: x-y\n  prompt: no\n", "'prompt' has no without quotes"),
    "time.yaml": (b"- id: x-y\n  code: 1:30\n", "'code' must be quoted"),
    "deep.yaml": (b"- " * MANY, "nested more than 12 deep"),
    "nul.csv": (b"id,prompt\nx,\0\n", "a NUL byte"),
    "nul.yaml": (b"- id: \0\n", "a NUL byte"),
    "latin.gift": ("::a::café {=b}".encode("latin-1"), "not UTF-8"),
    "cell.csv": (b'id,prompt\nx,"' + b"a" * 7_900_000 + b'"\n', "a cell of more than 131,072"),
    "cell10.csv": (b'id,prompt\nx,"' + b"a" * 10_000_000 + b'"\n', "more than 8,000,000 bytes"),
    "columns.csv": (b"answers.1," * MANY + b"\n", "more than 1,000 columns"),
    "wide.csv": (b"id,prompt\n" + b"a," * MANY + b"\n", "more than 1,000 columns"),
    "cells.anki": (b"#separator:tab\n" + b"a\tb\n" * 1_900_000, "more than 2,000 questions"),
    "quote.csv": (b'id,prompt\nx,"open\n' + b"y,z\n" * 9_000, "a quote is opened and never"),
    "braces.gift": (b"::a::" + b"{" * MANY, "a question of more than 20,000 characters"),
    "nested.gift": (b"a {" * 6000, "more than one pair of { }"),
    "unclosed.gift": (b"a {\n\n" * 1_500_000, "begin with { and end nowhere"),
    "answers.gift": ((b"q {" + b"=a#b" * 99 + b"}\n\n") * 1990, "more than 50,000 answers"),
    "slashes.gift": (b"\\" * 7_900_000, "a question of more than 20,000 characters"),
    "tags.anki": (b"#html:true\n" + b"<b" * 60_000 + b"\ta\n", "needs 'explain'"),
    "short.gift": (b"q {=a}\n\n" * 1_990, "more than 2,000 mistakes"),
    "many.gift": (b"q {}\n\n" * 2_001, "more than 2,000 questions"),
}


def limited() -> None:
    """What the child may use."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def imported(file: Path) -> subprocess.CompletedProcess[str]:
    """Import a file in a process of its own, within the limits."""
    to = file.parent / "out.yaml"
    return subprocess.run(
        [sys.executable, "-m", "questions", "import", str(file), "--to", str(to)],
        cwd=HERE.parent, capture_output=True, text=True, check=False, timeout=60,
        preexec_fn=limited,
    )  # fmt: skip


def refused(file: Path, said: str) -> None:
    """A reason and 1, no trace of Python, nothing written."""
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = imported(file)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    # what it computed: on a busy machine the clock of the wall measures the others
    took = ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime
    assert done.stderr == ""
    assert done.returncode == 1
    assert said in done.stdout
    assert "nothing was written" in done.stdout
    assert not (file.parent / "out.yaml").exists()
    assert took < SECONDS


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_refused(tmp_path: Path, name: str) -> None:
    """It ends by itself within the limits and says what is the matter."""
    content, said = HOSTILE[name]
    file = tmp_path / name
    file.write_bytes(content)
    refused(file, said)


@pytest.fixture
def huge(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "huge.csv"
    with file.open("wb") as out:
        out.truncate(100 << 20)
    yield file
    file.unlink()


def test_a_file_of_100_megabytes_is_not_read(huge: Path) -> None:
    """Its size is enough."""
    refused(huge, "more than 8,000,000 bytes")


def test_a_folder_and_a_device_are_no_files(tmp_path: Path) -> None:
    """What cannot be read to its end is not begun."""
    refused(Path("/dev/zero"), "there is no such file")
    refused(tmp_path, "there is no such file")


def test_the_limits_are_real() -> None:
    """A child that takes more than its memory ends: the measure would show a bomb."""
    code = "x = bytearray(300 << 20)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        preexec_fn=limited,
    )  # fmt: skip
    assert "MemoryError" in done.stderr
