"""Socket Mode against a local websocket server: envelopes, refreshes and a deaf session."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack.socket import Socket
from tests.adapters.slack.conversing import Kept
from tests.adapters.slack.wire import START, Json, Refusal
from tests.drivers.slack import SlackDriver, until


class Sockets:
    """Slack's end: hello, envelopes out, acknowledgements in. While `deaf` it says nothing."""

    def __init__(self) -> None:
        self.open: list[web.WebSocketResponse] = []
        self.acknowledged: list[Json] = []
        self.connections = 0
        self.deaf = False

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.connections += 1
        self.open.append(socket)
        await socket.send_json({"type": "hello", "num_connections": 1})
        async for message in socket:
            if message.type == aiohttp.WSMsgType.PING and not self.deaf:
                await socket.pong(message.data)
            elif message.type == aiohttp.WSMsgType.TEXT:
                self.acknowledged.append(json.loads(message.data))
        return socket

    async def send(self, kind: str, payload: Json, envelope: str) -> None:
        await self.open[-1].send_json(
            {"type": kind, "envelope_id": envelope, "payload": payload,
             "accepts_response_payload": True}
        )  # fmt: skip

    def answers(self, envelope: str) -> list[Json]:
        return [one for one in self.acknowledged if one["envelope_id"] == envelope]


@asynccontextmanager
async def connected(
    slack: SlackDriver, *, clock: Callable[[], float] | None = None, deaf_seconds: float = 60
) -> AsyncIterator[tuple[Sockets, Socket]]:
    """A Socket that runs against a server of ours."""
    sockets = Sockets()
    app = web.Application()
    app.router.add_get("/link", sockets.handle)
    async with TestServer(app) as server:
        slack.wire.sockets = str(server.make_url("/link")).replace("http", "ws", 1)
        socket = Socket(
            slack.app, "xapp-canary", clock=clock or asyncio.get_running_loop().time,
            deaf_seconds=deaf_seconds, ping_seconds=0.01,
        )  # fmt: skip
        running = asyncio.create_task(socket.run())
        await until(lambda: bool(sockets.open))
        yield sockets, socket
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        for one in sockets.open:
            await one.close()


async def test_an_envelope_is_answered_after_the_work(slack: SlackDriver, store: Kept) -> None:
    """
    A command comes in by the socket, is committed, and then acknowledged; its time is ours.
    """
    async with connected(slack) as (sockets, _):
        store.hold = asyncio.Event()
        await sockets.send("slash_commands", slack.called("Ann", ""), "e1")
        await until(lambda: bool(slack.app._answering))
        assert sockets.acknowledged == []
        store.hold.set()
        await until(lambda: bool(sockets.acknowledged))
        await slack.app.settle()

    assert sockets.acknowledged == [{"envelope_id": "e1"}]
    assert [(one.ours, one.at) for one in store.ran] == [(True, START)]
    assert len(slack.wire.calls("chat.postMessage")) == 1


async def test_a_form_is_answered_in_its_acknowledgement(slack: SlackDriver) -> None:
    """
    response_action travels in the payload of the acknowledgement.
    """
    slack.direct = True
    await slack.command("Ann", "/quiz")
    await slack.press("Ann", "Type")
    async with connected(slack) as (sockets, _):
        await sockets.send("interactive", slack.filled("Ann", {"answer": ""}), "e1")
        await until(lambda: bool(sockets.acknowledged))

    (answer,) = sockets.acknowledged
    assert answer["payload"]["response_action"] == "errors"


async def test_the_same_envelope_twice_counts_once(slack: SlackDriver, store: Kept) -> None:
    """
    A duplicate is acknowledged and does nothing; a retried event of another envelope neither.
    """
    body = slack.called("Ann", "")
    async with connected(slack) as (sockets, _):
        for envelope in ("e1", "e1", "e2"):
            await sockets.send("slash_commands", body, envelope)
        await until(lambda: len(sockets.acknowledged) == 3)
        await slack.app.settle()

    assert len(store.ran) == 1
    assert len(slack.wire.calls("chat.postMessage")) == 1


async def test_a_refresh_moves_to_a_new_connection(slack: SlackDriver, store: Kept) -> None:
    """
    `disconnect` with refresh_requested asks for a new address; events go on there.
    """
    async with connected(slack) as (sockets, _):
        refresh = {"type": "disconnect", "reason": "refresh_requested"}
        await sockets.open[-1].send_json(refresh)
        await until(lambda: sockets.connections == 2)
        await sockets.send("slash_commands", slack.called("Ann", ""), "e1")
        await until(lambda: bool(sockets.acknowledged))
        await slack.app.settle()

    assert len(store.ran) == 1
    assert len(slack.wire.calls("apps.connections.open")) == 2


async def test_a_deaf_session_is_rebuilt(slack: SlackDriver, store: Kept) -> None:
    """
    After a minute without a frame or a pong the whole handler is made anew and hears again.
    """
    moment = [0.0]
    async with connected(slack, clock=lambda: moment[0]) as (sockets, socket):
        await until(lambda: socket.seconds_since_last_frame == 0)
        sockets.deaf = True
        before = sockets.connections

        def rebuilt() -> bool:
            # a pong that was on its way still counts as heard: a minute passes after it as well
            if socket.rebuilt == 0 and socket.seconds_since_last_frame == 0:
                moment[0] += 61.0
            return socket.rebuilt == 1 and sockets.connections > before

        assert socket.rebuilt == 0
        await until(rebuilt)
        sockets.deaf = False
        await sockets.send("slash_commands", slack.called("Ann", ""), "e1")
        await until(lambda: bool(sockets.answers("e1")))
        await slack.app.settle()

    assert len(store.ran) == 1


async def test_pongs_keep_a_quiet_session(slack: SlackDriver) -> None:
    """
    A night without events is no deafness: pongs count as heard.
    """
    moment = [0.0]
    async with connected(slack, clock=lambda: moment[0]) as (_, socket):
        for minute in range(1, 4):
            moment[0] = minute * 50.0
            await until(lambda: socket.seconds_since_last_frame == 0)

    assert socket.rebuilt == 0


async def test_an_address_that_is_refused_is_asked_for_again(slack: SlackDriver) -> None:
    """
    A Slack that is down at the start is tried again.
    """
    slack.wire.refuse["apps.connections.open"] = [Refusal("internal_error"), Refusal(drop=True)]
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)
        await asyncio.sleep(0)

    socket = Socket(slack.app, "xapp-1", clock=lambda: 0.0, pause=pause)
    running = asyncio.create_task(socket.run())
    await until(lambda: len(slack.wire.calls("apps.connections.open")) >= 3)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running

    assert paused[:2] == [5.0, 5.0]


async def test_a_malformed_envelope_breaks_nothing(slack: SlackDriver, store: Kept) -> None:
    """
    What cannot be read is not acknowledged, and the next one is.
    """
    bad: list[Any] = [{}, {"type": "block_actions"}, {"type": 5}, {"command": None}]
    async with connected(slack) as (sockets, _):
        for number, payload in enumerate(bad):
            await sockets.send("interactive", payload, f"bad{number}")
        await sockets.send("slash_commands", slack.called("Ann", ""), "good")
        await until(lambda: bool(sockets.acknowledged))
        await slack.app.settle()

    assert [one["envelope_id"] for one in sockets.acknowledged] == ["good"]
    assert len(store.ran) == 1
