"""What the bot sends, decoded as Slack does."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

Json = dict[str, Any]


async def read(request: web.Request) -> tuple[str, Json]:
    """The method that is asked and what it is given."""
    if request.path.startswith("/upload/"):
        return "upload", {"data": await request.read()}
    if request.content_type == "application/json":
        body = await request.json()
    else:
        body = dict(await request.post()) | dict(request.query)
    if request.path.startswith("/answers/"):
        return "response_url", body
    for name in ("view", "blocks", "metadata", "files"):
        if isinstance(body.get(name), str):
            body[name] = json.loads(body[name])
    for name in ("unfurl_links", "unfurl_media"):
        if name in body:
            body[name] = body[name] in (True, "1", "true")
    return request.path.rpartition("/")[2], body
