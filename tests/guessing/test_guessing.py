from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.discord import render as discord_render
from adapters.slack import render as slack_render
from bot.chat.cards import Card
from bot.features.quiz import issuing
from bot.store.rows import Quiz
from bot.views import question
from bot.views.question import Asking
from questions.loading import load
from questions.model import Choice, Item
from tests.guessing.guesser import Seen, blanked, lift, trained
from tests.sampling.asked import AREAS, NOW, reader

ROOT = Path(__file__).parents[2]
TRAINED, EXAMINED = 1000, 4000  # the more examined, the smaller the luck
FEW = 400  # show a leak well enough
Draw = Callable[[Item, random.Random], tuple[int, ...]]


def discord_payload(card: Card) -> Any:
    """What Discord is sent."""
    return discord_render.message(card).body


def slack_payload(card: Card) -> Any:
    """What Slack is sent: blocks and the fallback that is read out."""
    return slack_render.message(card)


def singles() -> list[Item]:
    """The single-choice questions of the bank."""
    items = [entry.item for entry in load(ROOT / "questions" / "bank").entries]
    return [
        i for i in items if isinstance(i.body, Choice) and not i.body.many and not i.fixed_order
    ]


def seen(face: str, rng: random.Random, number: int, pool: list[Item], draw: Draw) -> Seen:
    """One question as it went out in some quiz."""
    item = rng.choice(pool)
    assert isinstance(item.body, Choice)
    asked = issuing.asked(item, rng.choice(("new", "due", "weak")), rng)
    order = draw(item, rng)
    asked = type(asked)(ref=asked.ref, type=asked.type, order=(order,), issued=NOW)
    identity = "".join(rng.choice("0123456789abcdefghjkmnpqrstvwxyz") for _ in range(14))
    at = number % 5
    quiz = Quiz(
        id=identity,
        person="p1",
        community="c1",
        place="x",
        started=NOW,
        touched=NOW,
        asked=(asked,) * 5,
        at=at,
    )
    card = question.card(reader(face), Asking(quiz, at, item, AREAS))
    payload = discord_payload(card) if face == "discord" else slack_payload(card)
    options = tuple(option.text for option in item.body.options)
    tokens = tuple(button.token for button in card.rows[0])
    key = next(n for n, index in enumerate(order) if item.body.options[index].right)
    return Seen(blanked(payload, options), tokens, key)


def shuffled(item: Item, rng: random.Random) -> tuple[int, ...]:
    """The order as the bot draws it."""
    return issuing.order(item, rng)[0]


def leaking(item: Item, rng: random.Random) -> tuple[int, ...]:
    """An order that leaves the key where it was authored."""
    assert isinstance(item.body, Choice)
    return tuple(range(len(item.body.options)))


def measured(face: str, draw: Draw, examined: int = EXAMINED) -> float:
    """The lift over chance on payloads that the guesser has not seen."""
    rng, pool = random.Random(20261122), singles()
    rows = [seen(face, rng, n, pool, draw) for n in range(TRAINED + examined)]
    return lift(trained(rows[:TRAINED]), rows[TRAINED:])


@pytest.mark.parametrize("face", ["discord", "slack"])
def test_a_payload_does_not_show_the_key(face: str) -> None:
    """A guesser trained on 1,000 blanked payloads has at most chance + 2 points on 4,000 others."""
    assert measured(face, shuffled) <= 0.02


def test_the_guesser_finds_a_leak() -> None:
    """The same guesser sees at once where options are not shuffled: the test can fail."""
    assert measured("discord", leaking, FEW) > 0.2
