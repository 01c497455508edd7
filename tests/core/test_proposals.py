from __future__ import annotations

import asyncio
import re

import pytest
from msgspec.structs import replace

from bot.chat.cards import Card
from bot.chat.say import Reader
from bot.features.moderation.drafting import Typed, draft
from bot.grading.grade import grade
from bot.grading.verdict import Response
from questions.loading import content_hash
from questions.model import Choice, Item
from tests import bank
from tests.core.moderating import GOOD, acts, own_items, proposes, seen, three_report
from tests.sampling.asked import AREAS
from tests.stage import Actor, Channel, Stage

OWN = "What do the other tasks of its loop do?"


@pytest.fixture
def admin(stage: Stage) -> Actor:
    """Somebody who decides for the community."""
    return stage.person("zoe", admin=True)


async def told(stage: Stage) -> list[Card]:
    """What the bot wrote to people by itself, each post once more sent."""
    channel = Channel(stage.clock)
    for _ in range(2):
        await stage.clockwork({"discord": channel}).tick()
    assert {post.where for post in channel.posts} <= {"direct"}
    return [post.card for post in channel.posts]


def drafted(**fields: str) -> tuple[Item | None, dict[str, str]]:
    """What becomes of a proposal with these fields, the others good."""
    typed = Typed(**(GOOD | fields))
    made = draft(typed, Reader(), AREAS, bank.COMMANDS, "c1", "own-1")
    return made.item, dict(made.errors)


