"""What a community has, made for tests: values of the transaction's community, facts replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from bot.chat.events import Origin
from bot.grading.verdict import Response
from bot.store.community import (
    Alias,
    Appeal,
    Challenge,
    Daily,
    Game,
    Hidden,
    Posting,
    Proposal,
    Report,
)
from bot.store.protocol import Tx
from bot.store.rows import Asked
from questions.model import Ref
from storage.engine import Database
from tests.storage.test_reading import item
from tests.stores import START, doing, origin

DAY = START.date()
REF = Ref("", "i1", "abc")
ASKED = Asked(ref=REF, type="single")


def challenge(tx: Tx, name: str = "c", **facts: Any) -> Challenge:
    known: dict[str, Any] = {
        "id": name,
        "community": tx.community.id,
        "by": "discord:ada",
        "since": START,
    }
    return Challenge(**(known | facts))


def daily(tx: Tx, name: str = "d", **facts: Any) -> Daily:
    known: dict[str, Any] = {
        "id": name,
        "challenge": "c",
        "community": tx.community.id,
        "day": DAY,
        "asked": ASKED,
        "posted": START,
    }
    return Daily(**(known | facts))


def posting(tx: Tx, place: str = "discord:p", **facts: Any) -> Posting:
    known: dict[str, Any] = {
        "challenge": "c",
        "place": place,
        "day": DAY,
        "daily": "d",
        "community": tx.community.id,
    }
    return Posting(**(known | facts))


def game(tx: Tx, name: str = "g", **facts: Any) -> Game:
    known: dict[str, Any] = {
        "id": name,
        "community": tx.community.id,
        "place": "discord:channel",
        "starter": tx.person.id,
        "starter_name": "Ada",
        "started": START,
    }
    return Game(**(known | facts))


def report(tx: Tx, ref: Ref = REF, **facts: Any) -> Report:
    known: dict[str, Any] = {
        "person": tx.person.id,
        "community": tx.community.id,
        "ref": ref,
        "reason": "wrong",
        "at": tx.origin.at,
    }
    return Report(**(known | facts))


def appeal(tx: Tx, name: str = "a", **facts: Any) -> Appeal:
    known: dict[str, Any] = {
        "id": name,
        "community": tx.community.id,
        "person": tx.person.id,
        "external": tx.origin.person,
        "instance": "q.0",
        "ref": REF,
        "response": Response(text="secret answer"),
        "form": "secret answer",
        "at": tx.origin.at,
    }
    return Appeal(**(known | facts))


def alias(tx: Tx, **facts: Any) -> Alias:
    known: dict[str, Any] = {
        "community": tx.community.id,
        "ref": REF,
        "form": "head log",
        "text": "head log",
        "at": tx.origin.at,
    }
    return Alias(**(known | facts))


def proposal(tx: Tx, name: str = "p", **facts: Any) -> Proposal:
    known: dict[str, Any] = {
        "id": name,
        "community": tx.community.id,
        "person": tx.person.id,
        "external": tx.origin.person,
        "at": START,
        "item": replace(item(name), owner=tx.community.id),
    }
    return Proposal(**(known | facts))


def hidden(tx: Tx, name: str = "i2", **facts: Any) -> Hidden:
    known: dict[str, Any] = {
        "community": tx.community.id,
        "owner": "",
        "item": name,
        "why": "reported",
        "at": START,
    }
    return Hidden(**(known | facts))


async def found(store: Database, act: Callable[[Tx], Any], event: Origin | None = None) -> Any:
    """What this gives in a transaction that may write."""
    kept: list[Any] = []
    await store.run(event or origin(), doing(lambda tx: kept.append(act(tx))))
    return kept[-1]
