"""Who stands where in a game: points from the log, ties share a rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.features.game.showing import instance
from bot.store.community import Game
from bot.store.protocol import Tx
from bot.store.rows import LogRow
from bot.store.scores import Rank


def answers(tx: Tx, game: Game) -> tuple[LogRow, ...]:
    """Every answer of the game so far."""
    return tx.answers([instance(game, n) for n in range(game.at + 1)])


def ranks(tx: Tx, rows: Iterable[LogRow]) -> tuple[Rank, ...]:
    """Everybody who answered, the most points first; who is hidden has no name."""
    points: Counter[str] = Counter()
    for row in rows:
        points[row.person] += row.points
    members = tx.members(points)
    named = {who: one.name for who, one in members.items() if not one.hidden}
    order = sorted(points.items(), key=lambda one: (-one[1], named.get(one[0], ""), one[0]))
    above = {value: at for at, (_, value) in reversed(list(enumerate(order, 1)))}
    return tuple(Rank(above[value], who, named.get(who, ""), value) for who, value in order)
