"""Where things happen: signed requests in, messages, modals and a Home out."""

from __future__ import annotations

import asyncio

import pytest

from adapters.slack.calls import PICTURE_TRIES
from adapters.slack.rights import lacks
from bot.chat.cards import Button
from tests.adapters.slack import payloads
from tests.adapters.slack.conversing import BOARD, QUESTION, VERDICT, Kept, daily
from tests.adapters.slack.wire import Refusal
from tests.drivers.slack import SlackDriver, until


async def test_a_quiz_typed_in_a_channel_is_asked_in_direct_messages(slack: SlackDriver) -> None:
    """
    The question stands in the direct messages; the channel has one line that only one person sees.
    """
    seen = await slack.command("Ann", "/quiz sql")

    assert (seen.title, seen.buttons) == (QUESTION.title, ("A", "B", "Type", "⋯"))
    assert slack.wire.calls("chat.postMessage")[0]["channel"] == "DUANN"
    (line,) = seen.also
    assert line.private
    assert line.links == (("Open it", "https://slack.com/app_redirect?channel=DUANN&team=T1"),)
    assert [one.place for one in slack.wire.shown.values() if not one.only] == ["DUANN"]


async def test_a_quiz_typed_in_direct_messages_is_asked_there(direct: SlackDriver) -> None:
    """
    No line points at what stands right below.
    """
    seen = await direct.command("Ann", "/quiz")

    assert seen.title == QUESTION.title
    assert seen.also == ()


async def test_a_command_between_two_people_answers_in_ones_own_direct_messages(
    slack: SlackDriver,
) -> None:
    """
    A direct conversation that is not the app's is treated as a channel.
    """
    await slack.seen("Ann", slack.called("Ann", "", channel_id="DXYZ"))

    assert slack.wire.calls("chat.postMessage")[0]["channel"] == "DUANN"
    assert slack.wire.calls("response_url")[0]["response_type"] == "ephemeral"


async def test_a_press_in_direct_messages_replaces_the_message(direct: SlackDriver) -> None:
    """
    Quizzes never pile up: question, verdict and next question are one message.
    """
    await direct.command("Ann", "/quiz")
    verdict = await direct.press("Ann", "A")
    await direct.press("Ann", "Next")

    assert (verdict.title, verdict.note) == (VERDICT.title, VERDICT.note)
    assert len(direct.wire.shown) == 1
    assert direct.wire.calls("chat.update") == []


async def test_a_used_up_response_url_gives_way_to_an_edit(direct: SlackDriver) -> None:
    """
    Where Slack does not take the response_url, the same message is changed by chat.update.
    """
    await direct.command("Ann", "/quiz")
    for refusal in (Refusal("used_url"), Refusal(drop=True)):
        direct.wire.refuse["response_url"] = [refusal]
        await direct.press("Ann", "Next" if direct.wire.calls("chat.update") else "A")

    assert len(direct.wire.calls("chat.update")) == 2
    assert len(direct.wire.shown) == 1


async def test_what_does_not_last_is_shown_where_it_was_asked_for(slack: SlackDriver) -> None:
    """
    A board is ephemeral in the channel, is replaced there, and is shown to everybody on request.
    """
    board = await slack.command("Ann", "/leaderboard last week")
    again = await slack.press("Ann", "Last week")
    public = await slack.press("Ann", "Show in channel")

    assert (board.title, board.private) == (BOARD.title, True)
    assert again.title == BOARD.title
    assert public.private is False
    shown = [(one.place, one.only) for one in slack.wire.shown.values()]
    assert shown == [("C1", "UANN"), ("C1", "")]


async def test_a_press_on_a_post_is_answered_in_a_modal(slack: SlackDriver, store: Kept) -> None:
    """
    The modal is opened before the core has answered, and then filled; its buttons go on in it.
    """
    daily(slack.wire, Button("A", "lock"))
    store.hold = asyncio.Event()
    shown, element, _ = slack._found("UANN", "A")
    pressing = asyncio.create_task(slack.press_on("Ann", shown, element))
    await until(lambda: bool(slack.wire.calls("views.open")))
    assert store.ran == []
    store.hold.set()

    assert (await pressing).text == "You chose A."
    assert (await slack.press("Ann", "Lock in")).title == QUESTION.title
    assert len(slack.wire.shown) == 2
    assert slack.wire.calls("response_url") == []


