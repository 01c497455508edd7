"""Everybody's answers to one asked question are read together."""

from __future__ import annotations

from typing import Any

from bot.store.protocol import Tx
from bot.store.rows import Memory
from questions.model import Ref
from storage.engine import Database
from tests.storage.communal import found
from tests.stores import START, doing, origin, row

ELSEWHERE = {"community": "slack:T2"}
REF = Ref("", "i1", "abc")


async def appended(store: Database, who: str, *rows: dict[str, Any], **facts: object) -> None:
    """Rows of the log of this person, of the instance `d` where nothing else is said."""

    def work(tx: Tx) -> None:
        for each in rows:
            known: dict[str, Any] = {"instance": "d", "ref": REF, **each}
            tx.append(row(tx, **known))
            memory = Memory(item=known["ref"].id, area="a", topic="t", shown=START, due=START)
            tx.remember(memory)

    await store.run(origin(who, **facts), doing(work))


async def test_the_newest_answer_of_each_person_counts(store: Database) -> None:
    """A changed answer replaces the first, a correction stands in its place, drafts are none."""
    changed = ({"points": 1}, {"turn": 1, "points": 2}, {"turn": 2, "kind": "draft", "points": 9})
    mended = (
        {"points": 3},
        {"turn": 1, "kind": "correction", "corrects": 1, "points": 4, "right": True},
        {"turn": 2, "kind": "correction", "corrects": 1, "points": 5, "data": b'{"void":true}'},
        {"instance": "e", "points": 6},
    )
    await appended(store, "discord:ada", *changed)
    await appended(store, "discord:bob", *mended)
    await appended(store, "discord:cyd", {"kind": "draft"}, {"turn": 1, "kind": "report"})
    await appended(store, "slack:eve", {"points": 8}, **ELSEWHERE)

    def seen(tx: Tx, *instances: str) -> list[tuple[str, str, int, bytes]]:
        rows = tx.answers(instances)
        assert {each.kind for each in rows} <= {"answer"}
        return sorted((r.instance, r.external, r.points, r.data) for r in rows)

    of_d = [("d", "discord:ada", 2, b"{}"), ("d", "discord:bob", 5, b'{"void":true}')]
    assert await store.look(origin(), lambda tx: seen(tx, "d")) == of_d
    both = await store.look(origin(), lambda tx: seen(tx, "d", "e", "never"))
    assert both == [*of_d, ("e", "discord:bob", 6, b"{}")]
    assert await store.look(origin(), seen) == []
    counts = await store.look(origin(), lambda tx: [tx.answered(n) for n in ("d", "e", "never")])
    assert counts == [2, 1, 0]


async def test_a_correction_is_its_person_s_alone(store: Database) -> None:
    """The newest correction of one's own answer is found, nobody else's and of nothing else."""
    mended = (
        {"points": 3},
        {"instance": "x.d", "kind": "correction", "corrects": 1, "points": 4},
        {"instance": "y.d", "kind": "correction", "corrects": 1, "points": 5},
        {"instance": "e", "points": 6},
    )
    await appended(store, "discord:bob", *mended)
    await appended(store, "discord:ada", {"points": 8}, {"instance": "e", "points": 9})
    found = await store.look(origin("discord:bob"), lambda tx: tx.correction_of("d"))
    assert found is not None
    assert (found.kind, found.points) == ("correction", 5)
    for who, instance in (("discord:bob", "e"), ("discord:ada", "d"), ("discord:bob", "x.d")):
        assert await store.look(origin(who), lambda tx, i=instance: tx.correction_of(i)) is None  # type: ignore[misc]  # a default argument binds it


async def test_a_draft_is_its_person_s_alone(store: Database) -> None:
    """The newest draft of the asker is found; who has none has none."""
    drafts = ({"kind": "draft"}, {"turn": 1, "kind": "draft", "data": b"[2]"}, {"turn": 2})
    await appended(store, "discord:ada", *drafts)
    draft = await store.look(origin(), lambda tx: tx.draft_of("d"))
    assert draft is not None
    assert (draft.kind, draft.data) == ("draft", b"[2]")
    assert await store.look(origin("discord:bob"), lambda tx: tx.draft_of("d")) is None
    assert await store.look(origin(), lambda tx: tx.draft_of("e")) is None


async def test_who_answered_a_question_here_is_found(store: Database) -> None:
    """Whoever answered it in this community at any time, in any version, once each."""
    await appended(store, "discord:ada", {}, {"instance": "e", "ref": Ref("", "i1", "later")})
    await appended(store, "discord:bob", {"kind": "draft"}, {"ref": Ref("", "i2", "h"), "turn": 1})
    await appended(store, "slack:eve", {}, **ELSEWHERE)
    await appended(store, "discord:ada", {"instance": "z"}, **ELSEWHERE)
    ada = await found(store, lambda tx: tx.person.id)
    here = await store.look(origin(), lambda tx: tx.answerers("", "i1"))
    assert here == ((ada, "discord:ada"),)
    there = await store.look(origin(**ELSEWHERE), lambda tx: tx.answerers("", "i1"))
    assert {external for _, external in there} == {"slack:eve", "discord:ada"}
    assert await store.look(origin(), lambda tx: tx.answerers("own", "i1")) == ()
