"""Messages on their way: bodies with their files, nonces, and the threads under messages."""

from __future__ import annotations

import base64
import hashlib
from io import BytesIO
from typing import Final

import discord
import msgspec
from discord.http import HTTPClient, MultipartParameters

from adapters.discord import limits
from adapters.discord.render import Json, Payload

DAY_IN_MINUTES: Final = 1440  # after which an idle thread is archived
TALK: Final = "Talk"  # a thread's name where its card has no title

# Error codes: topics/opcodes-and-status-codes
UNKNOWN_CHANNEL: Final = 10003
ARCHIVED: Final = 50083
HAS_A_THREAD: Final = 160004


def once(payload: Payload, dedupe: str) -> Payload:
    """Give the message a nonce of its own, under which Discord shows it once.

    Discord remembers nonces for "the past few minutes" (resources/message) and shows them to
    nobody: what comes again later than that is a second message.
    """
    digest = hashlib.sha256(dedupe.encode()).digest()
    nonce = base64.b32encode(digest).decode()[: limits.NONCE]
    return Payload(payload.body | {"nonce": nonce, "enforce_nonce": True}, payload.files)


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
