"""Requests to Slack: each made once, with patience for its rate limits and an eye on addresses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from msgspec import Struct
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.slack.render import Json
from bot.chat.cards import Card

API_BASE: Final = "https://slack.com/api/"
SECONDS: Final = 10.0  # for one request
PATIENCE: Final = 30.0  # the longest Retry-After that an answer to a person waits for
BLOCKED_SECONDS: Final = 30.0  # where a 429 does not say how long
HOOKS: Final = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})  # of a response_url
PICTURE_TRIES: Final = 3  # an uploaded picture cannot be shown until Slack has looked at it
PICTURE_SECONDS: Final = 1.0
FAULTS: Final = (SlackApiError, aiohttp.ClientError, OSError, TimeoutError)


class Fault(Struct, frozen=True):
    """Why a request failed: Slack's word for it, and after how many seconds to come back."""

    code: str
    after: float = 0.0


@asynccontextmanager
async def connected(token: str, api_base: str = "") -> AsyncIterator[AsyncWebClient]:
    """Give a client with one session; it repeats no request by itself, or it would post twice."""
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        base = api_base or API_BASE
        yield AsyncWebClient(token=token, base_url=base, session=session, retry_handlers=[])


class Calls:
    """Asks Slack; raises what slack_sdk and aiohttp raise (FAULTS)."""

    def __init__(
        self, client: AsyncWebClient, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        if client.session is None:
            raise ValueError("the client has no session of its own: use calls.connected")
        self.client = client
        self._session = client.session
        self._pause = pause
        self._host = URL(client.base_url).origin()

    async def patient(self, method: Callable[..., Awaitable[Any]], **given: Any) -> Any:
        """Ask, and once more after a short rate limit: a person waits for it, no outbox does."""
        try:
            return await method(**given)
        except SlackApiError as error:
            wait = fault(error)
            if not 0 < wait.after <= PATIENCE:
                raise
        await self._pause(wait.after)
        return await method(**given)

    async def shown(
        self, method: Callable[..., Awaitable[Any]], payload: Callable[[str], Json], card: Card
    ) -> Any:
        """Ask with a card that may have a picture; `payload` draws it for an uploaded file's id."""
        file = await self.picture(card)
        for _ in range(PICTURE_TRIES if file else 0):
            try:
                return await self.patient(method, **payload(file))
            except SlackApiError as error:
                if fault(error).code not in ("invalid_blocks", "invalid_arguments"):
                    raise
            await self._pause(PICTURE_SECONDS)
        return await self.patient(method, **payload(""))

    async def picture(self, card: Card) -> str:
        """Upload a card's picture; its id, or '' where there is none or Slack does not take it."""
        if card.picture is None:
            return ""
        try:
            return await self.upload("picture.png", card.picture.png, alt=card.picture.alt)
        except FAULTS:
            return ""

    async def upload(self, name: str, data: bytes, *, alt: str = "", channel: str = "") -> str:
        """Upload a file, into a channel if one is given, and give its id."""
        more = {"alt_txt": alt[:1000]} if alt else {}
        place = await self.patient(
            self.client.files_getUploadURLExternal, filename=name, length=len(data), **more
        )
        async with self._session.post(place["upload_url"], data=data) as answer:
            answer.raise_for_status()
        where = {"channel_id": channel} if channel else {}
        file: str = place["file_id"]
        await self.patient(
            self.client.files_completeUploadExternal, files=[{"id": file, "title": name}], **where
        )
        return file

    async def respond(self, url: str, payload: Json) -> bool:
        """Post to a response_url; whether Slack took it. Other addresses are not asked."""
        if not self._ours(url):
            return False
        for again in (True, False):
            async with self._session.post(url, json=payload, allow_redirects=False) as answer:
                wait = _seconds(answer.headers.get("Retry-After"))
                if answer.status != HTTPStatus.TOO_MANY_REQUESTS or not again or wait > PATIENCE:
                    return answer.status == HTTPStatus.OK
            await self._pause(wait)
        return False

    def _ours(self, url: str) -> bool:
        try:
            address = URL(url)
            if address.scheme == "https" and address.host in HOOKS and address.user is None:
                return address.explicit_port is None
            return bool(address.host) and address.origin() == self._host
        except ValueError:
            return False


def fault(error: BaseException) -> Fault:
    """Say why a request failed."""
    if not isinstance(error, SlackApiError):
        return Fault("unreachable")
    answer: Any = error.response
    status = getattr(answer, "status_code", None) or getattr(answer, "status", 0)
    said = getattr(answer, "data", None)
    code = str(said.get("error", "")) if isinstance(said, dict) else ""
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in ("ratelimited", "rate_limited"):
        headers = {
            str(k).casefold(): v for k, v in (getattr(answer, "headers", None) or {}).items()
        }
        return Fault("ratelimited", _seconds(headers.get("retry-after")))
    return Fault(code or f"http_{status}")


def _seconds(header: Any) -> float:
    try:
        return max(0.1, float(header))
    except (TypeError, ValueError):
        return BLOCKED_SECONDS
