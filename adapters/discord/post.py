"""What the bot says unasked: messages in channels, threads and direct conversations, and edits."""

from __future__ import annotations

import base64
import hashlib
from http import HTTPStatus
from io import BytesIO
from typing import Final

import aiohttp
import discord
import msgspec
from discord.http import HTTPClient, MultipartParameters

from adapters.discord import limits, render
from adapters.discord.render import Json, Payload
from bot.chat.fitting import cut
from bot.chat.posts import Later, Message, Post, Refused

PLATFORM: Final = "discord"
DAY_IN_MINUTES: Final = 1440  # after which an idle thread is archived
TALK: Final = "Talk"  # a thread's name where its card has no title

# Error codes (topics/opcodes-and-status-codes) that another try will not mend.
UNKNOWN_CHANNEL: Final = 10003
TOO_MANY_EDITS: Final = 30046  # of messages older than an hour
BANNED_SECONDS: Final = 600.0  # Cloudflare's answer to too many invalid requests
TOKEN_SECONDS: Final = 600.0  # a revoked token is for the operator to mend
BUSY_SECONDS: Final = 60.0
DOWN_SECONDS: Final = 15.0
WHY: Final = {
    10003: "the channel is gone",
    10008: "the message is gone",
    10013: "the person is gone",
    50001: "I cannot see the channel",
    50007: "the person takes no direct messages",
    50013: "I may not write there",
    50083: "the thread is archived",
}


class Poster:
    """Sends posts; a post that is sent twice within minutes is shown once, by its nonce."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http

    async def send(self, post: Post) -> Message:
        """Send or edit. Raises Later or Refused."""
        try:
            sent = await self._sent(post)
        except discord.RateLimited as error:
            raise Later(error.retry_after) from error
        except discord.HTTPException as error:
            raise _verdict(error) from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Later(DOWN_SECONDS) from error
        return Message(PLATFORM, f"{sent['channel_id']}/{sent['id']}")

    async def _sent(self, post: Post) -> Json:
        payload = render.message(post.card)
        if post.edits:
            place, message = _place_and_message(post.edits)
            edit = parameters(payload)
            with edit:
                return _known(await self._http.edit_message(place, message, params=edit))
        payload = once(payload, post.dedupe)
        if post.where == "home":
            raise Refused("Discord has no home")
        if post.where == "direct":
            talk = await self._http.start_private_message(str(_number(post.target)))
            return await send_to(self._http, str(talk["id"]), payload)
        if post.where == "thread" and post.under:
            name = cut(post.card.title, limits.THREAD_NAME) or TALK
            return await send_under(self._http, *_place_and_message(post.under), payload, name)
        return await send_to(self._http, str(_number(post.target)), payload)


def once(payload: Payload, dedupe: str) -> Payload:
    """Give the message a nonce of its own, under which Discord shows it once."""
    digest = hashlib.sha256(dedupe.encode()).digest()
    nonce = base64.b32encode(digest).decode()[: limits.NONCE]
    return Payload(payload.body | {"nonce": nonce, "enforce_nonce": True}, payload.files)


async def send_to(http: HTTPClient, place: str, payload: Payload) -> Json:
    """Send a new message. Raises what discord.py raises."""
    with parameters(payload) as sent:
        return _known(await http.send_message(int(place), params=sent))


async def send_under(
    http: HTTPClient, place: str, message: str, payload: Payload, name: str = TALK
) -> Json:
    """Send into the thread of a message, which has the message's id; it is opened if missing."""
    try:
        return await send_to(http, message, payload)
    except discord.NotFound as error:
        if error.code != UNKNOWN_CHANNEL:
            raise
    await http.start_thread_with_message(
        int(place), int(message), name=name, auto_archive_duration=DAY_IN_MINUTES
    )
    return await send_to(http, message, payload)


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


def _known(sent: object) -> Json:
    return msgspec.convert(sent, Json)


def _number(external: str) -> int:
    platform, _, digits = external.partition(":")
    if platform != PLATFORM or not digits.isdecimal():
        raise Refused(f"not of Discord: {external[:40]}")
    return int(digits)


def _place_and_message(message: Message) -> tuple[str, str]:
    place, _, own = message.id.partition("/")
    if message.platform != PLATFORM or not (place.isdecimal() and own.isdecimal()):
        raise Refused(f"not of Discord: {message.id[:40]}")
    return place, own


def _verdict(error: discord.HTTPException) -> Later | Refused:
    if error.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Later(BANNED_SECONDS)
    if error.status == HTTPStatus.UNAUTHORIZED:
        return Later(TOKEN_SECONDS)
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Later(DOWN_SECONDS)
    if error.code == TOO_MANY_EDITS:
        return Later(BUSY_SECONDS)
    return Refused(WHY.get(error.code, f"Discord says {error.status}, code {error.code}"))
