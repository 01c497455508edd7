"""Posts unasked: where they go, sent once, and what each refusal of Slack's means."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from adapters.slack.calls import BLOCKED_SECONDS
from adapters.slack.post import Poster
from bot.chat.cards import Button, Card
from bot.chat.posts import Later, Message, Post, Refused, Where
from tests.adapters.slack.conversing import PROGRESS
from tests.adapters.slack.wire import Refusal, Shown
from tests.drivers.slack import SlackDriver

SECOND = timedelta(seconds=1)
CARD = Card(view="daily", title="Daily", text="What?", rows=((Button("A", "lock:A"),),), to="place")


def post(where: Where = "place", target: str = "slack:T1/C1", dedupe: str = "d1") -> Post:
    return Post(dedupe=dedupe, where=where, target=target, card=CARD)


@pytest.fixture
def poster(slack: SlackDriver) -> Poster:
    return slack.app.poster


async def sent(slack: SlackDriver, one: Post, *, first: bool = False) -> Message:
    """Send, a second after the last: a channel takes no more."""
    slack.clock.at += SECOND
    return await slack.app.poster.send(one, first=first)


async def test_a_place_a_person_a_thread_and_an_edit(slack: SlackDriver) -> None:
    """
    Each goes where it belongs and gives the name of the message, a new one with Slack's time.
    """
    place = await sent(slack, post())
    direct = await sent(slack, post("direct", "slack:T1/UANN", "d2"))
    under = Post(dedupe="d3", where="thread", target="slack:T1/C1", card=CARD, under=place)
    thread = await sent(slack, under)
    closed = Card(view="daily", title="Closed")
    edited = await sent(
        slack, Post(dedupe="d4", where="place", target="slack:T1/C1", card=closed, edits=place)
    )
    stamps = [one.id.partition("/")[2] for one in (place, direct, thread)]

    assert [slack.wire.shown[one].place for one in stamps] == ["C1", "DUANN", "C1"]
    assert slack.wire.shown[stamps[2]].thread == stamps[0]
    assert (edited.id, edited.at) == (place.id, None)
    assert place.at == datetime.fromtimestamp(float(stamps[0]), UTC)
    assert "Closed" in str(slack.wire.shown[stamps[0]].body)
    assert set(slack.wire.calls("chat.update")[0]) == {"channel", "ts", "text", "blocks"}
    assert len(slack.wire.calls("conversations.open")) == 1


async def test_a_home(slack: SlackDriver, poster: Poster) -> None:
    """
    A post to somebody's Home is published there.
    """
    await poster.send(post("home", "slack:T1/UANN"))

    assert "Daily" in str(slack.wire.shown["HUANN"].body)


async def test_a_second_attempt_finds_the_first(slack: SlackDriver) -> None:
    """
    A post that Slack took before is found by its dedupe id, with its time, and not sent again.
    """
    first = await sent(slack, post())
    again = await sent(slack, post())
    other = await sent(slack, post(dedupe="d2"))

    assert again == first
    assert other != first
    assert len(slack.wire.calls("chat.postMessage")) == 2
    assert [one["metadata"]["event_payload"] for one in slack.wire.calls("chat.postMessage")] == [
        {"id": "d1"},
        {"id": "d2"},
    ]


async def test_a_thread_message_is_found_in_its_thread(slack: SlackDriver) -> None:
    """
    The look-up of a thread message asks for its replies, however many people have talked there.
    """
    place = await sent(slack, post())
    under = Post(dedupe="d3", where="thread", target="slack:T1/C1", card=CARD, under=place)
    for number in range(150):
        talk = Shown("message", f"1795341700.{number:06d}", "C1", {"text": "Why B?"})
        talk.thread = place.id.partition("/")[2]
        slack.wire.shown[talk.id] = talk

    assert await sent(slack, under) == await sent(slack, under)
    assert len(slack.wire.calls("conversations.replies")) == 2
    assert len(slack.wire.calls("chat.postMessage")) == 2


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
    An admin may refuse the right to read channels: then the post counts as new.
    """
    slack.wire.scopes = {"im:history"}
    assert (await poster.send(post())).platform == "slack"


async def test_a_dropped_connection_is_tried_later_and_shown_once(
    slack: SlackDriver, poster: Poster
) -> None:
    """
    The client repeats nothing by itself, and says that Slack may have taken it.
    """
    slack.wire.refuse["chat.postMessage"] = [Refusal(taken=True)]
    with pytest.raises(Later) as later:
        await poster.send(post(), first=True)
    assert later.value.unsure
    assert len(slack.wire.calls("chat.postMessage")) == 1
    found = await sent(slack, post())
    assert found.id.partition("/")[2] in slack.wire.shown
    assert len(slack.wire.shown) == 1


