"""Between the values that cross the storage line and the rows that stay behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from bot.chat.cards import Reply
from bot.chat.posts import Post
from bot.learning.items import Params
from bot.store.rows import Community, Due, LogRow, Member, Memory, Outgoing, Person, Quiz, Settings
from bot.store.rules import Rules
from bot.streaks import Streak
from questions.model import Item, Ref
from storage import abilities
from storage.instant import moment, text


class Estimate(Struct, frozen=True, gc=False):
    """The plain numbers of `Params`, as they begin."""

    hard: float = Params().hard
    hard_var: float = Params().hard_var
    slope: float = Params().slope
    slope_var: float = Params().slope_var
    n: int = 0
    median: float = 0.0


T = TypeVar("T")
Fields = dict[str, Any]  # of a row to be written; moments and dates are text

_encode = msgspec.json.Encoder(enc_hook=abilities.plain).encode
_reply = msgspec.json.Decoder(Reply)
_quiz = msgspec.json.Decoder(Quiz)
_item = msgspec.json.Decoder(Item)
_settings = msgspec.json.Decoder(Settings)
_streak = msgspec.json.Decoder(Streak)
_rules = msgspec.json.Decoder(Rules)
_days = msgspec.json.Decoder(tuple[int, ...])
_params = msgspec.json.Decoder(Params)
_estimate = msgspec.json.Decoder(Estimate)


def written(value: object) -> str:
    """A value as JSON text."""
    return _encode(value).decode()


def reply(body: str) -> Reply:
    return _reply.decode(body)


def quiz(body: str) -> Quiz:
    return _quiz.decode(body)


def item(body: str) -> Item:
    return _item.decode(body)


def params(body: str) -> Params:
    return _params.decode(body)


def estimate(body: str) -> Params:
    """Of params what a pick and a plan need, in a fifth of the time: not how options were used."""
    told = _estimate.decode(body)
    return Params(
        told.hard, told.hard_var, told.slope, told.slope_var, n=told.n, median=told.median
    )


def person_row(value: Person) -> Fields:
    return {
        "id": value.id,
        "answers": value.answers,
        "seq": value.seq,
        "head": value.head,
        "since": text(value.since),
        "settings": written(value.settings),
        "ability": written(value.ability),
        "streak": written(value.streak),
    }


def person(row: Mapping[Any, Any], external: str) -> Person:
    return Person(
        id=row["id"],
        external=external,
        settings=_settings.decode(row["settings"]),
        ability=abilities.ability(row["ability"]),
        streak=_streak.decode(row["streak"]),
        answers=row["answers"],
        seq=row["seq"],
        head=row["head"],
        since=moment(row["since"]),
    )


def community_row(value: Community) -> Fields:
    """The personal community has its own id for an external one, which no adapter builds."""
    return {
        "id": value.id,
        "external": value.external or value.id,
        "zone": value.zone,
        "rest": written(value.rest),
        "level": value.level,
        "rules": written(value.rules),
    }


def community(row: Mapping[Any, Any]) -> Community:
    return Community(
        id=row["id"],
        external="" if row["external"] == row["id"] else row["external"],
        zone=row["zone"],
        rest=_days.decode(row["rest"]),
        level=row["level"],
        rules=_rules.decode(row["rules"]),
    )


def member_row(value: Member) -> Fields:
    return msgspec.structs.asdict(value)


def member(row: Mapping[Any, Any]) -> Member:
    flags = {name: bool(row[name]) for name in ("hidden", "told", "chosen")}
    return Member(name=row["name"], **flags)


def quiz_row(value: Quiz) -> Fields:
    ref = value.asked[value.at].ref if value.at < len(value.asked) else Ref("", "", "")
    return {
        "id": value.id,
        "person": value.person,
        "community": value.community,
        "place": value.place,
        "state": value.state,
        "started": text(value.started),
        "touched": text(value.touched),
        "owner": ref.owner,
        "item": ref.id,
        "body": written(value),
    }


def question_row(value: Item) -> Fields:
    return ref_row(value.ref) | {"body": written(value)}


def ref_row(ref: Ref) -> Fields:
    return {"owner": ref.owner, "id": ref.id, "hash": ref.hash, "seed": ref.seed}


_LOG_SAME = tuple(
    name for name in LogRow.__struct_fields__ if name not in {"at", "day", "data", "ref"}
)


def log_row(value: LogRow) -> Fields:
    row: Fields = {name: getattr(value, name) for name in _LOG_SAME}
    ref = value.ref
    row |= {"at": text(value.at), "day": value.day.isoformat(), "data": value.data.decode()}
    row["owner"] = ref.owner if ref else None
    row["item"] = ref.id if ref else None
    row["hash"] = ref.hash if ref else None
    row["seed"] = ref.seed if ref else None
    return row


def log(row: Mapping[Any, Any]) -> LogRow:
    ref = None if row["item"] is None else Ref(row["owner"], row["item"], row["hash"], row["seed"])
    same = {name: row[name] for name in _LOG_SAME}
    return LogRow(**same, ref=ref, at=moment(row["at"]), day=row["day"], data=row["data"].encode())


def memory_row(value: Memory) -> Fields:
    row: Fields = msgspec.structs.asdict(value)
    row["shown"] = text(value.shown)
    row["due"] = value.due and text(value.due)
    row["last"] = value.last and text(value.last)
    row["last_day"] = value.last_day and value.last_day.isoformat()
    return row


def memory(row: Mapping[Any, Any]) -> Memory:
    known = {name: row[name] for name in Memory.__struct_fields__}
    for name in ("shown", "due", "last"):
        known[name] = None if known[name] is None else moment(known[name])
    if isinstance(known["last_day"], str):  # a driver's row, not yet of a column's type
        known["last_day"] = date.fromisoformat(known["last_day"])
    return Memory(**known)


def due_row(value: Due) -> Fields:
    row: Fields = msgspec.structs.asdict(value)
    return row | {"at": text(value.at), "data": value.data.decode(), "held_until": None}


def due(row: Mapping[Any, Any]) -> Due:
    known = {name: row[name] for name in Due.__struct_fields__}
    return Due(**(known | {"at": moment(row["at"]), "data": row["data"].encode()}))


def post_row(value: Post) -> Fields:
    return {
        "dedupe": value.dedupe,
        "platform": value.target.partition(":")[0],
        "target": value.target,
        "post": written(value),
        "state": "waiting",
        "tries": 0,
        "held_until": None,
        "message": "",
        "why": "",
    }


def outgoing(row: Mapping[Any, Any]) -> Outgoing:
    post, platform = row["post"].encode(), row["platform"]
    return Outgoing(id=row["dedupe"], post=post, platform=platform, tries=row["tries"])


def plain(value: object) -> Any:
    """A column's value as JSON knows it; a body that is JSON itself is unfolded."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError:
            return value
    if isinstance(value, (date, Struct)):
        return msgspec.to_builtins(value)
    return value
