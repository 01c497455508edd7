"""Filing an appeal: a reason, a row, and an answer that tells nothing until it is decided."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from msgspec.structs import replace

from bot.chat.cards import Form, Reply, reply
from bot.chat.events import Press
from bot.chat.posts import Post
from bot.chat.say import Reader
from bot.chat.tokens import Token, make
from bot.features import mending
from bot.features.appeal.standing import REFUSED, appealed, due_id, name
from bot.features.feature import Kit, Mistake
from bot.features.moderation import naming
from bot.features.quiz.table import sit_down
from bot.features.recording import reader
from bot.grading.forms import form as normal
from bot.store.community import Appeal
from bot.store.protocol import Tx
from bot.store.rows import Answer, Due, LogRow
from bot.views import appeal as views

LONGEST = 500  # characters of a reason
PATIENCE = timedelta(days=14)  # then the person is told that nobody has decided
SEVERAL = "."  # of an instance: a question of a quiz; a daily's has none


def form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form behind "I was right": why, if the person likes to say."""
    row, answer = _refused(tx, token.part(0))
    item = naming.whole(tx, kit, row.ref) if row.ref else None
    if item is None:
        raise Mistake(views.gone(reader(tx)))
    sends = make("appeal", token.part(0), form=True)
    return views.form(reader(tx), item, answer.response, sends)


def sent(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A sent form: the answer leaves review and weak topics until somebody has decided."""
    instance = token.part(0)
    asked, answer = _refused(tx, instance)
    if asked.ref is None:
        raise Mistake(views.gone(reader(tx)))
    one = Appeal(
        id=name(tx, instance),
        community=tx.community.id,
        person=tx.person.id,
        external=tx.origin.person,
        instance=instance,
        ref=asked.ref,
        response=answer.response,
        form=normal(answer.type, answer.response),
        reason=press.typed("reason").strip()[:LONGEST],
        at=tx.origin.at,
    )
    rows = tx.log()
    still = next(found for found in mending.counted(rows) if found[0].seq == asked.seq)
    _unsettle(tx, rows, *still[:2])
    tx.save_appeal(one)
    tx.schedule(
        Due(
            id=due_id(one.id),
            kind="appeal",
            at=one.at + PATIENCE,
            external=one.external,
            within=tx.origin.community,
            community=tx.community.id,
        )
    )
    return _taken(tx, kit, instance)


def late(due: Due, tx: Tx, kit: Kit) -> Reply:
    """Two weeks and no decision: the person, who asked, is told once."""
    one = tx.appeal(due.id.partition(".")[2], lock=True)
    if one is None or one.state != "open" or one.late:
        return Reply()
    tx.save_appeal(replace(one, late=True))
    here = Reader(zone=tx.community.zone, platform=tx.origin.platform)
    about = naming.asked(tx, kit, one.ref)
    card = views.waits(here, about, alone=tx.community.personal)
    post = Post(dedupe=f"{due.id}.late", where="direct", target=one.external, card=card)
    tx.post(post)
    return Reply()


def _refused(tx: Tx, instance: str) -> tuple[LogRow, Answer]:
    """The person's answer, if it counts as not right and was not appealed; raises Mistake."""
    here = reader(tx)
    given = tx.answer_of(instance)
    if given is None or given.kind != "answer":
        raise Mistake(views.gone(here))
    if tx.appeal(name(tx, instance), lock=True) is not None:
        raise Mistake(views.once(here))
    row = given.mended(tx.correction_of(instance))
    answer = msgspec.json.decode(row.data, type=Answer)
    if row.right or answer.void:
        raise Mistake(views.right_already(here))
    if answer.verdict.mark not in REFUSED or row.community != tx.community.id:
        raise Mistake(views.gone(here))
    return row, answer


def _unsettle(tx: Tx, rows: tuple[LogRow, ...], row: LogRow, answer: Answer) -> None:
    """Points and the streak's day stay; what is known and when it comes back is as if unasked."""
    open_ = appealed(answer, unsettled=True, appeal="open")
    mend = mending.correction(tx, row, "appealed", open_, right=False, points=row.points)
    mending.mend(tx, rows, (mend,))


def _taken(tx: Tx, kit: Kit, instance: str) -> Reply:
    said = views.taken(reader(tx), alone=tx.community.personal)
    if SEVERAL not in instance or tx.quiz(instance.partition(SEVERAL)[0]) is None:
        return reply(views.filed(said))
    table = sit_down(Token("back", (instance,)), tx, kit)
    # it comes back no more: the card says so from now on
    table = table.changed(replace(table.asked, comes_back=None))
    return reply(table.verdict(said))
