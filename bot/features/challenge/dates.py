"""Dates: what comes, a date left out, a date posted after all, today's at once."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from bot.chat.cards import Card, Form, Reply, reply
from bot.chat.events import Press
from bot.chat.tokens import Token
from bot.features.challenge import keeping, reading
from bot.features.challenge.lacking import missing
from bot.features.challenge.posting import posted_now
from bot.features.daily import choosing, schedule
from bot.features.feature import Kit, Mistake
from bot.features.lacking import asked, forbidden
from bot.features.recording import reader
from bot.store.community import Challenge
from bot.store.protocol import Tx
from bot.views import challenge_forms as forms
from bot.views import challenge_pages as pages
from bot.views import challenge_said as said
from bot.views import challenge_words as words
from bot.views.shown import FULL_DAYS

SHOWN = 7  # dates ahead
YEAR = timedelta(days=366)


def coming(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What comes."""
    return reply(_coming(tx, kit, keeping.found(tx, token.part(0)), ""))


def _coming(tx: Tx, kit: Kit, challenge: Challenge, effect: str) -> Card:
    whole = replace(challenge, skips=())
    since = keeping.today(tx, challenge)
    taken = {one.day for one in tx.dailies(since, challenge.id)}
    dates = schedule.upcoming(whole, tx.origin.at, SHOWN + len(taken))
    ahead = tuple(
        pages.Coming(day, at, schedule.level_on(challenge, day), day in challenge.skips)
        for day, at in dates
        if day not in taken
    )
    shown = keeping.overview(tx, kit, challenge)
    return pages.coming(reader(tx), shown, ahead[:SHOWN], effect)


def skip_form(token: Token, tx: Tx, _kit: Kit) -> Form:
    """Which date is left out."""
    challenge = keeping.known(tx, token.part(0))
    ahead = keeping.ahead(tx, replace(challenge, paused=False))
    return forms.skip(reader(tx), challenge, ahead.next[0] if ahead.next else None)


def skip(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A date is left out, if it is one on which something would be posted."""
    challenge = keeping.found(tx, token.part(0))
    today = keeping.today(tx, challenge)
    day = reading.day(press.typed("date"), today)
    why = "date" if day is None else _refused(tx, challenge, day, today)
    if why or day is None:
        named = {"day": words.short(day), "weekday": FULL_DAYS[day.weekday()]} if day else {}
        return Reply(errors=forms.wrong(reader(tx), "date", why, **named))
    challenge = replace(challenge, skips=tuple(sorted({*challenge.skips, day})))
    keeping.keep(tx, challenge, "left-out-a-date", words.short(day))
    effect = said.skipped(reader(tx), day, challenge, keeping.ahead(tx, challenge))
    return reply(_coming(tx, kit, challenge, effect))


def _refused(tx: Tx, challenge: Challenge, day: date, today: date) -> str:
    """Why a date cannot be left out; '' if it can."""
    if day < today:
        return "past"
    if day > today + YEAR:
        return "far"
    if day in challenge.skips:
        return "skipped"
    if not schedule.runs_on(challenge, day):
        return "off-day"
    known = tx.daily_on(challenge.id, day)
    if known and known.state != "skipped":
        return "posted"
    over = known or schedule.instant(challenge, day) <= tx.origin.at
    return "past" if over else ""


def unskip(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A date that was left out is posted after all."""
    challenge = keeping.found(tx, token.part(0))
    day = reading.day(press.typed("value"), keeping.today(tx, challenge))
    if day is None or day not in challenge.skips:
        return reply(_coming(tx, kit, challenge, ""))
    challenge = replace(challenge, skips=tuple(one for one in challenge.skips if one != day))
    keeping.keep(tx, challenge, "put-back-a-date", words.short(day))
    at = schedule.instant(challenge, day)
    over = at if at <= tx.origin.at else None
    return reply(_coming(tx, kit, challenge, said.unskipped(reader(tx), challenge, day, over)))


def today(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Today's at once, in all its channels, if nothing is lacking there."""
    challenge = keeping.found(tx, token.part(0))
    places = choosing.places(challenge)
    if not places:
        raise Mistake(said.no_post(reader(tx), "lost" if challenge.lost else "nowhere"))
    if job := asked(press, places):
        return job
    if forbidden(press):
        lacks = missing(press, tx, places)
        return reply(keeping.card(tx, kit, challenge, missing=lacks, refused=True))
    return reply(posted_now(tx, kit, challenge, "posted-a-daily"))