async def test_an_expired_trigger_is_answered_for_the_presser_alone(slack: SlackDriver) -> None:
    """
    A modal that could not be opened costs nobody the answer.
    """
    daily(slack.wire, Button("A", "lock"))
    slack.wire.refuse["views.open"] = [Refusal("expired_trigger_id")]
    seen = await slack.press("Ann", "A")

    assert (seen.text, seen.private) == ("You chose A.", True)
    assert slack.wire.calls("views.update") == []


@pytest.mark.parametrize("target", ["place", "thread", "private", "replace"])
async def test_cards_go_where_they_aim(slack: SlackDriver, target: str) -> None:
    """
    From a post: place and thread are for everybody, private and replace for the presser.
    """
    post = daily(slack.wire, Button("A", f"to:{target}"))
    await slack.press("Ann", "A")
    aimed = [one for one in slack.wire.shown.values() if f"Aimed at {target}" in str(one.body)]

    assert [(one.only, one.thread) for one in aimed] == [
        {"place": ("", ""), "thread": ("", post.id)}.get(target, ("UANN", ""))
    ]
    if target in ("place", "thread"):
        assert "Here it is, for everybody." in str(slack.wire.calls("views.update"))


async def test_a_thread_in_a_channel_the_bot_may_not_write_in(slack: SlackDriver) -> None:
    """
    The presser is told what to do instead.
    """
    daily(slack.wire, Button("A", "to:thread"), place="C9")
    await slack.press("Ann", "A")

    assert "/invite" in slack.wire.calls("response_url")[-1]["text"]


async def test_a_mention_and_a_message_get_a_line_and_a_button(slack: SlackDriver) -> None:
    """
    A mention is answered in its thread for the person alone; the button starts a quiz.
    """
    mention = {"type": "app_mention", "user": "UANN", "channel": "C1", "ts": "1795341600.1"}
    await slack.happens(mention | {"thread_ts": "1795341500.9", "text": "<@B1> hi"})
    (said,) = slack.wire.calls("chat.postEphemeral")
    seen = await slack.press("Ann", "Start a quiz")
    own = {"type": "message", "channel_type": "im", "user": "UANN", "channel": "DUANN", "ts": "1.1"}
    await slack.happens(own)
    await slack.happens(own | {"bot_id": "B1"})
    await slack.happens(own | {"subtype": "message_changed"})

    assert said["thread_ts"] == "1795341500.9"
    assert seen.title == QUESTION.title
    assert "I do not read messages" in slack.wire.calls("chat.postMessage")[-1]["text"]
    assert len(slack.wire.calls("chat.postMessage")) == 2


async def test_the_message_shortcut_starts_a_quiz(slack: SlackDriver) -> None:
    """
    Threads, where slash commands cannot be typed, have a way too.
    """
    body = payloads.who("UANN") | {
        "type": "message_action", "callback_id": "quiz", "trigger_id": slack.wire.trigger("UANN"),
        "channel": {"id": "C1"}, "message": {"ts": "1.1"}, "action_ts": "1795341600.5",
        "response_url": slack.wire.answer_url("UANN", "C1"),
    }  # fmt: skip
    seen = await slack.seen("Ann", body)

    assert (seen.title, len(seen.also)) == (QUESTION.title, 1)


async def test_the_home_shows_progress_and_its_buttons_work_there(slack: SlackDriver) -> None:
    """
    Settings replace it; a quiz goes to the direct messages and the Home says so.
    """
    opened = {"type": "app_home_opened", "user": "UANN", "channel": "DUANN", "tab": "home"}
    await slack.happens(opened)
    home = slack.wire.shown["HUANN"].body
    settings = await slack.press("Ann", "Settings")
    await slack.press("Ann", "Quiz" if "Quiz" in settings.buttons else "Start a quiz")
    after = [one.place for one in slack.wire.shown.values() if one.kind == "message"]

    assert home["blocks"][2]["text"]["text"] == "Progress"
    assert settings.title == "Settings"
    assert after == ["DUANN"]
    assert "direct messages" in str(slack.wire.shown["HUANN"].body)


async def test_pictures_are_uploaded_and_shown(slack: SlackDriver) -> None:
    """
    A picture comes as a file of ours with its words; where Slack is not ready, it is asked again.
    """
    slack.wire.refuse["chat.postMessage"] = [Refusal("invalid_blocks")]
    seen = await slack.command("Ann", "/progress")

    assert seen.picture == "A line that rises"
    assert seen.private
    assert len(slack.wire.uploads) == 1
    assert slack.paused == [1.0]


