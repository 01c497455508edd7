"""A platform in small, served on a local port."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

from aiohttp import web
from aiohttp.test_utils import TestServer

LARGEST = 30 * 2**20  # bytes of a request: files go this way


class Wire(Protocol):
    """What answers the requests, and notes those that the platform would not take."""

    url: str
    violations: list[str]

    async def handle(self, request: web.Request) -> web.StreamResponse: ...


W = TypeVar("W", bound=Wire)


@asynccontextmanager
async def served(wire: W) -> AsyncIterator[W]:
    """Serve; nothing unacceptable may have come when it ends."""
    app = web.Application(client_max_size=LARGEST)
    app.router.add_route("*", "/{path:.*}", wire.handle)
    async with TestServer(app) as server:
        wire.url = str(server.make_url("")).rstrip("/")
        yield wire
    assert wire.violations == []
