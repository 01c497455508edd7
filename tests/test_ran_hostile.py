"""What people's queries give and what databases say of them stays text on both platforms."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from adapters.discord import words as discord_words
from adapters.discord.render import message as discord
from adapters.slack.render import message as slack
from bot.chat.cards import Card
from bot.chat.tokens import make
from bot.grading.verdict import Response, Verdict
from bot.views import explained, ran, verdict
from tests import jailed_items
from tests.adapters.discord.hostile import TEXTS, live
from tests.adapters.discord.rules import walk
from tests.adapters.slack.rules import texts
from tests.adapters.slack.test_render import HOSTILE
from tests.sampling.asked import NOW, answered, reader
from tests.sampling.ran import EXPECTED, outcome, queried

MARKS = ("### ", "-# ", "**")  # that Discord's renderer makes itself
EVIL = tuple(dict.fromkeys((*TEXTS, *HOSTILE)))


def cards(evil: str, platform: str) -> Iterator[Card]:
    """The cards in which cells, columns, queries and errors can stand."""
    here = reader(platform)
    table = outcome((evil, evil), (f"a\n{evil}", None), columns=(evil, f"`{evil}`"))
    wide = outcome((evil, evil, evil), columns=(evil, evil, evil))
    for one in (table, wide):
        told = queried(one, *EXPECTED[1:], text=evil)
        asking = answered(jailed_items.SQL, Response(text=evil), told)
        yield replace(verdict.card(here, asking, NOW), links=())
        yield replace(explained.card(here, asking), links=())


def errors(evil: str) -> Iterator[str]:
    """What is said of a query or pattern that cannot be run, in SQLite's and Python's words."""
    for error in (evil, f"no such column: {evil}", f'near "{evil}": syntax error'):
        refused = Verdict(mark="wrong", reason="refused", matched=error)
        yield ran.refused("sql", refused)
        yield ran.refused("regex", refused)


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_is_live_on_discord(evil: str) -> None:
    """A cell, a column, a query and an error are read as they are, and mention nobody."""
    token = make("type", "q1.0", 0, form=True)
    sent = (discord_words.unsent(token, None, {"answer": one}, {}) for one in errors(evil))
    for card in (*cards(evil, "discord"), *sent):
        body = discord(card).body
        assert body["allowed_mentions"] == {"parse": []}
        for part in walk(body["components"]):
            if part["type"] == 10:
                assert [one for one in live(part["content"]) if one not in MARKS] == []


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_is_live_on_slack(evil: str) -> None:
    """The same there: no block is read as mrkdwn, the fallback has no angle bracket."""
    for card in cards(evil, "slack"):
        payload = slack(card)
        assert "mrkdwn" not in json.dumps(payload)
        assert not {"<", ">"} & set(payload["text"])
        kinds = {part.get("type") for part in texts(payload)}
        assert kinds <= {"text", "plain_text", None, "button"}, kinds


@pytest.mark.parametrize("evil", EVIL)
def test_an_error_is_one_short_line(evil: str) -> None:
    """It stands beside a field: no line breaks, no fence, 300 characters at most."""
    for said in errors(evil * 20):
        assert "\n" not in said
        assert "`" not in said
        assert "**" not in said
        assert len(said) <= 300
