"""Posts unasked: where they go, sent once, and what each refusal of Slack's means."""

from __future__ import annotations

import pytest

from adapters.slack.post import Poster
from bot.chat.cards import Button, Card
from bot.chat.posts import Later, Message, Post, Refused, Where
from tests.adapters.slack.conversing import PROGRESS
from tests.adapters.slack.wire import Refusal
from tests.drivers.slack import SlackDriver

CARD = Card(view="daily", title="Daily", text="What?", rows=((Button("A", "lock:A"),),), to="place")


def post(where: Where = "place", target: str = "slack:T1/C1", dedupe: str = "d1") -> Post:
    return Post(dedupe=dedupe, where=where, target=target, card=CARD)


@pytest.fixture
def poster(slack: SlackDriver) -> Poster:
    return slack.app.poster


async def test_a_place_a_person_a_thread_and_an_edit(slack: SlackDriver, poster: Poster) -> None:
    """
    Each goes where it belongs and gives the name of the message.
    """
    place = await poster.send(post())
    direct = await poster.send(post("direct", "slack:T1/UANN", "d2"))
    under = Post(dedupe="d3", where="thread", target="slack:T1/C1", card=CARD, under=place)
    thread = await poster.send(under)
    closed = Card(view="daily", title="Closed")
    edited = await poster.send(
        Post(dedupe="d4", where="place", target="slack:T1/C1", card=closed, edits=place)
    )
    stamps = [one.id.partition("/")[2] for one in (place, direct, thread)]

    assert [slack.wire.shown[one].place for one in stamps] == ["C1", "DUANN", "C1"]
    assert slack.wire.shown[stamps[2]].thread == stamps[0]
    assert edited == place
    assert "Closed" in str(slack.wire.shown[stamps[0]].body)
    assert len(slack.wire.calls("conversations.open")) == 1


async def test_a_home(slack: SlackDriver, poster: Poster) -> None:
    """
    A post to somebody's Home is published there.
    """
    await poster.send(post("home", "slack:T1/UANN"))

    assert "Daily" in str(slack.wire.shown["HUANN"].body)


async def test_a_second_attempt_finds_the_first(slack: SlackDriver, poster: Poster) -> None:
    """
    A post that Slack took before the connection dropped is found by its dedupe id, not sent again.
    """
    first = await poster.send(post())
    again = await poster.send(post())
    other = await poster.send(post(dedupe="d2"))

    assert again == first
    assert other != first
    assert len(slack.wire.calls("chat.postMessage")) == 2
    assert [one["metadata"]["event_payload"] for one in slack.wire.calls("chat.postMessage")] == [
        {"id": "d1"},
        {"id": "d2"},
    ]


async def test_a_thread_message_is_found_in_its_thread(slack: SlackDriver, poster: Poster) -> None:
    """
    The look-up of a thread message asks for replies.
    """
    place = await poster.send(post())
    under = Post(dedupe="d3", where="thread", target="slack:T1/C1", card=CARD, under=place)
    assert await poster.send(under) == await poster.send(under)
    assert len(slack.wire.calls("conversations.replies")) == 2


async def test_who_knows_that_it_is_the_first_attempt_saves_the_look_up(
    slack: SlackDriver, poster: Poster
) -> None:
    """
    `first` asks for no history.
    """
    await poster.send(post(), first=True)
    assert slack.wire.calls("conversations.history") == []


async def test_without_the_right_to_read_history_it_is_sent(
    slack: SlackDriver, poster: Poster
) -> None:
    """
    The manifest asks for no channel's history: then the post counts as new.
    """
    slack.wire.scopes = {"im:history"}
    assert (await poster.send(post())).platform == "slack"


async def test_a_dropped_connection_is_tried_later_and_shown_once(
    slack: SlackDriver, poster: Poster
) -> None:
    """
    The client repeats nothing by itself.
    """
    slack.wire.refuse["chat.postMessage"] = [Refusal(drop=True)]
    with pytest.raises(Later):
        await poster.send(post())
    assert len(slack.wire.calls("chat.postMessage")) == 1
    await poster.send(post())
    assert len(slack.wire.shown) == 1


@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.history"])
async def test_rate_limits_are_the_outboxs(slack: SlackDriver, poster: Poster, method: str) -> None:
    """
    429 says when to come back, and nothing is asked before.
    """
    slack.wire.refuse[method] = [Refusal(after=42)]
    with pytest.raises(Later) as later:
        await poster.send(post())

    assert later.value.seconds == 42
    assert slack.paused == []


@pytest.mark.parametrize(
    "code",
    ["channel_not_found", "is_archived", "not_in_channel", "account_inactive", "cannot_dm_bot",
     "user_not_found", "restricted_action", "msg_blocks_too_long"],
)  # fmt: skip
async def test_what_never_works_is_refused(slack: SlackDriver, poster: Poster, code: str) -> None:
    """
    Another try would not mend it; the text says why in words.
    """
    slack.wire.refuse["chat.postMessage"] = [Refusal(code)]
    with pytest.raises(Refused) as refused:
        await poster.send(post())
    assert "_" not in str(refused.value)


@pytest.mark.parametrize(
    ("code", "seconds"), [("invalid_auth", 600), ("internal_error", 60), ("fatal_error", 60)]
)
async def test_what_may_mend_comes_later(
    slack: SlackDriver, poster: Poster, code: str, seconds: float
) -> None:
    """
    A broken token is the operator's to mend, trouble of Slack's goes by.
    """
    slack.wire.refuse["chat.postMessage"] = [Refusal(code)]
    with pytest.raises(Later) as later:
        await poster.send(post())
    assert later.value.seconds == seconds


@pytest.mark.parametrize(
    "target",
    ["discord:1", "slack:T1", "slack:/C1", "slack:T1/", "slack:T1/../x", "", "slack:T1/C 1"],
)
async def test_a_target_of_somebody_else_is_refused(poster: Poster, target: str) -> None:
    """
    Only ids that this adapter built are taken apart.
    """
    with pytest.raises(Refused):
        await poster.send(post(target=target))
    strange = Post(
        dedupe="d", where="place", target="slack:T1/C1", card=CARD, edits=Message("discord", "1/2")
    )
    with pytest.raises(Refused):
        await poster.send(strange)


async def test_a_message_that_is_gone_is_not_edited(poster: Poster) -> None:
    """
    An edit of what was deleted is given up.
    """
    gone = Message("slack", "C1/1.000001")
    with pytest.raises(Refused, match="gone"):
        await poster.send(
            Post(dedupe="d", where="place", target="slack:T1/C1", card=CARD, edits=gone)
        )


async def test_a_picture_goes_along(slack: SlackDriver, poster: Poster) -> None:
    """
    It is uploaded first and shown by its file.
    """
    await poster.send(Post(dedupe="p", where="place", target="slack:T1/C1", card=PROGRESS))
    (sent,) = slack.wire.calls("chat.postMessage")

    assert [block["slack_file"] for block in sent["blocks"] if block["type"] == "image"] == [
        {"id": next(iter(slack.wire.uploads))}
    ]
