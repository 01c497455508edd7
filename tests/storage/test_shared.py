"""What belongs to a community is kept and found again, by its key and in lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.chat.posts import Message
from bot.store.community import Audit, Total
from bot.store.protocol import Tx
from bot.store.rows import Member, Memory
from bot.store.rules import PlaceRules, Rules
from bot.store.scores import Gain
from questions.model import Ref
from storage.engine import Database
from tests.storage.communal import (
    ASKED,
    DAY,
    REF,
    alias,
    appeal,
    challenge,
    daily,
    found,
    game,
    hidden,
    posting,
    proposal,
    report,
)
from tests.storage.test_reading import item
from tests.stores import START, doing, origin, row

NEXT = timedelta(days=1)
ELSEWHERE = {"community": "slack:T2"}  # another tenant


async def test_what_is_saved_is_found_as_it_was(store: Database) -> None:
    """Every value of a community comes back equal, by its key and in its lists, there alone."""
    left: dict[str, Any] = {}

    def leave(tx: Tx) -> None:
        left.update(
            rules=PlaceRules(place="discord:p", starters="admins", areas_off=("git",)),
            challenge=challenge(tx, places=("discord:p",), skips=(DAY,), zone="Europe/Berlin"),
            daily=daily(tx, reveal=START + timedelta(hours=8)),
            posting=posting(tx, message=Message("discord", "1/2", START), state="posted", shown=3),
            game=game(tx, asked=(ASKED,), opened=START, ahead=0.5),
            report=report(tx),
            hidden=hidden(tx, by=tx.person.id),
            proposal=proposal(tx, why="because"),
            appeal=appeal(tx, state="upheld", why="because", late=True),
            alias=alias(tx, by=tx.person.id),
            audit=_audit(tx, "hid"),
        )
        tx.save_place_rules(left["rules"])
        tx.save_challenge(left["challenge"])
        tx.save_daily(left["daily"])
        tx.save_posting(left["posting"])
        tx.save_game(left["game"])
        tx.save_report(left["report"])
        tx.hide(left["hidden"])
        tx.save_proposal(left["proposal"])
        tx.save_appeal(left["appeal"])
        tx.save_alias(left["alias"])
        tx.note(left["audit"])

    def ask(tx: Tx) -> dict[str, Any]:
        dailies = (*tx.dailies(DAY), *tx.dailies(DAY, "c"))
        return {
            "rules": [tx.place_rules("discord:p"), *tx.all_place_rules()],
            "challenge": [tx.challenge("c"), *tx.challenges()],
            "daily": [tx.daily("d"), tx.daily_on("c", DAY), *dailies],
            "posting": [*tx.postings("d")],
            "game": [tx.game("g"), tx.running_game("discord:channel")],
            "report": [*tx.reports(), *tx.reports(replace(REF, hash="later"))],
            "hidden": [*tx.hidden()],
            "proposal": [tx.proposal("p"), *tx.proposals("waiting")],
            "appeal": [tx.appeal("a"), *tx.appeals("upheld")],
            "alias": [*tx.aliases("", "i1")],
            "audit": [replace(each, id=0) for each in tx.audits()],
        }

    await store.run(origin(), doing(leave))
    seen = await store.look(origin(), ask)
    assert {name: [value] * len(seen[name]) for name, value in left.items()} == seen
    assert [len(each) for each in seen.values()] == [2, 2, 4, 1, 2, 2, 1, 2, 2, 1, 1]
    assert await found(store, ask) == seen
    for theirs in (
        await store.look(origin(**ELSEWHERE), ask),
        await found(store, ask, origin(**ELSEWHERE)),
    ):
        assert {value for each in theirs.values() for value in each} <= {None}


async def test_what_is_locked_is_found_too(store: Database) -> None:
    """Asked for with a lock, each is what it is without, in a look as well."""

    def leave(tx: Tx) -> None:
        tx.save_challenge(challenge(tx))
        tx.save_daily(daily(tx))
        tx.save_game(game(tx))
        tx.save_proposal(proposal(tx))
        tx.save_appeal(appeal(tx))

    def ask(tx: Tx) -> list[Any]:
        named = (
            (tx.challenge, "c"),
            (tx.daily, "d"),
            (tx.game, "g"),
            (tx.proposal, "p"),
            (tx.appeal, "a"),
        )
        assert [of(name, lock=True) for of, name in named] == [of(name) for of, name in named]
        return [of("none", lock=True) for of, _ in named] + [of(name) for of, name in named]

    await store.run(origin(), doing(leave))
    for seen in (await found(store, ask), await store.look(origin(), ask)):
        assert seen[:5] == [None] * 5
        assert None not in seen[5:]


async def test_lists_have_an_order_and_an_end(store: Database) -> None:
    """Challenges and waiting things come oldest first, dailies and audits newest first."""

    def leave(tx: Tx) -> None:
        for n in range(4):
            at = START - n * NEXT
            tx.save_challenge(challenge(tx, f"c{n}", since=at, ended=n == 1))
            tx.save_daily(daily(tx, f"d{n}", challenge=f"c{n % 2}", day=at.date()))
            tx.save_posting(posting(tx, f"discord:{9 - n}"))
            tx.save_report(report(tx, Ref("", f"i{n}", "h"), at=at, reviewed=n == 1))
            tx.hide(hidden(tx, f"i{n}", at=at))
            tx.save_proposal(proposal(tx, f"p{n}", at=at))
            tx.note(_audit(tx, f"w{n}"))

    def ask(tx: Tx) -> dict[str, list[str]]:
        newest = tx.audits(limit=2)
        return {
            "challenges": [c.id for c in tx.challenges()],
            "dailies": [d.id for d in tx.dailies(DAY - 2 * NEXT)],
            "of one": [d.id for d in tx.dailies(DAY - 3 * NEXT, "c0")],
            "postings": [p.place for p in tx.postings("d")],
            "reports": [r.ref.id for r in tx.reports()],
            "two": [r.ref.id for r in tx.reports(limit=2)],
            "of a question": [r.ref.id for r in tx.reports(Ref("", "i2", "another"))],
            "hidden": [h.item for h in tx.hidden()],
            "proposals": [p.id for p in tx.proposals("waiting", limit=3)],
            "accepted": [p.id for p in tx.proposals("accepted")],
            "audits": [a.what for a in newest],
            "before": [a.what for a in tx.audits(before=newest[-1].id)],
        }

    await store.run(origin(), doing(leave))
    assert await store.look(origin(), ask) == {
        "challenges": ["c3", "c2", "c0"],
        "dailies": ["d0", "d1", "d2"],
        "of one": ["d0", "d2"],
        "postings": ["discord:6", "discord:7", "discord:8", "discord:9"],
        "reports": ["i3", "i2", "i0"],
        "two": ["i3", "i2"],
        "of a question": ["i2"],
        "hidden": ["i0", "i1", "i2", "i3"],
        "proposals": ["p3", "p2", "p1"],
        "accepted": [],
        "audits": ["w3", "w2"],
        "before": ["w1", "w0"],
    }


async def test_a_read_after_a_save_sees_it(store: Database) -> None:
    """In the same transaction challenges, dailies, postings and games are as they were saved."""

    def leave(tx: Tx) -> None:
        tx.save_challenge(challenge(tx))
        tx.save_daily(daily(tx))
        tx.save_posting(posting(tx))
        tx.save_game(game(tx))

    def change(tx: Tx) -> None:
        tx.save_challenge(challenge(tx, ended=True))
        tx.save_challenge(challenge(tx, "new"))
        tx.save_daily(daily(tx, state="closed", answered=5))
        tx.save_daily(daily(tx, "new", day=DAY + NEXT))
        tx.save_posting(posting(tx, shown=7))
        tx.save_posting(posting(tx, "discord:a"))
        tx.save_game(game(tx, state="done"))
        assert tx.running_game("discord:channel") is None
        tx.save_game(game(tx, "new", at=3))

    def seen(tx: Tx) -> list[Any]:
        named = tx.challenge("c"), tx.daily("d"), tx.daily_on("c", DAY + NEXT), tx.game("g")
        lists = tx.challenges(), tx.dailies(DAY), tx.dailies(DAY, "c"), tx.postings("d")
        return [*named, *lists, tx.running_game("discord:channel")]

    def both(tx: Tx) -> list[Any]:
        change(tx)
        return seen(tx)

    await store.run(origin(), doing(leave))
    before = await store.look(origin(), seen)
    within = await found(store, both)
    assert within == await store.look(origin(), seen)
    assert [a == b for a, b in zip(before, within, strict=True)] == [False] * len(within)
    assert [c.id for c in within[4]] == ["new"]
    assert [p.shown for p in within[7]] == [0, 7]


async def test_a_community_keeps_its_rules(store: Database) -> None:
    """Rules are the default until they are saved, and read with the community."""
    rules = Rules(starters="admins", quiet=("22:00", "07:00"), youngest=7, digest=("discord:ada",))
    assert (await store.look(origin(), lambda tx: tx.community)).rules == Rules()
    await store.run(
        origin(), doing(lambda tx: tx.save_community(replace(tx.community, rules=rules)))
    )
    assert (await store.look(origin(), lambda tx: tx.community)).rules == rules


async def test_what_may_not_be_drawn_is_withheld(store: Database) -> None:
    """Questions of open dailies and hidden ones are withheld, until closed or shown again."""

    def leave(tx: Tx) -> None:
        tx.save_daily(daily(tx))
        skipped = daily(tx, "none", day=DAY + NEXT, asked=None, why="late", state="skipped")
        tx.save_daily(skipped)
        tx.hide(hidden(tx))

    def free(tx: Tx) -> None:
        tx.save_daily(daily(tx, state="closed"))
        tx.show_again("", "i2")

    await store.run(origin(), doing(leave))
    assert await store.look(origin(), lambda tx: tx.withheld()) == {("", "i1"), ("", "i2")}
    assert await store.look(origin(**ELSEWHERE), lambda tx: tx.withheld()) == set()
    for here in (origin(), origin(**ELSEWHERE), origin(community="")):
        assert await store.look(here, lambda tx: tx.unrevealed()) == {("", "i1")}
    assert await store.look(origin("discord:eve"), lambda tx: tx.unrevealed()) == set()
    await store.run(origin(**ELSEWHERE), doing(lambda tx: tx.show_again("", "i2")))
    assert await store.look(origin(), lambda tx: len(tx.hidden())) == 1
    await store.run(origin(), doing(free))
    assert await store.look(origin(), lambda tx: tx.withheld()) == set()


async def test_hiding_and_showing_at_once_ends_as_it_was_said_last(store: Database) -> None:
    """Within one transaction the last word about a question counts."""

    def work(tx: Tx) -> None:
        tx.hide(hidden(tx, "a"))
        tx.show_again("", "a")
        tx.show_again("", "b")
        tx.hide(hidden(tx, "b"))

    await store.run(origin(), doing(lambda tx: tx.hide(hidden(tx, "a"))))
    await store.run(origin(), doing(work))
    assert await store.look(origin(), lambda tx: [h.item for h in tx.hidden()]) == ["b"]


async def test_reports_are_one_for_each_person_until_reviewed(store: Database) -> None:
    """Reporting twice leaves one report; reviewing takes those until then, of this question."""
    for who, hours in (("discord:ada", 0), ("discord:ada", 1), ("discord:bob", 2)):
        at = START + timedelta(hours=hours)
        event = origin(who, at=at)
        await store.run(event, doing(lambda tx: tx.save_report(report(tx))))
    other = doing(lambda tx: tx.save_report(report(tx, Ref("", "i2", "h"))))
    await store.run(origin(), other)
    ours = REF.owner, REF.id

    def times(tx: Tx) -> list[int]:
        return [(r.at - START) // timedelta(hours=1) for r in tx.reports(REF)]

    assert await store.look(origin(), times) == [1, 2]
    for until, left in ((0, [1, 2]), (1, [2]), (5, [])):
        at = START + timedelta(hours=until)
        await store.run(origin(), doing(lambda tx, at=at: tx.reviewed(*ours, at)))  # type: ignore[misc]
        assert await store.look(origin(), times) == left
    assert await store.look(origin(), lambda tx: [r.ref.id for r in tx.reports()]) == ["i2"]
    await store.run(
        origin("discord:bob", at=START + 2 * NEXT), doing(lambda tx: tx.save_report(report(tx)))
    )
    assert await store.look(origin(), times) == [48]


async def test_own_questions_are_the_accepted_proposals(store: Database) -> None:
    """What is accepted is drawn here, what waits or is declined is not."""
    states = ("accepted", "waiting", "declined")

    def leave(tx: Tx) -> None:
        for n, state in enumerate(states):
            tx.save_proposal(proposal(tx, f"p{n}", state=state))

    await store.run(origin(), doing(leave))
    ours = await store.look(origin(), lambda tx: (tx.own_items(), tx.community.id))
    assert ours[0] == (replace(item("p0"), owner=ours[1]),)
    assert await store.look(origin(**ELSEWHERE), lambda tx: tx.own_items()) == ()


async def test_members_are_found_by_their_ids(store: Database) -> None:
    """Those asked for who are here, thousands at a time if need be."""
    people = {}
    for name in ("ada", "bob"):
        event = origin(f"discord:{name}")
        people[name] = await found(store, lambda tx: tx.person.id, event)
    stranger = await found(store, lambda tx: tx.person.id, origin("slack:eve", **ELSEWHERE))
    asked = [*people.values(), stranger, *(f"nobody{n}" for n in range(70_000))]
    members = await store.look(origin(), lambda tx: tx.members(asked))
    assert members == {people["ada"]: Member(name="Ada"), people["bob"]: Member(name="Bob")}


async def test_scores_are_summed_by_scope(store: Database) -> None:
    """Of the scopes that begin so: people who have it, their answers and right ones."""

    async def gain(who: str, *gains: Gain, **facts: object) -> None:
        def work(tx: Tx) -> None:
            for each in gains:
                tx.gain(each)

        await store.run(origin(who, **facts), doing(work))

    week = "w2026-48"
    held = "believed/off-by-one", "believed/Zero_%", "believedly", "all", "in/discord:p"
    for who in ("discord:ada", "discord:bob"):
        await gain(who, *(Gain(scope, week, 0, 1, 0) for scope in held))
    await gain("discord:ada", Gain(held[0], week, 2, 3, 2), Gain(held[0], "w2026-47", 0, 9, 9))
    await gain("discord:bob", Gain(held[1], week, 0, -1, 0))  # a repair took it back
    await gain("slack:eve", Gain(held[0], week, 0, 1, 0), **ELSEWHERE)
    totals = await store.look(origin(), lambda tx: tx.totals("believed/", week))
    assert set(totals) == {Total(held[0], 2, 5, 2), Total(held[1], 1, 1, 0)}
    assert await store.look(origin(), lambda tx: tx.totals("believed/", "w2026-46")) == ()
    every = await store.look(origin(), lambda tx: tx.totals("", week))
    assert {total.scope for total in every} == set(held)


async def test_refusals_are_the_answers_here_that_were_not_right(store: Database) -> None:
    """Each with its person and data; none of another question, community, or that was right."""

    def gave(instance: str, right: bool, name: str = "i1") -> Callable[[Tx], None]:
        def act(tx: Tx) -> None:
            tx.remember(Memory(item=name, area="a", topic="t", shown=START))
            ref, data = replace(REF, id=name), instance.encode()
            tx.append(row(tx, instance, ref=ref, right=right, data=b'"%s"' % data))

        return act

    for who, instance, right, name in (
        ("ada", "q.0", False, "i1"),
        ("ada", "q.1", True, "i1"),
        ("ada", "q.2", False, "i2"),
        ("bob", "q.3", False, "i1"),
    ):
        await store.run(origin(f"discord:{who}"), doing(gave(instance, right, name)))
    await store.run(origin("slack:eve", **ELSEWHERE), doing(gave("q.4", False)))
    found = await store.look(origin(), lambda tx: tx.refusals("", "i1"))
    assert {(one.external, one.data) for one in found} == {
        ("discord:ada", b'"q.0"'),
        ("discord:bob", b'"q.3"'),
    }
    assert len({one.person for one in found}) == 2


async def test_of_another_community_nothing_can_be_saved(store: Database) -> None:
    """A value that names another community, or another's report, is refused."""
    foreign: dict[str, Any] = {"community": "elsewhere"}

    def works(tx: Tx) -> list[Any]:
        return [
            lambda: tx.save_challenge(challenge(tx, **foreign)),
            lambda: tx.save_daily(daily(tx, **foreign)),
            lambda: tx.save_posting(posting(tx, **foreign)),
            lambda: tx.save_game(game(tx, **foreign)),
            lambda: tx.save_report(report(tx, **foreign)),
            lambda: tx.save_report(report(tx, person="another")),
            lambda: tx.hide(hidden(tx, **foreign)),
            lambda: tx.save_proposal(proposal(tx, **foreign)),
            lambda: tx.save_appeal(appeal(tx, **foreign)),
            lambda: tx.save_alias(alias(tx, **foreign)),
            lambda: tx.note(replace(_audit(tx, "w"), **foreign)),
        ]

    def work(tx: Tx) -> None:
        for do in works(tx):
            with pytest.raises(ValueError, match="was to write"):
                do()

    await store.run(origin(), doing(work))


async def test_ids_of_another_tenant_s_are_not_overwritten(store: Database) -> None:
    """Saving under an id that another tenant has leaves theirs as it was."""

    def save(title: str, place: str, day: int) -> Any:
        def work(tx: Tx) -> None:
            tx.save_challenge(challenge(tx, zone=title))
            tx.save_daily(daily(tx, why=title, challenge=f"c{day}"))
            tx.save_posting(posting(tx, place, shown=day))
            tx.save_game(game(tx, title=title))
            tx.save_proposal(proposal(tx, why=title))

        return doing(work)

    def seen(tx: Tx) -> list[Any]:
        rows = tx.challenge("c"), tx.daily("d"), tx.game("g"), tx.proposal("p")
        return [*rows, *tx.postings("d")]

    await store.run(origin(), save("first", "discord:p", 1))
    before = await store.look(origin(), seen)
    await store.run(origin(**ELSEWHERE), save("second", "discord:p", 2))
    assert await store.look(origin(), seen) == before
    assert None not in before


def _audit(tx: Tx, what: str) -> Audit:
    return Audit(
        community=tx.community.id, person=tx.person.id, name="Ada", at=START, what=what, about="i2"
    )
