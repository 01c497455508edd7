"""What operators meet: every mistake in a sentence, all at once, and nothing half-done."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.slack import payloads
from tests.adapters.slack.wire import listening

ROOT = Path(__file__).parents[1]
SPARRING = str(Path(sys.executable).with_name("sparring"))


def environment(home: Path, **settings: str) -> dict[str, str]:
    """An environment in which only these settings are set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPARRING_")}
    named = {f"SPARRING_{name.upper()}": value for name, value in settings.items()}
    return {**kept, "HOME": str(home), "SPARRING_DATA": str(home / "data"), **named}


def ran(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `sparring` in an empty folder."""
    return subprocess.run(
        [SPARRING, *arguments], cwd=home, env=environment(home, **settings), text=True,
        capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_all_bad_settings_are_named_at_once(tmp_path: Path) -> None:
    """Every mistake of .env has a line with its name; nothing starts, no file is made."""
    one = ran(
        tmp_path, "run", zone="Atlantis", slack_port="99999", discord_token="changeme",
        database="mysql://x", log_level="LOUD",
    )  # fmt: skip
    assert one.returncode == 2
    for name in ("ZONE", "SLACK_PORT", "DISCORD_TOKEN", "DATABASE", "LOG_LEVEL"):
        assert f"SPARRING_{name}: " in one.stderr
    assert "Traceback" not in one.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "No bot is configured"),
        ({"slack_bot_token": "xoxb-1"}, "SPARRING_SLACK_APP_TOKEN: Socket Mode needs it"),
        (
            {"slack_bot_token": "xoxb-1", "slack_mode": "http"},
            "SPARRING_SLACK_SIGNING_SECRET: HTTP mode needs it",
        ),
        ({"discord_token_file": "/nowhere/token"}, "cannot read /nowhere/token"),
    ],
)
def test_a_missing_token_says_where_to_get_it(
    settings: dict[str, str], said: str, tmp_path: Path
) -> None:
    """What is missing is named with what to do."""
    one = ran(tmp_path, "run", **settings)
    assert one.returncode == 2
    assert said in one.stderr


def test_a_file_of_settings_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A .env that is no text ends with a sentence, as every mistake in it does."""
    (tmp_path / ".env").write_bytes(b"\xff\xfeSPARRING_ZONE=UTC\n")
    one = ran(tmp_path, "run")
    assert (one.returncode, one.stderr) == (2, ".env: it is not UTF-8. Save it as UTF-8.\n")


def test_secret_files_are_named_in_the_file_of_settings_too(tmp_path: Path) -> None:
    """`_FILE` works in .env as in the environment, and is reported with the other mistakes."""
    token = tmp_path / "token"
    token.write_text("xoxb-1\n", "utf-8")
    env = tmp_path / ".env"
    env.write_text(f"SPARRING_SLACK_BOT_TOKEN=\nSPARRING_SLACK_BOT_TOKEN_FILE={token}\n", "utf-8")
    assert "SPARRING_SLACK_APP_TOKEN: Socket Mode" in ran(tmp_path, "run").stderr
    env.write_text(f"SPARRING_DISCORD_TOKEN_FILE={tmp_path}\nSPARRING_ZONE=Atlantis\n", "utf-8")
    said = ran(tmp_path, "run").stderr
    assert f"SPARRING_DISCORD_TOKEN_FILE: cannot read {tmp_path}: Is a directory" in said
    assert "SPARRING_ZONE: 'Atlantis' is no time zone" in said


def test_mistakes_in_the_file_of_settings_have_its_line(tmp_path: Path) -> None:
    """File and line stand before each; a name that is none is a mistake, the nearest is told."""
    (tmp_path / ".env").write_text(
        "SPARRING_ZONE=UTC\n\nSPARRING_DISCORD_TOKN=abc\nSPARRING_SLACK_MODE=web\nSPARRING_LOG_LEVEL\n"
        "'=\n", "utf-8",
    )  # fmt: skip
    one = ran(tmp_path, "run", slack_port="0")
    assert one.returncode == 2
    assert one.stderr.splitlines() == [
        ".env:3: SPARRING_DISCORD_TOKN: there is no such setting; is SPARRING_DISCORD_TOKEN meant?",
        ".env:6: this line cannot be read; a setting is NAME=value",
        ".env:4: SPARRING_SLACK_MODE: it should be 'socket' or 'http'",
        "SPARRING_SLACK_PORT: it should be greater than or equal to 1",
    ]


def test_a_secret_is_read_from_its_file(tmp_path: Path) -> None:
    """A setting with _FILE reads that file, as containers keep secrets."""
    (tmp_path / "token").write_text("xoxb-1\n", "utf-8")
    one = ran(tmp_path, "run", slack_bot_token_file=str(tmp_path / "token"))
    assert "SPARRING_SLACK_APP_TOKEN" in one.stderr


def test_a_database_that_is_none_is_named(tmp_path: Path) -> None:
    """A file that is no database is refused with a sentence, and is left as it is."""
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "sparring.db"
    file.write_text("not a database, " * 100, "utf-8")
    one = ran(tmp_path, "play", "--data", str(tmp_path / "data"))
    assert one.returncode == 2
    assert str(file) in one.stderr
    assert "Traceback" not in one.stderr
    assert file.read_text("utf-8").startswith("not a database")
    assert ran(tmp_path, "doctor").returncode == 1


@pytest.mark.parametrize("command", ["check", "prove", "tells", "export"])
def test_a_path_that_is_none_is_a_sentence(command: str, tmp_path: Path) -> None:
    """A slip in the name of an area ends with 2 and a sentence, not with a traceback."""
    one = ran(tmp_path, "questions", command, "htp-apis")
    said = "htp-apis: neither a file nor a folder nor an area of the bank\n"
    assert (one.returncode, one.stdout, one.stderr) == (2, "", said)


def test_an_export_without_a_place_is_a_sentence(tmp_path: Path) -> None:
    """A folder that is not there is said, and nothing is written."""
    one = ran(tmp_path, "questions", "export", "git", "--output", "none/git.jsonl")
    said = "none/git.jsonl cannot be written: No such file or directory.\n"
    assert (one.returncode, one.stdout, one.stderr) == (1, "", said)


@pytest.mark.parametrize("command", [("doctor",), ("db", "upgrade"), ("questions", "suspects")])
def test_a_library_that_is_missing_is_named(command: tuple[str, ...], tmp_path: Path) -> None:
    """Where PostgreSQL's library is not installed, each command says how it comes."""
    hidden = "import sys; sys.modules['psycopg'] = None; sys.path.insert(0, sys.argv.pop(1))"
    start = f"{hidden}; from bot.cli import main; raise SystemExit(main())"
    database = "postgresql+psycopg://you:secret@127.0.0.1:1/none"
    one = subprocess.run(
        [sys.executable, "-c", start, str(ROOT), *command], cwd=tmp_path, text=True,
        env=environment(tmp_path, database=database), capture_output=True, check=False, timeout=60,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert one.returncode in (1, 2)
    assert "PostgreSQL's library is not installed: make run installs it." in one.stdout + one.stderr
    assert "Traceback" not in one.stderr


def test_doctor_says_how_a_database_comes(tmp_path: Path) -> None:
    """Before the first start it is missing, and what makes it is said."""
    one = ran(tmp_path, "doctor")
    assert one.returncode == 1
    assert "sparring.db does not exist yet: sparring db upgrade makes it." in one.stdout


def test_the_list_of_commands_cuts_no_sentence(tmp_path: Path) -> None:
    """What `--help` says of each command fits into its line."""
    for group in ((), ("db",), ("questions",), ("appeals",), ("manifest",)):
        listed = ran(tmp_path, *group, "--help").stdout.partition("Commands:\n")[2]
        assert listed
        assert "..." not in listed


def test_doctor_says_what_is_well(tmp_path: Path) -> None:
    """After an upgrade, doctor finds nothing bad and names what it looked at."""
    assert "newest schema" in ran(tmp_path, "db", "upgrade").stdout
    one = ran(tmp_path, "doctor", "--check")
    assert one.returncode == 0, one.stdout
    for what in ("schema: at head", "integrity: ok", "questions: ", "jail: "):
        assert what in one.stdout


def test_an_unreadable_bank_names_every_mistake(tmp_path: Path) -> None:
    """With a broken question file nothing is played, and its file and line are said."""
    for name in ("bot", "questions", "adapters", "storage"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "questions" / "bank" / "git" / "rebase-and-merge.yaml"
    file = file if file.exists() else next((tmp_path / "questions" / "bank" / "git").iterdir())
    file.write_text(file.read_text("utf-8").replace('level: "', "level: no # ", 1), "utf-8")
    one = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; raise SystemExit(main())", "play"],
        cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip
    assert one.returncode == 2
    assert f"{file.name}:" in one.stderr
    assert "Traceback" not in one.stderr


def test_a_manifest_is_printed(tmp_path: Path) -> None:
    """The manifest has /quiz alone, with --all every command, with --prefix other names."""
    assert ran(tmp_path, "manifest", "slack").stdout.count('"command": "/') == 1
    every = ran(tmp_path, "manifest", "slack", "--all", "--prefix", "prep-").stdout
    assert '"command": "/prep-leaderboard"' in every


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    """A port that somebody else listens on ends the start with a sentence."""
    async with listening() as wire:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            one = await asyncio.to_thread(
                ran, tmp_path, "run", slack_bot_token="xoxb-canary", slack_mode="http",
                slack_signing_secret=payloads.SECRET, slack_port=port,
                slack_api_base=f"{wire.url}/api/",
            )  # fmt: skip
    assert one.returncode == 2
    assert "SPARRING_SLACK_PORT" in one.stderr


async def test_the_whole_bot_runs_and_stops(tmp_path: Path) -> None:
    """`sparring run` answers a signed request over HTTP and ends with 0 on SIGTERM."""
    port = free_port()
    async with listening() as wire:
        settings = environment(
            tmp_path, slack_bot_token="xoxb-canary", slack_mode="http", slack_port=str(port),
            slack_signing_secret=payloads.SECRET, slack_api_base=f"{wire.url}/api/",
        )  # fmt: skip
        bot = await asyncio.create_subprocess_exec(
            SPARRING, "run", cwd=tmp_path, env=settings, stderr=asyncio.subprocess.PIPE
        )
        try:
            status = await knocked(port, wire.trigger("UADA"), wire.answer_url("UADA", "C1"))
            bot.send_signal(signal.SIGTERM)
            _, said = await asyncio.wait_for(bot.communicate(), 20)
        finally:
            if bot.returncode is None:
                bot.kill()
    assert status == 200
    assert bot.returncode == 0, said.decode()
    assert b"xoxb-canary" not in said
    posted = [one for one in wire.shown.values() if "of 5" in str(one.body)]
    assert posted


async def knocked(port: int, trigger: str, url: str) -> int:
    """Send `/quiz` as Slack does, as soon as somebody listens; gives the status."""
    import time  # noqa: PLC0415 - Slack signs with the time of day

    import aiohttp  # noqa: PLC0415

    body = payloads.command("UADA", "C1", "quiz", "", trigger_id=trigger, response_url=url)
    raw, kind = payloads.encoded(body)
    headers = payloads.signed(raw, int(time.time())) | {"Content-Type": kind}
    async with aiohttp.ClientSession() as session:
        for _ in range(400):
            try:
                address = f"http://127.0.0.1:{port}/slack/events"
                async with session.post(address, data=raw, headers=headers) as answer:
                    return answer.status
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.05)
    raise AssertionError("nobody listens")
