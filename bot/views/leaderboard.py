"""The board: the top ten, one's own place and who stands just above."""

from __future__ import annotations

from msgspec import Struct

from bot.chat.cards import Button, Card
from bot.chat.fitting import cut
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.chat.text import fence
from bot.chat.tokens import make
from bot.store.scores import Board, Rank
from bot.views import places, shown

NAME_WIDTH = 18
KINDS = {"day": "Today", "week": "This week", "month": "Month", "all": "All time"}
POINTS = (
    "Daily: 10 for a right answer; 3 for a try, but not on the day's board. Games: as played. "
    "Practice: 2 for each right answer among the first ten of a day."
)


class View(Struct, frozen=True, kw_only=True):
    """Which board it is: the kind of period, how many periods back, and whose.

    `here` is the board of this channel's challenge alone; `offered` tells that there is one.
    """

    kind: str = "week"
    back: int = 0
    here: bool = False
    offered: bool = False
    title: str

    def token(self, verb: str, **change: object) -> str:
        """A token for this board, or for it with something changed."""
        said = {"kind": self.kind, "back": self.back, "here": self.here} | change
        return make(verb, said["kind"], said["back"], "here" if said["here"] else "")


def card(reader: Reader, board: Board, view: View, *, hidden: bool) -> Card:
    """A board as its asker sees it."""
    return Card(
        view="leaderboard",
        title=view.title,
        text=paragraphs(
            _rows(reader, board, past=view.back > 0), _own(reader, board, view, hidden=hidden)
        ),
        rows=(_kinds(view), _tools(view, hidden=hidden)),
        note=say(reader, POINTS),
    )


def _kinds(view: View) -> tuple[Button, ...]:
    return tuple(
        Button(label, view.token("board", kind=kind, back=0))
        for kind, label in KINDS.items()
        if kind != view.kind or view.back
    )


def _tools(view: View, *, hidden: bool) -> tuple[Button, ...]:
    tools = []
    if view.kind != "all":
        words = {"day": "Day before", "week": "Week before", "month": "Month before"}
        tools.append(Button(words[view.kind], view.token("board", back=view.back + 1)))
    if view.offered:
        label = "Everywhere" if view.here else "This channel"
        tools.append(Button(label, view.token("board", here=not view.here)))
    own = Button("Show me" if hidden else "Hide me", make("board-shown", "yes" if hidden else "no"))
    return (*tools, own, Button("Show in channel", view.token("board-public")))


def public(reader: Reader, board: Board, title: str) -> Card:
    """The board for everybody in the channel: the top alone."""
    return Card(view="leaderboard-public", title=title, text=_rows(reader, board), to="place")


def winners(reader: Reader, board: Board, title: str) -> Card:
    """The best of a week, announced on Monday."""
    return Card(
        view="leaderboard-winners",
        title=title,
        text=lines(
            *(
                say(reader, "{rank}. **{name}**, {points}", rank=one.rank, name=_name(one),
                    points=shown.count(one.points, "point", "points"))
                for one in _named(board)
            ),
            "",
            say(
                reader,
                "{people} took part. A new week has begun: {board} shows it.",
                people=shown.count(board.people, "person", "people"),
                board=shown.command(reader, "leaderboard"),
            ),
        ),
    )  # fmt: skip


def refused(reader: Reader, place: str, why: str) -> Card:
    """To the admin who chose it: the channel of the winners takes nothing any more."""
    return Card(
        view="leaderboard-refused",
        title=say(reader, "The winners could not be announced"),
        text=say(
            reader,
            "{place} did not take the best of the week: {why}. I do not try it again. Let me in "
            "there, then type `{how}` in the channel that shall have them and press Winners here.",
            place=places.name(reader, place),
            why=why.rstrip("."),
            how=md(shown.command(reader, "community")),
        ),
        tone="near",
    )


def _rows(reader: Reader, board: Board, *, past: bool = False) -> str:
    won = _named(board)
    if not won and past:
        return say(reader, "Nobody led then.")
    if not won:
        return say(reader, "Nobody leads here yet. The first right answer does.")
    return fence("\n".join(_row(rank) for rank in won))


def _named(board: Board) -> tuple[Rank, ...]:
    """Who may stand on a board: a wrong answer is never shown with a name."""
    return tuple(rank for rank in board.top if rank.named)


def _row(rank: Rank) -> str:
    return f"{rank.rank:>2}  {cut(_name(rank), NAME_WIDTH):<{NAME_WIDTH}} {rank.points:>5}"


def _name(rank: Rank) -> str:
    return rank.name or "somebody"


def _own(reader: Reader, board: Board, view: View, *, hidden: bool) -> str:
    if board.own is None and view.back:
        return ""
    if board.own is None:
        return say(reader, "You have no points here yet.")
    own = say(
        reader,
        "You: rank {rank} of {people} with {points}.",
        rank=board.own.rank,
        people=max(board.people, board.own.rank),
        points=shown.count(board.own.points, "point", "points"),
    )
    behind = ""
    if board.ahead is not None and board.ahead.named:
        gap = board.ahead.points - board.own.points
        behind = say(reader, " {gap} behind {name}.", gap=gap, name=_name(board.ahead))
    alone = say(reader, " Only you see this line: you are hidden.") if hidden else ""
    return own + behind + alone


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
        "I do not keep a board for {said}. There are: today, week, last week, month, last month, "
        "all.",
        said=said[:30],
    )


def changed(reader: Reader, *, hidden: bool) -> str:
    """The effect of Hide me and Show me."""
    if hidden:
        return say(reader, "You are off this board. Your points are kept.")
    return say(reader, "You are on this board.")
