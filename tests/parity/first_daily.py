"""
From install to the first daily, timed: `python -m tests.parity.first_daily [slack] [discord]`.

It does what README says in a fresh copy of the repository in a temporary folder, with stand-ins for
the platforms on local ports: `make run` to install, `.env`, `make run` again, the command as the
platform delivers it, the press on "Post the first now". A person's own clicks on the platforms'
pages are not in it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack.manifest import PATH
from tests.adapters.discord import payloads as discord_payloads
from tests.adapters.discord import wire as discord
from tests.adapters.discord.test_gateway import Gateway
from tests.adapters.slack import payloads as slack_payloads
from tests.adapters.slack import wire as slack
from tests.drivers.discord import DiscordDriver, screen
from tests.drivers.slack import Answer, Clock, SlackDriver

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds until something has to have happened
INSTALLING = 900.0
GRACE = 15.0
ADMIN, FIRST = "Boss", "Post the first now"
Lines = dict[str, str]


class Watch:
    """Says how long each step took."""

    def __init__(self) -> None:
        self.total = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        took = time.monotonic() - began
        self.total += took
        print(f"{took:8.1f} s  {name}", flush=True)


class RealClock(Clock):
    """Slack's clock while the bot is a process of its own."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


class Settled:
    """Stands in for the app, which is another process: waits until something new is seen."""

    def __init__(self, wire: slack.Wire) -> None:
        self._wire, self._known = wire, 0

    async def settle(self) -> None:
        await until(lambda: len(self._wire.happened) > self._known)
        self._known = len(self._wire.happened)


class Signed(SlackDriver):
    """People in Slack, whose requests go to a port, signed."""

    url = ""

    async def deliver(self, body: slack.Json, *, at: int | None = None) -> Answer:
        raw, kind = slack_payloads.encoded(body)
        moment = at if at is not None else int(self.clock().timestamp())
        headers = slack_payloads.signed(raw, moment) | {"Content-Type": kind}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=raw, headers=headers) as said,
        ):
            return Answer(said.status, await said.text())


class Dispatched(DiscordDriver):
    """People on Discord, whose interactions go through a gateway."""

    gateway: Gateway

    async def deliver(self, *several: discord.Json) -> None:
        for payload in several:
            await self.gateway.say("INTERACTION_CREATE", payload)
            await until(lambda: bool(self.wire.talks[payload["token"]].shown))  # noqa: B023 - awaited at once


async def until(holds: Callable[[], bool]) -> None:
    """Wait for the other process; fails after a minute."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(0.02)


def copied(folder: Path) -> Path:
    """What a clone of the repository would hold, as it stands now."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    for name in filter(None, names):
        source, target = ROOT / os.fsdecode(name), folder / os.fsdecode(name)
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return folder


def clean() -> Lines:
    """The environment of somebody who has set nothing, and for whom nothing was fetched before."""
    left = ("SPARRING_", "VIRTUAL_ENV", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left)}
    return kept | {"PIP_NO_CACHE_DIR": "1"}


def made(folder: Path, *command: str) -> str:
    """Run a command to its end; gives what it said."""
    done = subprocess.run(
        command, cwd=folder, env=clean(), capture_output=True, text=True, check=False,
        timeout=INSTALLING,
    )  # fmt: skip
    return done.stdout + done.stderr


