from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

from tests.adapters.discord import wire as discord
from tests.adapters.slack import wire as slack
from tests.drivers import discord as on_discord
from tests.drivers import slack as on_slack
from tests.drivers.screen import Screen
from tests.parity.channel import ADMIN, START, ZONE, Town, lines, questions
from tests.parity.channel_day import RIGHT, locks_in
from tests.parity.channel_faces import DiscordFace, SlackFace, opened
from tests.stage import Stage

DAYS = (24, 25, 26, 27)


class Second(Protocol):
    """The second channel of a community, which is lost and found again."""

    name: str

    async def command(self, line: str) -> Screen: ...
    def lose(self, code: str) -> None: ...
    def find(self) -> None: ...
    def posts(self, place: str = "") -> int: ...
    def tried(self) -> int: ...
    def told(self) -> list[str]: ...


class OnSlack:
    name = "#C2"

    def __init__(self, face: SlackFace) -> None:
        self.face, self.wire = face, face.wire
        self.wire.member_of.add("C2")

    async def command(self, line: str) -> Screen:
        return await self.face.driver.command(ADMIN, line, channel="C2")

    def lose(self, code: str) -> None:
        self.wire.weather = lambda method, body: (
            slack.Refusal(code)
            if body.get("channel") == "C2" and method.startswith("chat.")
            else None
        )

    def find(self) -> None:
        self.wire.weather = lambda _method, _body: None

    def posts(self, place: str = "C2") -> int:
        shown = [one for one in self.wire.shown.values() if one.place == place]
        return len([one for one in shown if not (one.only or one.thread)])

    def tried(self) -> int:
        calls = self.wire.calls("chat.postMessage")
        return len([b for b in calls if b["channel"] == "C2" and "thread_ts" not in b])

    def told(self) -> list[str]:
        direct = [one for one in self.wire.shown.values() if one.place == "DUBOSS"]
        return [" ".join(lines(on_slack.screen(one))) for one in direct]


class OnDiscord:
    name = "#301"

    def __init__(self, face: DiscordFace) -> None:
        self.face, self.wire = face, face.wire
        self.wire.places["301"] = {"id": "301", "type": 0, "guild_id": "700"}

    async def command(self, line: str) -> Screen:
        self.face.driver.place = "301"
        seen = await self.face.driver.command(ADMIN, line)
        self.face.driver.place = "300"
        return seen

    def lose(self, code: str) -> None:
        status = 404 if code == "10003" else 403
        self.wire.gone = {"301": discord.Refusal(status, int(code))}

    def find(self) -> None:
        self.wire.gone = {}

    def posts(self, place: str = "301") -> int:
        return len([p for p in self.wire.posted.values() if p.place == place and not p.only])

    def tried(self) -> int:
        return len(self.wire.lines("/channels/301/messages"))

    def told(self) -> list[str]:
        talk = f"7{self.face.driver._user(ADMIN)['id']}"
        direct = [one for one in self.wire.posted.values() if one.place == talk]
        return [" ".join(lines(on_discord.screen(one))) for one in direct]


async def add_it(town: Town, second: Second) -> None:
    """The admin types /challenge in the second channel and adds it to the first one's."""
    await second.command("/challenge")
    await town.presses(ADMIN, "The others")
    await town.presses(ADMIN, "09:00, Berlin")
    await town.presses(ADMIN, "Channels")
    await town.presses(ADMIN, "Add this channel")


async def try_again(town: Town, second: Second) -> Screen:
    """It is open again: the admin has it tried."""
    await second.command("/challenge")
    await town.presses(ADMIN, "Channels")
    return await town.presses(ADMIN, "Try the lost again")


@pytest.mark.parametrize(
    ("name", "code", "why"),
    [
        ("slack", "is_archived", "the channel is archived"),
        ("slack", "not_in_channel", "I am not in the channel"),
        ("discord", "10003", "the channel is gone"),
        ("discord", "50001", "I cannot see the channel"),
    ],
)
async def test_a_channel_that_is_lost_is_told_once(
    tmp_path: Path, guarded: None, name: str, code: str, why: str
) -> None:
    """Whoever scheduled it hears of it once, it is left alone, and the other channel goes on."""
    stage = Stage(tmp_path / "x.db", questions(), zone=ZONE)
    stage.clock.at = START
    async with opened(name, stage) as face:
        town = Town(stage, face)
        second: Second
        if isinstance(face, SlackFace):
            second, first = OnSlack(face), "C1"
        else:
            assert isinstance(face, DiscordFace)
            second, first = OnDiscord(face), "300"
        await town.says(ADMIN, "/challenge")
        await town.presses(ADMIN, "Post the first now")
        await town.after(seconds=20)
        await add_it(town, second)
        await town.at(DAYS[0], "09:00")
        assert (second.posts(first), second.posts(), second.told()) == (2, 1, [])
        await locks_in(town, "Ada", 1, RIGHT)

        second.lose(code)
        for day in DAYS[1:3]:
            await town.at(day, "09:00")
            await town.at(day, "20:00")
        assert (second.posts(first), second.posts(), second.tried()) == (4, 1, 2)
        [told] = second.told()
        assert f"could not be posted in {second.name}: {why}." in told
        assert "1 answered, 1 right (100 %)" in " ".join(lines(face.post(1)))

        second.find()
        seen = await try_again(town, second)
        assert "I could not post" not in seen.text
        await town.at(DAYS[3], "09:00")
        assert (second.posts(first), second.posts(), len(second.told())) == (5, 2, 1)
    await stage.store.close()
