"""The front door of HTTP mode: an ASGI app that checks the signature before it reads anything."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from typing import Any, Final

import msgspec
import uvicorn
from slack_sdk.signature import Clock, SignatureVerifier
from yarl._quoting import _Unquoter

from adapters.slack.app import SENT, App
from adapters.slack.manifest import PATH

BODY: Final = 2**20  # bytes; Slack's largest payloads are well under it
SIGNATURE: Final = b"x-slack-signature"
# Slack's own shapes (authentication/verifying-requests); slack_sdk raises on others
TIMESTAMP_SHAPE: Final = re.compile(rb"[0-9]{1,12}")
SIGNATURE_SHAPE: Final = re.compile(rb"v0=[0-9a-f]{64}")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# A button press is mostly percent-encoded JSON: in C 4 us, by urllib 61. yarl has no public name
# for its unquoter; requirements/ pin it and tests/adapters/slack/test_front.py holds it.
_unquoted = _Unquoter()
log = logging.getLogger("sparring.slack")


class Front:
    """Answers POSTs to /slack/events.

    The only signature check there is: 401 for all that is not Slack's or older than 5 minutes.
    """

    def __init__(self, app: App, signing_secret: str, *, now: Callable[[], datetime]) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret, _Given(now))

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        status, body, kind = await self._answer(scope, receive)
        headers = [(b"content-type", kind.encode()), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(
        self, scope: MutableMapping[str, Any], receive: Receive
    ) -> tuple[int, bytes, str]:
        if scope["path"] != PATH:
            return 404, b"", "text/plain"
        if scope["method"] != "POST":
            return 405, b"", "text/plain"
        raw = await _read(receive)
        if raw is None:
            return 413, b"", "text/plain"
        sent = self._verified(dict(scope["headers"]), raw)
        if sent is None:
            return 401, b"", "text/plain"
        body = _decoded(raw)
        if body is None:
            return 400, b"", "text/plain"
        answer = await self._app.dispatch(body, {SENT: sent})
        kind = answer.headers.get("content-type", ["text/plain"])[0]
        return answer.status, (answer.body or "").encode(), kind

    def _verified(self, headers: dict[bytes, bytes], raw: bytes) -> str | None:
        """The time of signing, or None for a forgery; nothing of the body is logged."""
        stamp, signature = headers.get(SENT.encode(), b""), headers.get(SIGNATURE, b"")
        if TIMESTAMP_SHAPE.fullmatch(stamp) and SIGNATURE_SHAPE.fullmatch(signature):
            try:
                if self._verifier.is_valid(raw, stamp.decode(), signature.decode()):
                    return stamp.decode()
            except UnicodeDecodeError:  # slack_sdk signs text
                pass
        log.warning("a request without Slack's signature was refused")
        return None


class _Given(Clock):
    """slack_sdk's clock, by ours."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now().timestamp()


async def serve(front: Front, host: str, port: int) -> None:
    """Serve until cancelled or told to stop by a signal."""
    config = uvicorn.Config(
        front, host=host, port=port, lifespan="off", access_log=False, log_config=None
    )
    await uvicorn.Server(config).serve()


async def _read(receive: Receive) -> bytes | None:
    """The body, or None if it is longer than 1 MB or was never finished."""
    parts: list[bytes] = []
    length = 0
    while True:
        event = await receive()
        if event["type"] != "http.request":
            return None
        part = event.get("body", b"")
        length += len(part)
        if length > BODY:
            return None
        parts.append(part)
        if not event.get("more_body", False):
            return b"".join(parts)


def _decoded(raw: bytes) -> dict[str, Any] | None:
    """Events are JSON, interactions JSON in a form, commands a form; None for anything else."""
    try:
        if raw.startswith(b"{"):
            return _object(raw)
        text = raw.decode("ascii").replace("+", " ")
        if text.startswith("payload="):
            return _object(_unquoted(text.removeprefix("payload=").partition("&")[0]))
        pairs = (pair.partition("=") for pair in text.split("&"))
        return {_unquoted(name): _unquoted(value) for name, _, value in pairs}
    except (ValueError, RecursionError):
        return None


def _object(written: str | bytes) -> dict[str, Any] | None:
    found = msgspec.json.decode(written)
    return found if isinstance(found, dict) else None
