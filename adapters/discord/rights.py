"""Who may do what in a server or channel, worked out as Discord documents it (topics/permissions).

Asked are the bot's own rights in a channel, and whether a person may decide for a server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar

import aiohttp
import discord
import msgspec
from discord.http import HTTPClient
from msgspec import Meta, Struct

from adapters.discord.arrivals import MANAGE_GUILD, Id
from adapters.discord.calls import patiently
from bot.chat.events import Origin
from bot.chat.rights import OPTIONAL

T = TypeVar("T")
ADMINISTRATOR: Final = 1 << 3
VIEW, SEND, HISTORY, THREADS, IN_THREADS = 1 << 10, 1 << 11, 1 << 16, 1 << 35, 1 << 38
EVERYTHING: Final = (1 << 53) - 1
ROLE, MEMBER = 0, 1  # types of overwrites
TEXT, ANNOUNCEMENT = 0, 5  # types of channels in which a daily runs
KEPT: Final = timedelta(minutes=5)
PATIENCE_SECONDS: Final = 10.0  # for rate limits; somebody waits

HOW: Final = "Edit Channel > Permissions > my role"
LACKS: Final = (
    (VIEW, f"I cannot see the channel. {HOW}: allow View Channel."),
    (SEND, f"I may not write in the channel. {HOW}: allow Send Messages."),
    (THREADS, f"I may not open threads there. {HOW}: allow Create Public Threads."),
    (IN_THREADS, f"I may not write in threads there. {HOW}: allow Send Messages in Threads."),
    (
        HISTORY,
        (
            f"{OPTIONAL}I may not read the history there, which is needed so that a daily is never "
            f"shown twice after an outage. {HOW}: allow Read Message History."
        ),
    ),
)
UNSEEN: Final = (
    "I cannot see the channel. If I am no member of the server, invite me with the scope bot. "
    f"{HOW}: allow View Channel, Send Messages, Create Public Threads, Send Messages in Threads "
    "and Read Message History."
)
UNKNOWN: Final = "The channel does not exist any more, or I am not in its server."
UNANSWERED: Final = "Discord does not tell me my rights right now. Try again in a minute."
TIMED_OUT: Final = (
    "I am timed out in this server until {until:%d %b %H:%M} UTC. A moderator can end that: "
    "right-click me > Remove Timeout."
)
SERVERS_ONLY: Final = "A daily needs a channel of a server."
NO_PLACE: Final = "A daily needs a text channel; this is {kind}."
KINDS: Final = {
    2: "a voice channel",
    4: "a category",
    10: "a thread: choose the channel it hangs on",
    11: "a thread: choose the channel it hangs on",
    12: "a thread: choose the channel it hangs on",
    13: "a stage channel",
    15: "a forum",
    16: "a media channel",
}
UNKNOWN_CHANNEL: Final = 10003

Bits = Annotated[str, Meta(pattern=r"^[0-9]{1,30}$")]


class Role(Struct, frozen=True):
    id: Id
    permissions: Bits


class Overwrite(Struct, frozen=True):
    """What a channel changes for a role or a member."""

    id: Id
    type: int
    allow: Bits = "0"
    deny: Bits = "0"


class Channel(Struct, frozen=True):
    type: int
    guild_id: Id | None = None
    permission_overwrites: tuple[Overwrite, ...] = ()


class Guild(Struct, frozen=True):
    """A server."""

    owner_id: Id
    roles: tuple[Role, ...]


class Membership(Struct, frozen=True):
    """The bot, or a person, as a member of a server."""

    roles: tuple[Id, ...] = ()
    communication_disabled_until: datetime | None = None


class _Known(Struct, frozen=True):
    """What Discord said of a person, believed until then."""

    admin: bool
    until: datetime


class Rights:
    """Asks Discord; that nothing is lacking, and who is an admin, is believed for five minutes.

    What is lacking is asked anew each time: whoever mends it presses again at once. `me` gives the
    bot's own user id, `now` the time.
    """

    def __init__(
        self, http: HTTPClient, me: Callable[[], int], now: Callable[[], datetime]
    ) -> None:
        self._http = http
        self._me = me
        self._now = now
        self._fine: dict[str, datetime] = {}
        self._admins: dict[tuple[str, str], _Known] = {}

    async def admin(self, origin: Origin) -> bool | None:
        """Whether this person may manage the server; None where Discord does not say.

        Discord sends a presser's permissions with every event, and they are believed. Who has
        pressed nothing, as the reader of a digest, is looked up as a member.
        """
        if origin.admin is not None:
            return origin.admin
        guild, person = _number(origin.community), _number(origin.person)
        if not (guild and person):
            return False
        now = self._now()
        self._admins = {who: one for who, one in self._admins.items() if one.until > now}
        known = self._admins.get((guild, person))
        if known is not None:
            return known.admin
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                admin = await self._manages(guild, person)
        except discord.NotFound:  # who has left, and a server that we are not in
            return False
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError, ValueError):
            return None
        self._admins[guild, person] = _Known(admin, now + KEPT)
        return admin

    async def _manages(self, guild: str, person: str) -> bool:
        server = await self._asked(
            lambda: self._http.get_guild(int(guild), with_counts=False), Guild
        )
        if server.owner_id == person:
            return True
        member = await self._asked(
            lambda: self._http.get_member(int(guild), int(person)), Membership
        )
        return bool(granted(server.roles, guild, member.roles) & (ADMINISTRATOR | MANAGE_GUILD))

    async def lacks(self, place: str) -> tuple[str, ...]:
        """Everything the bot may not do there that a daily needs, a sentence each."""
        now = self._now()
        self._fine = {one: until for one, until in self._fine.items() if until > now}
        if place in self._fine:
            return ()
        try:
            found = await self._found(place)
        except (discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError, ValueError):
            return (UNANSWERED,)
        except discord.HTTPException as error:
            return (_why(error),)
        if not found:
            self._fine[place] = now + KEPT
        return found

    async def _found(self, place: str) -> tuple[str, ...]:
        number = _number(place)
        if not number:
            return (UNKNOWN,)
        channel = await self._asked(lambda: self._http.get_channel(int(number)), Channel)
        if channel.guild_id is None:
            return (SERVERS_ONLY,)
        if channel.type not in (TEXT, ANNOUNCEMENT):
            return (NO_PLACE.format(kind=KINDS.get(channel.type, "something else")),)
        guild, me = int(channel.guild_id), self._me()
        roles = await self._asked(lambda: self._http.get_roles(guild), tuple[Role, ...])
        member = await self._asked(lambda: self._http.get_member(guild, me), Membership)
        return lacking(channel, roles, member, str(me), self._now())

    async def _asked(self, call: Callable[[], Any], kind: type[T]) -> T:
        return msgspec.convert(await patiently(call, PATIENCE_SECONDS), kind)


def lacking(
    channel: Channel, roles: tuple[Role, ...], member: Membership, me: str, now: datetime
) -> tuple[str, ...]:
    """What the bot lacks in a channel of a server, a sentence each."""
    held = permissions(channel, roles, member.roles, me)
    missing = tuple(sentence for bit, sentence in LACKS if not held & bit)
    until = member.communication_disabled_until
    if until is None or until <= now or held & ADMINISTRATOR:
        return missing
    return (TIMED_OUT.format(until=until), *missing)


def permissions(channel: Channel, roles: tuple[Role, ...], own: Collection[str], me: str) -> int:
    """A member's permissions in a channel: roles, then overwrites of everyone, roles and member.

    What Discord takes away with a permission (all without View Channel, say) is still there.
    """
    guild = channel.guild_id or ""
    mine = {guild, *own}
    base = granted(roles, guild, own)
    if base & ADMINISTRATOR:
        return EVERYTHING
    by_role = [one for one in channel.permission_overwrites if one.type == ROLE]
    for several in (
        [one for one in by_role if one.id == guild],
        [one for one in by_role if one.id != guild and one.id in mine],
        [one for one in channel.permission_overwrites if one.type == MEMBER and one.id == me],
    ):
        base &= ~_together(int(one.deny) for one in several)
        base |= _together(int(one.allow) for one in several)
    return base


def granted(roles: tuple[Role, ...], guild: str, own: Collection[str]) -> int:
    """A member's permissions in a server, by everybody's role and their own."""
    mine = {guild, *own}  # @everyone has the server's id
    return _together(int(role.permissions) for role in roles if role.id in mine)


def _number(external: str) -> str:
    """The digits of `discord:42`; empty for what is no such id."""
    platform, _, digits = external.partition(":")
    return digits if platform == "discord" and digits.isdecimal() else ""


def _together(bits: Iterable[int]) -> int:
    out = 0
    for one in bits:
        out |= one
    return out


def _why(error: discord.HTTPException) -> str:
    if error.code == UNKNOWN_CHANNEL:
        return UNKNOWN
    if error.status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
        return UNSEEN
    return UNANSWERED
