"""Forms: opened at once, kept open by errors, answered where the quiz goes on."""

from __future__ import annotations

from bot.chat.cards import Button
from tests.adapters.slack.conversing import VERDICT, daily
from tests.drivers.slack import SlackDriver


async def test_a_form_repeats_the_question_and_the_quiz_goes_on_behind_it(
    direct: SlackDriver,
) -> None:
    """
    The verdict stands in the modal without buttons and in the message with them.
    """
    await direct.command("Ann", "/quiz")
    form = await direct.press("Ann", "Type")
    verdict = await direct.fill("Ann", {"Your answer": "all"})

    assert (form.fields, form.title) == (("Your answer",), "Selecting · junior")
    assert "SELECT * FROM a_b;" in form.text
    assert (verdict.title, verdict.buttons) == (VERDICT.title, ("Next",))
    assert (verdict.also[0].title, verdict.also[0].buttons) == (VERDICT.title, ())
    assert "the message behind it" in verdict.also[0].note
    assert direct.wire.calls("views.update") == []
    assert len(direct.wire.shown) == 2


async def test_errors_keep_the_form_open(direct: SlackDriver) -> None:
    """
    The error stands at its field, nothing is shown, and the form can be sent again.
    """
    await direct.command("Ann", "/quiz")
    await direct.press("Ann", "Type")
    wrong = await direct.fill("Ann", {"answer": ""})

    assert (wrong.fields, wrong.note) == (("Your answer",), "Write something first.")
    assert (await direct.fill("Ann", {"answer": "all"})).title == VERDICT.title


async def test_a_form_on_a_post_keeps_its_answer_in_the_modal(slack: SlackDriver) -> None:
    """
    The public message is not touched.
    """
    post = daily(slack.wire, Button("Answer", "!type:q1"))
    before = post.body
    await slack.press("Ann", "Answer")
    seen = await slack.fill("Ann", {"answer": "all"})

    assert (seen.title, seen.buttons) == (VERDICT.title, ("Next",))
    assert post.body is before


async def test_a_form_over_a_modal_fills_the_modal_under_it(slack: SlackDriver) -> None:
    """
    Sending closes the form, and the modal that it stood on shows the verdict.
    """
    daily(slack.wire, Button("A", "next"))
    await slack.press("Ann", "A")
    await slack.press("Ann", "Type")
    seen = await slack.fill("Ann", {"answer": "all"})

    assert len(slack.wire.calls("views.push")) == 1
    assert seen.title == VERDICT.title
    opened, filled = slack.wire.calls("views.open"), slack.wire.calls("views.update")
    assert len(opened) == 1
    assert {one["view_id"] for one in filled} == {
        one.id
        for one in slack.wire.shown.values()
        if one.kind == "modal" and "submit" not in one.body
    }


async def test_selects_and_checkboxes_arrive_as_values(slack: SlackDriver) -> None:
    """
    A chosen option presses its menu's token; a form's choices come by field.
    """
    await slack.command("Ann", "/settings")
    chosen = await slack.press("Ann", "Junior")
    await slack.command("Ann", "/settings")
    form = await slack.press("Ann", "Change")
    changed = await slack.fill("Ann", {"Hour": "2", "Rest days": ("sat", "sun")})

    assert chosen.text == "Level junior"
    assert form.fields == ("Hour", "Rest days", "Why")
    assert form.title == "When your day ends, in your own words"
    assert changed.text == "Changed: 2 sat,sun"


async def test_a_form_that_cannot_be_opened_says_why(
    direct: SlackDriver, slack: SlackDriver
) -> None:
    """
    A Mistake of the form is a private card; on a post it stands in a modal.
    """
    daily(direct.wire, Button("Answer", "!type:gone"), place="DUANN")
    daily(slack.wire, Button("Answer", "!type:gone"))

    assert "question is gone" in (await direct.press("Ann", "Answer")).text
    assert "question is gone" in (await slack.press("Ann", "Answer")).text
    assert len(slack.wire.calls("views.open")) == 1
