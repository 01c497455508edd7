from __future__ import annotations

import json

import pytest

from bot.chat.cards import Card
from bot.features import mending
from bot.features.overlay import accepting
from bot.grading.forms import form
from bot.grading.grade import grade
from bot.grading.verdict import Response
from bot.learning.state import Ability
from tests import bank
from tests.core.moderating import acts, seen
from tests.core.test_repair import answers, corrections, points, sound
from tests.daily.setting import PLACE, Here, collection
from tests.stage import Actor, Channel, Stage

REFLOG = "the head log"  # what the bank's question does not accept


@pytest.fixture
def admin(stage: Stage) -> Actor:
    return stage.person("zoe", admin=True)


async def refused(actor: Actor, text: str = REFLOG) -> Card:
    """Answer the short question with this; it is refused."""
    await actor.says("type:short 1")
    card = await actor.sends((await actor.form("Answer")).token, answer=text)
    assert "✗ Not right" in card.text
    return card


async def appeals(actor: Actor, reason: str = "", text: str = REFLOG) -> Card:
    """Answer, and say that it was right."""
    await refused(actor, text)
    await actor.presses("⋯")
    return await actor.sends((await actor.form("I was right")).token, reason=reason)


async def decides(admin: Actor, label: str, reason: str = "") -> Card:
    """An admin presses this on the oldest appeal, and what follows is done."""
    await admin.says("moderate")
    if any(b.label.startswith("Appeals") for b in admin.reply.cards[0].buttons):
        admin.card = admin.reply.cards[0]
        tab = next(b.token for b in admin.card.buttons if b.label.startswith("Appeals"))
        admin.card = await admin.sends(tab)
    if reason:
        card = await admin.sends((await admin.form(label)).token, reason=reason)
    else:
        card = await admin.presses(label)
    await admin.stage.clockwork().tick()
    return card


async def told(stage: Stage) -> list[tuple[str, Card]]:
    """To whom what was posted."""
    channel = Channel(stage.clock)
    await stage.clockwork({"discord": channel}).tick()
    return [(post.target, post.card) for post in channel.posts]


async def test_an_appeal_takes_the_answer_out_of_what_is_known(stage: Stage, ada: Actor) -> None:
    """It says so, comes back no more, tells nothing of the person; points and the day stay."""
    await refused(ada)
    assert (await seen(ada, lambda tx: tx.person)).ability != Ability()
    await ada.presses("⋯")
    form = await ada.form("I was right")
    assert REFLOG in form.text
    card = await ada.sends(form.token, reason="git calls it so")
    assert card.text.startswith(
        "Your appeal is with the admins; until then this question counts neither for nor against"
    )
    assert "Back " not in card.text
    person = await seen(ada, lambda tx: tx.person)
    assert (person.ability, person.answers, person.streak.days) == (Ability(), 1, 1)
    memory = await seen(ada, lambda tx: tx.memory(bank.SHORT.id))
    assert memory is not None
    assert (memory.due, memory.reps) == (None, 0)
    assert await seen(ada, lambda tx: tx.days(stage.clock().date())) == ()
    assert await seen(ada, lambda tx: tx.totals("believed/", "w2026-48")) == ()
    assert await points(ada) == 0
    [one] = await seen(ada, lambda tx: tx.appeals("open"))
    assert (one.reason, one.response, one.ref) == (
        "git calls it so",
        Response(text=REFLOG),
        bank.SHORT.ref,
    )
    assert sound(stage) == []


async def test_an_appeal_is_filed_once_for_each_answer(stage: Stage, ada: Actor) -> None:
    """The button is gone; an old one says that it is with the admins, and nothing is added."""
    await refused(ada)
    await ada.presses("⋯")
    token = (await ada.form("I was right")).token
    await ada.sends(token)
    again = await ada.sends(token)
    assert "appealed this one already" in again.text
    more = await ada.presses("⋯")
    assert "I was right" not in [one.label for one in more.buttons]
    assert "Your appeal is with the admins" in (await ada.presses("Back")).text
    assert len(await corrections(ada)) == 1
    assert sound(stage) == []


async def test_a_right_answer_and_a_don_t_know_cannot_be_appealed(ada: Actor) -> None:
    """What is right, or was none, has no such button."""
    await ada.says("type:short 2")
    await ada.sends((await ada.form("Answer")).token, answer="git reflog")
    more = await ada.presses("⋯")
    assert "I was right" not in [one.label for one in more.buttons]
    ben = ada.stage.person("ben")
    await ben.says("type:short 1")
    await ben.presses("Don't know")
    more = await ben.presses("⋯")
    assert "I was right" not in [one.label for one in more.buttons]
    assert (await seen(ben, lambda tx: tx.log()))[0].kind == "answer"
    gone = await ben.sends(f"!appeal:{ben.token('Report').split(':')[1]}")
    assert "cannot be appealed" in gone.text


