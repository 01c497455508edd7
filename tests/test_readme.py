"""What README promises of the terminal is run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SPARRING = Path(sys.executable).with_name("sparring")


def played(script: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Play a transcript from a pipe, with a home of its own."""
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": "", "SPARRING_DATA": ""}
    return subprocess.run(
        [str(SPARRING), "play", *arguments], input=script, env=environment, cwd=home,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_transcript_of_the_readme_ends_in_a_score(tmp_path: Path) -> None:
    """The piped five answers of README end in a score, and stdout is the conversation alone."""
    readme = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"printf '([^']+)' \| make -s play", readme)
    assert found
    ran = played(found[1].encode().decode("unicode_escape"), tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert re.search(r"^\d of 5\.$", ran.stdout, re.MULTILINE)
    assert ran.stdout.count("Checked: ") == 5


def test_every_make_that_the_docs_name_is_there() -> None:
    """Nobody is sent to a command of the Makefile that it has not."""
    pages = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / ".env.example")
    text = "\n".join(page.read_text("utf-8") for page in pages)
    named = set(re.findall(r"(?:`|^)make (?:-s )?([a-z]+)\b", text, re.MULTILINE))
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"play", "dev"} <= named <= known


def test_an_empty_pipe_ends_at_once(tmp_path: Path) -> None:
    """With nothing to read, play says nothing and ends with 0."""
    ran = played("", tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_an_open_quiz_is_kept_at_the_end_of_input(tmp_path: Path) -> None:
    """The score so far is printed, and with --data the next pipe goes on from there."""
    data = str(tmp_path / "data")
    ran = played("/quiz databases\nidk\n", tmp_path, "--data", data)
    assert "So far 0 of 1." in ran.stdout
    again = played("/quiz\n", tmp_path, "--data", data)
    assert "Here is your open quiz again" in again.stdout
    assert "2 of 5" in again.stdout


def test_a_pipe_begins_fresh_without_data(tmp_path: Path) -> None:
    """Two pipes without --data know nothing of each other."""
    for _ in range(2):
        assert "1 of 5" in played("/quiz databases\n", tmp_path).stdout


def test_wrong_input_gets_a_sentence(tmp_path: Path) -> None:
    """An unknown area, command, option and answer each say what to do, and nothing breaks."""
    script = "hello\n/dance\n/quiz pizza\n/quiz sql 99\n/quiz databases\nzzz\n/leaderboard never\n"
    ran = played(script, tmp_path)
    for said in (
        "Type /quiz to begin",
        "I do not know dance",
        "I have nothing on pizza",
        "I take 1 to 20",
        "Type one of A to",
        "I do not keep a board for never",
    ):
        assert said in ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr


def test_a_daily_in_a_pipe_is_played_alone(tmp_path: Path) -> None:
    """The first daily is posted, answered and on the board; nobody else is there."""
    script = "/challenge\nPost the first now\nidk\nLock in\n/daily\n/leaderboard\n"
    ran = played(script, tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "# here\nDaily · " in ran.stdout
    assert ran.stdout.count("The answer: ") == 2  # at once, and again by /daily
    assert "You: rank 1 of 1 with 3 points." in ran.stdout
    assert "simulated" not in ran.stdout


def test_a_game_in_a_pipe_takes_an_answer(tmp_path: Path) -> None:
    """The first question stands before the next line is read."""
    ran = played("/quiz together databases type:single 3\na\n/exit\n", tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "1 of 3 · " in ran.stdout
    assert "A is in, " in ran.stdout


@pytest.mark.parametrize("word", ["/exit", "/quit", "/bye", "quit"])
def test_there_are_words_to_leave_by(word: str, tmp_path: Path) -> None:
    """What one would try ends it, and says that the quiz is kept."""
    ran = played(f"/quiz databases\n{word}\n/help\n", tmp_path)
    assert "/quiz goes on from here." in ran.stdout
    assert "What I can do" not in ran.stdout


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A picture or an export without a place is named in a sentence, and the talk goes on."""
    (tmp_path / "sparring-export.json").mkdir()
    answers = "/quiz type:single 20\n" + "A\n" * 20
    script = f"/privacy export\n{answers}/progress\n/help\n"
    ran = played(script, tmp_path, "--picture", str(tmp_path / "none" / "at.png"))
    assert (ran.returncode, ran.stderr) == (0, "")
    said = "".join(ran.stdout.split())  # a long path is broken into lines
    assert said.count("Icannotwrite/") == 2
    assert "sparring-export.json:Isadirectory." in said
    assert "at.png:Nosuchfileordirectory." in said
    assert "WhatIcando" in said


def test_playing_alone_is_an_option(tmp_path: Path) -> None:
    """`--alone` is known and explained."""
    ran = played("/quiz databases\n", tmp_path, "--alone")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Without the simulated people" in " ".join(played("", tmp_path, "--help").stdout.split())


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """A data folder that is a file ends with 2 and a sentence."""
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    ran = played("/quiz\n", tmp_path, "--data", str(file))
    assert ran.returncode == 2
    assert "Name another by --data" in ran.stderr


def test_a_second_player_is_told_who_holds_the_file(tmp_path: Path) -> None:
    """While one process writes the database a second one says so and ends with 2."""
    data = tmp_path / "data"
    first = subprocess.Popen(
        [str(SPARRING), "play", "--data", str(data)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert first.stdin
    assert first.stdout
    first.stdin.write("/quiz databases\n")
    first.stdin.flush()
    while "1 of 5" not in first.stdout.readline():
        pass
    ran = played("/quiz\n", tmp_path, "--data", str(data))
    first.communicate(timeout=20)
    assert ran.returncode == 2
    assert str(first.pid) in ran.stderr
