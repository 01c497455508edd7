"""What a press may rely on: once, whole, in order, and as soon as it is acknowledged."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.chat.events import Origin
from bot.store.protocol import Busy, Tx
from bot.store.rows import Community, Person, Quiz
from bot.store.scores import Gain
from storage.engine import Database
from storage.errors import Already
from tests.stores import START, answering, origin, row, said, silent, store_at, text_of


async def person_of(store: Database, who: str = "discord:ada") -> Person:
    return await store.look(origin(who), lambda tx: tx.person)


async def test_a_reply_is_kept_under_its_key(store: Database) -> None:
    """The same key again gives the reply that was given, and the work is not called."""
    press = origin()
    first = await store.run(press, answering("q1"))

    def never(_tx: Tx) -> Reply:
        raise AssertionError

    assert await store.run(press, never) == first
    assert (await person_of(store)).answers == 1


async def test_what_was_written_is_there(store: Database) -> None:
    """The log, the person, the score and the quiz stand as they were saved."""
    quiz = Quiz(id="z1", person="", community="", place="p", started=START, touched=START)

    def work(tx: Tx) -> Reply:
        tx.save_quiz(replace(quiz, person=tx.person.id, community=tx.community.id))
        return answering("z1:0")(tx)

    await store.run(origin(), work)
    person, kept, log, board = await store.look(
        origin(),
        lambda tx: (tx.person, tx.quiz("z1"), tx.log(), tx.board("all", "all", 10)),
        quiz="z1",
    )
    assert kept is not None
    assert kept.person == person.id
    assert (person.answers, person.seq, person.head) == (1, 1, log[0].chain)
    assert [(r.instance, r.points, r.seq) for r in log] == [("z1:0", 2, 1)]
    assert [(r.rank, r.name, r.points) for r in board.top] == [(1, "Ada", 2)]


async def test_events_count_once_however_often_they_come(url: str) -> None:
    """500 events, each delivered 1 to 4 times in any order, with a restart between, count 500."""
    rng = random.Random(7)
    events = [origin(f"discord:p{n % 20}", key=f"e{n}") for n in range(500)]
    deliveries = [e for e in events for _ in range(rng.randint(1, 4))]
    rng.shuffle(deliveries)
    half = len(deliveries) // 2
    for part in (deliveries[:half], deliveries[half:], events):
        store = store_at(url)
        await pressed(store, part)
        people = [await person_of(store, f"discord:p{n}") for n in range(20)]
        await store.close()
    assert sum(p.answers for p in people) == sum(p.seq for p in people) == 500


async def pressed(store: Database, events: Sequence[Origin]) -> None:
    """Run them 64 at a time: more at once may have to wait until they are Busy."""
    left = iter(events)

    async def one() -> None:
        for event in left:
            await store.run(event, answering(event.key))

    await asyncio.gather(*(one() for _ in range(64)))


async def test_no_increment_is_lost(store: Database) -> None:
    """200 presses of one person at once, each read then written, count 200."""
    await asyncio.gather(*(store.run(origin(), answering(f"q{n}")) for n in range(200)))
    assert (await person_of(store)).answers == 200


async def test_two_processes_lose_no_increment(server_url: str) -> None:
    """Two PostgreSQL stores at once, 100 presses of one person each, count 200."""
    stores = [store_at(server_url), store_at(server_url)]
    presses = [(stores[n % 2], f"q{n}") for n in range(200)]
    await asyncio.gather(*(store.run(origin(), answering(name)) for store, name in presses))
    person = await person_of(stores[0])
    for store in stores:
        await store.close()
    assert (person.answers, person.seq) == (200, 200)


async def test_a_handler_that_raises_takes_nobody_along(store: Database) -> None:
    """Of 30 presses together the third that raise leave nothing; the others stand."""

    def failing(tx: Tx) -> Reply:
        answering("bad")(tx)
        raise LookupError("a bug")

    works = [failing if n % 3 == 0 else answering("good") for n in range(30)]
    ended = await asyncio.gather(
        *(store.run(origin(f"discord:p{n}"), work) for n, work in enumerate(works)),
        return_exceptions=True,
    )
    people = [await person_of(store, f"discord:p{n}") for n in range(30)]
    assert [isinstance(e, LookupError) for e in ended] == [n % 3 == 0 for n in range(30)]
    assert [p.answers for p in people] == [int(n % 3 != 0) for n in range(30)]


async def test_a_row_that_cannot_be_written_takes_nobody_along(store: Database) -> None:
    """Text that no database takes fails its own press alone."""

    def poisoned(tx: Tx) -> Reply:
        tx.append(row(tx, "\ud800"))
        return said("never")

    works = [poisoned if n == 3 else answering("good") for n in range(8)]
    ended = await asyncio.gather(
        *(store.run(origin(f"discord:p{n}"), work) for n, work in enumerate(works)),
        return_exceptions=True,
    )
    assert [isinstance(e, Exception) for e in ended] == [n == 3 for n in range(8)]
    assert sum([(await person_of(store, f"discord:p{n}")).answers for n in range(8)]) == 7


async def test_a_row_of_the_log_stands_once(store: Database) -> None:
    """A second answer to the same step is void, what came with it too, and the work runs again."""
    seen: list[int] = []

    def again(tx: Tx) -> Reply:
        seen.append(tx.person.answers)
        return answering("q1")(tx)

    await store.run(origin(), again)
    with pytest.raises(Already):
        await store.run(origin(), again)
    person = await person_of(store)
    assert seen == [0, 1, 1]
    assert (person.answers, person.seq) == (1, 1)


async def test_the_head_of_the_log_is_the_store_s_own(store: Database) -> None:
    """Saving a person as read before an append does not take the log's head back."""

    def work(tx: Tx) -> Reply:
        before = tx.person
        tx.append(row(tx, "q1"))
        tx.save_person(replace(before, answers=1))
        return said("")

    await store.run(origin(), work)
    await store.run(origin(), answering("q2"))
    person, log = await store.look(origin(), lambda tx: (tx.person, tx.log()))
    assert (person.answers, person.seq, person.head) == (2, 2, log[1].chain)


