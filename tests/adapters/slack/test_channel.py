"""Public messages: modals for one's own answer, whispers for presses in passing, and rights."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.chat.cards import Button, Card, reply
from bot.chat.events import Origin
from tests.adapters.slack.conversing import FEATURE, QUESTION, VERDICT, Kept, daily, door
from tests.adapters.slack.wire import START, Json, Refusal
from tests.drivers.slack import SlackDriver, driving, elements, until

HERE = Origin(person="slack:T1/UANN", place="slack:T1/C1", community="slack:T1", at=START, key="k")
PUBLIC: Json = {"id": "C2", "is_member": False}
PRIVATE: Json = {"id": "C3", "is_member": False, "is_private": True}


async def test_a_press_in_passing_is_answered_by_a_whisper(slack: SlackDriver) -> None:
    """
    No modal is opened; each press has a new ephemeral message of its own, the public one stands.
    """
    post = daily(slack.wire, Button("B", "~aside:replace"))
    before = post.body
    first = await slack.press("Ann", "B")
    post_, element = post, next(elements(post.body))
    second = await slack.press_on("Ann", post_, element)
    other = await slack.press_on("Ben", post_, element)

    assert [one.text for one in (first, second, other)] == ["Aimed at replace"] * 3
    assert [one.only for one in slack.wire.shown.values()] == ["", "UANN", "UANN", "UBEN"]
    assert post.body is before
    said = slack.wire.calls("response_url")
    assert {(one["response_type"], one["replace_original"]) for one in said} == {
        ("ephemeral", False)
    }
    assert slack.wire.calls("views.open") == []


@pytest.mark.parametrize(
    ("target", "seen"), [("private", "whisper"), ("thread", "thread"), ("place", "place")]
)
async def test_cards_of_a_press_in_passing_go_where_they_aim(
    slack: SlackDriver, target: str, seen: str
) -> None:
    """
    What is for everybody goes to everybody, and nothing else is said.
    """
    post = daily(slack.wire, Button("B", f"~aside:{target}"))
    await slack.press("Ann", "B")
    _, *made = slack.wire.shown.values()

    assert [(one.kind, one.only, one.thread) for one in made] == [
        ("message", "UANN" if seen == "whisper" else "", post.id if seen == "thread" else "")
    ]


async def test_a_press_in_passing_is_acknowledged_in_time(store: Kept) -> None:
    """
    While the core is slow Slack has its 200, and the whisper comes when it is there.
    """
    async with driving(door(store), ack_seconds=0.05) as slack:
        post = daily(slack.wire, Button("B", "~aside:replace"))
        store.hold = asyncio.Event()
        answer = await slack.deliver(slack.pressed("Ann", post, next(elements(post.body))))
        assert (answer.status, answer.text, store.ran) == (200, "", [])
        store.hold.set()
        await slack.app.settle()

        assert [one.only for one in slack.wire.shown.values()] == ["", "UANN"]


async def test_a_bug_in_passing_is_whispered(slack: SlackDriver, store: Kept) -> None:
    """
    A press that leads nowhere says so to the presser alone, without a modal.
    """
    daily(slack.wire, Button("B", "~nowhere"))
    seen = await slack.press("Ann", "B")

    assert seen.private
    assert seen.text
    assert slack.wire.calls("views.open") == []
    assert store.ran == []


async def test_nobody_waits_for_the_modals_of_others(slack: SlackDriver) -> None:
    """
    One person's modal that hangs holds up nobody else's press on the same post.
    """
    post = daily(slack.wire, Button("A", "lock"))
    element = next(elements(post.body))
    hanging = asyncio.Event()
    slack.wire.refuse["views.open"] = [Refusal(wait=hanging)]
    first = asyncio.create_task(slack.deliver(slack.pressed("Ann", post, element)))
    await until(lambda: bool(slack.wire.calls("views.open")))
    second = asyncio.create_task(slack.deliver(slack.pressed("Ben", post, element)))
    await until(lambda: bool(slack.wire.calls("views.update")))
    hanging.set()
    await asyncio.gather(first, second)
    await slack.app.settle()

    assert len(slack.wire.calls("views.update")) == 2


async def test_lock_in_and_change_stay_in_one_modal(store: Kept) -> None:
    """
    Choosing, changing and locking in update the modal; forms pushed over it come back to it however
    often, never more than three deep.
    """
    lock, change = Button("Lock in", "lock:C"), Button("Change", "change-mind")
    chosen = Card(view="daily-chosen", text="You chose C.", rows=((lock, change),))
    again = Card(view="daily-open", text="Which?", rows=((Button("C", "choose"),),))
    locked = replace(VERDICT, rows=((Button("Why not A", "lock:A"), Button("Type", "!type:q1")),))
    presses: Any = {
        "choose": lambda *_: reply(chosen),
        "change-mind": lambda *_: reply(again),
        "lock": lambda *_: reply(locked),
        "type": lambda *_: reply(locked),
    }
    feature = replace(FEATURE, on_press=presses)
    async with driving(door(store, feature)) as slack:
        daily(slack.wire, Button("Answer", "choose"))
        assert (await slack.press("Ann", "Answer")).buttons == ("Lock in", "Change")
        assert (await slack.press("Ann", "Change")).buttons == ("C",)
        await slack.press("Ann", "C")
        assert (await slack.press("Ann", "Lock in")).title == VERDICT.title
        for _ in range(5):
            assert (await slack.press("Ann", "Type")).fields == ("Your answer",)
            assert (await slack.fill("Ann", {"answer": "all"})).buttons == ("Why not A", "Type")
            assert (await slack.press("Ann", "Why not A")).title == VERDICT.title

        assert [one.kind for one in slack.wire.shown.values()] == ["message", "modal"]
        assert len(slack.wire.calls("views.open")) == 1
        assert len(slack.wire.calls("views.push")) == 5


async def test_a_channel_by_its_name_is_refused_in_words(slack: SlackDriver) -> None:
    """
    `<#C2|general>` becomes an external id; "#general" has none, and the person is told what to do.
    """
    known = await slack.command("Ann", "/where <#C2|general>")
    unknown = await slack.command("Ann", "/where #general")

    assert known.text == "slack:T1/C2"
    assert "in the channel itself" in unknown.text
    assert unknown.private


@pytest.mark.parametrize(
    ("person", "found", "admin"),
    [
        ("slack:T1/UANN", {"is_admin": True}, True),
        ("slack:T1/UANN", {"is_owner": True, "team_id": "T1"}, True),
        ("slack:T1/UANN", {"is_primary_owner": True}, True),
        ("slack:T1/UANN", {}, False),
        ("slack:T1/UANN", {"is_admin": "yes"}, False),
        ("slack:T1/UANN", {"is_admin": True, "team_id": "T2"}, False),
        ("slack:T1/UANN", {"is_admin": True, "deleted": True}, False),
        ("slack:T2/UANN", {"is_admin": True}, False),
        ("discord:1", {"is_admin": True}, False),
        ("", {"is_admin": True}, False),
    ],
)
async def test_admins_are_the_workspaces(
    slack: SlackDriver, person: str, found: Json, *, admin: bool
) -> None:
    """
    Admins and owners of the workspace the app is in decide; an admin of another one is none here.
    """
    slack.wire.people["UANN"] = found
    assert await slack.app.rights.admin(replace(HERE, person=person)) is admin


async def test_admins_are_remembered_for_five_minutes_and_failures_are_not(
    slack: SlackDriver,
) -> None:
    """
    One request in five minutes; where Slack does not say, nobody knows, until it does.
    """
    rights = slack.app.rights
    slack.wire.people["UANN"] = {"is_admin": True}
    slack.wire.refuse["users.info"] = [Refusal("fatal_error"), Refusal(after=1)]
    assert [await rights.admin(HERE) for _ in range(3)] == [None, None, None]  # still closed
    slack.clock.at += timedelta(seconds=1)
    assert await rights.admin(HERE) is True
    slack.wire.people["UANN"] = {}
    slack.clock.at += timedelta(minutes=4, seconds=59)
    assert await rights.admin(HERE) is True
    slack.clock.at += timedelta(seconds=1)
    assert await rights.admin(HERE) is False
    assert len(slack.wire.calls("users.info")) == 4


@pytest.mark.parametrize(
    ("channel", "without", "words"),
    [
        ({"id": "C2", "is_member": True}, set[str](), ()),
        (PUBLIC, set[str](), ()),
        (PUBLIC, {"chat:write.public"}, ("/invite @Sparring",)),
        (PUBLIC, {"chat:write.public", "chat:write"}, ("chat:write.", "/invite @Sparring")),
        (PUBLIC | {"is_archived": True}, {"chat:write.public"}, ("archived", "/invite")),
        (PUBLIC, {"channels:read"}, ("channels:read",)),
        (PUBLIC, {"channels:read", "chat:write"}, ("chat:write.", "channels:read")),
        (PRIVATE, set[str](), ("private, type /invite @Sparring",)),
        (PRIVATE, {"groups:read"}, ("groups:read",)),
        (PRIVATE | {"is_member": True}, {"chat:write.public"}, ()),
        (None, set[str](), ("gone, choose another",)),
        ({"id": "C2", "is_im": True}, set[str](), ("in the channel",)),
        (PUBLIC | {"is_read_only": True}, set[str](), ("posting permissions",)),
        (PUBLIC | {"properties": {"posting_restricted_to": {"type": ["admin"]}}}, set[str](),
         ("posting permissions",)),
        (PUBLIC | {"properties": {"posting_restricted_to": {"type": ["admin"], "user": ["B1"]}}},
         set[str](), ()),
        (PUBLIC | {"properties": {"posting_restricted_to": {"type": ["ra"]}}}, set[str](), ()),
    ],
)  # fmt: skip
async def test_what_a_daily_lacks_is_said_at_once(
    slack: SlackDriver, channel: Json | None, without: set[str], words: tuple[str, ...]
) -> None:
    """
    Every missing permission, a sentence each with what to do.
    """
    slack.wire.scopes -= without
    if channel:
        slack.wire.channels["C2"] = channel
    lacking = await slack.app.rights.lacks("slack:T1/C2")

    assert len(lacking) == len(words), lacking
    assert all(word in sentence for word, sentence in zip(words, lacking, strict=True)), lacking


async def test_what_was_mended_counts_at_once(slack: SlackDriver) -> None:
    """
    What a channel lacks is asked anew; where Slack does not answer that is what is said.
    """
    rights = slack.app.rights
    assert await rights.lacks("slack:T1/C9")
    slack.wire.member_of.add("C9")
    assert await rights.lacks("slack:T1/C9") == ()
    slack.wire.refuse["conversations.info"] = [Refusal("internal_error")]
    assert "Try again" in (await rights.lacks("slack:T1/C9"))[0]
    for place in ("slack:T1", "discord:1", ""):
        assert len(await rights.lacks(place)) == 1


async def test_a_question_is_asked_in_private_even_in_passing(slack: SlackDriver) -> None:
    """
    The button that starts a quiz from a whisper leads to the direct messages, as from any other.
    """
    daily(slack.wire, Button("B", "~aside:private"), Button("Quiz", "next"))
    await slack.press("Ann", "B")
    assert (await slack.press("Ann", "Quiz")).title == QUESTION.title
