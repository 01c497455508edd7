"""The Discord adapter, started from settings."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import discord

from adapters.discord import app
from bot.app import now
from bot.chat.posts import Poster
from bot.chat.rights import Rights
from bot.cli.failing import Wrong
from bot.cli.run import Fingerprint
from bot.config import Settings
from bot.door import Door

Start = Callable[[], Coroutine[Any, Any, None]]


async def discord_bot(
    settings: Settings, core: Door, stack: AsyncExitStack
) -> tuple[Poster, Start, Rights]:
    """Log in; gives the poster, what runs the gateway, and who answers for rights.

    Raises Wrong for a refused token.
    """
    kept = Fingerprint(settings.data / "discord-commands")
    where = app.Settings(settings.discord_api_base, settings.discord_gateway)
    client = app.create(core, where, kept)
    stack.push_async_callback(client.close)
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    try:
        await client.login(token)
    except discord.LoginFailure:
        raise Wrong(
            "Discord refused SPARRING_DISCORD_TOKEN. Make a new one: Developer Portal > your "
            "application > Bot > Reset Token."
        ) from None
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise Wrong(f"Discord cannot be reached: {error}") from None
    return client.poster, client.connect, client.rights(now)