async def test_a_proposal_is_asked_once_an_admin_accepts(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """Until then nobody is asked it; then this community alone is, and its author is told once."""
    card = await proposes(ada)
    assert card.view == "proposed"
    assert card.text.startswith("Thank you. An admin decides")
    assert "**✓ A)** They wait until it returns." in card.text
    assert await own_items(ada) == ()
    assert OWN not in (await stage.person("lea").says("quiz gil 1")).text
    card = await admin.says("moderate")
    assert card.title.endswith("· junior")
    assert "Proposed by Ada. The source leads to docs.python.org." in card.text
    card = await admin.presses("Accept")
    assert "Accepted: it may be drawn here" in card.text
    [item] = await own_items(ada)
    assert (item.owner, item.proof.kind, len(item.proof.readers)) == (
        (await seen(ada, lambda tx: tx.community)).id,
        "read",
        2,
    )
    [card] = await told(stage)
    assert card.text.startswith("**Accepted.** Your question may be drawn")
    ben = stage.person("ben")
    asked = await ben.says("quiz gil 1")
    assert OWN in asked.text
    verdict = await ben.presses(ben.letter("They wait"))
    assert "Only an await gives the loop its turn" in verdict.text
    assert "two readers, Nov 2026" in verdict.text
    assert verdict.links[0].label == "docs.python.org"
    elsewhere = stage.person("ben", community="discord:g8")
    assert OWN not in (await elsewhere.says("quiz gil 1")).text


async def test_ones_own_question_does_not_come_twice(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """A community's question is remembered as any other: not again within twelve hours."""
    await proposes(ada)
    await admin.says("moderate")
    await admin.presses("Accept")
    ben = stage.person("ben")
    assert OWN in (await ben.says("quiz gil 1")).text
    await ben.presses(ben.letter("They wait"))
    assert OWN not in (await ben.says("quiz gil 1")).text


async def test_a_declined_proposal_is_told_why(stage: Stage, ada: Actor, admin: Actor) -> None:
    """Declining wants a reason, which its author reads; the question is asked nowhere."""
    await proposes(ada)
    await admin.says("moderate")
    form = await admin.form("Decline...")
    await admin.sends(form.token, reason="")
    assert "reason" in admin.reply.errors
    card = await admin.sends(form.token, reason="We have one like it.")
    assert "Declined." in card.text
    [card] = await told(stage)
    assert card.text.startswith("**Not taken:** We have one like it.")
    assert await own_items(ada) == ()
    [audit] = await seen(ada, lambda tx: tx.audits())
    assert (audit.name, audit.what) == ("Zoe", "declined")
    assert "We have one like it." in audit.about


async def test_of_two_admins_one_decides(stage: Stage, ada: Actor, admin: Actor) -> None:
    """Accepted and declined at once, a proposal is one of both, noted and told once."""
    await proposes(ada)
    [proposal] = await seen(ada, lambda tx: tx.proposals("waiting"))
    other = stage.person("kim", admin=True)
    await admin.says("moderate")
    await other.says("moderate")
    form = await other.form("Decline...")
    await asyncio.gather(admin.presses("Accept"), other.sends(form.token, reason="No"))
    audits = await seen(ada, lambda tx: tx.audits())
    assert len(audits) == 1
    state = await seen(ada, lambda tx: tx.proposal(proposal.id))
    assert state is not None
    assert state.state == audits[0].what
    assert len(await told(stage)) == 1


async def test_an_admin_who_takes_their_own_is_one_reader(admin: Actor) -> None:
    """A question is never said to be read by two where it was one."""
    await proposes(admin)
    await admin.says("moderate")
    await admin.presses("Accept")
    [item] = await own_items(admin)
    assert len(item.proof.readers) == 1
    assert "Zoe" not in str(item)


async def test_at_most_five_wait(stage: Stage, ada: Actor, admin: Actor) -> None:
    """The sixth is refused at every step until one is decided; others may go on."""
    for number in range(5):
        card = await proposes(ada, question=f"{GOOD['question'][:-1]} in case {number}?")
        assert card.view == "proposed"
    assert card.buttons == ()
    assert "5 of your questions wait" in (await ada.says("propose")).text
    await ada.sends("!propose", **GOOD)
    assert len(await seen(ada, lambda tx: tx.proposals("waiting"))) == 5
    assert (await stage.person("ben").says("propose")).view == "propose"
    await admin.says("moderate")
    await admin.presses("Accept")
    assert (await ada.says("propose")).view == "propose"


async def test_the_same_question_is_proposed_once(ada: Actor, stage: Stage) -> None:
    """A form sent again, by whomever, makes no second proposal."""
    await proposes(ada)
    ben = stage.person("ben")
    await proposes(ben)
    assert "question" in ben.reply.errors
    assert len(await seen(ada, lambda tx: tx.proposals("waiting"))) == 1


async def test_proposals_belong_to_a_community(stage: Stage) -> None:
    """In a direct conversation there is nobody to decide."""
    card = await stage.person("ada", community="").says("propose")
    assert card.view == "mistake"
    assert "one of its channels" in card.text


async def test_an_accepted_question_can_be_withdrawn(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """A community's question is reported, hidden and shown again as one of the bank."""
    await proposes(ada)
    await admin.says("moderate")
    await admin.presses("Accept")
    ben = stage.person("ben")
    await ben.says("quiz gil 1")
    await ben.presses("⋯")
    form = await ben.form("Report")
    await ben.sends(form.token, reason="It depends on the loop")
    card = await admin.says("moderate")
    assert "It depends on the loop" in card.text
    form = await admin.form("Withdraw...")
    await admin.sends(form.token, reason="Ambiguous")
    assert OWN not in (await stage.person("cem").says("quiz gil 1")).text
    card = await admin.presses("Hidden questions: 1")
    assert "1. A coroutine calls time.sleep(5)." in card.text


async def test_reports_come_before_proposals(stage: Stage, ada: Actor, admin: Actor) -> None:
    """Both are counted, and each is one press away from the other."""
    await three_report(stage)
    await proposes(ada)
    card = await admin.says("moderate")
    assert "1 question is reported, 1 proposal waits." in card.text
    assert (await admin.presses("Proposals: 1")).view == "moderation-proposal"
    assert (await admin.presses("Reports: 1")).view == "moderation-report"


async def test_a_wrong_form_says_everything_at_once(ada: Actor) -> None:
    """Mistakes stand beside their fields, all of them, and nothing is kept."""
    await proposes(
        ada,
        question="Sleep is bad.",
        options="Yes\nNo",
        why="Because",
        source="docs.python.org",
        about="pizza",
    )
    assert set(ada.reply.errors) == {"question", "options", "why", "source", "about"}
    assert await seen(ada, lambda tx: tx.proposals("waiting")) == ()


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("question", " ", "Write something"),
        ("question", "What waits", "no question mark"),
        ("question", "What is not a lock?", "negative question"),
        ("question", "Which is it? See https://evil.example", "Addresses stand under Source"),
        ("question", "x" * 901 + "?", "cut it to 900"),
        ("options", "One\nTwo", "write 3 to 6"),
        ("options", "1 s\n2 s\n3 s\n4 s\n5 s\n6 s\n7 s", "write 3 to 6"),
        ("options", "*They wait\n*They run\nThey stop", "exactly one is right"),
        ("options", "They wait\nThey run\nThey run", "stands twice"),
        ("options", f"They wait\nThey run\n{'They stop ' * 9}", "Option 3: an option of 89"),
        ("options", "They all wait until it has returned to them\nThey run\nThey stop", "longest"),
        ("options", "They wait\nThey always run\nThey stop", "always"),
        ("options", "They wait\nThey run\nAll of the above", "none of the above"),
        ("why", "Only an await gives the loop its turn.", "3 options and 1 lines"),
        ("why", GOOD["why"].replace("One loop runs all tasks in one thread.", "No."), "5 words"),
        ("why", GOOD["why"].replace("; a", " " + "very " * 60 + "; a"), "cut it to 60"),
        ("source", "http://docs.python.org/3/", "https address"),
        ("source", "https://docs.python.org/3/ https://evil.example", "https address"),
        ("source", "https://docs.python.org/)[x](https://evil.example", "https address"),
        ("source", "https://docs.python.org@evil.example/", "https address"),
        ("source", "https://127.0.0.1/", "do not know 127.0.0.1"),
        ("source", "https://localhost/", "https address"),
        ("source", "https://docs.python.org.evil.example/", "do not know docs.python.org.evil"),
        ("source", "javascript:alert(1)", "https address"),
        ("about", "python", "Name one topic of Python"),
        ("about", "isolation levels + joins", "Name one topic"),
        ("about", "senior", "Name one topic"),
        ("about", "pizza", "opic"),
    ],
)
def test_each_rule_of_the_bank_has_its_field(field: str, typed: str, says: str) -> None:
    """What the bank would refuse is refused, beside the field in which it is mended."""
    item, errors = drafted(**{field: typed})
    assert item is None
    assert says in errors[field]


def test_a_good_one_is_an_item_like_any_other() -> None:
    """It has its community, level and hash, and is graded by the key that was marked."""
    item, errors = drafted()
    assert errors == {}
    assert item is not None
    assert (item.id, item.owner, item.level) == ("own-1", "c1", "junior")
    assert (item.area, item.topic) == ("python", "gil-and-asyncio")
    assert item.hash == content_hash(item)
    assert grade(item, Response((0,))).right
    assert not grade(item, Response((1,))).right


@pytest.mark.parametrize(
    ("options", "right", "texts"),
    [
        ("Stop\nRun\nWait", 0, ("Stop", "Run", "Wait")),
        ("Stop\n* Run\nWait", 1, ("Stop", "Run", "Wait")),
        ("- Stop\n- Run\n- *Wait", 2, ("Stop", "Run", "Wait")),
        ("**Stop**\n2 * 3 = 6\nWait", 0, ("**Stop**", "2 * 3 = 6", "Wait")),
        ("* Stop\n* Run\n* Wait", 0, ("Stop", "Run", "Wait")),
        ("A) Stop\n\nB) Run\n*C) Wait", 2, ("Stop", "Run", "Wait")),
        ("1. Stop\n2. Run\n3. Wait", 0, ("Stop", "Run", "Wait")),
    ],
)
def test_options_are_read_as_people_write_them(
    options: str, right: int, texts: tuple[str, ...]
) -> None:
    """The first is right unless one has a star; list marks are no part of an option."""
    item, errors = drafted(options=options)
    assert errors == {}
    assert item is not None
    assert isinstance(item.body, Choice)
    assert tuple(option.text for option in item.body.options) == texts
    assert [option.right for option in item.body.options].index(True) == right
    assert item.explain == GOOD["why"].split("\n")[right]


def test_no_level_is_mid() -> None:
    """Who names no level means mid."""
    item, _ = drafted(about="gil and asyncio")
    assert item is not None
    assert item.level == "mid"


def test_errors_hold_no_marks_of_what_was_typed() -> None:
    """Errors are plain words on one platform and cards on the other: neither shows our marks."""
    _, errors = drafted(options="`a` **b**\n`c\\` All of the above\n`a` **b**")
    assert errors
    assert not re.search(r"[\\*`]", " ".join(errors.values()))


async def test_what_a_proposal_says_is_kept_as_it_was_understood(ada: Actor) -> None:
    """Its text is cleaned at the door, and an old version is never drawn for a new one."""
    await proposes(ada, question="A\u202ecoroutine\x00 waits. What do the others do?")
    [proposal] = await seen(ada, lambda tx: tx.proposals("waiting"))
    assert proposal.item.prompt == "Acoroutine waits. What do the others do?"
    newer = replace(proposal.item, prompt="Another?")
    assert content_hash(newer) != proposal.item.hash


async def test_a_proposer_who_erases_their_data_takes_it_along(ada: Actor) -> None:
    """What waits of a person is theirs: erased with them, it cannot be accepted any more."""
    await proposes(ada)
    await acts(ada, lambda tx: tx.forget())
    assert await seen(ada, lambda tx: tx.proposals("waiting")) == ()
