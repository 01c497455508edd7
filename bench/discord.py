"""An answer on Discord, from the gateway's frame to the drawn card, against discord.py."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count as counted
from pathlib import Path
from typing import Any

import discord
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from adapters.discord.app import Settings, create
from adapters.discord.render import message
from bench.durable import file
from bench.measure import FLYING, ROUNDS, Row, alone, micros, ratio, rounds, run, show, together
from bench.presses import Crowd, Ready, written
from tests.adapters.discord import payloads
from tests.adapters.discord.rules import walk
from tests.adapters.discord.wire import BOT, EPOCH, Posted
from tests.drivers.discord import Memory
from tests.stage import Stage

ALONE, TOGETHER = 100, 8 * FLYING


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


async def main() -> None:
    """A frame in, graded, stored durably, the next card drawn into the callback."""
    with tempfile.TemporaryDirectory() as folder, file() as floor:
        stage = Stage(Path(folder) / "sparring.db", written())
        crowd = Crowd(stage, "discord:", f"discord:{payloads.GUILD}")
        wire = Unsent()
        async_context.set(wire)
        client, idle, numbers = create(stage.door, Settings(), Memory()), Nothing(), counted(1)
        await logged_in(client)
        await logged_in(idle)
        for name, way, count, limit in (
            ("64 in flight", together, TOGETHER, 1.7),
            ("alone", alone, ALONE, 1.4),
        ):
            every = list(frames(await crowd.prepare(count * (ROUNDS + 1)), numbers))
            ours, theirs, blocking = iter(every), iter(every), iter(every)

            async def answer(ours: Iterator[str] = ours) -> None:
                frame: Any = json.loads(next(ours))
                done = wire.done[frame["id"]] = asyncio.get_running_loop().create_future()
                client._connection.parse_interaction_create(frame)  # noqa: SLF001 - where the gateway hands over
                await done

            async def come(theirs: Iterator[str]) -> None:
                frame: Any = json.loads(next(theirs))
                done = idle.done[int(frame["id"])] = asyncio.get_running_loop().create_future()
                idle._connection.parse_interaction_create(frame)  # noqa: SLF001 - as above
                await done

            async def nothing(theirs: Iterator[str] = theirs) -> None:
                await come(theirs)
                await floor.threaded()

            async def strict(blocking: Iterator[str] = blocking) -> None:
                await come(blocking)
                await floor.blocking()

            before = crowd.recorded()
            arms = {"discord.py": way(nothing, count), "row on the loop": way(strict, count)}
            times = await rounds(arms | {"answer": way(answer, count)})
            goal = f"an answer on Discord against discord.py and one row, {name}"
            note = f"row on the loop {ratio(times, 'answer', 'row on the loop'):.2f}; "
            show(Row(goal, ratio(times, "answer", "discord.py"), limit, note=note + micros(times)))
            assert crowd.recorded() - before == count * (ROUNDS + 1)
        await stage.store.close()


if __name__ == "__main__":
    run(main)
