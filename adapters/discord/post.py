"""What the bot says unasked: messages in channels, threads and direct conversations, and edits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

import aiohttp
import discord
from discord.http import HTTPClient

from adapters.discord import limits, render
from adapters.discord.arrivals import moment
from adapters.discord.quota import Limited
from adapters.discord.render import Json
from adapters.discord.sending import TALK, edit, once, send_to, send_under, sent_before
from bot.chat.fitting import cut
from bot.chat.posts import Later, Message, Post, Refused

PLATFORM: Final = "discord"
ATTEMPT_SECONDS: Final = 20.0  # less than the outbox gives: silence costs a post one of its tries
TOKEN_SECONDS: Final = 600.0  # a revoked token is for the operator to mend
BUSY_SECONDS: Final = 60.0
DOWN_SECONDS: Final = 15.0

# Error codes: topics/opcodes-and-status-codes. Those that pass by themselves:
BUSY: Final = frozenset(
    {
        20016,  # slow mode
        20028,  # the channel's own write limit
        20029,  # the announcement channel's
        30046,  # too many edits of messages older than an hour
        40003,  # direct conversations opened too fast
        110001,  # unavailable
        130000,  # overloaded
    }
)
# and those that another try will not mend
WHY: Final = {
    10003: "the channel is gone",
    10008: "the message is gone",
    10013: "the person is gone",
    50001: "I cannot see the channel",
    50007: "the person takes no direct messages",
    50013: "I may not write there",
    50083: "the thread is archived and locked",
}
GONE: Final = frozenset({10003, 50001, 50013, 50083})  # of these, what the place itself refuses
WHY_NO_THREAD: Final = WHY | {
    50013: "I may not open a thread there or write in it "
    "(Create Public Threads, Send Messages in Threads)",
    50024: "there are no threads in that kind of channel",
    160005: "the thread is locked",
    160006: "too many threads are open in that server",
}


class Poster:
    """Sends posts; `me` gives the bot's own user id.

    A post that is sent twice within minutes is shown once by its nonce; one that may have been
    sent before is looked for by its mark first, for its nonce may be forgotten.
    """

    def __init__(self, http: HTTPClient, me: Callable[[], int]) -> None:
        self._http = http
        self._me = me

    async def send(self, post: Post, *, first: bool = False) -> Message:
        """Send or edit; the nonce goes with every try, the first too. Raises Later or Refused.

        `first` promises that nobody can have tried before, which saves the look-up.
        """
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS):
                sent = await self._sent(post, first=first)
        except discord.RateLimited as error:
            everywhere = isinstance(error, Limited) and error.everywhere
            raise Later(error.retry_after, everywhere=everywhere) from error
        except discord.HTTPException as error:
            why = WHY_NO_THREAD if post.where == "thread" else WHY
            raise _verdict(error, why, first=first) from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise _down(first=first) from error
        at = _edited(sent) if post.edits else moment(str(sent["id"]))
        return Message(PLATFORM, f"{sent['channel_id']}/{sent['id']}", at)

    async def _sent(self, post: Post, *, first: bool) -> Json:
        payload = render.message(post.card)
        if post.edits:
            return await edit(self._http, *_place_and_message(post.edits), payload)
        above = _place_and_message(post.under) if post.where == "thread" and post.under else None
        place = above[1] if above else await self._place(post)  # a thread's id is its message's
        if not first:
            known = await sent_before(self._http, place, self._me(), post.dedupe)
            if known is not None:
                return known
        payload = once(payload, post.dedupe)
        if above:
            name = cut(post.card.title, limits.THREAD_NAME) or TALK
            return await send_under(self._http, *above, payload, name)
        return await send_to(self._http, place, payload)

    async def _place(self, post: Post) -> str:
        if post.where == "home":
            raise Refused("Discord has no home")
        number = str(_number(post.target))
        if post.where != "direct":
            return number
        talk = await self._http.start_private_message(number)
        return str(talk["id"])


def _edited(sent: Json) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(sent.get("edited_timestamp")))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None


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


def _verdict(
    error: discord.HTTPException, why: Mapping[int, str], *, first: bool
) -> Later | Refused:
    if error.status == HTTPStatus.UNAUTHORIZED:
        return Later(TOKEN_SECONDS, everywhere=True)
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _down(first=first)
    if error.code in BUSY or error.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Later(BUSY_SECONDS)
    said = why.get(error.code, f"Discord says {error.status}, code {error.code}")
    return Refused(said, gone=error.code in GONE)


def _down(*, first: bool) -> Later:
    # it may have been taken: said once, for however long an outage is it costs one of the tries
    return Later(DOWN_SECONDS, unsure=first)
