"""discord.py's client for HTTP without its waiting: what is too early is refused at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from types import TracebackType
from typing import Any, Final, TypeVar

import discord
from aiohttp import ClientResponse
from discord.http import HTTPClient, Ratelimit, Route

from adapters.discord.quota import Limited, Quota

T = TypeVar("T")
NO_WAIT: Final = 1e-9  # seconds; 0 would mean to discord.py that it may wait for ever
# Requests at once: enough for 45 a second, few that a limit for all of them still meets on the way.
IN_FLIGHT: Final = 8
WIDENED: Final = 10  # answers after which one more may be under way again: 8 within some seconds


class Calls(HTTPClient):
    """Raises Limited before a request that would come too early, and after one that did.

    discord.py alone waits inside a request, after a success even before it gives its result. While
    it waits for the global limit a cancelled request closes the client for ever, and a bucket whose
    wait it finds too long it takes for open (discord/http.py, 2.7.1). The outbox waits better.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, quota: Quota) -> None:
        super().__init__(loop, http_trace=quota.trace())
        self.max_ratelimit_timeout = NO_WAIT
        self._quota = quota
        self._width = Width()

    def get_ratelimit(self, key: str) -> Ratelimit:
        """Nothing to wait for: the quota has been asked."""
        del key
        self._buckets.clear()  # discord.py leaves one of them behind for each route
        return _Open(None)

    async def request(self, route: Route, **how: Any) -> Any:
        """Make a request. Raises Limited besides what discord.py raises."""
        async with self._width:
            self._quota.take(route.method, route.url)
            return await self._made(route, how)

    async def _made(self, route: Route, how: dict[str, Any]) -> Any:
        try:
            answer = await super().request(route, **how)
        except discord.HTTPException as error:
            if error.status == HTTPStatus.TOO_MANY_REQUESTS:
                self._refused(route)
            raise
        except (discord.RateLimited, KeyError, TypeError):  # a refusal without its numbers
            self._refused(route)
            raise
        self._width.widen()
        return answer

    def _refused(self, route: Route) -> None:
        try:
            self._quota.check(route.method, route.url)
        except Limited as limited:
            if limited.everywhere:
                self._width.narrow()
            raise


class Width:
    """How many requests may be under way: one after a refusal of everything, then slowly more.

    Whatever else is under way when Discord refuses everything is refused as well, and counts among
    the invalid requests for which it bans (topics/rate-limits).
    """

    def __init__(self) -> None:
        self._most = float(IN_FLIGHT)
        self._under_way = 0
        self._changed = asyncio.Event()

    def narrow(self) -> None:
        """Everything was refused."""
        self._most = 1.0

    def widen(self) -> None:
        """A request was answered."""
        self._most = min(IN_FLIGHT, self._most + 1 / WIDENED)
        self._changed.set()

    async def __aenter__(self) -> None:
        while self._under_way >= int(self._most):
            self._changed.clear()
            await self._changed.wait()
        self._under_way += 1

    async def __aexit__(self, *_: object) -> None:
        self._under_way -= 1
        self._changed.set()


class _Open(Ratelimit):
    """A bucket that is never empty."""

    __slots__ = ()

    async def acquire(self) -> None:
        pass

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        pass

    def update(self, response: ClientResponse, *, use_clock: bool = False) -> None:
        pass


async def patiently(call: Callable[[], Awaitable[T]], most: float) -> T:
    """Make a call and sit out rate limits of `most` seconds together; raises the one past them."""
    while True:
        try:
            return await call()
        except discord.RateLimited as limited:
            if limited.retry_after > most:
                raise
            most -= limited.retry_after
            await asyncio.sleep(limited.retry_after)
