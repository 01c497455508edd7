from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.chat.text import clean
from bot.store.protocol import Tx
from bot.streaks import Streak
from tests.adapters.discord import payloads
from tests.core.test_moderation_hostile import EVERY, inert_on_discord, inert_on_slack
from tests.drivers.screen import Screen
from tests.parity.channel import ADMIN, START, ZONE, Town, lines, questions
from tests.parity.channel_day import RIGHT, locks_in, opens
from tests.parity.channel_faces import DiscordFace, SlackFace, opened
from tests.stage import Stage

FEW = 6  # people at a time: all that stand among a week's winners
BATCHES = [EVERY[number :: -(-len(EVERY) // FEW)] for number in range(-(-len(EVERY) // FEW))]
WINNERS = "Best of the week 23 Nov to 29 Nov"
SIX_DAYS = Streak(days=6, last=date(2026, 11, 22), done=6, best=6)


async def introduce(town: Town, person: str, name: str) -> None:
    """Somebody with this name who has answered on six days."""

    def work(tx: Tx) -> Reply:
        tx.save_person(replace(tx.person, streak=SIX_DAYS))
        tx.save_member(replace(tx.member, name=clean(name, 80)))
        return Reply()

    origin = replace(town.origin(person), key=f"name/{person}", name=clean(name, 80))
    await town.stage.store.run(origin, work)


async def call_from(town: Town, channel: str) -> None:
    """The admin types /challenge in a channel of this name, and names it too."""
    face = town.face
    if isinstance(face, DiscordFace):
        payload = face.driver.payload(ADMIN, payloads.COMMAND, face.driver._called("/challenge"))
        payload["channel"]["name"] = channel
        await face.driver.deliver(payload)
    elif isinstance(face, SlackFace):
        for line in ("challenge", f"challenge #{channel}"):
            body = face.driver.called(ADMIN, line) | {"channel_name": channel}
            await face.driver.seen(ADMIN, body)


async def play(town: Town, names: dict[str, str]) -> None:
    """A daily, its reveal, a game's standings, one that is stopped, a board, a week's winners."""
    first, second, *_ = names
    for person, name in names.items():
        await introduce(town, person, name)
        await call_from(town, name)
    await town.says(ADMIN, "/community")
    await town.presses(ADMIN, "Winners here")
    await town.says(ADMIN, "/challenge")
    await town.presses(ADMIN, "Post the first now")
    await town.after(seconds=20)
    for person in names:
        await locks_in(town, person, 0, RIGHT)
    await town.says(first, "/leaderboard today")
    await town.presses(first, "Show in channel")
    await town.says(first, "/together 1")
    post = town.face.posts()
    town.set(await opens(town, 0) + timedelta(seconds=4))
    for person in names:
        await town.presses_on(person, post, town.letter(post, RIGHT))
    await town.after(minutes=2)
    await town.presses_on(second, post, "Play again")
    await opens(town, 0)
    await town.presses_on(first, post + 1, "Stop the game")
    await town.presses_on(second, post + 1, "Stop the game")
    await town.at(24, "09:00")
    await town.says(ADMIN, "/challenge")
    await town.presses(ADMIN, "Pause")
    await town.at(30, "12:00")


def checked(face: DiscordFace | SlackFace) -> int:
    """Look at everything that was sent; gives how many payloads that were."""
    seen = 0
    for body in _bodies(face):
        if "components" in body and "allowed_mentions" in body:
            inert_on_discord(body)
            seen += 1
        elif "blocks" in body:
            inert_on_slack(body)
            seen += 1
    return seen


def _bodies(face: DiscordFace | SlackFace) -> list[Any]:
    if isinstance(face, SlackFace):
        return [body.get("view", body) for _, body in face.wire.requests]
    sent = [one.body for one in face.wire.requests if isinstance(one.body, dict)]
    return [body.get("data") or body for body in sent]


@pytest.mark.parametrize("number", range(len(BATCHES)))
@pytest.mark.parametrize("name", ["discord", "slack"])
async def test_names_are_words_wherever_they_stand(tmp_path: Path, name: str, number: int) -> None:
    """People's and channels' names are live in no standing, board, reveal or refusal."""
    names = {f"p{n}": text for n, text in enumerate(BATCHES[number], 1)}
    stage = Stage(tmp_path / "x.db", questions(), zone=ZONE)
    stage.clock.at = START
    async with opened(name, stage, names) as face:
        assert isinstance(face, DiscordFace | SlackFace)
        town = Town(stage, face)
        await play(town, names)
        assert checked(face) > 30
        public = face.public()
        assert [one.lines[0] for one in public if "took part" in one.text] == [WINNERS]
        [split] = [one for one in public if "Streaks:" in one.text]
        [over] = [one for one in public if one.lines[0] == "Game over" and "players" in one.text]
        board = next(one for one in public if one.lines[0].startswith("Today"))
        assert split.text.count(" 7 days") == len(names)
        assert over.text.count(" 9 ") >= len(names)
        assert board.text.count(" 10") >= len(names)
        if name == "slack":
            shown = " ".join(one.text for one in public)
            for text in names.values():
                assert " ".join(lines(Screen(text=clean(text, 80)))) in shown
    await stage.store.close()
