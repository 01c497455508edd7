"""What Discord sends over the gateway, read tolerantly into events of ours. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from bot.chat.events import Origin, Value

T = TypeVar("T")
Id = Annotated[str, Meta(pattern=r"^[0-9]{1,20}$")]
Kind = Literal["command", "press", "typing", "form"]
KINDS: Mapping[int, Kind] = {2: "command", 3: "press", 4: "typing", 5: "form"}
EPOCH = datetime(2015, 1, 1, tzinfo=UTC)  # of Discord's snowflakes
EPHEMERAL = 1 << 6
MANAGE_GUILD = 1 << 5  # Discord's computed permissions of an administrator hold all bits
GUILD_INSTALL = "0"
BOT_DM = 1
THREADS = (10, 11, 12)  # types of channels
SAID = (0, 19)  # types of messages: written by a person, a reply included


class Option(Struct, frozen=True):
    """An argument of a command, or a subcommand with its arguments."""

    name: str
    value: str | int | float | bool | None = None
    options: tuple[Option, ...] | None = None
    focused: bool | None = None


class Part(Struct, frozen=True):
    """A component of a sent modal; an input has a custom id."""

    custom_id: str | None = None
    value: str | bool | None = None
    values: tuple[str, ...] | None = None
    component: Part | None = None
    components: tuple[Part, ...] | None = None


class Data(Struct, frozen=True):
    """What was called, pressed or typed."""

    name: str = ""
    options: tuple[Option, ...] | None = None
    custom_id: str = ""
    values: tuple[str, ...] | None = None
    components: tuple[Part, ...] | None = None


class _User(Struct, frozen=True):
    id: Id
    username: str = ""
    global_name: str | None = None
    bot: bool | None = None


class _Member(Struct, frozen=True):
    user: _User
    nick: str | None = None
    permissions: str | None = None


class _Channel(Struct, frozen=True):
    id: Id
    type: int = 0


class _Pressed(Struct, frozen=True):
    id: Id
    flags: int | None = None


class _Interaction(Struct, frozen=True):
    id: Id
    application_id: Id
    type: int
    token: Annotated[str, Meta(min_length=1, max_length=2000)]
    data: Data = Data()
    channel_id: Id | None = None
    channel: _Channel | None = None
    guild_id: Id | None = None
    member: _Member | None = None
    user: _User | None = None
    message: _Pressed | None = None
    locale: str | None = None
    context: int | None = None
    authorizing_integration_owners: dict[str, Any] | None = None


class _Said(Struct, frozen=True):
    id: Id
    channel_id: Id
    author: _User
    type: int = 0
    guild_id: Id | None = None


class Arrival(Struct, frozen=True, kw_only=True):
    """One interaction.

    `pressed` is the id of the message it came from, `own` whether only this person sees that
    message (it may be changed), `direct` whether the place is a direct conversation with the bot,
    `thread` whether it is a thread.
    """

    id: str
    application: str
    token: str
    kind: Kind
    origin: Origin
    data: Data
    place: str
    pressed: str = ""
    own: bool = False
    direct: bool = False
    thread: bool = False


def read(payload: Any) -> Arrival | None:
    """Read an interaction; None for what is of no use to us. Raises ValueError if unreadable."""
    found = _converted(payload, _Interaction)
    if found.type not in KINDS:
        return None
    who = found.member.user if found.member else found.user
    place = found.channel.id if found.channel else found.channel_id
    if who is None or place is None:
        raise ValueError("nobody or nowhere")
    direct = found.guild_id is None and found.context in (None, BOT_DM)
    pressed = found.message
    return Arrival(
        id=found.id,
        application=found.application_id,
        token=found.token,
        kind=KINDS[found.type],
        origin=_origin(found, who, place, direct=direct),
        data=found.data,
        place=place,
        pressed=pressed.id if pressed else "",
        own=pressed is not None and (direct or bool((pressed.flags or 0) & EPHEMERAL)),
        direct=direct,
        thread=found.channel is not None and found.channel.type in THREADS,
    )


def said_to_us(payload: Any) -> tuple[str, str] | None:
    """Give the channel and message ids of what a person wrote to the bot directly, else None."""
    said = _converted(payload, _Said)
    if said.guild_id or said.author.bot or said.type not in SAID:
        return None
    return said.channel_id, said.id


def typed(parts: tuple[Part, ...] | None) -> dict[str, Value]:
    """Collect the values of a sent modal by field id."""
    return {
        part.custom_id: part.values if part.values is not None else str(part.value or "")
        for part in _inputs(parts or ())
        if part.custom_id
    }


def _inputs(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _inputs(part.components or ())
        if part.component:
            yield from _inputs((part.component,))


def _origin(found: _Interaction, who: _User, place: str, *, direct: bool) -> Origin:
    owners = found.authorizing_integration_owners
    # installed by this person alone: the server has not agreed to be a community
    guest = bool(owners) and GUILD_INSTALL not in (owners or {})
    guild = "" if guest or not found.guild_id else found.guild_id
    member = found.member
    return Origin(
        person=f"discord:{who.id}",
        place=f"discord:{place}",
        community=f"discord:{guild}" if guild else "",
        private=direct,
        at=moment(found.id),
        key=f"discord:{found.id}",
        name=(member and member.nick) or who.global_name or who.username,
        locale=found.locale or "en",
        admin=_manages(member) if guild and member else None,
        since=moment(who.id),
    )


def _manages(member: _Member) -> bool | None:
    granted = member.permissions
    return bool(int(granted) & MANAGE_GUILD) if granted and granted.isdecimal() else None


def moment(snowflake: str) -> datetime:
    """Give the time at which Discord made this id, to the millisecond."""
    try:
        return EPOCH + timedelta(milliseconds=int(snowflake) >> 22)
    except OverflowError as error:
        raise ValueError(f"no snowflake: {snowflake}") from error


def _converted(payload: Any, kind: type[T]) -> T:
    try:
        return msgspec.convert(payload, kind)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
