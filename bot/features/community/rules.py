"""What admins choose for the community and for one of its channels."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from bot import days
from bot.chat.cards import Form, Reply, reply
from bot.chat.events import Command, Press
from bot.chat.say import say
from bot.chat.tokens import Token
from bot.features.community import mondays
from bot.features.feature import Kit, Mistake
from bot.features.noting import note
from bot.features.overlay import combined
from bot.features.recording import reader
from bot.store.community import Challenge
from bot.store.protocol import Tx
from bot.store.rows import Community
from bot.store.rules import PlaceRules, Starters
from bot.views import community as views
from bot.views.community import Choices
from questions.areas import Areas
from questions.model import LEVELS, Level
from questions.words import parse_quiz

WEEK = range(7)
OLDEST = 365  # days an account may have to be old
_QUIET = re.compile(
    r"([01]?\d|2[0-3])[:.]([0-5]\d)\s*(?:-|to|until)\s*([01]?\d|2[0-3])[:.]([0-5]\d)"
)
STARTERS: Mapping[str, Starters] = {"anybody": "anybody", "admins": "admins"}


def command(_event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/community`."""
    return card(tx, kit)


def opened(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """Back to the same."""
    return card(tx, kit)


def card(tx: Tx, kit: Kit, said: str = "") -> Reply:
    """The community's settings, after what was just changed."""
    _shared(tx)
    areas = kit.bank(tx.community.id).areas
    whole = _chosen(tx.community)
    return reply(views.card(reader(tx), tx.community, whole, areas, tx.origin.person, said))


def channel(tx: Tx) -> str:
    """The channel in which this happens; raises Mistake in a direct conversation."""
    _shared(tx)
    if tx.origin.private and tx.origin.platform != "terminal":  # one screen is its channel
        raise Mistake(say(reader(tx), "Type that in the channel it is about."))
    return tx.origin.place


def here(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """The settings of this channel."""
    return _here(tx, kit)


def _here(tx: Tx, kit: Kit, said: str = "", saved: PlaceRules | None = None) -> Reply:
    """What holds in this channel; `saved` are its rules if they were just changed."""
    own = _own(tx, channel(tx), saved)
    return reply(views.here(reader(tx), own, kit.bank(tx.community.id).areas, said))


def same(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """Make this channel as everywhere again."""
    none = PlaceRules(place=channel(tx))
    tx.save_place_rules(none)
    note(tx, "channel-same", none.place)
    return _here(tx, kit, views.effect(reader(tx), "same"), none)


def form(token: Token, tx: Tx, _kit: Kit) -> Form:
    """The form behind a Change button of the community."""
    if token.part(0) == "days":
        return views.days_form(reader(tx), tx.community)
    return _form(token, tx, _chosen(tx.community))


def form_here(token: Token, tx: Tx, _kit: Kit) -> Form:
    """The form behind a Change button of this channel."""
    return _form(token, tx, _own(tx, channel(tx)))


def _form(token: Token, tx: Tx, now: Choices) -> Form:
    match token.part(0):
        case "games":
            return views.games_form(now, tx.community.rules.youngest)
        case "limits":
            return views.limits_form(reader(tx), now)
        case _:
            raise Mistake(say(reader(tx), "There is no such setting."))


def pressed(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A sent form of the community: checked, saved, noted, its effect said."""
    _shared(tx)
    what = token.part(0)
    changed: Community | dict[str, str]
    match what:
        case "days":
            changed = _days(tx, press)
        case "games":
            changed = _games(tx, press)
        case "limits":
            changed = _limits(tx, kit, press)
        case _:
            raise Mistake(say(reader(tx), "There is no such setting."))
    if isinstance(changed, dict):
        return Reply(errors=changed)
    if (changed.zone, changed.rules.quiet) != (tx.community.zone, tx.community.rules.quiet):
        mondays.rescheduled(tx, changed)
    tx.save_community(changed)
    note(tx, f"community-{what}", _in_words(tx, kit, what, changed, _chosen(changed)))
    return card(tx, kit, views.effect(reader(tx), what))


def pressed_here(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A sent form of this channel."""
    place = channel(tx)
    own = tx.place_rules(place) or PlaceRules(place=place)
    errors: dict[str, str] = {}
    if token.part(0) == "games":
        quiet = _quiet(press.typed("quiet"))
        if quiet is None:
            errors["quiet"] = views.error(reader(tx), "quiet")
        # as everywhere: the choices of this form are the community's
        follows = press.typed("starters") == views.SAME
        starters = STARTERS.get(press.typed("starters"))
        kept = None if follows and quiet == tx.community.rules.quiet else quiet
        own = replace(own, starters=starters, quiet=kept)
    else:
        off, unknown = _areas(kit.bank(tx.community.id).areas, press.typed("off"))
        errors |= _wrong_areas(tx, kit, off, unknown)
        own = replace(own, areas_off=off, levels=_levels(press))
    if errors:
        return Reply(errors=errors)
    tx.save_place_rules(own)
    words = _in_words(tx, kit, token.part(0), tx.community, _own(tx, place, own))
    note(tx, f"channel-{token.part(0)}", f"{place} {words}")
    return _here(tx, kit, views.effect(reader(tx), token.part(0)), own)


def _in_words(tx: Tx, kit: Kit, what: str, whole: Community, now: Choices) -> str:
    """What holds after a change, as the audit log keeps it."""
    areas = kit.bank(tx.community.id).areas
    return "; ".join(views.holds(reader(tx), what, whole, now, areas))


def _days(tx: Tx, press: Press) -> Community | dict[str, str]:
    zone = days.zone_named(press.typed("zone"))
    if zone is None:
        return {"zone": views.error(reader(tx), "zone")}
    ticked = tuple(number for number in WEEK if str(number) in _ticked(press, "rest"))
    rest = ticked or days_without(tx.challenges())
    settings = replace(tx.community.rules, rest_chosen=bool(ticked))
    return replace(tx.community, zone=zone, rest=rest, rules=settings)


def days_without(challenges: tuple[Challenge, ...]) -> tuple[int, ...]:
    """The weekdays on which no challenge posts; none where there is no challenge."""
    posted = {day for one in challenges if not one.paused for day in one.weekdays}
    return tuple(day for day in WEEK if day not in posted) if posted else ()


def _games(tx: Tx, press: Press) -> Community | dict[str, str]:
    errors: dict[str, str] = {}
    quiet = _quiet(press.typed("quiet"))
    youngest = press.typed("youngest").strip() or "0"
    if quiet is None:
        errors["quiet"] = views.error(reader(tx), "quiet")
    if not (youngest.isascii() and youngest.isdigit() and int(youngest) <= OLDEST):
        errors["youngest"] = views.error(reader(tx), "youngest")
    if errors:
        return errors
    settings = replace(
        tx.community.rules,
        starters=STARTERS.get(press.typed("starters"), "anybody"),
        quiet=quiet or (),
        youngest=int(youngest),
    )
    return replace(tx.community, rules=settings)


def _limits(tx: Tx, kit: Kit, press: Press) -> Community | dict[str, str]:
    off, unknown = _areas(kit.bank(tx.community.id).areas, press.typed("off"))
    if errors := _wrong_areas(tx, kit, off, unknown):
        return errors
    settings = replace(tx.community.rules, areas_off=off, levels=_levels(press))
    return replace(tx.community, rules=settings)


def _wrong_areas(tx: Tx, kit: Kit, off: tuple[str, ...], unknown: str) -> dict[str, str]:
    if unknown:
        return {"off": views.error(reader(tx), "off", unknown)}
    if len(off) >= len(kit.bank(tx.community.id).areas.areas):
        return {"off": views.error(reader(tx), "everything")}
    return {}


def _areas(areas: Areas, said: str) -> tuple[tuple[str, ...], str]:
    """The areas that are named, and the first word that names none."""
    found: list[str] = []
    for word in (one.strip() for one in said.split(",")):
        if not word:
            continue
        read = parse_quiz(word, areas)
        if read.problems or not read.scope:
            return (), word[:30]
        found += [area for area, _ in read.scope if area not in found]
    return tuple(found), ""


def _levels(press: Press) -> tuple[Level, ...]:
    ticked = _ticked(press, "levels")
    levels = tuple(level for level in LEVELS if level in ticked)
    return levels if len(levels) < len(LEVELS) else ()


def _ticked(press: Press, field: str) -> tuple[str, ...]:
    value = press.values.get(field, ())
    return value if isinstance(value, tuple) else tuple(value.split(","))


def _quiet(said: str) -> tuple[str, ...] | None:
    """Two times, nothing, or None for what cannot be read."""
    if not said.strip():
        return ()
    found = _QUIET.fullmatch(said.strip())
    if found is None:
        return None
    a, b, c, d = found.groups()
    times = (f"{int(a):02d}:{b}", f"{int(c):02d}:{d}")
    return times if times[0] != times[1] else None


def _chosen(whole: Community) -> Choices:
    own = whole.rules
    return Choices(
        starters=own.starters, areas_off=own.areas_off, levels=own.levels, quiet=own.quiet
    )


def _own(tx: Tx, place: str, saved: PlaceRules | None = None) -> Choices:
    own = saved or tx.place_rules(place) or PlaceRules(place=place)
    both = combined(tx.community.rules, own)
    differs = {
        "games": own.starters is not None or own.quiet is not None,
        "questions": own.areas_off is not None or own.levels is not None,
    }
    return Choices(
        starters=both.starters,
        areas_off=both.areas_off,
        levels=both.levels,
        quiet=both.quiet,
        here=True,
        own=tuple(name for name, yes in differs.items() if yes),
    )


def _shared(tx: Tx) -> None:
    if tx.community.personal:
        raise Mistake(say(reader(tx), "That is decided for a community. Type it in a channel."))
