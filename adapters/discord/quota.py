"""Rate limits as Discord last stated them: what may be asked when. Nothing here waits."""

from __future__ import annotations

import json
import math
import re
from collections import deque
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any, Final

import aiohttp
import discord

A_SECOND: Final = 45  # requests; Discord takes 50 from one bot (topics/rate-limits)
BANNED_SECONDS: Final = 600.0  # after Cloudflare's answer to too many invalid requests
UNSAID_SECONDS: Final = 5.0  # where a refusal does not say how long
CODED_SECONDS: Final = 60.0  # the same for one with a code, as 30046: a limit that is not a route's
LEAST_SECONDS, MOST_SECONDS = 0.1, 86_400.0
KEPT: Final = 1000  # closed routes; past it those that are open again are forgotten
_MAJOR = re.compile(r"/(channels|guilds|users|applications)/[^/?]+")
_NUMBER = re.compile(r"/\d+")


class Limited(discord.RateLimited):
    """Discord wants to be asked again after `retry_after` seconds; `everywhere`: by anything."""

    def __init__(self, retry_after: float, *, everywhere: bool = False) -> None:
        super().__init__(retry_after)
        self.everywhere = everywhere


class Quota:
    """Keeps until when each route of each channel is closed, and how much this second has left.

    `clock` gives seconds, and never goes back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._everywhere = -math.inf
        self._asked: deque[float] = deque(maxlen=A_SECOND)

    def check(self, method: str, url: str) -> None:
        """Raise Limited where a request would come too early."""
        now = self._clock()
        if self._everywhere > now:
            raise Limited(max(LEAST_SECONDS, self._everywhere - now), everywhere=True)
        until = self._until.get(_route(method, url), now)
        if until > now:
            raise Limited(max(LEAST_SECONDS, until - now))

    def take(self, method: str, url: str) -> None:
        """Count a request that is about to be made; raises Limited where it would be too early."""
        self.check(method, url)
        now = self._clock()
        if len(self._asked) == A_SECOND and now - self._asked[0] < 1:
            raise Limited(max(LEAST_SECONDS, self._asked[0] + 1 - now), everywhere=True)
        self._asked.append(now)

    def hear(
        self, method: str, url: str, status: int, headers: Mapping[str, str], body: bytes = b""
    ) -> None:
        """Take in what an answer says; `headers` do not care for case. Odd values close nothing."""
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self._refused(_route(method, url), headers, _said(body))
        elif headers.get("X-RateLimit-Remaining") == "0":
            seconds = _seconds(headers.get("X-RateLimit-Reset-After"))
            if seconds:
                self._close(_route(method, url), seconds)

    def trace(self) -> aiohttp.TraceConfig:
        """What hears every answer to a session's requests."""
        ears = aiohttp.TraceConfig()
        ears.on_request_end.append(self._ended)
        return ears

    async def _ended(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        del session, context
        answer = ended.response
        refused = answer.status == HTTPStatus.TOO_MANY_REQUESTS
        body = await answer.read() if refused else b""  # aiohttp keeps it for the next reader
        self.hear(ended.method, str(ended.url), answer.status, answer.headers, body)

    def _refused(self, route: str, headers: Mapping[str, str], said: Mapping[str, Any]) -> None:
        told = _seconds(said.get("retry_after")), _seconds(headers.get("Retry-After"))
        coded = bool(said.get("code"))
        if said.get("retry_after") is None and not coded and not headers.get("Via"):
            self._close_all(max(BANNED_SECONDS, *told))  # not from Discord itself: Cloudflare
            return
        unsaid = CODED_SECONDS if coded else UNSAID_SECONDS
        seconds = max(*told, LEAST_SECONDS) if any(told) else unsaid
        word = headers.get("X-RateLimit-Global", "").lower() == "true"
        if said.get("global") is True or word or headers.get("X-RateLimit-Scope") == "global":
            self._close_all(seconds)
        else:
            self._close(route, seconds)

    def _close(self, route: str, seconds: float) -> None:
        now = self._clock()
        if len(self._until) >= KEPT:
            self._until = {one: until for one, until in self._until.items() if until > now}
        self._until[route] = max(self._until.get(route, now), now + seconds)

    def _close_all(self, seconds: float) -> None:
        self._everywhere = max(self._everywhere, self._clock() + seconds)


def _route(method: str, url: str) -> str:
    """Discord's limits hold for a method, a path and its first id (topics/rate-limits)."""
    path = url.partition("?")[0]
    major = _MAJOR.search(path)
    return f"{method} {major[0]}{_NUMBER.sub('/_', path[major.end() :])}" if major else path


def _said(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _seconds(word: object) -> float:
    """Seconds within reason; 0 where that is not what was said."""
    try:
        seconds = float(word)  # type: ignore[arg-type]  # whatever it is
    except (TypeError, ValueError):
        return 0.0
    return min(seconds, MOST_SECONDS) if seconds > 0 else 0.0
