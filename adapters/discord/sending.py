"""Messages on their way: bodies with their files, nonces and marks, threads under messages."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

import discord
import msgspec
from discord.http import HTTPClient, MultipartParameters

from adapters.discord import limits
from adapters.discord.render import Json, Payload

DAY_IN_MINUTES: Final = 1440  # after which an idle thread is archived
TALK: Final = "Talk"  # a thread's name where its card has no title
LOOKED_AT: Final = 100  # newest messages in which an earlier attempt is looked for; one page
MARKS: Final = 1 << 30  # and up: ids of components that Discord makes up by itself begin at 1

# Error codes: topics/opcodes-and-status-codes
UNKNOWN_CHANNEL: Final = 10003
ARCHIVED: Final = 50083
HAS_A_THREAD: Final = 160004


def once(payload: Payload, dedupe: str) -> Payload:
    """Give the message a nonce of its own, under which Discord shows it once, and its mark.

    Discord remembers nonces for "the past few minutes" (resources/message) and shows them to
    nobody. Later than that `sent_before` finds the message by its mark, the id of its first
    component (components/reference): nobody sees that either, and Discord keeps it.
    """
    digest = hashlib.sha256(dedupe.encode()).digest()
    nonce = base64.b32encode(digest).decode()[: limits.NONCE]
    first, *rest = payload.body["components"]
    parts = [first | {"id": mark(dedupe)}, *rest]
    own = {"components": parts, "nonce": nonce, "enforce_nonce": True}
    return Payload(payload.body | own, payload.files)


def mark(dedupe: str) -> int:
    """Give the number, of Discord's 32 bits with a sign, that names a post."""
    digest = hashlib.sha256(dedupe.encode()).digest()
    return MARKS | int.from_bytes(digest[-4:], "big") & (MARKS - 1)


async def sent_before(http: HTTPClient, place: str, me: int, dedupe: str) -> Json | None:
    """Look for a post of ours among the newest messages of a place or thread.

    None also where we may not look: without Read Message History Discord shows an empty page, and
    a thread may not be there yet. Raises what else discord.py raises.
    """
    try:
        newest: Any = await http.logs_from(int(place), LOOKED_AT)
    except (discord.Forbidden, discord.NotFound):
        return None
    ours = (one for one in newest or () if _author(one) == str(me))
    return next((_known(one) for one in ours if mark(dedupe) in _marks(one)), None)


def _author(message: Mapping[str, Any]) -> str:
    return str((message.get("author") or {}).get("id"))


def _marks(message: Mapping[str, Any]) -> list[object]:
    return [one.get("id") for one in message.get("components") or ()]


async def send_to(http: HTTPClient, place: str, payload: Payload) -> Json:
    """Send a new message; a thread that sleeps is woken. Raises what discord.py raises."""
    try:
        return await _send(http, place, payload)
    except discord.HTTPException as error:
        if error.code != ARCHIVED:
            raise
        asleep = error
    try:
        await http.edit_channel(int(place), archived=False)
    except discord.Forbidden:  # a moderator has locked it
        raise asleep from None
    return await _send(http, place, payload)


async def send_under(
    http: HTTPClient, place: str, message: str, payload: Payload, name: str = TALK
) -> Json:
    """Send into the thread of a message, which has the message's id; it is opened if missing."""
    try:
        return await send_to(http, message, payload)
    except discord.NotFound as error:
        if error.code != UNKNOWN_CHANNEL:
            raise
    try:
        await http.start_thread_with_message(
            int(place), int(message), name=name, auto_archive_duration=DAY_IN_MINUTES
        )
    except discord.HTTPException as error:
        if error.code != HAS_A_THREAD:  # somebody else was faster
            raise
    return await send_to(http, message, payload)


async def edit(http: HTTPClient, place: str, message: str, payload: Payload) -> Json:
    """Change a message. Raises what discord.py raises."""
    with parameters(payload) as sent:
        return _known(await http.edit_message(int(place), int(message), params=sent))


def parameters(payload: Payload) -> MultipartParameters:
    """Put body and files into the form in which discord.py sends them."""
    if not payload.files:
        return MultipartParameters(payload=payload.body, multipart=None, files=None)
    files = [discord.File(BytesIO(data), filename=name) for name, data in payload.files]
    parts: list[Json] = [
        {"name": "payload_json", "value": msgspec.json.encode(payload.body).decode()}
    ]
    parts += [
        {
            "name": f"files[{n}]",
            "value": f.fp,
            "filename": f.filename,
            "content_type": "application/octet-stream",
        }
        for n, f in enumerate(files)
    ]
    return MultipartParameters(payload=None, multipart=parts, files=files)


async def _send(http: HTTPClient, place: str, payload: Payload) -> Json:
    with parameters(payload) as sent:
        return _known(await http.send_message(int(place), params=sent))


def _known(sent: object) -> Json:
    return msgspec.convert(sent, Json)
