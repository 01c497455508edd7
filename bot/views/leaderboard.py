"""The board: the top ten, one's own place and who stands just above."""

from __future__ import annotations

from bot.chat.cards import Button, Card
from bot.chat.fitting import cut
from bot.chat.say import Reader, paragraphs, say
from bot.chat.text import fence
from bot.chat.tokens import make
from bot.store.rows import Board, Rank

NAME_WIDTH = 18
BUTTONS = {
    "week": "This week",
    "last-week": "Last week",
    "month": "Month",
    "last-month": "Last month",
    "all": "All time",
}


def card(reader: Reader, board: Board, period: str, title: str, *, hidden: bool) -> Card:
    """A board as its asker sees it."""
    others = tuple(
        Button(label, make("board", name))
        for name, label in BUTTONS.items()
        if name != period and not (name == "last-month" and period != "month")
    )
    own = (
        Button("Show me", make("board-shown", "yes"))
        if hidden
        else Button("Hide me", make("board-shown", "no"))
    )
    past = period.startswith("last-")
    return Card(
        view="leaderboard",
        title=title,
        text=paragraphs(
            _rows(reader, board, past=past), _own(reader, board, hidden=hidden, past=past)
        ),
        rows=(others, (own, Button("Show in channel", make("board-public", period)))),
        note=say(reader, "Practice: 2 points for each right answer among the first ten of a day."),
    )


def public(reader: Reader, board: Board, title: str) -> Card:
    """The board for everybody in the channel: the top alone."""
    return Card(view="leaderboard-public", title=title, text=_rows(reader, board), to="place")


def _rows(reader: Reader, board: Board, *, past: bool = False) -> str:
    if not board.top and past:
        return say(reader, "Nobody had points then.")
    if not board.top:
        return say(reader, "Nobody has points here yet. The first right answer leads.")
    return fence("\n".join(_row(rank) for rank in board.top))


def _row(rank: Rank) -> str:
    name = cut(rank.name, NAME_WIDTH)
    return f"{rank.rank:>2}  {name or 'somebody':<{NAME_WIDTH}} {rank.points:>5}"


def _own(reader: Reader, board: Board, *, hidden: bool, past: bool) -> str:
    if board.own is None and past:
        return ""
    if board.own is None:
        return say(reader, "You have no points here yet.")
    own = say(
        reader,
        "You: rank {rank} with {points} points.",
        rank=board.own.rank,
        points=board.own.points,
    )
    behind = ""
    if board.ahead is not None:
        gap = board.ahead.points - board.own.points
        behind = say(reader, " {gap} behind {name}.", gap=gap, name=board.ahead.name or "somebody")
    shown = say(reader, " Only you see this line: you are hidden.") if hidden else ""
    return own + behind + shown


def alone(reader: Reader) -> Card:
    """There is no board where there is nobody else."""
    return Card(
        view="leaderboard-alone",
        text=say(
            reader,
            "A direct conversation has no board: nobody else is here. "
            "Ask for it in a channel of your community.",
        ),
        to="private",
    )


def unknown_period(reader: Reader, said: str) -> str:
    """There is no such period."""
    return say(
        reader,
        "I do not keep a board for {said}. There are: week, last week, month, last month, all.",
        said=said[:30],
    )


def shown(reader: Reader, *, hidden: bool) -> str:
    """The effect of Hide me and Show me."""
    if hidden:
        return say(reader, "You are off this board. Your points are kept.")
    return say(reader, "You are on this board.")
