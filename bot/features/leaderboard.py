"""The leaderboard of a community or a challenge's channel, of a day, week, month or all time."""

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
from bot.views.leaderboard import View

TOP = 10
OLDEST = 520  # periods back; ten years of weeks
WORDS = {
    "": ("week", 0),
    "today": ("day", 0),
    "day": ("day", 0),
    "yesterday": ("day", 1),
    "week": ("week", 0),
    "this week": ("week", 0),
    "last": ("week", 1),
    "last week": ("week", 1),
    "last-week": ("week", 1),
    "month": ("month", 0),
    "this month": ("month", 0),
    "last month": ("month", 1),
    "last-month": ("month", 1),
    "all": ("all", 0),
    "all time": ("all", 0),
    "ever": ("all", 0),
}


def command(event: Command, tx: Tx, _kit: Kit) -> Reply:
    """`/leaderboard [period]`."""
    said = event.args.get("period", "").strip().casefold()
    if said not in WORDS:
        raise Mistake(views.unknown_period(reader(tx), said))
    return reply(_card(tx, *WORDS[said]))


def pressed(_press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """Another period, or another scope."""
    return reply(_card(tx, *_asked(token), here=token.part(2) == "here"))


def shown(_press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """Hide me, Show me."""
    hidden = token.part(0) == "no"
    tx.save_member(replace(tx.member, hidden=hidden, told=True))
    card = _card(tx, "week", 0, hidden=hidden)
    return reply(replace(card, text=f"{views.changed(reader(tx), hidden=hidden)}\n\n{card.text}"))


def public(_press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """Show in channel: the top without anybody's private line."""
    if tx.community.personal:
        return reply(views.alone(reader(tx)))
    kind, back = _asked(token)
    key, title = period(tx, kind, back)
    board = tx.board(_scope(tx, here=token.part(2) == "here"), key, TOP)
    return reply(views.public(reader(tx), board, title))


def _asked(token: Token) -> tuple[str, int]:
    """Kind and number of periods back; a token of an older version names the kind alone."""
    kind, back = token.part(0), token.part(1)
    if kind not in views.KINDS:
        return WORDS.get(kind, ("week", 0))
    return kind, min(OLDEST, int(back)) if back.isdigit() else 0


def _card(tx: Tx, kind: str, back: int, *, here: bool = False, hidden: bool | None = None) -> Card:
    if tx.community.personal:
        return views.alone(reader(tx))
    offered = any(tx.origin.place in one.places for one in tx.challenges())
    here = here and offered
    key, title = period(tx, kind, back)
    board = tx.board(_scope(tx, here=here), key, TOP)
    off = tx.member.hidden if hidden is None else hidden
    if off:  # just pressed: the board that was read still has the row
        board = replace(board, top=tuple(r for r in board.top if r.person != tx.person.id))
    title = f"{title} · this channel" if here else title
    view = View(kind=kind, back=back, here=here, offered=offered, title=title)
    return views.card(reader(tx), board, view, hidden=off)


def _scope(tx: Tx, *, here: bool) -> str:
    return scoring.place(tx.origin.place) if here else scoring.EVERYWHERE


def period(tx: Tx, kind: str, back: int) -> tuple[str, str]:
    """The key of a period and its title, in the community's zone."""
    zone = tx.community.zone
    today = days.local(tx.origin.at, zone)
    city = days.city(zone)
    match kind:
        case "day":
            day = today - timedelta(days=back)
            name = {0: "Today", 1: "Yesterday"}.get(back, "Day")
            return days.date_key(day), f"{name} · {_short(day)}, {city}"
        case "month":
            first = today.replace(day=1)
            for _ in range(back):
                first = (first - timedelta(days=1)).replace(day=1)
            return days.month(first), f"{first:%B %Y} · {city}"
        case "all":
            return scoring.ALL, "All time"
        case _:
            end = days.week_end(today) - timedelta(weeks=back)
            name = {0: "This week", 1: "Last week"}.get(back, "Week")
            return days.week(end), f"{name} · to {_short(end)}, {city}"


def _short(day: date) -> str:
    return f"{days.WEEKDAYS[day.weekday()]} {day.day} {day:%b}"


FEATURE = Feature(
    commands=(
        Spec(
            name="leaderboard",
            about="Who has most points here",
            usage="leaderboard [today|week|last week|month|last month|all]",
            top=True,
            args=(
                Arg(
                    name="period",
                    kind="choice",
                    about="Which board",
                    choices=("today", "week", "last week", "month", "last month", "all"),
                ),
            ),
        ),
    ),
    on_command={"leaderboard": command},
    on_press={"board": pressed, "board-shown": shown, "board-public": public},
)
