from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.events import Command, Origin, Press
from bot.chat.tokens import make
from bot.features import moderation
from bot.features.feature import Mistake
from bot.features.moderation import naming, reporting
from bot.features.noting import note
from bot.store.community import Daily, Game, Report
from bot.store.protocol import Tx
from bot.store.rows import Asked
from questions.model import Ref
from tests import bank
from tests.core.moderating import acts, proposes, reports, seen, three_report
from tests.stage import START, Actor, Stage

REF = bank.SINGLE.ref
NAME = naming.key(REF.owner, REF.id)
NOTHING = "Nothing new left"


@pytest.fixture
def admin(stage: Stage) -> Actor:
    """Somebody who decides for the community."""
    return stage.person("zoe", admin=True)


async def waiting(actor: Actor) -> tuple[Report, ...]:
    return await seen(actor, lambda tx: tx.reports())


async def hidden(actor: Actor) -> list[tuple[str, str]]:
    return [(one.item, one.why) for one in await seen(actor, lambda tx: tx.hidden())]


async def done(actor: Actor) -> list[tuple[str, str]]:
    """The audit log, the newest first: who did what."""
    return [(one.name, one.what) for one in await seen(actor, lambda tx: tx.audits())]


async def test_a_report_is_a_row_of_the_community(ada: Actor) -> None:
    """It thanks, is there once for each person and question, and the last reason counts."""
    card = await reports(ada, "The key is wrong")
    assert card.text.startswith("Thank you. The admins here see your report")
    await ada.presses("⋯")
    again = await ada.form("Report")
    await ada.sends(again.token, reason=" ")
    assert "reason" in ada.reply.errors
    await ada.sends(again.token, reason="B holds as well")
    [kept] = await waiting(ada)
    assert (kept.ref, kept.reason) == (REF, "B holds as well")
    assert await seen(ada, lambda tx: tx.log()) == ()


def labels(card: Card) -> list[str]:
    return [button.label for button in card.buttons]


async def test_three_people_take_a_question_out(stage: Stage, ada: Actor) -> None:
    """Two people's reports change nothing; the third one's hide it, and the bot notes that."""
    await reports(stage.person("ben"))
    for name in ("ben", "ben", "cem"):
        person = stage.person(name)
        await acts(person, lambda tx: reporting.report(tx, REF, "Still wrong"))
    assert await hidden(ada) == []
    await reports(stage.person("eve"))
    assert await hidden(ada) == [(REF.id, "reported")]
    [audit] = await seen(ada, lambda tx: tx.audits())
    assert (audit.person, audit.name, audit.what) == ("", "", "reported")
    assert audit.about.startswith("PostgreSQL, REPEATABLE READ.")
    assert (await ada.says("type:single 1")).title == NOTHING
    elsewhere = stage.person("ada", community="discord:g8")
    assert "What happens?" in (await elsewhere.says("type:single 1")).text


async def test_three_reports_at_once_take_a_question_out(stage: Stage, ada: Actor) -> None:
    """However reports meet, the third person's is counted with the others."""
    people = [stage.person(name) for name in ("ben", "cem", "eve")]
    for person in people:
        await person.says("type:single 1")
        await person.presses("⋯")
    forms = [await person.form("Report") for person in people]
    await asyncio.gather(
        *(
            person.sends(form.token, reason="Wrong")
            for person, form in zip(people, forms, strict=True)
        )
    )
    assert await hidden(ada) == [(REF.id, "reported")]
    assert await done(ada) == [("", "reported")]