async def test_a_picture_asked_for_in_a_channel_is_in_the_direct_messages(
    slack: SlackDriver,
) -> None:
    """
    The channel gets a line with the way there, also where the app is no member of it.
    """
    seen = await slack.command("Ann", "/progress", channel="C7")
    (pointing,) = seen.also

    (shown,) = [one for one in slack.wire.shown.values() if "image" in str(one.body["blocks"])]
    assert shown.place == "DUANN"
    assert pointing.text == "It is in our direct messages; only you see it."


async def test_the_same_picture_is_uploaded_once(slack: SlackDriver) -> None:
    """
    A Home that is looked at again fills no workspace with files; one that is gone comes anew.
    """
    for _ in range(3):
        assert (await slack.command("Ann", "/progress")).picture == "A line that rises"
    assert len(slack.wire.uploads) == 1

    slack.wire.refuse["chat.postMessage"] = [Refusal("invalid_blocks")] * PICTURE_TRIES
    assert "A line that rises" in (await slack.command("Ann", "/progress")).note
    assert (await slack.command("Ann", "/progress")).picture == "A line that rises"
    assert len(slack.wire.uploads) == 2


async def test_without_the_permission_words_are_sent(slack: SlackDriver) -> None:
    """
    Where the app may not upload, a picture is told in words, and of a file it is said why.
    """
    slack.wire.scopes.remove("files:write")
    seen = await slack.command("Ann", "/progress")
    lost = await slack.command("Ann", "/export")

    assert seen.picture == ""
    assert "A line that rises" in seen.note
    assert any("lacks the permission files:write" in one.text for one in lost.also)
    assert slack.wire.uploads == {}


async def test_a_file_goes_to_the_direct_messages(slack: SlackDriver) -> None:
    """
    Whoever asks for an export in a channel gets it in private.
    """
    await slack.command("Ann", "/export")
    (done,) = slack.wire.calls("files.completeUploadExternal")

    assert done["channel_id"] == "DUANN"
    assert "It is in our direct messages" in str(slack.wire.calls("response_url"))
    assert list(slack.wire.uploads.values()) == [b"{}"]


async def test_a_missing_permission_is_known_at_the_start(slack: SlackDriver) -> None:
    """
    What the app may not do stands in Slack's first answer; what is optional is not missed.
    """
    slack.wire.scopes -= {"files:write", "channels:history"}
    assert lacks(await slack.app.calls.client.auth_test()) == ("files:write",)


async def test_a_file_asked_for_at_home_is_pointed_at(slack: SlackDriver) -> None:
    """
    The Home says that the file is in the direct messages: its button does not seem dead.
    """
    opened = {"type": "app_home_opened", "user": "UANN", "channel": "DUANN", "tab": "home"}
    await slack.happens(opened)
    await slack.press("Ann", "Take")
    (done,) = [
        one for one in slack.wire.calls("files.completeUploadExternal") if "channel_id" in one
    ]

    assert done["channel_id"] == "DUANN"
    assert "It is in our direct messages" in str(slack.wire.shown["HUANN"].body)


async def test_mistakes_bugs_and_silence_are_said_in_private(slack: SlackDriver) -> None:
    """
    A person's mistake, a fault of ours and an answer without cards each say something.
    """
    wrong = await slack.command("Ann", "/quiz wrong")
    broken = await slack.command("Ann", "/quiz broken")
    silent = await slack.command("Ann", "/quiz silent")

    assert wrong.text == "There is no area wrong. Did you mean word?"
    assert "bug00000" in broken.text
    assert silent.text == "Done."
    assert all(one.only == "UANN" for one in slack.wire.shown.values())


async def test_every_command_may_have_a_slash_of_its_own(slack: SlackDriver) -> None:
    """
    `/leaderboard`, `/sp-leaderboard` and a renamed `/train` reach the table.
    """
    for name, text, title in (
        ("leaderboard", "week", BOARD.title),
        ("sp-leaderboard", "", BOARD.title),
        ("sp-quiz", "leaderboard", BOARD.title),
        ("train", "sql", QUESTION.title),
    ):
        seen = await slack.seen("Ann", slack.called("Ann", text, name))
        assert seen.title == title


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
async def test_direct_messages_that_cannot_be_opened(slack: SlackDriver, method: str) -> None:
    """
    A question that cannot be posted there is shown where it was asked for.
    """
    slack.wire.refuse[method] = [Refusal("restricted_action")] * 3
    seen = await slack.command("Ann", "/quiz")

    assert (seen.title, seen.private, seen.also) == (QUESTION.title, True, ())
    assert [one.place for one in slack.wire.shown.values()] == ["C1"]
