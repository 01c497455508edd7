"""The decision about all appeals of one answer to one question, and who is told of it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.chat.posts import Post
from bot.chat.say import Reader
from bot.features import mending
from bot.features.appeal.standing import due_id
from bot.features.feature import Kit
from bot.features.moderation import naming
from bot.grading.forms import form, words
from bot.store.community import Alias, Appeal
from bot.store.protocol import Tx
from bot.store.rows import Answer
from bot.views import appeal as views
from questions.model import Ref

Group = tuple[Appeal, ...]


class Decision(Struct, frozen=True):
    """What grading a person's answers again has to know; no alias where it was declined."""

    ref: Ref
    form: str
    alias: Alias | None = None
    why: str = ""


def grouped(appeals: Iterable[Appeal]) -> dict[str, Group]:
    """Appeals of one answer to one question together, by a name that fits a token."""
    groups: dict[str, Group] = {}
    for one in appeals:
        ref = one.ref
        name = naming.key(ref.owner, ref.id, ref.hash, ref.seed, one.form)
        groups[name] = (*groups.get(name, ()), one)
    return groups


def same(tx: Tx, group: Group) -> int:
    """How many people here gave this answer to this question and were refused."""
    one = group[0]
    given = (
        (each.person, msgspec.json.decode(each.data, type=Answer))
        for each in tx.refusals(one.ref.owner, one.ref.id)
    )
    return len({person for person, said in given if form(said.type, said.response) == one.form})


def uphold(tx: Tx, kit: Kit, group: Group) -> None:
    """The answer is accepted here from now on; whoever was refused is graded again by due work."""
    one = group[0]
    text = words(one.response.text) if one.response.text else ""
    alias = Alias(
        community=tx.community.id,
        ref=one.ref,
        form=one.form,
        text=text,
        by=tx.person.id,
        at=tx.origin.at,
    )
    tx.save_alias(alias)
    for each in group:
        settle(tx, kit, replace(each, state="upheld"))
    refused = {each.person: each.external for each in tx.refusals(one.ref.owner, one.ref.id)}
    _again(tx, refused, Decision(one.ref, one.form, alias))


def decline(tx: Tx, kit: Kit, group: Group, why: str) -> None:
    """The answers count again as they did; each person who appealed is told why."""
    one = group[0]
    for each in group:
        settle(tx, kit, replace(each, state="declined", why=why))
    people = {each.person: each.external for each in group}
    _again(tx, people, Decision(one.ref, one.form, why=why))


def void(tx: Tx, kit: Kit, ref: Ref, why: str) -> None:
    """The question was withdrawn: every appeal of an answer to it is upheld by that."""
    for one in tx.appeals("open"):
        if (one.ref.owner, one.ref.id) == (ref.owner, ref.id):
            settle(tx, kit, replace(one, state="upheld", why=why))


def settle(tx: Tx, kit: Kit, one: Appeal) -> None:
    """Keep a decision, and tell the person, who asked for it."""
    tx.save_appeal(one)
    tx.unschedule(due_id(one.id))
    here = Reader(zone=tx.community.zone, platform=tx.origin.platform)
    about = naming.asked(tx, kit, one.ref)
    card = views.decided(here, about, upheld=one.state == "upheld", why=one.why)
    dedupe = f"appeal.{one.id}.{one.state}"
    tx.post(Post(dedupe=dedupe, where="direct", target=one.external, card=card))


def _again(tx: Tx, people: dict[str, str], decision: Decision) -> None:
    ref = decision.ref
    name = naming.key(tx.community.id, ref.owner, ref.id, ref.hash, ref.seed, decision.form)
    mending.soon(tx, "regrade", name, people, decision)
