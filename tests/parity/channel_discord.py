"""A channel on Discord: interactions through discord.py's parser, a server that checks requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.chat.posts import Poster
from tests.adapters.discord import payloads
from tests.adapters.discord import wire as discord
from tests.adapters.discord.rules import walk
from tests.drivers import discord as on_discord
from tests.drivers.screen import Screen
from tests.parity.channel import ADMIN, How, Seen, seen
from tests.parity.channel_wired import Wired
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


class DiscordFace(Wired):
    """Interactions through discord.py's parser, and a server that checks every request."""

    driver: on_discord.DiscordDriver
    platform, community, place = "discord", "discord:700", "discord:300"

    def __init__(self, stage: Stage, wire: Shared, names: Mapping[str, str]) -> None:
        super().__init__(stage)
        self.wire = wire
        self._kept = on_discord.Memory()
        self._last: dict[str, discord.Talk] = {}
        self._people = {
            person: payloads.user(str(number), person) | {"global_name": name}
            for number, (person, name) in enumerate(names.items(), 1000)
        }
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

    def _user(self, person: str) -> str:
        return person

    def _on(self, posted: discord.Posted, label: str) -> tuple[Any, ...] | None:
        parts = walk(posted.body.get("components"))
        held = (part for part in parts if part.get("label") == label and "custom_id" in part)
        return next(((posted, part["custom_id"]) for part in held), None)

    def _posts(self) -> list[Any]:
        return [one for one in self.wire.posted.values() if one.place == "300" and not one.only]

    def post(self, number: int) -> Screen:
        return on_discord.screen(self._posts()[number])

    def public(self) -> tuple[Seen, ...]:
        read = on_discord.screen
        said = ((how, discord.Posted("1", "300", body)) for how, body in self.payloads())
        return tuple(seen(how, read(posted)) for how, posted in said)

    def payloads(self) -> list[tuple[How, Any]]:
        """What the channel showed, in order, and how."""
        return self.wire.said
