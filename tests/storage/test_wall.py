"""The wall between tenants: nobody reaches another's rows by naming their ids."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.chat.cards import Reply
from bot.store.protocol import Tx
from bot.store.rows import Memory, Quiz
from questions.model import Ref
from storage import schema
from storage.engine import Database
from storage.wall import CURSOR, EVERYBODY, Breach, breach, guarding, owners
from tests.storage.test_reading import item
from tests.stores import START, answering, origin, said, silent, store_at

OPEN = [
    "SELECT quiz.body FROM quiz WHERE quiz.id = ?",
    "SELECT quiz.community, quiz.body FROM quiz WHERE quiz.id = ?",
    "UPDATE score SET points = 0 WHERE score.period = ?",
    "DELETE FROM log",
    "DELETE FROM inbox WHERE inbox.key = ?",
    "SELECT 1 FROM member JOIN quiz ON quiz.id = member.name WHERE member.person = ?",
    "SELECT 1 FROM log AS later WHERE log.person = ?",
    "INSERT INTO outbox (dedupe, post) VALUES (?, ?)",
    "SELECT body FROM question WHERE question.hash = ?",
    "SELECT person.settings FROM person WHERE person.seq > ?",
]
BOUND = [
    "SELECT quiz.body FROM quiz WHERE quiz.id = ? AND quiz.person = ?",
    "SELECT 1 FROM member JOIN quiz ON quiz.community = member.community WHERE member.person = ?",
    "INSERT INTO outbox (dedupe, person) VALUES (?, ?)",
    f"UPDATE {EVERYBODY} due SET held_until = ?",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "SELECT count(*) FROM alembic_version",
]


@pytest.mark.parametrize("sql", OPEN)
def test_a_statement_without_its_owner_is_a_breach(sql: str) -> None:
    """A statement on a table of somebody's rows that compares no owner is found."""
    assert breach(sql)


@pytest.mark.parametrize("sql", BOUND)
def test_a_statement_with_its_owner_is_none(sql: str) -> None:
    """A statement that compares or inserts the owner passes, and one marked for everybody."""
    assert breach(sql) == ""


def test_every_table_has_an_owner() -> None:
    """No table is without a column that says whose its rows are."""
    assert [n for n in schema.metadata.tables if n != "alembic_version" and not owners(n)] == []


async def test_a_breach_is_refused_where_it_happens(url: str) -> None:
    """Behind the wall a statement of SQLAlchemy and one of the driver both fail."""
    with guarding():
        store = store_at(url)
        await store.run(origin(), silent)
        with pytest.raises(Breach), store.engine.connect() as connection:
            connection.execute(select(schema.quiz))
        with store.engine.connect() as connection:
            fairy = connection.connection
            driver = fairy.driver_connection
            assert driver is not None
            cursor = fairy.info[CURSOR](driver) if CURSOR in fairy.info else driver
            with pytest.raises(Breach):
                cursor.execute("SELECT body FROM quiz")
        await store.close()


async def test_ids_of_another_tenant_lead_nowhere(store: Database) -> None:
    """Two tenants with the same ids: every question about the other's gives nothing."""

    def leave(tx: Tx) -> Reply:
        here = tx.community.id
        answering("q1")(tx)
        tx.remember(Memory(item="i1", area="a", topic="t", shown=START, due=START, owner=here))
        tx.keep(replace(item("theirs"), owner=here))
        quiz = Quiz(id="z", person="", community=here, place="p", started=START, touched=START)
        tx.save_quiz(quiz)
        return said(here)

    theirs = (await store.run(origin("slack:T1/U1", community="slack:T1"), leave)).cards[0].text

    def ask(tx: Tx) -> tuple[object, ...]:
        return (
            tx.quiz("z"),
            tx.open_quiz(),
            tx.item(Ref(tx.community.id, "i1", "abc")),
            tx.memory("i1", theirs),
            dict(tx.memories(["i1"])),
            tx.due_count(START.replace(year=2030)),
            tx.answer_of("q1"),
            tx.correction_of("q1"),
            tx.log(),
            tx.days(START.date()),
            tx.board("all", "all", 10).top,
            tx.board("all", "all", 10).people,
        )

    stranger = origin("slack:T2/U1", community="slack:T2")
    await store.run(stranger, silent)
    seen = await store.look(stranger, ask, quiz="z")
    assert seen == (None, None, None, None, {}, 0, None, None, (), (), (), 0)


async def test_a_quiz_of_another_tenant_cannot_be_overwritten(store: Database) -> None:
    """Saving a quiz under an id that another tenant has leaves theirs as it was."""

    def save(title: str) -> Callable[[Tx], Reply]:
        def work(tx: Tx) -> Reply:
            own = Quiz(id="z", person="", community=tx.community.id, place="p", title=title,
                       started=START, touched=START)  # fmt: skip
            tx.save_quiz(own)
            return said("")

        return work

    first, second = (origin(community=name) for name in ("discord:one", "discord:two"))
    await store.run(first, save("first"))
    await store.run(second, save("second"))
    kept = await store.look(origin(community="discord:one"), lambda tx: tx.quiz("z"))
    assert kept is not None
    assert kept.title == "first"
