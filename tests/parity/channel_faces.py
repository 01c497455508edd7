"""The three faces of a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from tests.adapters.discord import wire as discord
from tests.adapters.slack import wire as slack
from tests.parity.channel import PEOPLE, Face
from tests.parity.channel_discord import DiscordFace, Shared
from tests.parity.channel_slack import SlackFace
from tests.parity.channel_terminal import TerminalFace
from tests.stage import Stage

__all__ = ["DiscordFace", "SlackFace", "TerminalFace", "opened"]


@asynccontextmanager
async def opened(
    name: str, stage: Stage, names: Mapping[str, str] | None = None
) -> AsyncIterator[Face]:
    """A face over a stage; at the end nothing unacceptable may have gone over its wire."""
    known = names if names is not None else {person: person for person in PEOPLE}
    if name == "terminal":
        yield TerminalFace(stage, known)
        return
    async with AsyncExitStack() as stack:
        one: SlackFace | DiscordFace
        if name == "slack":
            one = SlackFace(stage, await stack.enter_async_context(slack.listening()), known)
        else:
            wire = Shared()
            await stack.enter_async_context(discord.listening(wire))
            one = DiscordFace(stage, wire, known)
        await one.open()
        stack.push_async_callback(one.close)
        yield one
