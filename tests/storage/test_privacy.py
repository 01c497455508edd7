"""A person can take everything with them, and nothing of them stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bot.chat.cards import Card, Reply
from bot.chat.posts import Post
from bot.store.community import Audit
from bot.store.protocol import Tx
from bot.store.rows import Due, Memory, Quiz
from storage import privacy, schema
from storage.engine import Database
from tests.storage.communal import ASKED, alias, appeal, challenge, game, hidden, proposal, report
from tests.stores import START, Clock, answering, origin, said, silent, store_at

WHO = "discord:canary-7f3a"
WORDS = ("canary-7f3a", "Canaria", "secret answer")


def everything(tx: Tx) -> Reply:
    """Leave a row in every table that has a person column."""
    own = {"person": tx.person.id, "community": tx.community.id}
    answering(f"q-{tx.origin.key}")(tx)
    tx.remember(Memory(item="secret answer", area="a", topic="t", shown=START, due=START))
    tx.save_quiz(
        Quiz(id=f"z{tx.person.id}", **own, place="p", started=START, touched=START, words=WORDS[2])  # type: ignore[arg-type]
    )
    tx.schedule(Due(id=f"due.{tx.person.id}", kind="reminder", at=START, **own))  # type: ignore[arg-type]
    lead(tx)
    card = Card(view="test", text=f"Hello {tx.member.name}, your secret answer")
    tx.post(Post(dedupe=f"d.{tx.origin.key}", where="direct", target=tx.origin.person, card=card))
    return said(f"{tx.member.name} gave a secret answer")


def lead(tx: Tx) -> None:
    """Do in a community all that names whoever does it."""
    name, me, here = tx.member.name, tx.person.id, tx.community.id
    mark = marked(me)
    tx.save_challenge(challenge(tx, f"c{mark}", by=tx.origin.person))
    tx.save_game(game(tx, f"g{mark}", place=mark, starter_name=name, asked=(ASKED,)))
    tx.save_report(report(tx, reason="secret answer"))
    tx.hide(hidden(tx, f"i{mark}", by=me))
    tx.save_proposal(proposal(tx, f"p{mark}", why="secret answer"))
    tx.save_appeal(appeal(tx, f"a{mark}"))
    tx.save_alias(alias(tx, form=mark, by=me))
    tx.note(Audit(community=here, person=me, name=name, at=START, what="hid", about="i2"))
    repair: dict[str, Any] = {"id": f"repair.{me}", "kind": "repair", "community": here}
    tx.schedule(Due(**repair, at=START, external=tx.origin.person))
    digest = (*tx.community.rules.digest, tx.origin.person)
    tx.save_community(replace(tx.community, rules=replace(tx.community.rules, digest=digest)))


def marked(person: str) -> str:
    """An id that is told from others' by whom it is of, and does not tell who that is."""
    return sha256(person.encode()).hexdigest()[:12]


def forget(tx: Tx) -> Reply:
    tx.forget()
    return said("gone")


async def person_tables(store: Database, who: str) -> dict[str, int]:
    rows = await store.look(origin(who), lambda tx: tx.export())
    return {name: len(each) for name, each in rows.items()}


async def test_an_export_covers_every_table_of_a_person(store: Database) -> None:
    """Every table with a person column is in the export, with rows, as JSON values."""
    await store.run(origin(WHO, name="Canaria"), everything)
    rows = await store.look(origin(WHO), lambda tx: tx.export())
    having = {n for n, t in schema.metadata.tables.items() if "person" in t.columns} | {"person"}
    assert set(rows) == having
    assert {name for name, each in rows.items() if not each} == set()
    assert rows["log"][0]["at"] == "2026-11-25T09:00:00Z"
    assert rows["person"][0]["settings"]["day_start"] == 4
    assert rows["quiz"][0]["body"]["words"] == "secret answer"
    assert rows["audit"][0]["name"] == rows["game"][0]["name"] == "Canaria"
    assert "body" not in rows["game"][0]  # or who plays would learn what comes next


async def test_an_export_has_nobody_else_s_rows(store: Database) -> None:
    """Another person's rows are not in it, not even in the same community."""
    await store.run(origin(WHO), everything)
    await store.run(origin(), everything)
    rows = await store.look(origin(WHO), lambda tx: tx.export())
    me = rows["person"][0]["id"]
    owners = {r.get("person", r.get("id")) for each in rows.values() for r in each}
    assert owners == {me}


