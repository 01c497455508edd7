"""Texts of people in moderation and in their own questions, as both platforms draw them (P8)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

import pytest
from msgspec.structs import replace

from adapters.discord.forms import modal
from adapters.discord.render import message as discord_message
from adapters.slack.render import message as slack_message
from adapters.slack.views import Behind, form_view
from bot.chat.cards import Card, Form, Link
from bot.chat.fitting import cut
from bot.chat.say import Reader
from bot.chat.text import clean, spoken
from bot.features.moderation import reporting
from bot.features.moderation.drafting import Typed, draft
from bot.grading.verdict import Response
from bot.store.community import Audit
from bot.views import explained, moderation, proposing, question, verdict
from bot.views import reporting as told
from bot.views.desk import Waiting
from bot.views.moderation import Listed, Reviewed
from questions.model import Choice, Item, Option
from tests import bank
from tests.adapters.discord.hostile import TEXTS, live
from tests.adapters.discord.rules import walk
from tests.adapters.slack.rules import texts
from tests.adapters.slack.test_render import HOSTILE
from tests.core.moderating import GOOD, acts
from tests.sampling.asked import AREAS, NOW, answered, asking
from tests.sampling.moderation import OWN
from tests.stage import Stage

EVERY = tuple(dict.fromkeys((*TEXTS, *HOSTILE)))
URL = OWN.sources[0].url
OURS = ("### ", "-# ", "**")  # marks that cards may have: bold is a person's to use as well
HERE = Reader()


def evil_item(text: str) -> Item:
    """A question that says this wherever a person may write; no rule of the form kept it out."""
    said = clean(text)
    options = tuple(Option(f"{said} {n}", n == 0, said if n else "") for n in range(3))
    return replace(OWN, prompt=said, body=Choice(options), explain=said)


def cards(text: str) -> Iterator[Card]:
    """Every card on which something of a report, a proposal or its question stands."""
    said, item = clean(text), evil_item(text)
    waiting = Waiting(1, 1, 1)
    one = Reviewed(name="x", item=item, reasons=(said, said), people=2, by=said)
    audit = Audit(community="c1", person="p", name=said, at=NOW, what="kept", about=said)
    yield moderation.report(HERE, waiting, one, AREAS)
    yield moderation.proposal(HERE, waiting, one, AREAS)
    yield moderation.hidden(HERE, [Listed("x", said, said, reported=False)], 0, 1, "")
    yield moderation.log(HERE, [audit, replace(audit, what=said)], 0)
    yield proposing.proposed(HERE, item, AREAS, more=True)
    yield proposing.decided(HERE, item, accepted=False, why=said)
    yield question.card(HERE, asking(item))
    wrong = replace(answered(item, Response((1,))), intro=told.withdrawn(HERE, said))
    yield verdict.card(HERE, wrong, NOW)
    yield explained.card(HERE, wrong)


def forms(text: str) -> Iterator[Form]:
    """Every form in which a person's question stands."""
    item = evil_item(text)
    yield moderation.withdraw_form(HERE, "x", item)
    yield question.report_form(HERE, item, "!x")


def inert_on_discord(drawn: dict[str, object]) -> None:
    """Nothing is live, nobody is mentioned."""
    assert drawn.get("allowed_mentions", {"parse": []}) == {"parse": []}
    for part in walk(drawn["components"]):
        if part["type"] == 10:
            words = part["content"].replace(f"]({URL})", "").replace(f"]({bank.SOURCE.url})", "")
            assert [one for one in live(words) if one not in OURS] == [], part["content"]


def inert_on_slack(drawn: dict[str, object]) -> None:
    """No text is read as mrkdwn, no link leads anywhere but to our sources."""
    assert "mrkdwn" not in json.dumps(drawn)
    for link in (one for one in texts(drawn) if one.get("type") == "link"):
        assert link["url"] in (URL, bank.SOURCE.url)
    beside = drawn.get("text", "")
    assert isinstance(beside, str)
    assert not {"<", ">"} & set(beside)


@pytest.mark.parametrize("text", EVERY)
def test_nothing_that_people_write_is_live(text: str) -> None:
    """A report, a proposal and the question it becomes are words on both platforms."""
    for card in cards(text):
        inert_on_discord(discord_message(card).body)
        inert_on_slack(slack_message(card))
    for form in forms(text):
        inert_on_discord(modal(form))
        inert_on_slack(form_view(form, Behind()))


@pytest.mark.parametrize("text", EVERY)
def test_no_address_but_the_source_gets_into_an_item(text: str) -> None:
    """What is no address of a standard or manual makes no link, whatever else it is."""
    typed = Typed(**(GOOD | {"source": clean(text)}))
    made = draft(typed, HERE, AREAS, bank.COMMANDS, "c1", "own-1")
    assert made.item is None
    assert set(made.errors) == {"source"}


async def test_reasons_from_the_door_to_the_platforms(stage: Stage) -> None:
    """What stands in a report goes through the door, the store and both renderers as words."""
    ben, admin = stage.person("ben"), stage.person("zoe", admin=True)
    for text in EVERY:
        said = clean(text)
        await acts(ben, partial(reporting.report, ref=bank.SINGLE.ref, reason=said))
        card = await admin.says("moderate")
        assert f"- {cut(said, moderation.LINE)}\n" in spoken(card.text)
        inert_on_discord(discord_message(card).body)
        inert_on_slack(slack_message(card))


def test_the_test_can_fail() -> None:
    """A card that lets a text through as it is would be found on both."""
    link = Card(view="x", text="x", links=(Link("x", "https://evil.example/"),))
    with pytest.raises(AssertionError):
        inert_on_slack(slack_message(link))
    with pytest.raises(AssertionError):
        inert_on_discord(discord_message(link).body)
