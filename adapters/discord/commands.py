"""The table of commands as Discord's slash commands, and what was called as a Command. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

import msgspec

from adapters.discord import limits
from adapters.discord.arrivals import Data, Option
from adapters.discord.render import Json
from bot.chat.commands import Arg, ArgKind, Spec, Table
from bot.chat.fitting import cut, size

GROUP: Final = "sparring"  # the commands that do not stand alone are its subcommands
GROUP_ABOUT: Final = "Review, plan, settings and everything else"
SUBCOMMAND, TEXT, NUMBER, PERSON, CHANNEL, ROLE = 1, 3, 4, 6, 7, 8
TYPES: Mapping[ArgKind, int] = {
    "number": NUMBER,
    "person": PERSON,
    "channel": CHANNEL,
    "role": ROLE,
}
PLACES: Final = [0, 5]  # text and announcement channels: where a challenge may be posted
GUILDS, PEOPLE = 0, 1  # who installs the bot
GUILD, BOT_DM = 0, 1  # where a command may be called
MANAGE_GUILD: Final = str(1 << 5)


def tree(table: Table) -> list[Json]:
    """Draw all commands as the body of Discord's bulk overwrite of global commands.

    The rights of a command hold for its whole group: of admins' commands only those that stand
    alone are hidden from others, and all are refused by the door. Raises ValueError where the
    group has no room.
    """
    alone = [_command(spec) for spec in table.specs if spec.top]
    grouped = [_subcommand(spec) for spec in table.specs if not spec.top]
    if not grouped:
        return alone
    if without := [one["name"] for one in grouped[limits.OPTIONS :]]:
        raise ValueError(f"no room under /{GROUP} for {', '.join(without)}")
    group = {"name": GROUP, "description": GROUP_ABOUT, "options": grouped}
    return [*alone, group | _anywhere()]


def fingerprint(application: str, commands: list[Json]) -> str:
    """Give what changes when the commands of this application do."""
    return hashlib.sha256(msgspec.json.encode([application, commands])).hexdigest()


def called(data: Data) -> tuple[str, tuple[Option, ...]]:
    """Give the name of the command in our table and its arguments."""
    given = data.options or ()
    if data.name == GROUP and given:
        return given[0].name, given[0].options or ()
    return data.name, given


def arguments(table: Table, name: str, given: tuple[Option, ...]) -> dict[str, str]:
    """Give the arguments by name as text; people, channels and roles as external ids."""
    spec = table.find(name)
    kinds = {arg.name: arg.kind for arg in spec.args} if spec else {}
    return {
        option.name: f"discord:{option.value}" if _named(kinds.get(option.name)) else _word(option)
        for option in given
        if option.value is not None
    }


def suggestions(found: tuple[str, ...]) -> Json:
    """Draw completions; one that is too long to be sent back whole is left out."""
    fitting = [word for word in found if 0 < size(word) <= limits.SUGGESTION]
    return {"choices": [{"name": w, "value": w} for w in fitting[: limits.SUGGESTIONS]]}


def _named(kind: ArgKind | None) -> bool:
    return kind in ("person", "channel", "role")


def _word(option: Option) -> str:
    value = option.value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _command(spec: Spec) -> Json:
    managed = {"default_member_permissions": MANAGE_GUILD} if spec.admin else {}
    where = {"integration_types": [GUILDS], "contexts": [GUILD]} if spec.admin else _anywhere()
    body = {"name": spec.name, "description": cut(spec.about, limits.DESCRIPTION)}
    return body | _with_options(spec) | where | managed


def _anywhere() -> Json:
    return {"integration_types": [GUILDS, PEOPLE], "contexts": [GUILD, BOT_DM]}


def _subcommand(spec: Spec) -> Json:
    about = cut(spec.about, limits.DESCRIPTION)
    return {"type": SUBCOMMAND, "name": spec.name, "description": about} | _with_options(spec)


def _with_options(spec: Spec) -> Json:
    options = [_option(arg) for arg in spec.args[: limits.OPTIONS]]
    return {"options": options} if options else {}


def _option(arg: Arg) -> Json:
    kind = TYPES.get(arg.kind, TEXT)
    body: Json = {
        "type": kind,
        "name": arg.name,
        "description": cut(arg.about, limits.DESCRIPTION),
        "required": False,  # what is missing is asked or refused by the core, in words
    }
    if kind == NUMBER and arg.most:
        body |= {"min_value": arg.least, "max_value": arg.most}
    if kind == CHANNEL:
        body |= {"channel_types": PLACES}
    if kind == TEXT and arg.suggests:
        body |= {"autocomplete": True}
    elif kind == TEXT and 0 < len(arg.choices) <= limits.CHOICES:
        body |= {"choices": [{"name": word, "value": word} for word in arg.choices]}
    return body