async def test_reports_never_stop_an_open_daily(stage: Stage, ada: Actor) -> None:
    """A daily whose question three people report stays as it is."""

    def opened(tx: Tx) -> Daily:
        daily = Daily(
            id="d1",
            challenge="c1",
            community=tx.community.id,
            day=START.date(),
            asked=Asked(ref=bank.OUTPUT.ref, type="output"),
            posted=START,
        )
        tx.save_daily(daily)
        return daily

    daily = await acts(ada, opened)
    for name in ("ben", "cem", "eve"):
        person = stage.person(name)
        await acts(person, lambda tx: reporting.report(tx, bank.OUTPUT.ref, "Wrong"))
    assert await hidden(ada) == [(bank.OUTPUT.id, "reported")]
    assert await seen(ada, lambda tx: tx.daily("d1")) == daily


async def test_a_reported_question_is_seen_in_full(stage: Stage, admin: Actor) -> None:
    """The admin sees the key, its reasons and sources and what is said, and no reporter's name."""
    await three_report(stage)
    card = await admin.says("moderate")
    assert card.title == "Reported · Isolation levels and anomalies · senior"
    assert "1 question is reported, 0 proposals wait." in card.text
    assert "3 people say what is wrong with it" in card.text
    for initial in "bce":
        assert f"- Wrong, says {initial}." in card.text
    assert "**✓ A)** Both succeed: the coupon is redeemed twice." in card.text
    assert "SERIALIZABLE would do that" in card.text
    assert card.links[0].url == bank.SOURCE.url
    for name in ("Ben", "Cem", "Eve", "discord:"):
        assert name not in card.text
    assert card.to == "replace"


async def test_keep_it_lets_it_be_drawn_again(stage: Stage, admin: Actor, ada: Actor) -> None:
    """Kept, its reports are looked at, and it takes three new ones to take it out again."""
    await three_report(stage)
    await admin.says("moderate")
    card = await admin.presses("Keep it")
    assert "It stays." in card.text
    assert "No report and no proposal waits." in card.text
    assert labels(card) == ["Log"]
    assert await waiting(ada) == ()
    assert await hidden(ada) == []
    assert await done(ada) == [("Zoe", "kept"), ("", "reported")]
    stage.clock.forward(minutes=1)
    ben = stage.person("ben")
    await acts(ben, lambda tx: reporting.report(tx, REF, "It is wrong all the same"))
    assert await hidden(ada) == []
    assert [one.reason for one in await waiting(ada)] == ["It is wrong all the same"]


async def test_withdrawing_wants_a_reason(stage: Stage, admin: Actor, ada: Actor) -> None:
    """Without one the form stays; with one the question is out, and everything is noted."""
    await three_report(stage)
    await admin.says("moderate")
    form = await admin.form("Withdraw...")
    assert "full points" in form.text
    await admin.sends(form.token, reason="  ")
    assert "reason" in admin.reply.errors
    card = await admin.sends(form.token, reason="B holds since version 12.")
    assert "Withdrawn. Nobody here had answered it." in card.text
    assert labels(card) == ["Hidden questions: 1", "Log"]
    assert await hidden(ada) == [(REF.id, "B holds since version 12.")]
    assert await waiting(ada) == ()
    [audit, _] = await seen(ada, lambda tx: tx.audits())
    assert (audit.name, audit.what) == ("Zoe", "withdrawn")
    assert "B holds since version 12." in audit.about
    assert (await ada.says("type:single 1")).title == NOTHING


async def test_next_goes_round(stage: Stage, admin: Actor) -> None:
    """The oldest report comes first, Next shows the others in turn, and then the first again."""
    for kind in ("single", "output", "multi"):
        await reports(stage.person("ben"), f"About {kind}", kind=kind)
        stage.clock.forward(minutes=1)
    card = await admin.says("moderate")
    told = []
    for _ in range(4):
        told.append(next(line for line in card.text.split("\n") if line.startswith("- About")))
        card = await admin.presses("Next")
    assert told == ["- About single", "- About output", "- About multi", "- About single"]


