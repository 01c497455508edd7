"""The manifest of the Slack app, from the table of commands. Pure."""

from __future__ import annotations

import re
from typing import Any, Final

from adapters.slack.words import START
from bot.chat.commands import Spec, Table
from bot.chat.fitting import cut

# reference/app-manifest
NAME: Final = 32  # of a slash command
ABOUT: Final = 2000
USAGE: Final = 1000
EVENTS: Final = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "message.im",
    "tokens_revoked",
)
# Each with what needs it.
SCOPES: Final = {
    "app_mentions:read": "app_mention: one line and a button in a thread",
    "channels:read": "conversations.info: what a daily lacks in a public channel, before it is due",
    "chat:write": "messages",
    "chat:write.public": "dailies and games in public channels without an invitation",
    "commands": "slash commands and the shortcut",
    "files:write": "pictures and exports",
    "groups:read": "conversations.info: the same of a private channel that invited the app",
    "im:history": "message.im, and looking for our own posts in direct messages",
    "im:write": "conversations.open",
    "users:read": "the profile's zone, proposed once, and who is an admin",
}
# An admin may leave these out (changelog/2026/03/16/optional-scopes): nothing needs them. With
# them a post whose fate is unknown, after a connection dropped, is looked for by its metadata
# before it is sent again; without them it may, rarely, be shown twice. No text is kept.
OPTIONAL: Final = {
    "channels:history": "conversations.history: looking for our own posts in public channels",
    "groups:history": "conversations.history: the same in private channels",
}
PATH: Final = "/slack/events"
ABOUT_US: Final = {
    "name": "Sparring",
    "description": "Interview practice for backend developers",
    "background_color": "#1d3c34",
}
APP_HOME: Final = {
    "home_tab_enabled": True,
    "messages_tab_enabled": True,
    "messages_tab_read_only_enabled": True,
}
STARTS: Final = {  # in threads, where slash commands cannot be typed
    "name": "Start a quiz",
    "type": "message",
    "callback_id": START,
    "description": "Five questions in our direct messages",
}


def manifest(table: Table, *, all_commands: bool, prefix: str, url: str) -> dict[str, Any]:
    """Describe the app to Slack: `/quiz` alone, or one command each; Socket Mode unless `url`.

    Raises ValueError for a prefix or an address that Slack would refuse.
    """
    if not re.fullmatch(r"[a-z0-9_-]{0,16}", prefix):
        raise ValueError("a prefix is at most 16 small letters, digits, - and _")
    if url and not url.startswith("https://"):
        raise ValueError("Slack wants an address that begins with https://")
    address = {"url": url.rstrip("/") + PATH} if url else {}
    specs = [spec for spec in table.specs if all_commands or spec.name == START]
    return {
        "display_information": ABOUT_US,
        "features": {
            "app_home": APP_HOME,
            "bot_user": {"display_name": ABOUT_US["name"], "always_online": True},
            "shortcuts": [STARTS],
            "slash_commands": [_command(table, spec, prefix) | address for spec in specs],
        },
        "oauth_config": {
            "scopes": {"bot": sorted(SCOPES | OPTIONAL), "bot_optional": sorted(OPTIONAL)}
        },
        "settings": {
            "event_subscriptions": {"bot_events": sorted(EVENTS)} | _as(address, "request_url"),
            "interactivity": {"is_enabled": True} | _as(address, "request_url"),
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _as(address: dict[str, str], name: str) -> dict[str, str]:
    return {name: address["url"]} if address else {}


def _command(table: Table, spec: Spec, prefix: str) -> dict[str, Any]:
    hint = spec.usage.removeprefix(spec.name).strip()
    if spec.name == START:
        others = ", ".join(other.name for other in table.specs if other.name != START)
        hint = f"{hint} | {others}" if hint else others
    return {
        "command": cut(f"/{prefix}{spec.name}", NAME),
        "description": cut(spec.about, ABOUT),
        "usage_hint": cut(hint, USAGE),
        "should_escape": False,
    }
