from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.features.quiz import issuing
from bot.store.community import Daily
from bot.views import daily as views
from questions.model import Choice, Item
from tests.guessing.guesser import Seen, blanked, lift, trained
from tests.guessing.test_guessing import FEW, discord_payload, singles, slack_payload
from tests.sampling.asked import AREAS, NOW, reader

TRAINED, EXAMINED = 1000, 8_000


def seen(face: str, rng: random.Random, number: int, pool: list[Item], *, leaks: bool) -> Seen:
    """A daily's post as it went out, its options in the order of its key."""
    item = rng.choice(pool)
    assert isinstance(item.body, Choice)
    day = date(2026, 1, 1) + timedelta(days=number)
    key = random.Random(f"c{rng.random()}/{day}/{item.id}")
    asked = issuing.asked(item, "shared", key)
    if leaks:
        written = item.body.options
        first = sorted(asked.order[0], key=lambda at: not written[at].right)
        asked = replace(asked, order=(tuple(first),))
    name = "".join(rng.choice("0123456789abcdefghjkmnpqrstvwxyz") for _ in range(14))
    daily = Daily(id=name, challenge="c", community="c", day=day, asked=asked, posted=NOW)
    card = views.posted(reader(face), views.Posted(daily, item, AREAS, NOW))
    payload = discord_payload(card) if face == "discord" else slack_payload(card)
    options = tuple(option.text for option in item.body.options)
    tokens = tuple(button.token for button in card.rows[0])
    right = next(n for n, at in enumerate(asked.order[0]) if item.body.options[at].right)
    return Seen(blanked(payload, options), tokens, right)


def measured(face: str, examined: int, *, leaks: bool) -> float:
    """The lift over chance on posts that the guesser has not seen."""
    rng, pool = random.Random(20261122), singles()
    rows = [seen(face, rng, n, pool, leaks=leaks) for n in range(TRAINED + examined)]
    return lift(trained(rows[:TRAINED]), rows[TRAINED:])


@pytest.mark.parametrize("face", ["discord", "slack"])
def test_a_post_does_not_show_the_key(face: str) -> None:
    """A guesser trained on 1,000 blanked posts has at most chance + 2 points on 8,000 others."""
    assert measured(face, EXAMINED, leaks=False) <= 0.02


def test_a_post_with_the_key_first_is_found_out() -> None:
    """The same guesser sees at once where options are not shuffled: it can fail."""
    assert measured("discord", FEW, leaks=True) > 0.2
