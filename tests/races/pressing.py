"""Many people who press one shared question at once, through an adapter's own wire."""

from __future__ import annotations

import asyncio
import sys

from adapters.slack import render
from bot.app import new_id
from bot.chat.cards import Button, Card
from bot.door import Door
from bot.features.table import features
from storage import open_store
from tests import bank
from tests.drivers.discord import driving as discord_driving
from tests.drivers.slack import driving as slack_driving
from tests.stage import Clock

LETTERS = "ABCD"


async def press_on_discord(door: Door, token: str, people: range, presses: int) -> int:
    """Everybody presses as often, all in flight at once; gives the number of answered presses."""
    from tests.adapters.discord import payloads  # noqa: PLC0415 - loads the SDK

    async with discord_driving(door) as driver:
        await driver.command("p0", "/help")
        posted = driver._newest("p0")[0]
        sent = []
        for number in range(presses):
            for person in people:
                letter = LETTERS[(person + number) % len(LETTERS)]
                data, more = payloads.press(f"{token}:{letter}", posted)
                sent.append(driver.payload(f"p{person}", payloads.PRESS, data, posted, **more))
        await driver.deliver(*sent)
        return len(sent)


async def press_on_slack(door: Door, token: str, people: range, presses: int) -> int:
    """The same through Slack's signed requests."""
    from tests.adapters.slack.wire import Shown  # noqa: PLC0415 - loads the SDK
    from tests.drivers.slack import elements  # noqa: PLC0415

    row = tuple(Button(letter, f"{token}:{letter}") for letter in LETTERS)
    body = render.message(Card(view="shared", text="?", rows=(row,)))
    async with slack_driving(door) as driver:
        shown = Shown("message", "1.1", "C1", body)
        driver.wire.shown[shown.id] = shown
        buttons = [one for one in elements(body) if "value" in one]
        sent = [
            driver.deliver(driver.pressed(f"p{person}", shown, buttons[(person + number) % 4]))
            for number in range(presses)
            for person in people
        ]
        answers = await asyncio.gather(*sent)
        await driver.app.settle()
        return sum(answer.status == 200 for answer in answers)


FACES = {"discord": press_on_discord, "slack": press_on_slack}


async def main(url: str, face: str, token: str, first: str, last: str, presses: str) -> None:
    """One process of several on the same database."""
    store = open_store(url, clock=Clock(), ids=new_id)
    door = Door(store, features(), bank.kit(new_id=new_id, seed=None))
    people = range(int(first), int(last))
    print(await FACES[face](door, token, people, int(presses)))
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
