"""One interaction's way back to Discord, over the token that it brought."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

import discord
from discord.http import HTTPClient, Route
from discord.webhook.async_ import async_context

from adapters.discord.arrivals import Arrival
from adapters.discord.calls import patiently
from adapters.discord.render import EPHEMERAL, Json, Payload
from adapters.discord.sending import parameters, send_under
from adapters.discord.steps import How, Step

ANSWER, ANNOUNCE, SETTLE, UPDATE, SUGGEST, MODAL = 4, 5, 6, 7, 8, 9
FIRST: Mapping[How, int] = {"answer": ANSWER, "settle": SETTLE, "update": UPDATE}
CALLBACK: Final = "/interactions/{webhook_id}/{webhook_token}/callback"
WEBHOOK: Final = "/webhooks/{webhook_id}/{webhook_token}"
PATIENCE_SECONDS: Final = 5.0  # for a thread's rate limit
REFUSED: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


class Exchange:
    """Answers one interaction; raises what discord.py raises."""

    def __init__(self, http: HTTPClient, arrival: Arrival) -> None:
        self.arrival = arrival
        self._http = http
        self._announcing: asyncio.Task[None] | None = None
        self._answered = False

    def announce(self) -> None:
        """Begin to tell Discord that the answer will come late."""
        self._announcing = asyncio.ensure_future(self._announce())

    async def announced(self) -> bool:
        """Whether a first response has been given; waits for one that is on its way."""
        if self._announcing is not None:
            await self._announcing
        return self._answered

    async def suggest(self, choices: Json) -> None:
        """Answer with completions."""
        await self._first(SUGGEST, Payload(choices))

    async def ask(self, modal: Json) -> None:
        """Answer with a modal, which has to be the first response."""
        await self._first(MODAL, Payload(modal))

    async def take(self, step: Step) -> None:
        """Do one step."""
        match step.how:
            case "answer" | "settle" | "update":
                await self._first(FIRST[step.how], step.payload)
            case "original":
                await self._webhook("PATCH", f"{WEBHOOK}/messages/@original", step.payload)
            case "follow":
                await self._webhook("POST", WEBHOOK, step.payload)
            case "thread":
                await self._in_thread(step.payload)

    async def _announce(self) -> None:
        if self.arrival.pressed:
            await self._first(SETTLE, Payload({}))
        else:
            flags = 0 if self.arrival.direct else EPHEMERAL
            await self._first(ANNOUNCE, Payload({"flags": flags}))

    async def _in_thread(self, payload: Payload) -> None:
        place, pressed = self.arrival.place, self.arrival.pressed
        try:
            await patiently(
                lambda: send_under(self._http, place, pressed, payload), PATIENCE_SECONDS
            )
        except discord.HTTPException as error:
            if error.status not in REFUSED:
                raise
            await self._webhook("POST", WEBHOOK, payload)  # no thread to be had: in the channel
        except discord.RateLimited:
            await self._webhook("POST", WEBHOOK, payload)

    async def _first(self, kind: int, payload: Payload) -> None:
        body: Json = {"type": kind} | ({"data": payload.body} if payload.body else {})
        route = Route(
            "POST", CALLBACK, webhook_id=self.arrival.id, webhook_token=self.arrival.token
        )
        await self._send(route, Payload(body, payload.files))
        self._answered = True

    async def _webhook(self, method: str, path: str, payload: Payload) -> None:
        route = Route(
            method, path, webhook_id=self.arrival.application, webhook_token=self.arrival.token
        )
        await self._send(route, payload)

    async def _send(self, route: Route, payload: Payload) -> None:
        # Not through HTTPClient: these endpoints stand outside the bot's global rate limit.
        with parameters(payload) as sent:
            await async_context.get().request(
                route,
                session=getattr(self._http, "_HTTPClient__session"),  # noqa: B009 - as discord.py's own Interaction takes it
                payload=sent.payload,
                multipart=sent.multipart,
                files=sent.files,
                proxy=self._http.proxy,
                proxy_auth=self._http.proxy_auth,
            )
