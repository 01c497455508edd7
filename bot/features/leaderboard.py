"""The leaderboard of a community: this week by default, private, with past periods."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from bot import days, scoring
from bot.chat.cards import Card, Reply, reply
from bot.chat.commands import Arg, Spec
from bot.chat.events import Command, Press
from bot.chat.tokens import Token
from bot.features.feature import Feature, Kit, Mistake
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.views import leaderboard as views

TOP = 10
WORDS = {
    "": "week",
    "week": "week",
    "this week": "week",
    "last": "last-week",
    "last week": "last-week",
    "last-week": "last-week",
    "month": "month",
    "this month": "month",
    "last month": "last-month",
    "last-month": "last-month",
    "all": "all",
    "all time": "all",
    "ever": "all",
}


def command(event: Command, tx: Tx, _kit: Kit) -> Reply:
    """`/leaderboard [period]`."""
    said = event.args.get("period", "").strip().casefold()
    if said not in WORDS:
        raise Mistake(views.unknown_period(reader(tx), said))
    return reply(_card(tx, WORDS[said]))


def pressed(_press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """Another period."""
    return reply(_card(tx, WORDS.get(token.part(0), "week")))


def shown(_press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """Hide me, Show me."""
    hidden = token.part(0) == "no"
    tx.save_member(replace(tx.member, hidden=hidden, told=True))
    card = _card(tx, "week", hidden=hidden)
    return reply(replace(card, text=f"{views.shown(reader(tx), hidden=hidden)}\n\n{card.text}"))


def public(_press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """Show in channel: the top without anybody's private line."""
    period = WORDS.get(token.part(0), "week")
    key, title = _period(tx, period)
    board = tx.board(scoring.EVERYWHERE, key, TOP)
    return reply(views.public(reader(tx), board, title))


def _card(tx: Tx, period: str, *, hidden: bool | None = None) -> Card:
    if tx.community.personal:
        return views.alone(reader(tx))
    key, title = _period(tx, period)
    board = tx.board(scoring.EVERYWHERE, key, TOP)
    off = tx.member.hidden if hidden is None else hidden
    if off:  # just pressed: the board that was read still has the row
        board = replace(board, top=tuple(r for r in board.top if r.person != tx.person.id))
    return views.card(reader(tx), board, period, title, hidden=off)


def _period(tx: Tx, period: str) -> tuple[str, str]:
    """The key of a period and its title, in the community's zone."""
    zone = tx.community.zone
    today = days.local(tx.origin.at, zone)
    city = days.city(zone)
    match period:
        case "last-week":
            end = days.week_end(today) - timedelta(days=7)
            return days.week(end), f"Last week · to {_short(end)}, {city}"
        case "month":
            return days.month(today), f"{today:%B %Y} · {city}"
        case "last-month":
            before = today.replace(day=1) - timedelta(days=1)
            return days.month(before), f"{before:%B %Y} · {city}"
        case "all":
            return scoring.ALL, "All time"
        case _:
            return days.week(today), f"This week · to {_short(days.week_end(today))}, {city}"


def _short(day: date) -> str:
    return f"{days.WEEKDAYS[day.weekday()]} {day.day} {day:%b}"


FEATURE = Feature(
    commands=(
        Spec(
            name="leaderboard",
            about="Who has most points here",
            usage="leaderboard [week|last week|month|last month|all]",
            top=True,
            args=(
                Arg(
                    name="period",
                    kind="choice",
                    about="Which board",
                    choices=("week", "last week", "month", "last month", "all"),
                ),
            ),
        ),
    ),
    on_command={"leaderboard": command},
    on_press={"board": pressed, "board-shown": shown, "board-public": public},
)