async def test_the_second_of_two_presses_sees_the_first(store: Database) -> None:
    """A double press is one answer: the later one finds the quiz as the earlier left it."""
    await store.run(origin(), _open)

    def press(tx: Tx) -> Reply:
        quiz = tx.quiz("z")
        assert quiz is not None
        if quiz.at:
            return said("already")
        tx.save_quiz(replace(quiz, at=1))
        return answering("z:0")(tx)

    replies = await asyncio.gather(*(store.run(origin(), press, quiz="z") for _ in range(10)))
    assert sorted(map(text_of, replies)) == ["already"] * 9 + ["z:0 is row 1"]


def _open(tx: Tx, person: str | None = None) -> Reply:
    whose = tx.person.id if person is None else person
    here = tx.community.id
    tx.save_quiz(
        Quiz(id="z", person=whose, community=here, place="p", started=START, touched=START)
    )
    return said("open")


async def test_a_shared_quiz_loses_no_change(store: Database) -> None:
    """40 people who change one shared quiz at once leave 40 changes."""
    await store.run(origin(), lambda tx: _open(tx, person=""))

    def press(tx: Tx) -> Reply:
        quiz = tx.quiz("z")
        assert quiz is not None
        tx.save_quiz(replace(quiz, at=quiz.at + 1))
        return said("")

    named = [store.run(origin(f"discord:p{n}"), press, quiz="z") for n in range(20)]
    found = [store.run(origin(f"discord:q{n}"), press) for n in range(20)]
    await asyncio.gather(*named, *found)
    kept = await store.look(origin(), lambda tx: tx.quiz("z"))
    assert kept is not None
    assert kept.at == 40


async def test_settings_of_a_community_are_not_overwritten_unseen(store: Database) -> None:
    """Two admins who change different settings at once both find their change."""
    await store.run(origin(), silent)

    def zone(tx: Tx) -> Reply:
        tx.save_community(replace(tx.community, zone="Europe/Berlin"))
        return said("")

    def level(tx: Tx) -> Reply:
        tx.save_community(replace(tx.community, level="senior"))
        return said("")

    await asyncio.gather(
        store.run(origin("discord:a"), zone), store.run(origin("discord:b"), level)
    )
    community = await store.look(origin(), lambda tx: tx.community)
    assert (community.zone, community.level) == ("Europe/Berlin", "senior")


async def test_settings_changed_by_another_process_are_seen(server_url: str) -> None:
    """A handler that would save over settings changed since it read them runs once more."""
    here, there = store_at(server_url), store_at(server_url)
    await here.run(origin(), silent)
    read, changed = threading.Event(), threading.Event()
    seen: list[str] = []

    def level(tx: Tx) -> Reply:
        seen.append(tx.community.zone)
        read.set()
        changed.wait(10)
        tx.save_community(replace(tx.community, level="senior"))
        return said("")

    def zone(tx: Tx) -> Reply:
        tx.save_community(replace(tx.community, zone="Europe/Berlin"))
        return said("")

    first = asyncio.create_task(here.run(origin("discord:a"), level))
    await asyncio.to_thread(read.wait)
    await there.run(origin("discord:b"), zone)
    changed.set()
    await first
    community = await there.look(origin(), lambda tx: tx.community)
    for store in (here, there):
        await store.close()
    assert seen == ["UTC", "Europe/Berlin"]
    assert (community.zone, community.level) == ("Europe/Berlin", "senior")


