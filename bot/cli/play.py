"""`sparring play`: the terminal chat over an embedded database."""

from __future__ import annotations

import argparse
import asyncio
import gc
import io
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot import folders
from bot.cli.room import Room

if TYPE_CHECKING:
    from adapters.terminal.app import Chat, ReadLine
    from bot.door import Door

NO_DATABASE = 2
PICTURE = "progress.png"


def main(arguments: list[str]) -> int:
    """Play until the input ends; 2 where it cannot begin."""
    from storage.errors import Unusable  # noqa: PLC0415 - each command loads its own

    given = _parser().parse_args(arguments)
    piped = not sys.stdin.isatty()
    with tempfile.TemporaryDirectory() as scratch:
        fresh = piped and given.data is None
        data = Path(scratch) if fresh else (given.data or _data())
        try:
            data.mkdir(parents=True, exist_ok=True)
            asyncio.run(_play(data, piped=piped, alone=given.alone, picture=given.picture))
        except OSError as error:
            print(
                f"{data} cannot be used: {error.strerror}. Name another by --data.", file=sys.stderr
            )
            return NO_DATABASE
        except Unusable as mistake:
            print(mistake, file=sys.stderr)
            return NO_DATABASE
        except _Empty as mistake:
            print(mistake, file=sys.stderr)
            return NO_DATABASE
    return 0


class _Empty(Exception):
    """Question files that cannot be read."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sparring play", description="Play in the terminal.")
    parser.add_argument("--data", type=Path, help="folder of your answers (or SPARRING_DATA)")
    alone = "without the simulated people who answer dailies and play games with you"
    parser.add_argument("--alone", action="store_true", help=alone)
    where = "file for the picture of /progress (else progress.png beside your answers)"
    parser.add_argument("--picture", type=Path, help=where)
    return parser


def _data() -> Path:
    """As `bot.config` has it, without loading pydantic."""
    named = os.environ.get("SPARRING_DATA")
    return Path(named) if named else folders.data()


async def _play(data: Path, *, piped: bool, alone: bool, picture: Path | None) -> None:
    from bot.app import Runs, bank, door, new_id, now, walls  # noqa: PLC0415
    from questions.mistakes import BankErrors  # noqa: PLC0415
    from storage import open_store  # noqa: PLC0415

    try:
        questions = bank(folders.cache())
    except BankErrors as mistakes:
        raise _Empty(str(mistakes)) from None
    zone = _local_zone()
    store = open_store(f"sqlite:///{data / 'sparring.db'}", clock=now, ids=new_id, zone=zone)
    runs = Runs(walls)
    try:
        core = door(store, questions, runs=runs)
        room = Room(store, questions, core, piped=piped, alone=alone)
        chat = _chat(room, data, zone, picture)
        gc.freeze()
        gc.enable()
        await chat.begin()
        async with room.open(chat):
            await chat.listen()
    finally:
        await runs.close()
        await store.close()


def _chat(room: Room, data: Path, zone: str, picture: Path | None = None) -> Chat:
    from adapters.terminal.app import Chat  # noqa: PLC0415
    from bot.app import new_id, now  # noqa: PLC0415

    def save(name: str, content: bytes) -> str:
        path = (Path.cwd() if room.piped else data) / name
        path.write_bytes(content)
        return str(path)

    def draw(png: bytes) -> str:
        path = picture or (None if room.piped else data / PICTURE)
        if path is None or not png:
            return ""
        path.write_bytes(png)
        return str(path)

    read = _pipe() if room.piped else _keyboard(room.door, data)
    return Chat(
        room.door,
        room.console,
        read,
        now=now,
        new_id=new_id,
        save=save,
        draw=draw,
        piped=room.piped,
        zone=zone,
        settle=room.settle if room.piped else None,
    )


def _pipe() -> ReadLine:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # bytes that are no text are a wrong answer

    async def read(_prompt: str) -> str | None:
        line = await asyncio.to_thread(sys.stdin.readline)
        return line.rstrip("\n") if line else None

    return read


def _keyboard(core: Door, data: Path) -> ReadLine:
    held: list[ReadLine] = []

    async def read(prompt: str) -> str | None:
        if not held:  # loads after the first question stands
            from adapters.terminal.prompt import reader  # noqa: PLC0415

            held.append(reader(core, data / "history"))
        return await held[0](prompt)

    return read


def _local_zone(find: Callable[[], str] = lambda: str(Path("/etc/localtime").resolve())) -> str:
    """The machine's IANA zone, UTC where it has none."""
    from bot.days import zone_named  # noqa: PLC0415

    name = os.environ.get("TZ", "") or find().partition("zoneinfo/")[2]
    return zone_named(name) or "UTC"
