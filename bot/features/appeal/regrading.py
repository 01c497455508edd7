"""Grading a person's answers again after a decision: corrections, and the caches anew."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.features import mending, news
from bot.features.appeal.deciding import Decision, settle
from bot.features.appeal.standing import appealed, name
from bot.features.feature import Kit
from bot.features.moderation import naming
from bot.features.overlay import besides
from bot.grading.forms import form
from bot.grading.verdict import Verdict
from bot.store.protocol import Tx
from bot.store.rows import Answer, Due, LogRow


class Mend(Struct, frozen=True):
    """The correction of an answer, what it brings, and whether its person had appealed."""

    row: LogRow
    gained: int
    asked_for: bool


def regrade(due: Due, tx: Tx, kit: Kit) -> Reply:
    """The due row of one person's answers to a question about which was decided, in their name.

    Done again it finds nothing more to mend. Who had not appealed reads of it on their next card.
    """
    decision = msgspec.json.decode(due.data, type=Decision)
    rows = tx.log()
    mends = tuple(_mends(tx, kit, rows, decision))
    if not mends:
        return Reply()
    mending.mend(tx, rows, tuple(one.row for one in mends))
    unasked = [one.gained for one in mends if not one.asked_for]
    if unasked and decision.alias:
        news.keep(tx, naming.asked(tx, kit, decision.ref), sum(unasked))
    return Reply()


def _mends(tx: Tx, kit: Kit, rows: tuple[LogRow, ...], decision: Decision) -> Iterator[Mend]:
    for row, answer, earlier_today in mending.counted(rows):
        if not _concerned(tx, row, answer, decision):
            continue
        before = row.points
        if decision.alias is None:
            mended = _restored(tx, row, answer, decision)
            points = before
        else:
            mended = _righted(tx, kit, row, answer, decision)
            points = mending.full(tx, row, answer, earlier_today)
        if mended is not None:
            right = mended.verdict.right
            # a second decision about the same answer is a row of its own
            made = mending.correction(
                tx, row, f"decided.{len(rows)}", mended, right=right, points=points
            )
            yield Mend(made, points - before, answer.unsettled)


def _concerned(tx: Tx, row: LogRow, answer: Answer, decision: Decision) -> bool:
    """Whether it is an answer of this community to that question, and does not count as right."""
    if row.ref is None or row.right or answer.void or row.community != tx.community.id:
        return False
    return row.counted and (row.ref.owner, row.ref.id) == (decision.ref.owner, decision.ref.id)


def _righted(tx: Tx, kit: Kit, row: LogRow, answer: Answer, decision: Decision) -> Answer | None:
    """The answer as right, if it is by what was upheld."""
    verdict = _verdict(tx, kit, row, answer, decision)
    if verdict is None:
        return None
    own = tx.appeal(name(tx, row.instance), lock=True) if answer.unsettled else None
    if own is not None and own.state == "open":  # filed after the decision, before this
        settle(tx, kit, replace(own, state="upheld"))
    return appealed(answer, verdict=verdict, unsettled=False, appeal="upheld")


def _verdict(tx: Tx, kit: Kit, row: LogRow, answer: Answer, decision: Decision) -> Verdict | None:
    if row.ref is None or decision.alias is None:
        return None
    item = naming.whole(tx, kit, row.ref)
    if item is not None:
        return besides(item, answer.response, (decision.alias,))
    same = row.ref == decision.ref and form(answer.type, answer.response) == decision.form
    right = Verdict(mark="right", credit=1.0, reason="alias", matched=decision.alias.text)
    return right if same else None


def _restored(tx: Tx, row: LogRow, answer: Answer, decision: Decision) -> Answer | None:
    """The answer as it counted before its appeal, which was declined."""
    if not answer.unsettled or form(answer.type, answer.response) != decision.form:
        return None
    own = tx.appeal(name(tx, row.instance))
    if own is None or own.state != "declined":
        return None
    return appealed(answer, unsettled=False, appeal="declined", note=decision.why)
