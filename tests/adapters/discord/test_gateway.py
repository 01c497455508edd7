"""The client on a gateway of our own: real frames, and what happens when it leaves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from tests.adapters.discord import payloads
from tests.adapters.discord.drill import Rows, door
from tests.adapters.discord.wire import APPLICATION, BOT, Json
from tests.drivers.discord import driving

DISPATCH, HEARTBEAT, IDENTIFY, HELLO, ACK = 0, 1, 2, 10, 11


@dataclass
class Gateway:
    """Discord's gateway for one client; `say` dispatches an event to it."""

    url: str = ""
    identified: list[Json] = field(default_factory=list)
    connections: int = 0
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: web.WebSocketResponse | None = None
    _count: int = 0

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        self.connections += 1
        self._socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 45_000}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            frame = json.loads(message.data)
            if frame["op"] == HEARTBEAT:
                await socket.send_json({"op": ACK})
            if frame["op"] == IDENTIFY:
                self.identified.append(frame["d"])
                await self.say(
                    "READY",
                    {
                        "v": 10,
                        "user": BOT,
                        "session_id": "s",
                        "resume_gateway_url": self.url,
                        "application": {"id": APPLICATION, "flags": 0},
                        "guilds": [],
                        "shard": [0, 1],
                    },
                )
                self.ready.set()
        return socket

    async def say(self, event: str, data: Any) -> None:
        assert self._socket
        self._count += 1
        await self._socket.send_json({"op": DISPATCH, "t": event, "s": self._count, "d": data})


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    opened = Gateway()
    app = web.Application()
    app.router.add_get("/", opened.handle)
    async with TestServer(app) as server:
        opened.url = str(server.make_url("/")).replace("http", "ws", 1)
        yield opened


async def test_an_unreadable_event_does_not_end_the_connection(gateway: Gateway) -> None:
    """
    The client comes to the address it was given, asks for direct messages alone, and an event that
    nobody can read is followed by one that is answered, on the same connection.
    """
    async with driving(door(), gateway=gateway.url) as driver:
        connected = asyncio.create_task(driver.client.connect())
        await asyncio.wait_for(gateway.ready.wait(), 5)
        quiz = {"id": "7", "name": "quiz", "type": 1}
        broken = driver.payload("ann", payloads.COMMAND, quiz)
        whole = driver.payload("ann", payloads.COMMAND, quiz)
        await gateway.say("INTERACTION_CREATE", broken | {"member": {"user": None}})
        await gateway.say("MESSAGE_CREATE", {"id": None})
        await gateway.say("INTERACTION_CREATE", whole)
        while not driver.wire.talks[whole["token"]].answered:
            await asyncio.wait({connected}, timeout=0.01)
            assert not connected.done()
        await driver.client.close()
        await connected

    assert gateway.connections == 1
    assert [one["intents"] for one in gateway.identified] == [1 << 12]


async def test_what_is_being_answered_is_finished() -> None:
    """
    A client that closes first answers what has reached it.
    """
    rows = Rows()
    async with driving(door(rows=rows)) as driver:
        rows.gate.clear()
        payload = driver.payload("ann", payloads.COMMAND, {"id": "7", "name": "quiz", "type": 1})
        driver.client._connection.parse_interaction_create(payload)  # type: ignore[arg-type]
        closing = asyncio.create_task(driver.client.close())
        asyncio.get_running_loop().call_soon(rows.gate.set)
        await closing

        assert driver.wire.talks[payload["token"]].answered == 4
