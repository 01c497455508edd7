from __future__ import annotations

import json
import random
from datetime import datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from bot import scoring
from bot.chat.cards import Reply
from bot.features import mending
from bot.features.moderation import repairing
from bot.features.moderation.withdrawing import Voided, withdraw
from bot.features.quiz import issuing
from bot.features.recording import Worth, record
from bot.grading.grade import grade
from bot.grading.verdict import Response
from bot.learning.state import Ability
from bot.replay import derive
from bot.store.community import Challenge, Daily, Game
from bot.store.protocol import Tx
from bot.store.rows import Answer, Due, LogRow
from questions.model import Item
from storage.doctor import findings
from tests import bank
from tests.core.moderating import acts, seen
from tests.stage import START, Actor, Stage

REASON = "B holds since version 12."
WEEK, DAY = "w2026-48", "d2026-11-23"
WRONG, RIGHT = Response((1,)), Response((0,))


@pytest.fixture
def admin(stage: Stage) -> Actor:
    return stage.person("zoe", admin=True)


async def points(actor: Actor, scope: str = "all", period: str = WEEK) -> int | None:
    """What this person has on a board."""
    board = await seen(actor, lambda tx: tx.board(scope, period, 10))
    return board.own.points if board.own else None


async def answers(
    actor: Actor, instance: str, response: Response, item: Item = bank.SINGLE, **worth: object
) -> None:
    """Record an answer under this instance, as quizzes, dailies and games do."""

    def act(tx: Tx) -> None:
        asked = replace(issuing.asked(item, "new", random.Random(1)), issued=tx.origin.at)
        given = Worth(**worth)  # type: ignore[arg-type]  # points and scopes
        tx.keep(item)
        record(tx, instance, asked, item, response, grade(item, response), given)

    await acts(actor, act)


async def withdraws(admin: Actor, item: Item = bank.SINGLE, reason: str = REASON) -> int:
    """Withdraw a question and let the repairs be done."""
    stage = admin.stage
    people = await acts(admin, lambda tx: withdraw(tx, stage.kit, item.ref, reason))
    await stage.clockwork().tick()
    return int(people)


async def corrections(actor: Actor) -> list[LogRow]:
    rows = await seen(actor, lambda tx: tx.log())
    return [row for row in rows if row.kind == "correction"]


def sound(stage: Stage) -> list[str]:
    """What the doctor has to say against the database, all caches derived again."""
    looked = findings(stage.url, replay=derive)
    # the server of the tests syncs nothing, and the doctor says so
    return [one.text for one in looked if one.level == "bad" and one.what != "durability"]


