"""The bot as `sparring run` starts it from settings."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.discord.post import Poster
from bot.cli.discord_bot import discord_bot
from bot.cli.failing import Wrong
from bot.config import Settings
from tests.adapters.discord.drill import door
from tests.adapters.discord.wire import Refusal, listening
from tests.drivers.discord import addresses


async def test_what_a_start_gives(tmp_path: Path) -> None:
    """
    A poster, what runs the gateway, and who answers for rights; a refused token is told in words.
    """
    with addresses():
        async with listening() as wire, AsyncExitStack() as stack:
            settings = Settings(
                data=tmp_path, discord_token=SecretStr("token"), discord_api_base=wire.url
            )
            poster, start, rights = await discord_bot(settings, door(), stack)
            assert isinstance(poster, Poster)
            assert callable(start)
            assert len(await rights.lacks("discord:300")) == 1
            assert (tmp_path / "discord-commands").exists()

            wire.refuse["/users/@me"] = [Refusal(401, 0)]
            with pytest.raises(Wrong, match="Reset Token"):
                await discord_bot(settings, door(), stack)