@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.history"])
async def test_rate_limits_are_the_outboxs(slack: SlackDriver, poster: Poster, method: str) -> None:
    """
    429 says when to come back, and nothing is asked before.
    """
    slack.wire.refuse[method] = [Refusal(after=42)]
    with pytest.raises(Later) as later:
        await poster.send(post())

    assert (later.value.seconds, later.value.unsure, later.value.everywhere) == (42, False, False)
    assert slack.paused == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("Retry-After", 7), ("retry-after", 7), ("RETRY-AFTER", 7), ("", BLOCKED_SECONDS)],
)
async def test_retry_after_is_read_however_it_is_written(
    slack: SlackDriver, poster: Poster, header: str, seconds: float
) -> None:
    """
    Its letters' case does not matter; where it is missing a whole minute is waited.
    """
    slack.wire.refuse["chat.postMessage"] = [Refusal(after=7, header=header)]
    with pytest.raises(Later) as later:
        await poster.send(post(), first=True)
    assert later.value.seconds == seconds


async def test_a_closed_method_is_not_asked_and_the_others_are(
    slack: SlackDriver, poster: Poster
) -> None:
    """
    429 closes chat.postMessage for every channel until its time; edits and the Home go on.
    """
    place = await sent(slack, post())
    slack.wire.refuse["chat.postMessage"] = [Refusal(after=42)]
    with pytest.raises(Later):
        await sent(slack, post(dedupe="d2"), first=True)
    slack.wire.member_of.add("C2")
    slack.clock.at += timedelta(seconds=40)
    with pytest.raises(Later) as later:
        await poster.send(post(target="slack:T1/C2", dedupe="d3"), first=True)
    edit = Post(dedupe="d4", where="place", target="slack:T1/C1", card=CARD, edits=place)
    await poster.send(edit)
    await poster.send(post("home", "slack:T1/UANN", "d5"))

    assert later.value.seconds == 2
    assert len(slack.wire.calls("chat.postMessage")) == 2
    slack.clock.at += timedelta(seconds=2)
    await poster.send(post(target="slack:T1/C2", dedupe="d3"), first=True)


async def test_a_clock_that_is_set_back_closes_nothing_for_longer(
    slack: SlackDriver, poster: Poster
) -> None:
    """
    At most what Slack asked for is waited for.
    """
    slack.wire.refuse["chat.postMessage"] = [Refusal(after=5)]
    with pytest.raises(Later):
        await poster.send(post(), first=True)
    slack.clock.at -= timedelta(hours=3)
    with pytest.raises(Later) as later:
        await poster.send(post(), first=True)
    assert later.value.seconds == 5


async def test_a_channel_takes_one_message_a_second(slack: SlackDriver, poster: Poster) -> None:
    """
    The rest of the second is waited for without a request; other channels are not held up.
    """
    await sent(slack, post())
    slack.clock.at += timedelta(seconds=0.4)
    with pytest.raises(Later) as later:
        await poster.send(post(dedupe="d2"), first=True)
    await poster.send(post("direct", "slack:T1/UANN", "d3"), first=True)

    assert later.value.seconds == pytest.approx(0.6)
    assert [one["channel"] for one in slack.wire.calls("chat.postMessage")] == ["C1", "DUANN"]


async def test_requests_of_a_method_go_one_by_one(slack: SlackDriver, poster: Poster) -> None:
    """
    What one learns by a 429 the next in line knows: nine of ten are not even sent.
    """
    slack.wire.refuse["chat.postMessage"] = [Refusal(after=9)]
    channels = [f"C{number}" for number in range(10)]
    slack.wire.member_of.update(channels)
    posts = [post(target=f"slack:T1/{one}", dedupe=one) for one in channels]
    outcomes = await asyncio.gather(
        *(poster.send(one, first=True) for one in posts), return_exceptions=True
    )

    assert {one.seconds for one in outcomes if isinstance(one, Later)} == {9}
    assert len(slack.wire.calls("chat.postMessage")) == 1


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
    ("code", "seconds", "unsure"),
    [("invalid_auth", 600, False), ("internal_error", 60, True), ("fatal_error", 60, True)],
)
async def test_what_may_mend_comes_later(
    slack: SlackDriver, poster: Poster, code: str, seconds: float, *, unsure: bool
) -> None:
    """
    A broken token is the operator's to mend, trouble of Slack's goes by and may have done it.
    """
    slack.wire.refuse["chat.postMessage"] = [Refusal(code)]
    with pytest.raises(Later) as later:
        await poster.send(post())
    assert (later.value.seconds, later.value.unsure) == (seconds, unsure)


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
