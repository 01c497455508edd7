"""Hard and Easy: what a person says of their right answer moves when it comes back, once."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Reply, reply
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.features.entry import entry
from bot.features.feature import Kit
from bot.features.quiz.table import Table, decided, sit_down
from bot.features.recording import today
from bot.learning.memory import Felt
from bot.replay import Ease, retained
from bot.store.protocol import Tx
from bot.store.rows import LogRow
from bot.views import verdict

_FELT: dict[str, Felt] = {"hard": "hard", "easy": "easy"}


def may(table: Table) -> bool:
    """Whether Hard and Easy are offered: asked for in the settings, of the newest right answer."""
    return table.tx.person.settings.ease and _answer(table) is not None


def pressed(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Hard or Easy; pressed again, or of an answer that moved nothing, the verdict is shown."""
    table, felt = sit_down(token, tx, kit), _FELT.get(token.part(2))
    row = _answer(table)
    if felt is None or row is None:
        return reply(table.now())
    said = _row(table, row, felt)
    tx.append(said)
    memory = retained((*tx.log(), said), table.item.ref)
    if memory is None or memory.due is None:
        raise ValueError(row)  # an answer that told nothing is none of those offered
    known = tx.memory(table.item.id, table.item.owner) or memory
    tx.remember(replace(memory, shown=known.shown))
    eased = table.changed(replace(table.asked, felt=felt, comes_back=memory.due))
    return reply(eased.again(verdict.eased(table.reader, felt, memory.due, tx.origin.at)))


def _answer(table: Table) -> LogRow | None:
    """The right answer of which it can be said: the one that last moved the memory, once."""
    tx, asked, item = table.tx, table.asked, table.item
    right = decided(asked) and asked.verdict is not None and asked.verdict.right
    if not right or asked.felt or table.quiz.person != tx.person.id:
        return None
    row = tx.answer_of(f"{table.quiz.id}.{table.position}")
    memory = tx.memory(item.id, item.owner)
    moved = row is not None and memory is not None and memory.last == row.at
    return row if moved else None


def _row(table: Table, row: LogRow, felt: Felt) -> LogRow:
    tx, name, said = table.tx, f"ease.{row.instance}", Ease(row.seq, felt)
    return entry(tx, "ease", name, today(tx), said, ref=row.ref, area=row.area)
