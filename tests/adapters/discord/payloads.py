"""What Discord sends over the gateway, as it sends it."""

from __future__ import annotations

from typing import Any

from tests.adapters.discord.wire import APPLICATION, Json, Posted

COMMAND, PRESS, TYPING, FORM = 2, 3, 4, 5
SUBCOMMAND = 1
MANAGE_GUILD = 1 << 5
GUILD, PLACE = "700", "300"


def interaction(kind: int, data: Json, **more: Any) -> Json:
    """What every interaction has."""
    base: Json = {"id": "1", "application_id": APPLICATION, "type": kind, "token": "token"}
    base |= {"version": 1, "data": data, "locale": "en-US", "entitlements": []}
    base |= {"app_permissions": "2147483647", "attachment_size_limit": 10485760}
    return base | more


def user(number: str, name: str) -> Json:
    return {
        "id": number,
        "username": name,
        "discriminator": "0",
        "avatar": None,
        "global_name": None,
    }


def in_server(person: Json, *, admin: bool = False, guild: str = GUILD, place: str = PLACE) -> Json:
    """Where and who, in a server that has installed the bot."""
    member: Json = {
        "user": person,
        "nick": None,
        "roles": [],
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    member |= {"joined_at": "2026-01-01T00:00:00+00:00", "avatar": None, "pending": False}
    member |= {"permissions": str(MANAGE_GUILD | 2048) if admin else "2048"}
    return {
        "guild_id": guild,
        "channel_id": place,
        "context": 0,
        "member": member,
        "guild": {"id": guild, "features": [], "locale": "en-US"},
        "guild_locale": "en-US",
        "channel": {"id": place, "type": 0, "name": "general", "guild_id": guild, "position": 0},
        "authorizing_integration_owners": {"0": guild},
    }


def in_direct(person: Json) -> Json:
    """Where and who, in the direct conversation with the bot."""
    place = f"7{person['id']}"
    return {
        "channel_id": place,
        "context": 1,
        "user": person,
        "channel": {"id": place, "type": 1, "recipients": []},
        "authorizing_integration_owners": {"0": "0"},
    }


def press(custom_id: str, message: Posted, values: tuple[str, ...] = ()) -> tuple[Json, Json]:
    """The data of a press on a message, and the message."""
    chosen = {"values": list(values)} if values else {}
    data = {"custom_id": custom_id, "component_type": 3 if values else 2, "id": 5} | chosen
    return data, {"message": message.json}


def form(modal: Json, values: dict[str, Any]) -> Json:
    """The data of a sent modal; `values` by the custom id of its inputs."""
    parts: list[Json] = []
    for number, part in enumerate(modal["components"], 1):
        if "component" not in part:
            parts.append({"type": part["type"], "id": number})
            continue
        put = part["component"]
        value = values.get(put["custom_id"], "" if put["type"] == 4 else ())
        sent: Json = {"type": put["type"], "id": number + 50, "custom_id": put["custom_id"]}
        sent |= {"value": value} if put["type"] == 4 else {"values": list(value)}
        parts.append({"type": 18, "id": number, "component": sent})
    return {"custom_id": modal["custom_id"], "components": parts}
