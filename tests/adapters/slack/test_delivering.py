"""Origins, acknowledgements and troubles: what is counted once and told in time."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.cards import Button, Card
from bot.chat.posts import Post, Refused
from tests.adapters.slack import payloads
from tests.adapters.slack.conversing import QUESTION, VERDICT, Kept, daily, door
from tests.adapters.slack.wire import START, Refusal
from tests.drivers.slack import SlackDriver, driving, elements, until


async def test_the_origin_says_who_where_and_when(direct: SlackDriver, store: Kept) -> None:
    """
    Ids, community, place, time and key are those of the signed payload.
    """
    direct.wire.people["UANN"] = {
        "tz": "Europe/Berlin", "locale": "de-DE", "profile": {"display_name": "Änn"},
    }  # fmt: skip
    await direct.command("Ann", "/quiz")
    await direct.press("Ann", "A")
    typed, pressed = store.ran

    assert typed.person == "slack:T1/UANN"
    assert (typed.place, typed.community, typed.private) == ("slack:T1/DUANN", "slack:T1", True)
    assert (typed.at, typed.ours, typed.name, typed.zone) == (START, False, "uann", "")
    assert (pressed.name, pressed.zone, pressed.locale) == ("Änn", "Europe/Berlin", "de-DE")
    assert (pressed.at.replace(microsecond=0), pressed.ours) == (START, False)
    assert pressed.key.startswith("slack/press/T1/UANN/1795")
    assert pressed.key.endswith("/b.0.0/pick:q1:A")
    assert len(direct.wire.calls("users.info")) == 1


async def test_people_of_other_workspaces_keep_their_own_id(
    slack: SlackDriver, store: Kept
) -> None:
    """
    In a shared channel a person is of their team, the community is where the app is installed;
    an organisation's install names no team.
    """
    post = daily(slack.wire, Button("A", "lock"))
    body = slack.pressed("Ann", post, next(elements(post.body)))
    body["user"]["team_id"] = "T2"
    await slack.seen("Ann", body)
    again = slack.pressed("Ben", post, next(elements(post.body)))
    again |= {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True}
    await slack.seen("Ben", again)

    assert [(one.person, one.community) for one in store.ran] == [
        ("slack:T2/UANN", "slack:T1"),
        ("slack:T1/UBEN", "slack:T1"),
    ]


async def test_the_same_request_again_does_nothing_again(direct: SlackDriver, store: Kept) -> None:
    """
    A replay inside five minutes, from here or before a restart, has one effect.
    """
    body = direct.called("Ann", "")
    for _ in range(20):
        assert (await direct.deliver(body)).status == 200
    await direct.app.settle()
    async with driving(door(store), wire=direct.wire) as restarted:
        await restarted.deliver(body)
        await restarted.app.settle()

    assert len(store.ran) == 1
    assert len(direct.wire.calls("chat.postMessage")) == 2  # once from each process


async def test_a_retried_event_is_not_dropped(slack: SlackDriver) -> None:
    """
    Slack's retry of an event whose first delivery never came is worked on; a second one is not.
    """
    inner = {"type": "message", "channel_type": "im", "user": "UANN", "channel": "DUANN", "ts": "1"}
    body = payloads.event(inner, 77)
    raw, kind = payloads.encoded(body)
    headers = payloads.signed(raw, int(START.timestamp())) | {"Content-Type": kind}
    headers |= {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    for _ in range(2):
        assert (await slack.request(raw, headers)).status == 200
    await slack.app.settle()

    assert len(slack.wire.calls("chat.postMessage")) == 1


async def test_the_work_is_done_before_the_acknowledgement(
    direct: SlackDriver, store: Kept
) -> None:
    """
    While the core has not committed, Slack is told nothing.
    """
    store.hold = asyncio.Event()
    asking = asyncio.create_task(direct.deliver(direct.called("Ann", "")))
    await until(lambda: bool(direct.app._answering))
    assert not asking.done()
    store.hold.set()

    assert (await asking).status == 200
    assert len(store.ran) == 1


async def test_showing_does_not_hold_up_the_acknowledgement(direct: SlackDriver) -> None:
    """
    A slow Web API is waited for after the 200.
    """
    slow = asyncio.Event()
    direct.wire.refuse["chat.postMessage"] = [Refusal(wait=slow)]
    assert (await direct.deliver(direct.called("Ann", ""))).status == 200
    assert direct.app._answering
    slow.set()
    await direct.app.settle()

    assert len(direct.wire.shown) == 1


async def test_a_core_that_is_too_slow_is_acknowledged_and_goes_on(store: Kept) -> None:
    """
    After 2.5 s a press is acknowledged and a form shows that it is worked on; both are answered.
    """
    async with driving(door(store), direct=True, ack_seconds=0.01) as slack:
        await slack.command("Ann", "/quiz")
        await slack.press("Ann", "Type")
        store.hold = asyncio.Event()
        body = slack.filled("Ann", {"answer": "all"})
        answer = await slack.deliver(body)
        slack._obey(body, answer)
        assert "Working" in str(answer.json["view"])
        store.hold.set()
        await slack.app.settle()
        view = slack.wire.shown[body["view"]["id"]]

        assert VERDICT.title in str(view.body)
        assert VERDICT.title in str(slack.wire.calls("response_url")[-1])


async def test_errors_of_a_form_that_was_acknowledged_are_told(store: Kept) -> None:
    """
    A form that can no longer be kept open says what was wrong.
    """
    async with driving(door(store), direct=True, ack_seconds=0.01) as slack:
        await slack.command("Ann", "/quiz")
        await slack.press("Ann", "Type")
        store.hold = asyncio.Event()
        body = slack.filled("Ann", {"answer": ""})
        slack._obey(body, await slack.deliver(body))
        store.hold.set()
        await slack.app.settle()
        text = str(slack.wire.shown[body["view"]["id"]].body)

        assert "Not sent" in text
        assert "Write something first." in text


async def test_a_rate_limit_is_waited_for(direct: SlackDriver) -> None:
    """
    A person's answer waits as long as Slack says, once, and is shown once.
    """
    direct.wire.refuse["chat.postMessage"] = [Refusal(after=3)]
    seen = await direct.command("Ann", "/quiz")

    assert seen.title == QUESTION.title
    assert direct.paused == [3.0]


async def test_a_dropped_connection_does_not_post_twice(direct: SlackDriver) -> None:
    """
    A request of unknown outcome is not repeated; the next command shows the question again.
    """
    direct.wire.refuse["chat.postMessage"] = [Refusal(drop=True)]
    await direct.command("Ann", "/quiz")

    assert len(direct.wire.calls("chat.postMessage")) == 1
    assert (await direct.command("Ann", "/quiz")).title == QUESTION.title


async def test_answers_on_one_message_keep_their_order(direct: SlackDriver, store: Kept) -> None:
    """
    Of two presses in a row the later one is what stays, even if Slack is slow with the first.
    """
    await direct.command("Ann", "/quiz")
    shown, first, _ = direct._found("UANN", "A")
    _, second, _ = direct._found("UANN", "⋯")
    slow = asyncio.Event()
    direct.wire.refuse["response_url"] = [Refusal(wait=slow)]
    await direct.deliver(direct.pressed("Ann", shown, first))
    await until(lambda: len(direct.wire.calls("response_url")) == 1)
    await direct.deliver(direct.pressed("Ann", shown, second))
    await direct.deliver(direct.called("Ben", ""))
    await until(lambda: len(direct.wire.calls("chat.postMessage")) == 2)
    assert len(direct.wire.calls("response_url")) == 1
    slow.set()
    await direct.app.settle()

    assert QUESTION.title in str(shown.body)
    assert len(direct.wire.calls("response_url")) == 2


async def test_strange_response_urls_are_not_asked(slack: SlackDriver) -> None:
    """
    Only Slack's own hosts, over https, without redirects, are posted to.
    """
    for url in (
        "http://169.254.169.254/latest", "https://hooks.slack.com.evil.example/x", "file:///etc",
        "https://hooks.slack.com@evil.example/x", "http://[::]:1/x", "https://2130706433/", "::",
        "http://hooks.slack.com/x", "https://hooks.slack.com:8443/x", "https://evil.example/",
    ):  # fmt: skip
        assert await slack.app.calls.respond(url, {}) is False
    assert slack.wire.requests == []


async def test_an_uninstalled_app_posts_no_more(slack: SlackDriver) -> None:
    """
    After app_uninstalled or the revocation of its token nothing is posted unasked.
    """
    await slack.happens({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    post = Post(dedupe="d", where="place", target="slack:T1/C1", card=Card(view="x", text="x"))
    assert (await slack.app.poster.send(post)).platform == "slack"
    await slack.happens({"type": "app_uninstalled"})
    with pytest.raises(Refused):
        await slack.app.poster.send(post)


async def test_other_kinds_are_acknowledged(slack: SlackDriver) -> None:
    """
    A closed view, suggestions, a link button and unknown events get a 200 and nothing else.
    """
    view = {"id": "V1", "type": "modal", "callback_id": "card", "blocks": []}
    container = {"type": "message", "message_ts": "1.1", "channel_id": "C1"}
    button = {"type": "button", "action_id": "link.0", "action_ts": "1.2"}
    for body in (
        payloads.who("UANN") | {"type": "view_closed", "view": view},
        payloads.who("UANN")
        | {
            "type": "block_suggestion",
            "action_id": "x",
            "block_id": "b",
            "value": "y",
            "container": container,
        },
        payloads.press("UANN", button, container),
        payloads.event({"type": "channel_rename", "channel": {"id": "C1"}}, 5),
        payloads.event({"type": "app_home_opened", "user": "UANN", "tab": "messages"}, 6),
    ):
        assert (await slack.deliver(body)).status == 200
    await slack.app.settle()

    assert {name for name, _ in slack.wire.requests} <= {"users.info"}
