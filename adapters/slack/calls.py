"""Requests to Slack: each made once, with patience for its rate limits and an eye on addresses."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from msgspec import Struct
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.slack import limits
from adapters.slack.pace import Closed, Pace
from adapters.slack.recent import Recent
from adapters.slack.render import Json
from bot.chat.cards import Card, Picture

API_BASE: Final = "https://slack.com/api/"
SECONDS: Final = 10.0  # for one request
PATIENCE: Final = 30.0  # the longest Retry-After that an answer to a person waits for
BLOCKED_SECONDS: Final = 60.0  # where a 429 does not say how long: its windows are minutes
LONGEST_SECONDS: Final = 86_400.0  # of a Retry-After that is believed
HOOKS: Final = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})  # of a response_url
PICTURE_TRIES: Final = 3  # an uploaded picture cannot be shown until Slack has looked at it
PICTURE_SECONDS: Final = 1.0
UPLOADED: Final = 1000  # pictures that need not be uploaded again
FAULTS: Final = (SlackApiError, aiohttp.ClientError, OSError, TimeoutError)
log = logging.getLogger("sparring.slack")
Method = Callable[..., Awaitable[Any]]  # of the client: its name tells what a 429 closes


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
        self,
        client: AsyncWebClient,
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        if client.session is None:
            raise ValueError("the client has no session of its own: use calls.connected")
        self.client = client
        self.pace = Pace(now)
        self._session = client.session
        self._pause = pause
        self._host = URL(client.base_url).origin()
        self._uploaded: Recent[str] = Recent(UPLOADED)

    async def ask(self, method: Method, **given: Any) -> Any:
        """Ask once, unless a 429 closed the method: then raises Closed."""
        if rest := self.pace.rest(method.__name__):
            raise Closed(rest)
        return await self._asked(method, given)

    async def once(self, method: Method, **given: Any) -> Any:
        """The same after others of this method: an outbox has time, and learns from their 429."""
        async with self.pace.in_line(method.__name__):
            return await self.ask(method, **given)

    async def patient(self, method: Method, **given: Any) -> Any:
        """Ask, and once more after a short rate limit: a person waits for it, no outbox does."""
        try:
            return await self.ask(method, **given)
        except FAULTS as error:
            wait = fault(error)
            if not 0 < wait.after <= PATIENCE:
                raise
        await self._pause(wait.after)
        return await self._asked(method, given)

    async def _asked(self, method: Method, given: Json) -> Any:
        try:
            return await method(**given)
        except SlackApiError as error:
            if after := fault(error).after:
                self.pace.close(method.__name__, after)
            raise

    async def shown(
        self,
        method: Method,
        payload: Callable[[str], Json],
        card: Card,
        *,
        patient: bool = True,
    ) -> Any:
        """Ask with a card that may have a picture; `payload` draws it for an uploaded file's id."""
        ask = self.patient if patient else self.once
        file = await self.picture(card, ask)
        for _ in range(PICTURE_TRIES if file else 0):
            try:
                return await ask(method, **payload(file))
            except SlackApiError as error:
                if fault(error).code not in ("invalid_blocks", "invalid_arguments"):
                    raise
            await self._pause(PICTURE_SECONDS)
        if card.picture is not None:
            self._uploaded.drop(_digest(card.picture))  # somebody may have deleted it
        return await ask(method, **payload(""))

    async def picture(self, card: Card, ask: Method) -> str:
        """Upload a card's picture; its id, or '' where there is none or Slack does not take it."""
        picture = card.picture
        if picture is None or not picture.png:
            return ""
        name = _digest(picture)
        if known := self._uploaded.get(name):  # the Home shows it at every look
            return known
        try:
            file = await self.upload("picture.png", picture.png, alt=picture.alt, ask=ask)
        except FAULTS as error:
            log.warning("a picture is told in words alone: %s", fault(error).code)
            return ""
        self._uploaded.put(name, file)
        return file

    async def upload(
        self,
        name: str,
        data: bytes,
        *,
        alt: str = "",
        channel: str = "",
        ask: Method | None = None,
    ) -> str:
        """Upload a file, into a channel if one is given, and give its id."""
        ask = ask or self.patient
        more = {"alt_txt": alt[: limits.ALT]} if alt else {}
        place = await ask(
            self.client.files_getUploadURLExternal, filename=name, length=len(data), **more
        )
        async with self._session.post(place["upload_url"], data=data) as answer:
            answer.raise_for_status()
        where = {"channel_id": channel} if channel else {}
        file: str = place["file_id"]
        await ask(
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
    if isinstance(error, Closed):
        return Fault("ratelimited", error.seconds)
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


def _digest(picture: Picture) -> str:
    return hashlib.sha256(picture.png).hexdigest()


def _seconds(header: Any) -> float:
    try:
        return max(0.1, min(float(header), LONGEST_SECONDS))
    except (TypeError, ValueError):
        return BLOCKED_SECONDS