async def test_a_wrong_answer_of_a_quiz_gets_full_points(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """It counts as right, tells nothing of the person, comes back no more, and says why."""
    await ada.says("type:single 1")
    card = await ada.presses(ada.letter("The second COMMIT fails"))
    letter = ada.reply.cards[0]
    assert "✗ Not right" in card.text
    assert "Back " in card.text
    assert await points(ada) == 0
    assert await withdraws(admin) == 1
    assert await points(ada) == 2
    person = await seen(ada, lambda tx: tx.person)
    assert (person.ability, person.answers, person.streak.days) == (Ability(), 1, 1)
    memory = await seen(ada, lambda tx: tx.memory(bank.SINGLE.id))
    assert memory is not None
    assert (memory.due, memory.reps) == (None, 0)
    assert [row.right for row in await seen(ada, lambda tx: tx.days(START.date()))] == [1]
    ada.card = letter
    await ada.presses("⋯")
    again = await ada.presses("Back")
    assert again.text.startswith("**Withdrawn:** B holds since version 12. Full points.")
    assert "Back " not in again.text
    assert sound(stage) == []


async def test_the_correction_is_a_row_that_can_be_exported(ada: Actor, admin: Actor) -> None:
    """It names what it corrects, keeps the answer as void with the reason, and is the person's."""
    await answers(ada, "q.0", WRONG)
    await withdraws(admin)
    [row] = await corrections(ada)
    assert (row.corrects, row.right, row.points, row.day) == (1, True, 2, START.date())
    kept = msgspec.json.decode(row.data, type=Voided)
    assert (kept.void, kept.reason, kept.response) == (True, REASON, WRONG)
    exported = await seen(ada, lambda tx: tx.export())
    assert REASON in json.dumps(exported["log"])


async def test_dailies_and_games_get_their_own_full_points(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """A daily's answer brings 10 on both its boards, a game's 10, and nobody believes it more."""

    def opened(tx: Tx) -> None:
        tx.save_challenge(Challenge(id="c1", community=tx.community.id, by="", since=START))
        daily = Daily(
            id="d1", challenge="c1", community=tx.community.id, day=START.date(), posted=START
        )
        tx.save_daily(daily)
        game = Game(
            id="g1", community=tx.community.id, place=tx.origin.place, starter="", started=START
        )
        tx.save_game(game)

    await acts(admin, opened)
    place = scoring.place("discord:g7/c3")
    await answers(ada, "d1", WRONG, points=scoring.daily(right=False), scopes=("all", place))
    ben = stage.person("ben")
    await answers(ben, "g1.0", WRONG, points=scoring.GAME_HASTY)
    assert (await points(ada), await points(ben)) == (3, -3)
    held = await seen(ada, lambda tx: tx.totals(scoring.BELIEVED, WEEK))
    assert [(one.scope, one.people) for one in held] == [
        ("believed/repeatable-read-is-serializable", 2)
    ]
    assert await withdraws(admin) == 2
    assert (await points(ada), await points(ada, place), await points(ben)) == (10, 10, 10)
    assert await seen(ada, lambda tx: tx.totals(scoring.BELIEVED, WEEK)) == ()
    given = await seen(ada, lambda tx: tx.answers(("d1", "g1.0")))
    assert [(row.right, row.points) for row in given] == [(True, 10), (True, 10)]
    assert sound(stage) == []


async def test_what_counts_on_no_board_brings_nothing(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """A try without points stays without; so does what a day's eleventh answer brings."""
    await answers(ada, "d1.try", WRONG, points=0, scopes=())
    for number in range(10):
        await answers(ada, f"q.{number}", RIGHT, bank.OUTPUT)
    await answers(ada, "q.10", WRONG)
    before = await points(ada)
    await withdraws(admin)
    assert await points(ada) == before == 20
    assert [row.points for row in await corrections(ada)] == [0, 0]
    assert sound(stage) == []


async def test_a_right_answer_keeps_its_points_and_tells_nothing(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """Who was right by the wrong key gains nothing, and nothing is concluded from it."""
    await answers(ada, "q.0", RIGHT)
    await withdraws(admin)
    assert await points(ada) == 2
    assert (await seen(ada, lambda tx: tx.person)).ability == Ability()
    assert sound(stage) == []


async def test_a_repair_is_done_once(stage: Stage, ada: Actor, admin: Actor) -> None:
    """Withdrawn twice, handled twice, ticked by two processes: one correction for each answer."""
    await answers(ada, "q.0", WRONG)
    await answers(ada, "q.1", WRONG)
    await withdraws(admin)
    stage.clock.forward(minutes=1)
    await withdraws(admin)
    due = Due(
        id="repair.again",
        kind="repair",
        at=stage.clock(),
        data=msgspec.json.encode({"ref": bank.SINGLE.ref, "reason": "Another one"}),
    )
    await acts(ada, lambda tx: repairing.repair(due, tx, stage.kit))
    await stage.clockwork().tick()
    assert [row.corrects for row in await corrections(ada)] == [1, 2]
    assert await points(ada) == 4
    stage.clock.forward(hours=1)  # past every lease
    assert await stage.store.next_due() is None
    assert sound(stage) == []


async def test_nobody_waits_for_many_who_are_repaired(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """Twenty people a second: a withdrawal leaves room for those who practise."""
    people = [ada, *(stage.person(f"p{n}") for n in range(mending.AT_ONCE + 4))]
    for n, one in enumerate(people):
        await answers(one, f"q{n}.0", WRONG)
    assert await withdraws(admin) == len(people)
    assert [len(await corrections(one)) for one in people].count(0) == 5
    stage.clock.forward(seconds=1)
    await stage.clockwork().tick()
    assert {len(await corrections(one)) for one in people} == {1}
    assert sound(stage) == []


async def test_what_is_answered_after_a_withdrawal_is_repaired_by_the_next(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """An answer from an old card is mended when the question is withdrawn once more."""
    await answers(ada, "q.0", WRONG)
    await withdraws(admin)
    stage.clock.forward(minutes=1)
    await answers(ada, "q.1", WRONG)
    await withdraws(admin)
    assert [row.corrects for row in await corrections(ada)] == [1, 3]
    assert sound(stage) == []


async def test_other_communities_and_ones_own_are_left_alone(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """The same person's answers elsewhere stay as they were; what they tell stays known."""
    own = stage.person("ada", community="")
    elsewhere = stage.person("ada", community="discord:g8")
    await answers(ada, "q.0", WRONG)
    stage.clock.forward(days=1)
    await answers(own, "q.1", WRONG)
    await answers(elsewhere, "q.2", WRONG)
    await withdraws(admin)
    assert [row.corrects for row in await corrections(ada)] == [1]
    assert await points(ada) == 2
    assert await points(elsewhere) == 0
    person = await seen(ada, lambda tx: tx.person)
    assert person.ability.misconceptions == {"repeatable-read-is-serializable": 2}
    memory = await seen(ada, lambda tx: tx.memory(bank.SINGLE.id))
    assert memory is not None
    assert (memory.reps, memory.last_day) == (1, START.date() + timedelta(days=1))
    assert sound(stage) == []


async def test_two_communities_withdraw_at_once(stage: Stage, ada: Actor, admin: Actor) -> None:
    """The repairs of one person in two communities are two."""
    elsewhere = stage.person("ada", community="discord:g8")
    await answers(ada, "q.0", WRONG)
    await answers(elsewhere, "q.1", WRONG)
    other = stage.person("kim", community="discord:g8", admin=True)
    await acts(other, lambda tx: withdraw(tx, stage.kit, bank.SINGLE.ref, "Elsewhere"))
    await withdraws(admin)
    assert (await points(ada), await points(elsewhere)) == (2, 2)
    reasons = [msgspec.json.decode(row.data, type=Voided) for row in await corrections(ada)]
    assert {one.reason for one in reasons} == {REASON, "Elsewhere"}
    assert sound(stage) == []


async def test_who_never_answered_is_not_touched(stage: Stage, ada: Actor, admin: Actor) -> None:
    """Only those who answered that very question have a repair."""
    ben = stage.person("ben")
    await answers(ada, "q.0", WRONG)
    await answers(ben, "q.1", WRONG, bank.OUTPUT)
    assert await withdraws(admin) == 1
    assert await corrections(ben) == []


async def test_who_erased_their_data_does_not_come_back(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """A repair that waits goes with the person: nothing makes a new row of them."""
    await answers(ada, "q.0", WRONG)
    await acts(admin, lambda tx: withdraw(tx, stage.kit, bank.SINGLE.ref, REASON))

    def forget(tx: Tx) -> Reply:
        tx.forget()
        return Reply()

    await stage.store.run(ada.origin(), forget)
    await stage.clockwork().tick()
    assert await stage.store.next_due() is None
    assert sound(stage) == []
    assert await corrections(ada) == []


async def test_a_shared_question_shows_each_their_own(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """Who answered a question in the channel reads there that it was withdrawn."""
    await ada.says("type:single 1")
    await ada.presses(ada.letter("Both succeed"))
    await ada.presses("⋯")
    shared = await ada.presses("Ask the channel")
    ben = stage.person("ben")
    ben.card = shared
    press = ben.token(ben.letter("One is rolled back"))
    await ben.sends(press)
    await withdraws(admin)
    card = await ben.sends(press)
    assert card.text.startswith("**Withdrawn:** B holds since version 12. Full points.")
    assert "your first answer counts" in card.text
    assert sound(stage) == []


HISTORIES = 6


@pytest.mark.parametrize("seed", range(HISTORIES))
async def test_after_any_withdrawals_the_caches_equal_the_log(
    stage: Stage, admin: Actor, seed: int
) -> None:
    """Random people, days, answers, boards and withdrawals: the doctor finds nothing."""
    rng = random.Random(seed)
    items = (bank.SINGLE, bank.OUTPUT, bank.MULTI, bank.MATCH)
    wheres = ("discord:g7", "discord:g7", "discord:g8", "")
    for number in range(40):
        stage.clock.forward(hours=rng.choice((0, 1, 13, 30)))
        if rng.random() < 0.1:
            await withdraws(admin, rng.choice(items))
            continue
        actor = stage.person(rng.choice(("ada", "ben")), community=rng.choice(wheres))
        item = rng.choice(items)
        picks = Response(tuple(rng.sample(range(3), rng.choice((1, 2)))))
        worth = rng.choice(({}, {"points": 7}, {"scopes": ("all", "in/discord:c")}))
        await answers(actor, f"i{number}", picks, item, **worth)
    for item in items:
        await withdraws(admin, item)
    assert sound(stage) == []
    rows = await seen(stage.person("ada"), lambda tx: tx.log())
    here = next(row.community for row in rows if row.kind == "correction")
    answered = {row.seq for row in rows if row.kind == "answer" and row.community == here}
    assert answered == {row.corrects for row in rows if row.kind == "correction"}
    assert all(decoded(row).void for row in rows if row.kind == "correction")


def decoded(row: LogRow) -> Answer:
    return msgspec.json.decode(row.data, type=Answer)


async def test_the_time_of_a_correction_is_that_of_its_making(
    stage: Stage, ada: Actor, admin: Actor
) -> None:
    """It stands in the log when it was made and counts for the day of what it corrects."""
    await answers(ada, "q.0", WRONG)
    stage.clock.forward(days=3)
    await withdraws(admin)
    [row] = await corrections(ada)
    made: datetime = stage.clock()
    assert (row.at, row.ours, row.day) == (made, True, START.date())
    assert await points(ada, "all", DAY) == 2
