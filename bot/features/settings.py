"""Settings: sentences with Change; every change answers with its effect and is written down."""

from __future__ import annotations

import re

from msgspec.structs import replace

from bot import days, ledger, streaks
from bot.chat.cards import Form, Reply, reply
from bot.chat.commands import Spec
from bot.chat.events import Command, Press
from bot.chat.say import say
from bot.chat.tokens import Token
from bot.features import day as dating
from bot.features.entry import entry
from bot.features.feature import Feature, Kit, Mistake
from bot.features.recording import moment, reader, rest, today, zone
from bot.features.reminder import rescheduled
from bot.store.protocol import Tx
from bot.store.rows import Kind, Settings
from bot.views import asking_how as asking
from bot.views import settings as views
from bot.views import vacation
from questions.model import LEVELS

HOURS = tuple(map(str, range(7)))  # at which a day may end
WEEK = tuple(map(str, range(7)))
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)


def command(_event: Command, tx: Tx, _kit: Kit) -> Reply:
    """`/settings`."""
    return _card(tx, "")


def opened(_press: Press, _token: Token, tx: Tx, _kit: Kit) -> Reply:
    """A button to the same."""
    return _card(tx, "")


def _card(tx: Tx, said: str) -> Reply:
    return reply(views.card(reader(tx), tx.person, tx.community, tx.member, said))


def form(token: Token, tx: Tx, _kit: Kit) -> Form:
    """The form behind a Change button."""
    own = tx.person.settings
    match token.part(0):
        case "zone":
            return views.day_form(reader(tx), zone(tx), own.day_start)
        case "rest":
            return views.rest_form(rest(tx))
        case "away":
            return vacation.form(own.away)
        case "remind":
            return views.remind_form(own.remind_at)
        case "level":
            return views.level_form(own.level)
        case "ask":
            return asking.form(own)
        case "board":
            return views.board_form(tx.member.name or tx.origin.name, hidden=tx.member.hidden)
        case _:
            raise Mistake(say(reader(tx), "There is no such setting."))


def pressed(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A sent form of settings: checked, saved, and its effect said."""
    match token.part(0):
        case "zone":
            return _zoned(press, tx, kit)
        case "rest":
            return _card(tx, _rest(tx, kit, press))
        case "away":
            return _away(press, tx, kit)
        case "remind":
            when = press.typed("time").strip()
            if when and not _TIME.fullmatch(when):
                return Reply(errors=views.what_is(reader(tx), "time"))
            return _card(tx, chosen(tx, "remind", when or "no"))
        case "level":
            return _card(tx, chosen(tx, "level", press.typed("level")))
        case "ask":
            return _card(tx, _asking(tx, press))
        case "board":
            return _card(tx, _board(tx, press))
        case _:
            raise Mistake(say(reader(tx), "There is no such setting."))


def _zoned(press: Press, tx: Tx, kit: Kit) -> Reply:
    named = days.zone_named(press.typed("zone"))
    hour = press.typed("hour") or "4"
    if named is None or hour not in HOURS:
        return Reply(errors=views.what_is(reader(tx), "zone"))
    return _card(tx, _day(tx, kit, named, int(hour)))


def _away(press: Press, tx: Tx, kit: Kit) -> Reply:
    from bot.features import vacations  # noqa: PLC0415 - dates are read where they are named

    named = vacations.read(press.typed("away"), today(tx), tx.person.settings.away)
    if isinstance(named, str):
        return Reply(errors=views.what_is(reader(tx), named, "away"))
    return _card(tx, _expect(tx, kit, replace(tx.person.settings, away=named)))


def chosen(tx: Tx, what: str, value: str) -> str:
    """Set one of what the end card asks (day, level, remind); gives the sentence on its effect."""
    own = tx.person.settings
    asked = (*own.asked, what) if what not in own.asked else own.asked
    if what == "level" and value in (*LEVELS, "none"):
        level = next((one for one in LEVELS if one == value), "")
        _save(tx, replace(own, level=level, asked=asked))
        return views.level_changed(reader(tx), level)
    if what == "remind":
        found = _TIME.fullmatch(value)
        when = f"{int(found[1]):02d}:{found[2]}" if found else ""
        _save(tx, replace(own, remind_at=when, asked=asked))
        rescheduled(tx)
        return views.remind_changed(reader(tx), when, zone(tx))
    if what == "day":
        _save(tx, replace(own, asked=asked))
        return views.day_kept(reader(tx))
    raise Mistake(say(reader(tx), "There is no such setting."))


def _save(tx: Tx, settings: Settings) -> None:
    tx.save_person(replace(tx.person, settings=settings))


def _day(tx: Tx, kit: Kit, named: str, hour: int) -> str:
    before, was = streaks.stand(tx.person.streak, moment(tx)), today(tx)
    own = tx.person.settings
    asked = (*own.asked, "day") if "day" not in own.asked else own.asked
    _save(tx, replace(own, zone=named, day_start=hour, asked=asked))
    _log(tx, kit, "zone", {"zone": named, "day_start": hour})
    rescheduled(tx)
    after = streaks.stand(tx.person.streak, moment(tx))
    turned = views.Turned(before, after, was, today(tx))
    return views.day_changed(reader(tx), hour, turned)


def _rest(tx: Tx, kit: Kit, press: Press) -> str:
    value = press.values.get("rest", ())
    picked = value if isinstance(value, tuple) else tuple(value.split(","))
    numbers = sorted({int(one) for one in picked if one in WEEK})
    return _expect(tx, kit, replace(tx.person.settings, rest=tuple(numbers)))


def _expect(tx: Tx, kit: Kit, chosen: Settings) -> str:
    """Other rest days or vacations: they hold from today on; gives the sentence on the effect."""
    before = tx.person.settings
    made = ledger.Expected(chosen.rest, chosen.away, today(tx))
    streak = dating.planned(tx, made)
    tx.save_person(replace(tx.person, settings=chosen, streak=streak))
    _log(tx, kit, "rest", made)
    rescheduled(tx)
    stand = streaks.stand(streak, moment(tx))
    if chosen.away != before.away:
        return vacation.changed(reader(tx), chosen.away, stand.days)
    return views.rest_changed(reader(tx), chosen.rest or (), stand.days)


def _asking(tx: Tx, press: Press) -> str:
    value = press.values.get("ask", ())
    picked = value if isinstance(value, tuple) else tuple(value.split(","))
    chosen = replace(tx.person.settings, blind="blind" in picked, ease="ease" in picked)
    _save(tx, chosen)
    return asking.changed(reader(tx), chosen)


def _board(tx: Tx, press: Press) -> str:
    name = " ".join(press.typed("name").split())[:40] or tx.member.name or tx.origin.name
    hidden = {"hide": True, "show": False}.get(press.typed("shown"), tx.member.hidden)
    chosen = tx.member.chosen or name != tx.member.name
    tx.save_member(replace(tx.member, name=name, hidden=hidden, told=True, chosen=chosen))
    return views.board_changed(reader(tx), name, hidden=hidden)


def _log(tx: Tx, kit: Kit, kind: str, data: object) -> None:
    one: Kind = "zone" if kind == "zone" else "rest"
    tx.append(entry(tx, one, f"{kind}.{kit.new_id()}", today(tx), data))


FEATURE = Feature(
    commands=(
        Spec(
            name="settings",
            about="Your day, rest days, reminder, level, how I ask, board",
            usage="settings",
        ),
    ),
    on_command={"settings": command},
    on_press={"set": pressed, "settings": opened},
    on_form={"set": form},
)
