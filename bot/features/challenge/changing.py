"""Change...: the forms of a challenge, and what each of them changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from bot import days
from bot.chat.cards import Form, Reply, reply
from bot.chat.events import Press
from bot.chat.say import paragraphs
from bot.chat.tokens import Token
from bot.features.challenge import keeping, reading
from bot.features.daily import choosing
from bot.features.feature import Kit, Mistake
from bot.features.overlay import chosen
from bot.features.recording import reader
from bot.store.community import LADDER, Challenge
from bot.store.protocol import Tx
from bot.views import challenge_forms as forms
from bot.views import challenge_said as said
from bot.views import challenge_words as words
from questions.model import LEVELS, TYPES, Level

WEEK = tuple(map(str, range(len(days.WEEKDAYS))))
LATER = ("next", forms.LATER)
Errors = Mapping[str, str]


class Changed(Struct, frozen=True):
    """A challenge as it will be, what that is in words, and whether its questions are others."""

    challenge: Challenge
    what: str
    asks: bool = False


def form(token: Token, tx: Tx, _kit: Kit) -> Form:
    """The form behind a button of Change..."""
    challenge, here = keeping.known(tx, token.part(0)), reader(tx)
    match token.part(1):
        case "when":
            return forms.when(here, challenge)
        case "days":
            return forms.weekdays(challenge)
        case "areas":
            return forms.areas(here, challenge)
        case "level":
            return forms.level(challenge)
        case "reveal":
            return forms.reveal(here, challenge)
        case "types":
            return forms.types(challenge)
        case _:
            raise Mistake(said.gone(here))


def sent(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A sent form: all its errors at once, or saved and its effect said."""
    challenge = keeping.found(tx, token.part(0))
    read = READERS.get(token.part(1))
    if read is None:
        raise Mistake(said.gone(reader(tx)))
    outcome = read(press, tx, kit, challenge)
    if not isinstance(outcome, Changed):
        return Reply(errors=outcome)
    return reply(keeping.card(tx, kit, outcome.challenge, _saved(tx, kit, challenge, outcome)))


def _saved(tx: Tx, kit: Kit, before: Challenge, outcome: Changed) -> str:
    after, here = outcome.challenge, reader(tx)
    follows = keeping.keep(tx, after, "changed-a-challenge", outcome.what)
    ahead = keeping.ahead(tx, after)
    effect = said.changed(here, before, ahead, outcome.what, paused=after.paused)
    day = ahead.next[0] if ahead.next else keeping.today(tx, after)
    thin = outcome.asks and choosing.choose(tx, kit, after, day) is None
    return paragraphs(effect, follows, said.thin(here) if thin else "")


def _when(press: Press, tx: Tx, _kit: Kit, challenge: Challenge) -> Changed | Errors:
    here = reader(tx)
    errors: dict[str, str] = {}
    at, typed = reading.clock(press.typed("time")), press.typed("zone").strip()
    same = typed.casefold() == days.city(challenge.zone).casefold()
    # a city's name may be that of two zones: who leaves it as it stands keeps the one there is
    zone = challenge.zone if same else days.zone_named(typed)
    if at is None:
        errors |= forms.wrong(here, "time", "time")
    elif ":" in challenge.reveal and at >= challenge.reveal:
        errors |= forms.wrong(here, "time", "revealed", reveal=challenge.reveal)
    if zone is None:
        errors |= forms.wrong(here, "zone", "zone")
    if errors or at is None or zone is None:
        return errors
    after = replace(challenge, at=at, zone=zone)
    return Changed(after, words.time(after))


def _days(press: Press, tx: Tx, _kit: Kit, challenge: Challenge) -> Changed | Errors:
    picked = tuple(sorted({int(one) for one in _several(press, "days") if one in WEEK}))
    if not picked:
        return forms.wrong(reader(tx), "days", "days")
    after = replace(challenge, weekdays=picked)
    after = replace(after, skips=tuple(day for day in after.skips if day.weekday() in picked))
    return Changed(after, words.weekdays(reader(tx), picked))


def _areas(press: Press, tx: Tx, kit: Kit, challenge: Challenge) -> Changed | Errors:
    here, known = reader(tx), kit.bank(tx.community.id).areas
    typed = press.typed("areas").strip()
    # some topics are called as another thing is: what is left as it stands stays as it is
    same = reading.Areal(challenge.areas)
    found = same if typed == forms.typed(challenge) else reading.named(typed, known)
    off = {area for place in challenge.places for area in chosen(tx, place).areas_off}
    barred = [words.titled(known, one) for one in found.areas if one.partition("/")[0] in off]
    if found.unknown:
        why = "meant" if found.near else "unknown"
        names, near = ", ".join(found.unknown)[:80], " or ".join(found.near[:3])
        return forms.wrong(here, "areas", why, names=names, near=near)
    if barred:
        return forms.wrong(here, "areas", "off", names=", ".join(barred)[:120])
    after = replace(challenge, areas=found.areas)
    return Changed(after, words.areas(here, found.areas, known), asks=True)


def _level(press: Press, tx: Tx, _kit: Kit, challenge: Challenge) -> Changed | Errors:
    picked = press.typed("level")
    one: Level | None = next((level for level in LEVELS if level == picked), None)
    if one is None and picked != forms.LADDER_WORD:
        return forms.wrong(reader(tx), "level", "level")
    after = replace(challenge, levels=(one,) * len(WEEK) if one else LADDER)
    return Changed(after, words.levels(reader(tx), after), asks=True)


def _reveal(press: Press, tx: Tx, _kit: Kit, challenge: Challenge) -> Changed | Errors:
    here, how = reader(tx), press.typed("reveal")
    at = reading.clock(press.typed("time"))
    if how == forms.SAME_DAY:
        if at is None:
            return forms.wrong(here, "time", "time")
        if at <= challenge.at:
            return forms.wrong(here, "time", "early", at=challenge.at)
        how = at
    elif how not in LATER:
        return forms.wrong(here, "reveal", "reveal")
    return Changed(replace(challenge, reveal=how), words.reveal_words(here, how))


def _types(press: Press, tx: Tx, _kit: Kit, challenge: Challenge) -> Changed | Errors:
    wanted = _several(press, "types")
    picked = tuple(kind for kind in TYPES if kind in wanted and kind in words.KINDS)
    if not picked:
        return forms.wrong(reader(tx), "types", "types")
    after = replace(challenge, types=picked)
    return Changed(after, words.kinds(reader(tx), picked), asks=True)


def _several(press: Press, field: str) -> tuple[str, ...]:
    value = press.values.get(field, ())
    return value if isinstance(value, tuple) else tuple(value.split(","))


READERS: Mapping[str, Callable[[Press, Tx, Kit, Challenge], Changed | Errors]] = {
    "when": _when,
    "days": _days,
    "areas": _areas,
    "level": _level,
    "reveal": _reveal,
    "types": _types,
}