async def test_who_is_forgotten_leaves_no_row(store: Database) -> None:
    """No table has a row of them, others keep theirs, and they can come back as new."""
    direct = {"community": "", "place": "discord:dm"}
    await store.run(origin(WHO), everything)
    await store.run(origin(WHO, **direct), everything)
    await store.run(origin(), everything)
    before = await person_tables(store, "discord:ada")
    old = await store.look(origin(WHO), lambda tx: tx.person)
    assert (await store.run(origin(WHO), forget)).cards[0].text == "gone"
    with store.engine.connect() as connection:
        left = {
            name: connection.execute(statement).all()
            for name, statement in privacy._rows(old.id).items()
        }
        theirs = schema.community.select().where(schema.community.c.id == f"@{old.id}")
        own = connection.execute(theirs).all()
    assert {name for name, rows in left.items() if rows} == set()
    assert own == []
    assert await person_tables(store, "discord:ada") == before
    await store.run(origin(WHO), silent)
    new = await store.look(origin(WHO), lambda tx: tx.person)
    assert (new.id != old.id, new.answers, new.seq) == (True, 0, 0)


async def test_what_somebody_did_for_others_stays_without_their_name(store: Database) -> None:
    """Who did it is erased from audits, games, hidden questions, challenges and digests."""
    await store.run(origin(WHO, name="Canaria"), everything)
    await store.run(origin(name="Ada"), everything)

    def ids(tx: Tx) -> tuple[str, str]:
        return tx.person.id, tx.community.id

    gone, _ = await store.look(origin(WHO), ids)
    ada, _ = await store.look(origin(), ids)
    theirs, hers = marked(gone), marked(ada)
    await store.run(origin(WHO), forget)

    def seen(tx: Tx) -> dict[str, object]:
        games = [tx.game(f"g{each}") for each in (theirs, hers)]
        return {
            "audits": [(a.person, a.name, a.what) for a in tx.audits()],
            "games": [g and (g.starter, g.starter_name, g.asked) for g in games],
            "hidden": {h.item: h.by for h in tx.hidden()},
            "challenges": {c.id: c.by for c in tx.challenges()},
            "digest": tx.community.rules.digest,
            "reports": [r.person for r in tx.reports()],
            "proposals": [p.id for p in tx.proposals("waiting")],
        }

    assert await store.look(origin(), seen) == {
        "audits": [(ada, "Ada", "hid"), ("", "", "hid")],
        "games": [("", "", (ASKED,)), (ada, "Ada", (ASKED,))],
        "hidden": {f"i{hers}": ada, f"i{theirs}": ""},
        "challenges": {f"c{hers}": "discord:ada", f"c{theirs}": ""},
        "digest": ("discord:ada",),
        "reports": [ada],
        "proposals": [f"p{hers}"],
    }
    due = await store.claim_due(START, 100, timedelta(minutes=1))
    assert sorted(each.id for each in due) == [f"due.{ada}", f"repair.{ada}"]


async def test_who_is_unknown_and_wants_to_be_forgotten_stays_unknown(store: Database) -> None:
    """Asking to be forgotten, or asking it twice, makes no row."""
    press = origin(WHO)
    await store.run(press, forget)
    await store.run(press, forget)
    assert sum((await person_tables(store, WHO)).values()) == 0


async def test_no_string_of_them_stays_in_the_files(tmp_path: Path, clock: Clock) -> None:
    """Neither the database nor its write-ahead log has a string of theirs, others' around it."""
    path = tmp_path / "sparring.db"
    store = store_at(str(path), clock)

    async def leave_much(who: str, name: str) -> None:
        for turn in range(12):
            await store.run(origin(who, name=name, key=f"{who}.{turn}"), everything)
            await store.run(origin(who, name=name), _renamed(f"{name} {'x' * 40 * turn}"))

    others = [(f"discord:p{n}", f"Person {n}") for n in range(40)]
    await asyncio.gather(*(leave_much(*each) for each in [(WHO, "Canaria"), *others]))
    me = await store.look(origin(WHO), lambda tx: tx.person.id)
    assert _holds(path, me)
    await store.run(origin(WHO), forget)
    files = _files(path)
    await store.close()
    assert path.name + "-wal" in files
    for word in (me, *WORDS[:2]):
        assert not _holds(path, word), word
        assert [name for name, data in files.items() if word.encode() in data] == [], word


def _renamed(name: str) -> Callable[[Tx], Reply]:
    def work(tx: Tx) -> Reply:
        tx.save_member(replace(tx.member, name=name))
        quiz = tx.quiz(f"z{tx.person.id}")
        assert quiz is not None
        tx.save_quiz(replace(quiz, title=name))
        return said(name)

    return work


def _files(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.parent.glob(path.name + "*")}


def _holds(path: Path, word: str) -> bool:
    return any(word.encode() in data for data in _files(path).values())