async def test_hidden_questions_can_be_shown_again(stage: Stage, admin: Actor, ada: Actor) -> None:
    """The list says why each is hidden; shown again it may be drawn, and the log says by whom."""
    await three_report(stage)
    await admin.says("moderate")
    form = await admin.form("Withdraw...")
    await admin.sends(form.token, reason="Two fit.")
    card = await admin.presses("Hidden questions: 1")
    assert "1. PostgreSQL, REPEATABLE READ." in card.text
    assert "withdrawn: Two fit." in card.text
    card = await admin.presses("Show 1 again")
    assert "It may be drawn again." in card.text
    assert await hidden(ada) == []
    assert (await done(ada))[0] == ("Zoe", "shown")
    assert "What happens?" in (await ada.says("type:single 1")).text


async def test_the_log_is_read_newest_first_in_pages(stage: Stage, admin: Actor) -> None:
    """Ten entries stand on a page, in plain words and the community's zone."""
    for number in range(13):
        stage.clock.forward(minutes=1)
        await acts(admin, partial(note, what="kept", about=f"question {number}"))
    await admin.says("moderate")
    first = await admin.presses("Log")
    assert first.text.split("\n")[0] == "23 Nov 09:13 · Zoe kept a reported question: question 12"
    assert first.text.split("\n")[-1].endswith("question 3")
    second = await admin.presses("Older")
    assert [line.rpartition(" ")[2] for line in second.text.split("\n")] == ["2", "1", "0"]
    assert labels(second) == ["Back"]
    assert (await admin.presses("Back")).view == "moderation-nothing"


async def test_a_report_of_a_question_that_is_gone_can_be_closed(
    stage: Stage, admin: Actor
) -> None:
    """What is no longer kept is said to be so, and Keep it puts the report away."""
    gone = Ref("", "gone", "0" * 16)
    await acts(stage.person("ben"), lambda tx: reporting.report(tx, gone, "Odd"))
    card = await admin.says("moderate")
    assert "The question itself is no longer kept." in card.text
    assert "No report" in (await admin.presses("Keep it")).text


async def test_what_is_decided_is_decided_once(stage: Stage, admin: Actor, ada: Actor) -> None:
    """Of two admins at the same report one decides, the other is told."""
    await three_report(stage)
    other = stage.person("kim", admin=True)
    await admin.says("moderate")
    await other.says("moderate")
    await admin.presses("Keep it")
    card = await other.presses("Keep it")
    assert "decided already" in card.text
    assert [what for _, what in await done(ada)] == ["kept", "reported"]


OPEN = {"propose", "report-it"}  # what takes no admin


STEPS = tuple(sorted(moderation.FEATURE.on_press.keys() - OPEN))
FORMS = tuple(sorted(moderation.FEATURE.on_form.keys() - OPEN))


def refused(card: Card) -> bool:
    return card.view == "mistake" and ("Only people" in card.text or "channels" in card.text)


@pytest.mark.parametrize("rights", [None, False])
async def test_nobody_else_moderates(stage: Stage, ada: Actor, rights: bool | None) -> None:
    """The command, every press and every form is refused to who is no admin; nothing changes."""
    await three_report(stage)
    await proposes(stage.person("ben"))
    [proposal] = await seen(ada, lambda tx: tx.proposals("waiting"))
    before = await waiting(ada), await hidden(ada), await done(ada)
    for person in (stage.person("ada", admin=rights), stage.person("ada", community="")):
        assert refused(await person.says("moderate"))
        for verb in STEPS:
            for part in (NAME, proposal.id, "0"):
                card = await person.sends(make(verb, part), reason="Because")
                assert refused(card), verb
                assert refused(await person.sends(make(verb, part, form=True), reason="So"))
        for verb in FORMS:
            with pytest.raises(Mistake):
                await stage.door.form(person.origin(), make(verb, NAME, form=True))
    assert (await waiting(ada), await hidden(ada), await done(ada)) == before
    assert await seen(ada, lambda tx: tx.proposals("waiting")) == (proposal,)


