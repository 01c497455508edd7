"""The process that is killed: people who answer as fast as they can, each press told outside."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime

from msgspec.structs import replace

from bot.app import new_id
from bot.chat.cards import Card
from bot.chat.events import Command, Origin, Press
from bot.door import Door
from bot.features.table import features
from storage import open_store
from tests import bank

PEOPLE = 24
QUESTIONS = tuple(replace(bank.SINGLE, id=f"crash-{n}", hash=f"crash{n}") for n in range(40))


def told(word: str, instance: str) -> None:
    """One line to whoever watches, in one write: it is out when this returns."""
    os.write(1, f"{word} {instance}\n".encode())


async def answer_for_ever(door: Door, *, early: bool) -> None:
    """One person after another begins a quiz of twenty and answers it."""
    while True:
        who = f"discord:{new_id()}"
        card = (await door.handle(Command(origin(who), "quiz", {"area": "type:single 20"}))).cards[
            0
        ]
        while card.view == "question-single":
            card = await one(door, who, card, early=early)


async def one(door: Door, who: str, card: Card, *, early: bool) -> Card:
    """Answer a question; `early` tells of it before it is committed, which must be found out."""
    token = card.buttons[0].token
    instance = token.split(":")[1]
    told("sent", instance)
    if early:
        told("acked", instance)
    verdict = (await door.handle(Press(origin(who), token))).cards[0]
    if verdict.view != "verdict":
        return verdict
    if not early:
        told("acked", instance)
    return (await door.handle(Press(origin(who), verdict.buttons[0].token))).cards[0]


def origin(who: str) -> Origin:
    """The facts of an event of now."""
    return Origin(
        person=who, place="discord:1", community="discord:g1", at=datetime.now(UTC), key=new_id(),
        name=who[-4:],
    )  # fmt: skip


async def main(url: str, order: str) -> None:
    """Until killed."""
    store = open_store(url, clock=lambda: datetime.now(UTC), ids=new_id)
    door = Door(store, features(), bank.kit(bank.collection(QUESTIONS), new_id, seed=None))
    people = (answer_for_ever(door, early=order == "early") for _ in range(PEOPLE))
    await asyncio.gather(*people)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