def filled_in(folder: Path, lines: Lines) -> None:
    """`cp .env.example .env`, and fill in."""
    text = (folder / ".env.example").read_text(encoding="utf-8").splitlines()
    names = tuple(f"{name}=" for name in lines)
    kept = [line for line in text if not line.startswith(names)]
    written = [*kept, *(f"{name}={value}" for name, value in lines.items())]
    (folder / ".env").write_text("\n".join(written) + "\n", encoding="utf-8")


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[None]:
    """`make run`, ended by a signal to it and what it started."""
    log = (folder / "run.log").open("wb")
    process = await asyncio.create_subprocess_exec(
        "make", "run", cwd=folder, env=clean(), stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield
    except BaseException:
        print((folder / "run.log").read_text(encoding="utf-8", errors="replace")[-3000:])
        raise
    finally:
        log.close()
        os.killpg(process.pid, signal.SIGTERM)
        await asyncio.wait_for(process.wait(), GRACE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def listens(port: int) -> None:
    """Wait until somebody listens there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return


async def on_slack(folder: Path, watch: Watch) -> None:
    """From .env to the first daily in a Slack channel."""
    port = free_port()
    async with slack.listening() as wire:
        wire.people["UBOSS"] = {"is_admin": True, "profile": {"display_name": ADMIN}}
        with watch.step("slack: manifest, .env"):
            assert "chat:write" in made(folder, ".venv/bin/sparring", "manifest", "slack")
            filled_in(
                folder,
                {
                    "SPARRING_DATA": str(folder / "data-slack"),
                    "SPARRING_SLACK_BOT_TOKEN": "xoxb-canary",
                    "SPARRING_SLACK_MODE": "http",
                    "SPARRING_SLACK_SIGNING_SECRET": slack_payloads.SECRET,
                    "SPARRING_SLACK_PORT": str(port),
                    "SPARRING_SLACK_API_BASE": f"{wire.url}/api/",
                },
            )
        async with running(folder):
            with watch.step("slack: make run, until it listens"):
                await listens(port)
            wire.now = RealClock()
            people = Signed(cast("Any", Settled(wire)), cast("Any", None), wire, RealClock())
            people.url = f"http://127.0.0.1:{port}{PATH}"
            with watch.step("slack: /quiz challenge, until the proposal"):
                seen = await people.command(ADMIN, "/challenge")
                assert FIRST in seen.buttons, seen
            with watch.step("slack: [Post the first now], until it stands in the channel"):
                await people.press(ADMIN, FIRST)
                await until(lambda: bool(wire.calls("chat.postMessage")))
            [daily] = wire.calls("chat.postMessage")
            print(f"            {daily['text'].splitlines()[0]}")


async def on_discord(folder: Path, watch: Watch) -> None:
    """From .env to the first daily in a Discord channel."""
    gateway = Gateway()
    app = web.Application()
    app.router.add_get("/", gateway.handle)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(TestServer(app))
        gateway.url = str(server.make_url("/")).replace("http", "ws", 1)
        wire = await stack.enter_async_context(discord.listening())
        wire.places["300"] = {"id": "300", "type": 0, "guild_id": discord_payloads.GUILD}
        wire.roles = [{"id": discord_payloads.GUILD, "permissions": "309237746688"}]  # of README
        wire.member = {"roles": []}
        with watch.step("discord: .env"):
            filled_in(
                folder,
                {
                    "SPARRING_DATA": str(folder / "data-discord"),
                    "SPARRING_DISCORD_TOKEN": "canary",
                    "SPARRING_DISCORD_API_BASE": wire.url,
                    "SPARRING_DISCORD_GATEWAY": gateway.url,
                },
            )
        await stack.enter_async_context(running(folder))
        with watch.step("discord: make run, until it is on the gateway"):
            await asyncio.wait_for(gateway.ready.wait(), PATIENCE)
        people = Dispatched(cast("Any", None), wire)
        people.gateway, people.admins = gateway, {ADMIN}
        with watch.step("discord: /sparring challenge, until the proposal"):
            seen = await people.command(ADMIN, "/challenge")
            assert FIRST in seen.buttons, seen
        with watch.step("discord: [Post the first now], until it stands in the channel"):
            await people.press(ADMIN, FIRST)
            await until(lambda: bool(wire.bodies("/channels/300/messages")))
        [daily] = [one for one in wire.posted.values() if not one.only]
        print(f"            {screen(daily).title}")


async def main(names: list[str]) -> None:
    """Print the seconds of each step, and from install to the first daily on each platform."""
    with tempfile.TemporaryDirectory(prefix="first-daily-") as scratch:
        watch = Watch()
        with watch.step("a copy of the repository"):
            folder = copied(Path(scratch) / "sparring")
        with watch.step("make run, which installs and says which tokens are missing"):
            said = made(folder, "make", "run")
        assert "SPARRING_SLACK_BOT_TOKEN" in said, said
        installed = watch.total
        for name, first_daily in (("slack", on_slack), ("discord", on_discord)):
            if name in names or not names:
                watch.total = installed
                await first_daily(folder, watch)
                print(f"{watch.total:8.1f} s  from install to the first daily on {name}")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