async def test_first_sights_at_once_make_one_person(url: str) -> None:
    """30 first presses of one person and 30 of others make 31 persons and one community."""
    many = 1 if url.endswith(".db") else 2
    stores = [store_at(url) for _ in range(many)]

    def meet(tx: Tx) -> Reply:
        return said(f"{tx.person.id} {tx.community.id}")

    presses = [origin() for _ in range(30)] + [origin(f"discord:p{n}") for n in range(30)]
    replies = await asyncio.gather(
        *(stores[n % many].run(press, meet) for n, press in enumerate(presses))
    )
    for store in stores:
        await store.close()
    met = [text_of(each).split() for each in replies]
    assert len({person for person, _ in met[:30]}) == 1
    assert len({person for person, _ in met}) == 31
    assert len({community for _, community in met}) == 1


async def test_a_direct_conversation_has_its_own_community(store: Database) -> None:
    """Without a community an event belongs to the personal one, which is the same ever after."""
    direct = {"community": "", "place": "discord:dm"}
    await store.run(origin(**direct), silent)
    person, community = await store.look(origin(**direct), lambda tx: (tx.person, tx.community))
    assert community == Community(id=f"@{person.id}", external="")
    assert community.personal


async def test_work_that_cannot_begin_is_dropped(file_store: Database) -> None:
    """Past its deadline a waiting press is Busy and never runs; the one that began is finished."""
    began, go_on = threading.Event(), threading.Event()

    def slow(_tx: Tx) -> Reply:
        began.set()
        go_on.wait(10)
        return said("slow")

    first = asyncio.create_task(file_store.run(origin("discord:slow"), slow))
    await asyncio.to_thread(began.wait)
    with pytest.raises(Busy):
        await file_store.run(origin(), answering("late"))
    go_on.set()
    assert text_of(await first) == "slow"
    assert (await person_of(file_store)).answers == 0


async def test_who_goes_away_before_it_began_leaves_nothing(file_store: Database) -> None:
    """A cancelled press that still waited is not run."""
    began, go_on = threading.Event(), threading.Event()

    def slow(_tx: Tx) -> Reply:
        began.set()
        go_on.wait(10)
        return said("slow")

    first = asyncio.create_task(file_store.run(origin("discord:slow"), slow))
    await asyncio.to_thread(began.wait)
    second = asyncio.create_task(file_store.run(origin(), answering("gone")))
    await asyncio.wait([second], timeout=0.01)
    second.cancel()
    await asyncio.wait([second])
    go_on.set()
    await first
    await file_store.run(origin("discord:behind"), silent)
    assert (await person_of(file_store)).answers == 0


async def test_many_answers_share_a_commit(file_store: Database, tmp_path: Path) -> None:
    """640 answers, 64 in flight, take less than a fifth as many commits."""
    await asyncio.gather(*(file_store.run(origin(f"discord:p{n}"), silent) for n in range(64)))
    before = commits(tmp_path / "sparring.db-wal")

    async def one(n: int) -> None:
        for turn in range(10):
            await file_store.run(origin(f"discord:p{n}"), answering(f"q{turn}"))

    await asyncio.gather(*(one(n) for n in range(64)))
    assert 10 <= commits(tmp_path / "sparring.db-wal") - before < 640 / 5


def commits(wal: Path) -> int:
    """Frames of a write-ahead log that end a transaction (sqlite.org/fileformat2.html, 4.1)."""
    data = wal.read_bytes()
    page = int.from_bytes(data[8:12], "big")
    frames = range(32, len(data), 24 + page)
    salt = data[16:24]
    return sum(data[at + 4 : at + 8] != bytes(4) for at in frames if data[at + 8 : at + 16] == salt)


async def test_a_look_writes_nothing(store: Database) -> None:
    """Every method that writes is refused in a look, and first sight leaves no row."""
    with pytest.raises(TypeError, match="writes nothing"):
        await store.look(origin(), lambda tx: tx.gain(Gain("all", "all", 1, 1, 1)))
    first, second = (await person_of(store), await person_of(store))
    assert first.id != second.id


async def test_what_is_another_s_cannot_be_written(store: Database) -> None:
    """A transaction writes neither another person's rows nor another community's."""

    def stranger(tx: Tx) -> Reply:
        tx.append(row(tx, "q", person="somebody"))
        return said("")

    def foreign(tx: Tx) -> Reply:
        tx.append(row(tx, "q", community="elsewhere"))
        return said("")

    def theirs(tx: Tx) -> Reply:
        return _open(tx, person="somebody")

    for work in (stranger, foreign, theirs):
        with pytest.raises(ValueError, match="was to write"):
            await store.run(origin(), work)