async def test_upheld_everybody_who_gave_it_is_put_right_and_told_once(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """Points, learning and streak equal the log; one reads it at once, others on the next card."""
    ben, cem = stage.person("ben"), stage.person("cem")
    await appeals(ada, "git calls it so")
    await refused(ben, "The Head Log.")
    await refused(cem, "git status")
    card = await decides(admin, "Uphold")
    assert "2 people who gave it are graded again" in card.text
    assert (await points(ada), await points(ben), await points(cem)) == (2, 2, 0)
    for one in (ada, ben):
        memory = await seen(one, lambda tx: tx.memory(bank.SHORT.id))
        assert memory is not None
        assert (memory.reps, memory.lapses) == (1, 0)
        assert (await seen(one, lambda tx: tx.days(stage.clock().date())))[0].right == 1
    assert sound(stage) == []
    [(target, card)] = await told(stage)
    assert target == "discord:ada"
    assert "You were right." in card.text
    await ben.presses("Finish")
    assert "After an appeal your answer counts as right" in ben.reply.cards[0].text
    assert "(+2 points)" in ben.reply.cards[0].text
    await ben.says("type:single 1")
    assert "After an appeal" not in (await ben.presses("Don't know")).text
    assert "After an appeal" not in (await ben.presses("Finish")).text
    await ada.presses("⋯")
    assert (await ada.presses("Back")).text.startswith("**Upheld:**")
    await ada.presses("Finish")
    assert "After an appeal" not in ada.reply.cards[0].text


async def test_what_was_upheld_is_accepted_from_then_on_here_alone(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """The same answer, with a slip too, is right in this community and refused in another."""
    await appeals(ada)
    await decides(admin, "Uphold")
    for name, text in (("ben", "HEAD log"), ("cem", "the head log")):
        one = stage.person(name)
        await one.says("type:short 1")
        card = await one.sends((await one.form("Answer")).token, answer=text)
        assert "✓ Right" in card.text
    await refused(stage.person("eve", community="discord:g8"))
    assert sound(stage) == []


async def test_declined_it_counts_again_and_the_person_reads_why(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """The answer is as it was before the appeal, in the caches too."""
    await refused(ada)
    before = await seen(ada, lambda tx: tx.person.ability)
    await ada.presses("⋯")
    await ada.sends((await ada.form("I was right")).token)
    card = await decides(admin, "Decline...", "git has no such command.")
    assert "Declined" in card.text
    assert (await seen(ada, lambda tx: tx.person)).ability == before
    memory = await seen(ada, lambda tx: tx.memory(bank.SHORT.id))
    assert memory is not None
    assert memory.due is not None
    [(target, said)] = await told(stage)
    assert target == "discord:ada"
    assert "Declined: git has no such command. The question counts again" in said.text
    await ada.presses("⋯")
    assert (await ada.presses("Back")).text.startswith("**Appeal declined:** git has no such")
    assert sound(stage) == []
    # another one's appeal of the same answer may still be upheld for both
    stage.clock.forward(minutes=1)
    await appeals(stage.person("ben"))
    await decides(admin, "Uphold")
    assert await points(ada) == 2
    assert sound(stage) == []


async def test_admins_see_the_answer_and_never_who_gave_it(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """The card has question, key, answer, reasons and how many gave it; no name, no id."""
    await appeals(ada, "git calls it so")
    await appeals(stage.person("ben"), "It is in the book", "Head log.")
    await refused(stage.person("cem"))
    await admin.says("moderate")
    assert "2 answers" not in admin.reply.cards[0].text
    card = await admin.sends("moderation-appeal")
    for words in (
        "2 people say",
        "3 people here gave",
        "ead log",
        "- git calls it so",
        "- It is in the book",
        "git reflog",
        "1 answer is appealed",
    ):
        assert words in card.text
    shown = json.dumps([card.title, card.text, card.note, *[b.token for b in card.buttons]])
    for name in ("Ada", "Ben", "discord:ada", "discord:ben"):
        assert name not in shown


async def test_two_admins_decide_once(stage: Stage, ada: Actor, admin: Actor) -> None:
    """The second one reads that it is decided."""
    await appeals(ada)
    card = await admin.sends("moderation-appeal")
    uphold = next(one.token for one in card.buttons if one.label == "Uphold")
    await admin.sends(uphold)
    late = await stage.person("gil", admin=True).sends(uphold)
    assert "decided already" in late.text
    await stage.clockwork().tick()
    assert len(await corrections(ada)) == 2
    assert sound(stage) == []


async def test_a_choice_can_be_upheld_too(stage: Stage, ada: Actor, admin: Actor) -> None:
    """The chosen option counts right, for whoever chose it, then and from now on."""
    for name in ("ada", "ben"):
        one = stage.person(name)
        await one.says("type:single 1")
        await one.presses(one.letter("One is rolled back"))
        if name == "ada":
            await one.presses("⋯")
            await one.sends((await one.form("I was right")).token)
    card = await decides(admin, "Uphold")
    assert "2 people who gave it" in card.text
    ben = stage.person("ben")
    assert (await points(ada), await points(ben)) == (2, 2)
    cem = stage.person("cem")
    await cem.says("type:single 1")
    assert "✓ Right" in (await cem.presses(cem.letter("One is rolled back"))).text
    assert sound(stage) == []


async def test_the_question_may_be_withdrawn_instead(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """Everybody gets full points, every appeal of it is over, and the person reads why."""
    await appeals(ada)
    await appeals(stage.person("ben"), "", "git ref log book")
    await admin.says("moderate")
    card = await decides(admin, "Withdraw the question...", "Git 3 renames it.")
    assert "Appeals:" not in " ".join(b.label for b in card.buttons)
    assert await points(ada) == 2
    assert await seen(ada, lambda tx: tx.appeals("open")) == ()
    cards = [card.text for _, card in await told(stage)]
    assert len(cards) == 2
    assert all("withdrawn: Git 3 renames it. You get full points." in text for text in cards)
    assert sound(stage) == []


async def test_after_two_weeks_the_person_is_told_once(stage: Stage, ada: Actor) -> None:
    """Nobody has decided: one message; the appeal stays open."""
    await appeals(ada)
    stage.clock.forward(days=13)
    assert await told(stage) == []
    stage.clock.forward(days=1, minutes=1)
    [(target, card)] = await told(stage)
    assert target == "discord:ada"
    assert "Nobody has decided about your appeal yet" in card.text
    stage.clock.forward(days=30)
    assert await told(stage) == []
    [one] = await seen(ada, lambda tx: tx.appeals("open"))
    assert one.late


async def test_what_was_decided_in_time_is_not_waited_for(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """The two weeks end with the decision."""
    await appeals(ada)
    await decides(admin, "Uphold")
    assert len(await told(stage)) == 1
    stage.clock.forward(days=20)
    assert await told(stage) == []


async def test_admins_who_asked_read_of_appeals_in_mondays_digest(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """One message a week to those who asked for it; nothing of appeals where there are none."""
    await admin.says("community")
    await admin.presses("Digest for me")
    stage.clock.forward(days=7, hours=1)
    [(target, card)] = await told(stage)
    assert "appealed" not in card.text
    await appeals(ada)
    stage.clock.forward(days=7)
    [(target, card)] = await told(stage)
    assert target == "discord:zoe"
    assert '1 answer is appealed ("I was right"). Decide with' in card.text


async def test_an_appeal_in_a_direct_conversation_is_the_operator_s(stage: Stage) -> None:
    """Where there is no admin it says so, and the answer leaves what is known all the same."""
    own = stage.person("ada", community="")
    card = await appeals(own)
    assert "is with whoever runs this bot" in card.text
    assert (await seen(own, lambda tx: tx.person)).ability == Ability()
    stage.clock.forward(days=15)
    [(target, said)] = await told(stage)
    assert target == "discord:ada"
    assert "whoever runs this bot" in said.text
    assert sound(stage) == []


async def test_who_erased_their_data_leaves_no_appeal(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """The appeal goes with the person; what was upheld stays accepted."""
    await appeals(ada)
    await acts(ada, lambda tx: tx.forget())
    assert await seen(admin, lambda tx: tx.appeals("open")) == ()
    stage.clock.forward(days=15)
    assert await told(stage) == []
    assert sound(stage) == []


async def test_answers_while_it_is_open_are_folded_as_if_it_were_not(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """Asked again between appeal and decision, the caches equal the log at every moment."""
    await appeals(ada)
    for days in (1, 2):
        stage.clock.forward(days=days)
        await answers(ada, f"x.{days}", Response(text="git reflog"), bank.SHORT)
        assert sound(stage) == []
    await decides(admin, "Uphold")
    assert sound(stage) == []
    memory = await seen(ada, lambda tx: tx.memory(bank.SHORT.id))
    assert memory is not None
    assert memory.reps == 3


async def test_a_daily_can_be_appealed(url: str, guarded: None) -> None:
    """Upheld, it brings a daily's ten points on each board; others read of it on their next."""
    stage = Stage(url, collection((bank.SHORT,)))
    here = Here(stage)
    ada, ben, admin = stage.person("ada"), stage.person("ben"), stage.person("zoe", admin=True)
    await here.challenge()
    await here.at(24, 9)
    for one in (ada, ben):
        here.sees(one)
        card = await one.sends((await one.form("Answer")).token, answer=REFLOG)
        assert "3 points." in card.note
    assert "I was right" in [one.label for one in (await ada.says("daily")).buttons]
    said = await ada.sends((await ada.form("I was right")).token)
    assert said.text.startswith("Your appeal is with the admins")
    again = await ada.says("daily")
    assert again.text.startswith("Your appeal is with the admins")
    assert "I was right" not in [one.label for one in again.buttons]
    await decides(admin, "Uphold")
    for one in (ada, ben):
        assert await points(one) == 10
        assert await points(one, f"in/{PLACE}") == 10
        card = await one.says("daily")
        assert card.text.startswith("**Upheld:** this answer counts as right now.")
        assert "10 points." in card.note
    cem = stage.person("cem")
    here.sees(cem)
    card = await cem.sends((await cem.form("Answer")).token, answer="head log")
    assert "✓ Right" in card.text
    assert sound(stage) == []
    await stage.store.close()


async def test_nobody_waits_for_many_who_are_graded_again(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """Twenty people a second: the work of an upheld appeal leaves room for those who practise."""
    await appeals(ada)
    for n in range(mending.AT_ONCE + 5):
        await refused(stage.person(f"p{n}"))
    await decides(admin, "Uphold")
    done = [await points(stage.person(f"p{n}")) for n in range(mending.AT_ONCE + 5)]
    assert 0 < done.count(0) <= 6
    stage.clock.forward(seconds=2)
    await stage.clockwork().tick()
    assert {await points(stage.person(f"p{n}")) for n in range(mending.AT_ONCE + 5)} == {2}
    assert sound(stage) == []


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("short", "The Head Log.", "it's  head log!", True),
        ("short", "git log -g", "git log -G", False),
        ("short", "git log -g;", "git  log -g", True),
        ("sql", "SELECT 1\nFROM a", "SELECT 1 FROM a", True),
        ("sql", "SELECT 'A'", "SELECT 'a'", False),
        ("numeric", "50 Workers", "50 workers", True),
        ("open", "x" * 2000, "x" * 1999, False),
    ],
)
def test_two_spellings_of_one_answer_have_one_form(
    kind: str, one: str, other: str, same: bool
) -> None:
    """Case, space and what stands around it do not matter, except where code says otherwise."""
    forms = [form(kind, Response(text=text)) for text in (one, other)]
    assert (forms[0] == forms[1]) is same
    assert all(0 < len(each) <= 120 for each in forms)


def test_picks_of_a_multi_have_no_order() -> None:
    """Those of an order do."""
    assert form("multi", Response((2, 0))) == form("multi", Response((0, 2)))
    assert form("order", Response((2, 0))) != form("order", Response((0, 2)))


def test_an_accepted_answer_is_no_near_miss_any_more() -> None:
    """The question keeps its hash, and loses the near miss that was upheld."""
    item = accepting(bank.SHORT, ["git log"])
    assert item.ref == bank.SHORT.ref
    assert grade(item, Response(text="git log")).right
    assert not grade(bank.SHORT, Response(text="git log")).right
    assert not grade(item, Response(text="git stash")).right


async def test_who_appeals_between_a_decision_and_its_work_is_decided_with_it(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """Their answer is put right as well, and they are told of their own appeal."""
    ben = stage.person("ben")
    await appeals(ada)
    await refused(ben)
    card = await admin.sends("moderation-appeal")
    await admin.sends(next(one.token for one in card.buttons if one.label == "Uphold"))
    await ben.presses("⋯")
    await ben.sends((await ben.form("I was right")).token)
    assert sorted(target for target, _ in await told(stage)) == ["discord:ada", "discord:ben"]
    assert await seen(ada, lambda tx: tx.appeals("open")) == ()
    assert (await points(ada), await points(ben)) == (2, 2)
    assert (await seen(ben, lambda tx: tx.person)).settings.news == ()
    assert sound(stage) == []
