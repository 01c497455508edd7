"""A channel on Discord: interactions through discord.py's parser, a server that checks requests."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

from bot.chat.posts import Poster
from tests.adapters.discord import payloads
from tests.adapters.discord import wire as discord
from tests.adapters.discord.rules import walk
from tests.drivers import discord as on_discord
from tests.drivers.screen import Screen
from tests.parity.channel import ADMIN, How, Seen, seen
from tests.stage import Stage


class Shared(discord.Wire):
    """Discord, which keeps every look of what all see in the channel and its threads."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[How, discord.Json]] = []
        self.gone: dict[str, discord.Refusal] = {}  # channels that refuse everything

    def _refused(self, line: str) -> None:
        for place, refusal in self.gone.items():
            if f"/channels/{place}/" in line:
                raise refusal
        super()._refused(line)

    def _new(
        self, place: str, body: discord.Json, files: dict[str, bytes], person: str = ""
    ) -> discord.Posted:
        made = super()._new(place, body, files, person)
        if not made.only and (place == "300" or place in self.threads):
            self.said.append(("post" if place == "300" else "thread", body))
        return made

    def _change(
        self, posted: discord.Posted, body: discord.Json, files: dict[str, bytes]
    ) -> discord.Posted:
        if not posted.only and posted.place == "300":
            self.said.append(("edit", body))
        return super()._change(posted, body, files)


class DiscordFace:
    """Interactions through discord.py's parser, and a server that checks every request."""

    platform, community, place = "discord", "discord:700", "discord:300"

    def __init__(self, stage: Stage, wire: Shared, names: Mapping[str, str]) -> None:
        self.stage, self.wire = stage, wire
        self._stack = AsyncExitStack()
        self._kept = on_discord.Memory()
        self._last: dict[str, discord.Talk] = {}
        self._people = {
            person: payloads.user(str(number), person) | {"global_name": name}
            for number, (person, name) in enumerate(names.items(), 1000)
        }
        self._pressed: dict[str, Any] = {}
        self.follow(stage.clock())
        self.wire.places["300"] = {"id": "300", "type": 0, "guild_id": "700"}
        self.wire.member = {"roles": []}
        self.allow(write=True)

    async def open(self) -> None:

        entered = on_discord.driving(
            self.stage.door,
            wire=self.wire,
            kept=self._kept,
            clock=lambda: self.stage.clock().timestamp(),
        )
        self.driver = await self._stack.enter_async_context(entered)
        self.driver.admins = {ADMIN}
        self.driver._people, self.driver._last = self._people, self._last
        self.stage.rights["discord"] = self.driver.client.rights(self.stage.clock)

    async def close(self) -> None:
        await self._stack.aclose()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    def follow(self, at: datetime) -> None:
        self.wire.now = at

    def poster(self) -> Poster:
        return self.driver.client.poster

    def external(self, person: str) -> str:
        return f"discord:{self.driver._user(person)['id']}"

    def allow(self, *, write: bool) -> None:
        """Give the bot's role what a daily needs, or all but the right to write."""
        granted = 1 << 10 | (1 << 11 if write else 0) | 1 << 16 | 1 << 35 | 1 << 38
        self.wire.roles = [{"id": "700", "permissions": str(granted)}]

    async def command(self, person: str, line: str) -> Screen:
        return await self.driver.command(person, line)

    async def press(self, person: str, label: str) -> Screen:
        self._pressed[person] = self.driver._found(person, label)
        return await self.again(person)

    async def again(self, person: str) -> Screen:
        return await self.driver.press_on(person, *self._pressed[person])

    async def press_on(self, person: str, post: int, label: str) -> Screen:

        posted = self._posts()[post]
        for part in walk(posted.body.get("components")):
            if part.get("label") == label and "custom_id" in part:
                self._pressed[person] = (posted, part["custom_id"])
                return await self.again(person)
        raise AssertionError((label, self.post(post)))

    async def types(self, person: str, text: str, post: int) -> Screen:
        await self.press_on(person, post, "Answer")
        return await self.driver.fill(person, {"answer": text})

    async def choose(self, person: str, letters: tuple[str, ...], post: int) -> Screen:
        await self.press_on(person, post, "Choose")
        return await self.driver.fill(person, {"picks": letters})

    def _posts(self) -> list[Any]:
        return [one for one in self.wire.posted.values() if one.place == "300" and not one.only]

    def posts(self) -> int:
        return len(self._posts())

    def post(self, number: int) -> Screen:

        return on_discord.screen(self._posts()[number])

    def public(self) -> tuple[Seen, ...]:
        read = on_discord.screen
        said = ((how, discord.Posted("1", "300", body)) for how, body in self.payloads())
        return tuple(seen(how, read(posted)) for how, posted in said)

    def payloads(self) -> list[tuple[How, Any]]:
        """What the channel showed, in order, and how."""
        return self.wire.said
