"""Between the values of a community and their rows; what a row has in a column stands there alone.

Who a value names is never in a `body`: erasing a person changes columns only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.chat.posts import Message
from bot.grading.verdict import Response
from bot.store.community import (
    Alias,
    Appeal,
    Audit,
    Challenge,
    Daily,
    Game,
    Hidden,
    Posting,
    Proposal,
    Report,
)
from bot.store.rules import PlaceRules
from questions.model import Ref
from storage.instant import moment, text
from storage.values import Fields, item, written

Stored = Mapping[Any, Any]

_place_rules = msgspec.json.Decoder(PlaceRules)
_challenge = msgspec.json.Decoder(Challenge)
_daily = msgspec.json.Decoder(Daily)
_game = msgspec.json.Decoder(Game)
_message = msgspec.json.Decoder(Message)
_response = msgspec.json.Decoder(Response)
_APPEAL = ("id", "community", "person", "external", "instance", "form", "reason", "state", "why")


def place_rules(row: Stored) -> PlaceRules:
    return _place_rules.decode(row["body"])


def challenge_row(value: Challenge) -> Fields:
    return {
        "id": value.id,
        "community": value.community,
        "ended": value.ended,
        "since": text(value.since),
        "external": value.by,
        "body": written(replace(value, by="")),
    }


def challenge(row: Stored) -> Challenge:
    return replace(_challenge.decode(row["body"]), by=row["external"])


def daily_row(value: Daily) -> Fields:
    ref = value.ref
    return {
        "id": value.id,
        "challenge": value.challenge,
        "community": value.community,
        "day": value.day.isoformat(),
        "state": value.state,
        "owner": ref.owner if ref else "",
        "item": ref.id if ref else "",
        "body": written(value),
    }


def daily(row: Stored) -> Daily:
    return _daily.decode(row["body"])


def posting_row(value: Posting) -> Fields:
    return {
        "challenge": value.challenge,
        "place": value.place,
        "day": value.day.isoformat(),
        "daily": value.daily,
        "community": value.community,
        "state": value.state,
        "message": written(value.message) if value.message else "",
        "shown": value.shown,
    }


def posting(row: Stored) -> Posting:
    known = {name: row[name] for name in Posting.__struct_fields__}
    known["message"] = _message.decode(row["message"]) if row["message"] else None
    return Posting(**known)


def game_row(value: Game) -> Fields:
    return {
        "id": value.id,
        "community": value.community,
        "place": value.place,
        "person": value.starter,
        "name": value.starter_name,
        "state": value.state,
        "started": text(value.started),
        "body": written(replace(value, starter="", starter_name="")),
    }


def game(row: Stored) -> Game:
    return replace(_game.decode(row["body"]), starter=row["person"], starter_name=row["name"])


def report_row(value: Report) -> Fields:
    ref = value.ref
    return {
        "community": value.community,
        "owner": ref.owner,
        "item": ref.id,
        "person": value.person,
        "hash": ref.hash,
        "seed": ref.seed,
        "reason": value.reason,
        "at": text(value.at),
        "reviewed": value.reviewed,
    }


def report(row: Stored) -> Report:
    return Report(
        person=row["person"],
        community=row["community"],
        ref=Ref(row["owner"], row["item"], row["hash"], row["seed"]),
        reason=row["reason"],
        at=moment(row["at"]),
        reviewed=bool(row["reviewed"]),
    )


def hidden_row(value: Hidden) -> Fields:
    row: Fields = {name: getattr(value, name) for name in ("community", "owner", "item", "why")}
    return row | {"person": value.by, "at": text(value.at)}


def hidden(row: Stored) -> Hidden:
    known = {name: row[name] for name in ("community", "owner", "item", "why")}
    return Hidden(**known, by=row["person"], at=moment(row["at"]))


def proposal_row(value: Proposal) -> Fields:
    row: Fields = {name: getattr(value, name) for name in Proposal.__struct_fields__}
    return row | {"at": text(value.at), "item": written(value.item)}


def proposal(row: Stored) -> Proposal:
    known = {name: row[name] for name in Proposal.__struct_fields__}
    return Proposal(**(known | {"at": moment(row["at"]), "item": item(row["item"])}))


def _ref(ref: Ref) -> Fields:
    return {"owner": ref.owner, "item": ref.id, "hash": ref.hash, "seed": ref.seed}


def _asked(row: Stored) -> Ref:
    return Ref(row["owner"], row["item"], row["hash"], row["seed"])


def appeal_row(value: Appeal) -> Fields:
    row: Fields = {name: getattr(value, name) for name in _APPEAL}
    own = {"response": written(value.response), "at": text(value.at), "late": value.late}
    return row | _ref(value.ref) | own


def appeal(row: Stored) -> Appeal:
    return Appeal(
        **{name: row[name] for name in _APPEAL},
        ref=_asked(row),
        response=_response.decode(row["response"]),
        at=moment(row["at"]),
        late=bool(row["late"]),
    )


def alias_row(value: Alias) -> Fields:
    own = {"community": value.community, "form": value.form, "text": value.text}
    return own | _ref(value.ref) | {"person": value.by, "at": text(value.at)}


def alias(row: Stored) -> Alias:
    known = {name: row[name] for name in ("community", "form", "text")}
    return Alias(**known, ref=_asked(row), by=row["person"], at=moment(row["at"]))


def audit_row(value: Audit) -> Fields:
    row: Fields = {name: getattr(value, name) for name in Audit.__struct_fields__ if name != "id"}
    return row | {"at": text(value.at)}


def audit(row: Stored) -> Audit:
    known = {name: row[name] for name in Audit.__struct_fields__}
    return Audit(**(known | {"at": moment(row["at"])}))
