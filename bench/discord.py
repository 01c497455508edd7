"""An answer on Discord, from the gateway's frame to the drawn card, against discord.py."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count as counted
from pathlib import Path
from typing import Any

import discord
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from adapters.discord.app import Settings, create
from adapters.discord.render import message
from bench.durable import file
from bench.measure import run
from bench.presses import Against, Crowd, Ready, compare, written
from tests.adapters.discord import payloads
from tests.adapters.discord.rules import walk
from tests.adapters.discord.wire import BOT, EPOCH, Posted
from tests.drivers.discord import Memory
from tests.stage import Stage

Future = asyncio.Future[None]


class Unsent(AsyncWebhookAdapter):
    """Everything but the network: what was drawn is noted, not sent."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.done: dict[str, asyncio.Future[None]] = {}

    async def request(self, route: Any, *_: Any, payload: Any = None, **__: Any) -> None:
        """Take a first response that changes the pressed message."""
        assert payload["type"] == 7, payload
        self.done.pop(str(route.webhook_id)).set_result(None)


class Nothing(discord.Client):
    """A client of discord.py whose only listener ends as soon as it begins."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.none(), max_messages=None)
        self.done: dict[int, asyncio.Future[None]] = {}

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Say that it has come."""
        self.done.pop(interaction.id).set_result(None)


def frames(ready: list[Ready], numbers: Iterator[int]) -> Iterator[str]:
    """The presses as the gateway sends them: the whole message stands in each."""
    for one in ready:
        number = next(numbers)
        now = int((datetime.now(UTC) - EPOCH).total_seconds() * 1000)
        posted = Posted("900", payloads.PLACE, message(one.card, private=True).body, only="1")
        [part] = [
            each for each in walk(posted.body["components"]) if one.token == each.get("custom_id")
        ]
        data, more = payloads.press(part["custom_id"], posted)
        person = payloads.user(one.person, one.person)
        where = payloads.in_server(person)
        ident = {"id": str((now << 22) + number), "token": f"t{number}"}
        yield json.dumps(payloads.interaction(payloads.PRESS, data, **where, **more, **ident))


async def logged_in(client: discord.Client) -> None:
    """What login does, without a request."""
    await client._async_setup_hook()  # noqa: SLF001 - the part of login that needs no network
    client.http._HTTPClient__session = object()  # type: ignore[attr-defined]  # noqa: SLF001 - never used
    state = client._connection  # noqa: SLF001 - as above
    state.user = discord.ClientUser(state=state, data=BOT)  # type: ignore[arg-type]


async def handed_over(
    client: discord.Client, done: dict[Any, Future], key: Any, frame: Any
) -> None:
    """Hand a frame over as the gateway does, and wait until it was heard or answered."""
    ended = done[key] = asyncio.get_running_loop().create_future()
    client._connection.parse_interaction_create(frame)  # noqa: SLF001 - where the gateway hands over
    await ended


async def main() -> None:
    """A frame in, graded, stored durably, the next card drawn into the callback."""
    with tempfile.TemporaryDirectory() as folder, file() as floor:
        stage = Stage(Path(folder) / "sparring.db", written())
        crowd = Crowd(stage, "discord:", f"discord:{payloads.GUILD}")
        wire = Unsent()
        async_context.set(wire)
        client, nothing = create(stage.door, Settings(), Memory()), Nothing()
        await logged_in(client)
        await logged_in(nothing)

        async def answer(raw: str) -> None:
            frame = json.loads(raw)
            await handed_over(client, wire.done, frame["id"], frame)

        async def idle(raw: str) -> None:
            frame = json.loads(raw)
            await handed_over(nothing, nothing.done, int(frame["id"]), frame)

        against = Against("Discord", "discord.py", (1.7, 1.4), floor)
        sent = partial(frames, numbers=counted(1))
        await compare(crowd, against, sent, idle=idle, answer=answer)
        await stage.store.close()


if __name__ == "__main__":
    run(main)
