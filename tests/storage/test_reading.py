"""What a transaction can ask: values come back as they went in, and only what is one's own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.grading.verdict import Response, Verdict
from bot.learning.state import Ability, Area, Evidence
from bot.store.protocol import Tx
from bot.store.rows import Asked, LogRow, Member, Memory, Quiz, Settings
from bot.store.scores import DayCount
from bot.streaks import Streak
from questions.model import Item, Open, Proof, Ref
from storage.engine import Database, open_store
from tests.stores import START, Clock, Counted, doing, origin, row, said, silent, store_at

DAY = timedelta(days=1)
LATE = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))


def memory(item: str, due: datetime | None = None, area: str = "databases") -> Memory:
    return Memory(item=item, area=area, topic="locks", shown=START, due=due)


def item(text: str) -> Item:
    return Item(
        id="i1",
        area="databases",
        topic="locks",
        level="mid",
        type="open",
        prompt=text,
        body=Open(rubric=(), red_flags=("no",), model_answer="yes", follow_ups=()),
        explain="",
        sources=(),
        proof=Proof(kind="read"),
        hash="abc",
    )


async def test_everything_of_a_person_comes_back(store: Database) -> None:
    """Settings, ability, streak and member are read as they were saved, times in UTC."""
    settings = Settings(zone="Asia/Kathmandu", rest=(5, 6), remind_at="18:00", asked=("level",))
    ability = Ability(
        whole=Evidence(0.1, 0.25, 3, 1_800_000_000),
        areas={"sql": Area(0.5, -1.25, 2, topics={"joins": Evidence(-1.5)})},
    )
    streak = Streak(days=3, last=date(2026, 2, 28), freezes=1, frozen=(date(2026, 2, 27),))
    member = Member(name="Zoë 🦔", hidden=True, told=True)

    def work(tx: Tx) -> Reply:
        saved = replace(tx.person, settings=settings, ability=ability, streak=streak, answers=7)
        tx.save_person(saved)
        tx.save_member(member)
        return said("")

    await store.run(origin(), work)
    person, kept = await store.look(origin(), lambda tx: (tx.person, tx.member))
    assert kept == member
    assert (person.settings, person.ability, person.streak) == (settings, ability, streak)
    assert (person.answers, person.since, person.external) == (7, START, "discord:ada")


async def test_moments_round_trip(store: Database) -> None:
    """A time with an offset comes back the same moment in UTC, to the microsecond."""
    await store.run(origin(), doing(lambda tx: tx.append(row(tx, "q", at=LATE))))
    log = await store.look(origin(), lambda tx: tx.log())
    assert log[0].at == LATE
    assert log[0].at.tzinfo is UTC


@pytest.mark.parametrize("field", ["at", "shown", "touched"])
async def test_naive_times_are_refused(store: Database, field: str) -> None:
    """A time without a zone is an error, not a guess."""
    naive = START.replace(tzinfo=None)

    def work(tx: Tx) -> Reply:
        if field == "at":
            tx.append(row(tx, "q", at=naive))
        elif field == "shown":
            tx.remember(replace(memory("i"), shown=naive))
        else:
            tx.save_quiz(quiz(tx, "z", touched=naive))
        return said("")

    with pytest.raises(ValueError, match="needs a zone"):
        await store.run(origin(), work)


def quiz(tx: Tx, name: str, **facts: object) -> Quiz:
    known = {"person": tx.person.id, "community": tx.community.id, "place": "p"}
    return Quiz(**({"id": name, "started": START, "touched": START} | known | facts))  # type: ignore[arg-type]


async def test_a_quiz_comes_back_whole(store: Database) -> None:
    """A quiz with verdicts and times inside is read as it was saved, also by its own search."""
    asked = Asked(
        ref=Ref("", "i1", "abc"),
        type="single",
        order=((2, 0, 1),),
        issued=LATE.astimezone(UTC),
        verdict=Verdict(mark="close", credit=0.5, forgiven=(("a", "b"),)),
        response=Response((1,), "text"),
    )

    def work(tx: Tx) -> Reply:
        tx.save_quiz(quiz(tx, "z", asked=(asked,), title="Databases"))
        return said("")

    await store.run(origin(), work)
    named, found = await store.look(origin(), lambda tx: (tx.quiz("z"), tx.open_quiz()), quiz="z")
    assert named is not None
    assert named == found
    assert named.asked == (asked,)


async def test_the_newest_open_quiz_is_found(store: Database) -> None:
    """Of several quizzes the open one touched last, of this person in this community."""

    def work(tx: Tx) -> Reply:
        tx.save_quiz(quiz(tx, "old"))
        tx.save_quiz(quiz(tx, "new", touched=START + DAY))
        tx.save_quiz(quiz(tx, "done", touched=START + 2 * DAY, state="done"))
        return said("")

    await store.run(origin(), work)
    await store.run(origin(community="discord:other"), silent)
    here = await store.look(origin(), lambda tx: tx.open_quiz())
    elsewhere = await store.look(
        origin(community="discord:other"), lambda tx: (tx.open_quiz(), tx.quiz("old"))
    )
    assert here is not None
    assert here.id == "new"
    assert elsewhere[0] is None
    assert elsewhere[1] is not None  # it is still their own


async def test_a_saved_quiz_is_seen_in_its_transaction(store: Database) -> None:
    """Quiz, person and member are read as saved before in the same transaction."""

    def work(tx: Tx) -> Reply:
        tx.save_quiz(quiz(tx, "z", title="new"))
        tx.save_member(replace(tx.member, name="Countess"))
        tx.append(row(tx, "q"))
        seen = tx.quiz("z")
        assert seen is not None
        return said(f"{seen.title} {tx.member.name} {tx.person.seq}")

    assert (await store.run(origin(), work)).cards[0].text == "new Countess 1"


async def test_a_question_is_kept_by_its_hash(store: Database) -> None:
    """What was asked is found by its reference for ever; the first of a hash stands."""
    await store.run(origin(), doing(lambda tx: tx.keep(item("first"))))
    await store.run(origin(), doing(lambda tx: tx.keep(item("second"))))
    found = await store.look(
        origin(), lambda tx: (tx.item(Ref("", "i1", "abc")), tx.item(Ref("", "i1", "other")))
    )
    assert found == (item("first"), None)


async def test_memories_are_found_by_need(store: Database) -> None:
    """What is due comes longest overdue first, by area, counted, and the next one is known."""
    due = [memory(f"i{n}", START - n * DAY, "sql" if n % 2 else "git") for n in range(1, 7)]
    later = memory("later", START + DAY)

    def work(tx: Tx) -> Reply:
        for each in (*due, later, memory("only-shown")):
            tx.remember(each)
        return said("")

    await store.run(origin(), work)

    def ask(tx: Tx) -> tuple[object, ...]:
        return (
            [m.item for m in tx.due(START, (), 3)],
            [m.item for m in tx.due(START, ("sql",), 9)],
            tx.due_count(START),
            tx.next_due(START),
            sorted(tx.memories(["i1", "only-shown", "never"])),
            tx.memory("later"),
            tx.memory("never"),
        )

    assert await store.look(origin(), ask) == (
        ["i6", "i5", "i4"],
        ["i5", "i3", "i1"],
        6,
        START + DAY,
        ["i1", "only-shown"],
        later,
        None,
    )


async def test_the_current_question_s_memory_comes_with_the_press(store: Database) -> None:
    """The memory of the question a quiz asks now needs no statement of its own."""
    known = replace(memory("i1", START), last_day=START.date(), reps=2)

    def work(tx: Tx) -> Reply:
        tx.remember(known)
        tx.save_quiz(quiz(tx, "z", asked=(Asked(ref=Ref("", "i1", "abc"), type="single"),)))
        return said("")

    await store.run(origin(), work)
    seen = await store.look(origin(), lambda tx: (tx.memory("i1"), tx.memory("i2")), quiz="z")
    assert seen == (known, None)


async def test_days_count_what_counts(store: Database) -> None:
    """Counted answers by date and area; a correction stands in the place of what it corrects."""
    first, second = START.date(), START.date() + DAY

    def work(tx: Tx) -> Reply:
        tx.append(row(tx, "a"))
        tx.append(row(tx, "b", right=False))
        tx.append(row(tx, "c", counted=False))
        tx.append(row(tx, "d", day=second, area="git"))
        tx.append(row(tx, "early", day=first - DAY))
        tx.append(row(tx, "z", kind="zone"))
        tx.append(row(tx, "b", turn=1, kind="correction", corrects=2))
        tx.append(row(tx, "b", turn=2, kind="correction", corrects=2, right=False))
        tx.append(row(tx, "d", turn=1, kind="correction", corrects=4, day=second, counted=False))
        return said("")

    await store.run(origin(), work)
    assert await store.look(origin(), lambda tx: tx.days(first)) == (
        DayCount(first, "databases", 2, 1),
    )


async def test_the_log_is_read_in_order_and_in_parts(store: Database) -> None:
    """Rows come by seq, after a number, at most so many; the newest answer is found by name."""

    def work(tx: Tx) -> Reply:
        for turn in range(5):
            tx.append(row(tx, "q", turn=turn))
        tx.append(row(tx, "q", turn=9, kind="ease"))
        return said("")

    await store.run(origin(), work)

    def ask(tx: Tx) -> tuple[list[int], list[int], LogRow | None, LogRow | None]:
        parts = [r.seq for r in tx.log()], [r.turn for r in tx.log(after=2, limit=2)]
        return (*parts, tx.answer_of("q"), tx.answer_of("never"))

    seqs, turns, newest, never = await store.look(origin(), ask)
    assert (seqs, turns) == ([1, 2, 3, 4, 5, 6], [2, 3])
    assert newest is not None
    assert (newest.seq, never) == (5, None)


async def test_a_new_community_begins_in_the_zone_given(tmp_path: Path) -> None:
    """The zone a store is opened with is what a community has until it sets its own."""
    opened = open_store(str(tmp_path / "s.db"), clock=Clock(), ids=Counted(), zone="Europe/Berlin")
    await opened.run(origin(), silent)
    community = await opened.look(origin(), lambda tx: tx.community)
    await opened.close()
    assert community.zone == "Europe/Berlin"


async def test_what_stands_is_there_after_opening_again(url: str) -> None:
    """A store that was closed and opened again answers the same."""
    first = store_at(url)
    await first.run(origin(), doing(lambda tx: tx.append(row(tx, "q"))))
    before = await first.look(origin(), lambda tx: (tx.person, tx.log()))
    await first.close()
    second = store_at(url)
    after = await second.look(origin(), lambda tx: (tx.person, tx.log()))
    await second.close()
    assert before == after
