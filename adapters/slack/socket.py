"""Socket Mode: Slack over a websocket, rebuilt when it has gone deaf."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import App
from adapters.slack.calls import FAULTS, fault

DEAF_SECONDS: Final = 60.0  # without a frame or a pong: the session is rebuilt
PING_SECONDS: Final = 10.0
AGAIN_SECONDS: Final = 5.0  # between attempts to connect
log = logging.getLogger("sparring.slack")


class Socket:
    """One connection after another until `run` is cancelled."""

    def __init__(
        self,
        app: App,
        app_token: str,
        *,
        clock: Callable[[], float],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        deaf_seconds: float = DEAF_SECONDS,
        ping_seconds: float = PING_SECONDS,
    ) -> None:
        self._app = app
        self._token = app_token
        self._clock = clock
        self._pause = pause
        self._deaf = deaf_seconds
        self._ping = ping_seconds
        self._heard = clock()
        self.rebuilt = 0

    @property
    def seconds_since_last_frame(self) -> float:
        """How long nothing has been heard, neither a frame nor a pong."""
        return self._clock() - self._heard

    async def run(self) -> None:
        """Stay connected."""
        while True:
            self._heard = self._clock()
            handler = _Handler(self._app, self._token, self._ping, self._hear)
            try:
                await self._connect(handler)
                await self._watch(handler)
            except FAULTS as error:
                log.warning("Socket Mode is out of reach: %s", fault(error).code)
                await self._pause(AGAIN_SECONDS)
            finally:
                with suppress(*FAULTS):
                    await handler.client.close()  # type: ignore[no-untyped-call]
            self.rebuilt += 1

    def _hear(self) -> None:
        self._heard = self._clock()

    async def _connect(self, handler: _Handler) -> None:
        """Connect once: what slack_sdk would try for ever ends with the watchdog's time."""
        client = handler.client
        client.wss_uri = await client.issue_new_wss_url()
        connecting: Any = client.connect()  # type: ignore[no-untyped-call]
        await asyncio.wait_for(connecting, self._deaf)
        self._hear()

    async def _watch(self, handler: _Handler) -> None:
        """Return when the session is deaf. slack_sdk pings, reconnects and refreshes by itself."""
        known: float | None = None
        while self.seconds_since_last_frame < self._deaf:
            await self._pause(self._ping)
            pong = handler.client.last_ping_pong_time
            if pong != known and known is not None and pong is not None:
                self._hear()
            known = pong
        log.warning("Socket Mode was deaf for %.0f s; it is rebuilt", self.seconds_since_last_frame)


class _Handler(AsyncSocketModeHandler):
    """bolt's handler, with our reading of bodies before bolt's."""

    def __init__(
        self, app: App, app_token: str, ping_seconds: float, hear: Callable[[], None]
    ) -> None:
        client: AsyncWebClient = app.calls.client
        super().__init__(
            app.bolt, app_token, logger=log, web_client=client, ping_interval=ping_seconds
        )
        self._ours = app
        self._hear = hear
        self.client.on_message_listeners.append(self._frame)

    async def _frame(self, message: aiohttp.WSMessage) -> None:
        del message
        self._hear()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # bolt's own does the same
        body: Any = req.payload
        answer = await self._ours.dispatch(body)
        await send_async_response(client, req, answer, 0.0)