async def test_every_step_is_open_to_an_admin(stage: Stage, admin: Actor) -> None:
    """The matrix can fail: the same tokens are not refused to an admin, or to the platform's."""
    await three_report(stage)
    for verb in STEPS:
        card = await admin.sends(make(verb, NAME), reason="")
        assert not refused(card), verb

    class Yes:
        async def admin(self, origin: Origin) -> bool:
            return True

        async def lacks(self, place: str) -> tuple[str, ...]:
            return ()

    stage.rights["discord"] = Yes()
    found = await stage.door.handle(Command(stage.person("lea").origin(), "moderate"))
    assert found.cards[0].view.startswith("moderation-")


async def test_everybody_may_report_and_propose(stage: Stage, ada: Actor) -> None:
    """What people do for the review takes no admin."""
    assert (await ada.says("propose")).view == "propose"
    assert not refused(await reports(ada))


async def test_tokens_of_others_lead_nowhere(stage: Stage, admin: Actor) -> None:
    """Made-up names and numbers are answered with a sentence, never with a fault."""
    await three_report(stage)
    wild = ("", "x", "0" * 16, "9" * 30, "@", "own-1", "-1")
    for verb in STEPS:
        for part in wild:
            reply = await stage.door.handle(
                Press(admin.origin(), make(verb, part, part), {"reason": "Because"})
            )
            assert all(card.view != "bug" for card in reply.cards), (verb, part)


async def test_what_a_game_asked_can_be_reported(stage: Stage, ada: Actor) -> None:
    """A question that was shown has its form for everybody; one to come is not to be read."""

    def begun(tx: Tx) -> None:
        asked = tuple(Asked(ref=one.ref, type=one.type) for one in (bank.OUTPUT, bank.SINGLE))
        kept = Game(
            id="g1",
            community=tx.community.id,
            place=tx.origin.place,
            starter=tx.person.id,
            asked=asked,
            opened=START,
            started=START,
        )
        tx.save_game(kept)

    await acts(ada, begun)
    token = make("report-it", "g1", 0, form=True)
    form = await stage.door.form(ada.origin(), token)
    assert form is not None
    assert "What does this program print?" in form.text
    await ada.sends(form.token, reason="Two fit")
    assert [(one.ref, one.reason) for one in await waiting(ada)] == [(bank.OUTPUT.ref, "Two fit")]
    for name, number in (("g1", 1), ("g1", -1), ("g1", 7), ("g9", 0), ("", "")):
        hidden_yet = make("report-it", name, number, form=True)
        with pytest.raises(Mistake):
            await stage.door.form(ada.origin(), hidden_yet)
        assert (await ada.sends(hidden_yet, reason="Let me see")).view == "mistake"


async def test_later_reports_of_a_withdrawn_question_can_be_put_away(
    stage: Stage, admin: Actor, ada: Actor
) -> None:
    """Who still has the old card may report it; keeping that report does not bring it back."""
    await reports(stage.person("ben"))
    await ada.says("type:single 1")
    await admin.says("moderate")
    form = await admin.form("Withdraw...")
    await admin.sends(form.token, reason="Two fit.")
    stage.clock.at += timedelta(minutes=5)
    await ada.presses("⋯")
    late = await ada.form("Report")
    await ada.sends(late.token, reason="Two fit, do they not")
    await admin.says("moderate")
    await admin.presses("Keep it")
    assert await hidden(ada) == [(REF.id, "Two fit.")]
    assert await waiting(ada) == ()


async def test_a_report_names_the_version_that_was_asked(stage: Stage, ada: Actor) -> None:
    """Reports of two versions of a question are reports of that question."""
    older = replace(REF, hash="older")
    for name, ref in (("ben", older), ("cem", REF), ("eve", older)):
        person = stage.person(name)
        await acts(person, partial(reporting.report, ref=ref, reason="Wrong"))
    assert await hidden(ada) == [(REF.id, "reported")]
