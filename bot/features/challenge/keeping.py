"""How a challenge stands: what is open, what comes next, and what changes with it."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot import days
from bot.chat.cards import Card
from bot.features.challenge import placing
from bot.features.community import mondays
from bot.features.daily import schedule
from bot.features.daily.posting import rescheduled
from bot.features.feature import Kit, Mistake
from bot.features.noting import note
from bot.features.overlay import chosen
from bot.features.recording import reader
from bot.store.community import Challenge, Daily
from bot.store.protocol import Tx
from bot.store.rules import hushed
from bot.views import challenge as views
from bot.views import challenge_said as said
from bot.views import challenge_words as words

LOOKED_BACK = timedelta(days=40)  # a question is open for a few days at most
LOOKED_AHEAD = 9  # dates of which one is the next: those before it may have been posted early


def found(tx: Tx, challenge_id: str) -> Challenge:
    """A challenge of this community, locked; Mistake where it has ended or is none of its."""
    one = tx.challenge(challenge_id, lock=True)
    if one is None or one.ended:
        raise Mistake(said.gone(reader(tx)))
    return one


def known(tx: Tx, challenge_id: str) -> Challenge:
    """The same to look at alone, as forms do."""
    one = tx.challenge(challenge_id)
    if one is None or one.ended:
        raise Mistake(said.gone(reader(tx)))
    return one


def today(tx: Tx, challenge: Challenge) -> date:
    """The date in the challenge's zone."""
    return days.local(tx.origin.at, challenge.zone)


def overview(tx: Tx, kit: Kit, challenge: Challenge) -> views.Overview:
    """What a card says of a challenge."""
    ledger = _ledger(tx, challenge)
    here, now = placing.here(tx), today(tx, challenge)
    opened = next((one for one in ledger if one.state == "open"), None)
    return views.Overview(
        challenge=challenge,
        areas=kit.bank(tx.community.id).areas,
        ahead=_ahead(tx, challenge, ledger),
        begun=not challenge.paused or bool(ledger),
        open=opened.id if opened else "",
        posted=any(one.day == now and one.state != "skipped" for one in ledger),
        here=here,
        seal=placing.sealed(tx, here) if here else ("", ""),
        several=any(one.id != challenge.id for one in tx.challenges()),
        quiet=quiet(tx, challenge),
    )


def quiet(tx: Tx, challenge: Challenge) -> tuple[str, ...]:
    """The quiet hours, of a channel of its, in which its time lies; () if in none."""
    coming = schedule.upcoming(challenge, tx.origin.at, 1)
    if not coming:
        return ()
    clock = f"{coming[0][1].astimezone(ZoneInfo(tx.community.zone)):%H:%M}"
    found = (chosen(tx, place).quiet for place in challenge.places)
    return next((one for one in found if hushed(one, clock)), ())


def ahead(tx: Tx, challenge: Challenge) -> said.Ahead:
    """What comes next, and what is open until then."""
    return _ahead(tx, challenge, _ledger(tx, challenge))


def _ledger(tx: Tx, challenge: Challenge) -> tuple[Daily, ...]:
    # whether a paused one ever posted is worth reading all of it
    since = challenge.since if challenge.paused else tx.origin.at - LOOKED_BACK
    return tx.dailies(since.date() - timedelta(days=1), challenge.id)


def _ahead(tx: Tx, challenge: Challenge, ledger: tuple[Daily, ...]) -> said.Ahead:
    taken = {one.day for one in ledger}
    running = not (challenge.paused or challenge.ended)
    dates = schedule.upcoming(challenge, tx.origin.at, LOOKED_AHEAD) if running else ()
    return said.Ahead(
        next=next((one for one in dates if one[0] not in taken), None),
        open=next((one.day for one in ledger if one.state == "open"), None),
        today=today(tx, challenge),
    )


def card(
    tx: Tx,
    kit: Kit,
    challenge: Challenge,
    effect: str = "",
    missing: said.Missing = (),
    *,
    refused: bool = False,
) -> Card:
    """The card of a challenge as it stands now."""
    stands = overview(tx, kit, challenge)
    return views.card(reader(tx), stands, effect, missing, refused=refused)


def keep(tx: Tx, challenge: Challenge, what: str, *about: str) -> str:
    """Save a challenge with all that follows from it; gives sentences on what follows.

    `what` goes into the audit log, once for each it is `about`: by default when it is posted.
    """
    gone = today(tx, challenge)
    skips = tuple(day for day in challenge.skips if day >= gone)
    # who changed it last is told what goes wrong with it
    challenge = replace(challenge, skips=skips, by=tx.origin.person)
    tx.save_challenge(challenge)
    rescheduled(tx, challenge)
    for one in about or (words.time(challenge),):
        note(tx, what, one)
    return _followed(tx, challenge)


def _followed(tx: Tx, challenge: Challenge) -> str:
    """The community's zone and rest days follow its challenges."""
    others = tuple(one for one in tx.challenges() if one.id != challenge.id)
    all_of_them = (*others, *(() if challenge.ended else (challenge,)))
    whole, sentences = tx.community, []
    named = unnamed(whole.zone) and not unnamed(challenge.zone)
    if named and not others and not challenge.paused:
        whole = replace(whole, zone=challenge.zone)
        sentences.append(said.zoned(reader(tx), whole.zone))
    rest = resting(all_of_them, whole.rest)
    if rest != whole.rest and not whole.rules.rest_chosen:
        whole = replace(whole, rest=rest)
        sentences.append(said.rests(reader(tx), rest))
    if whole.zone != tx.community.zone:
        mondays.rescheduled(tx, whole)
    if whole != tx.community:
        tx.save_community(whole)
    return " ".join(sentences)


def unnamed(zone: str) -> bool:
    """Whether nobody has said where this is; servers call it UTC or Etc/UTC."""
    return days.city(zone) == "UTC"


def resting(challenges: tuple[Challenge, ...], now: tuple[int, ...]) -> tuple[int, ...]:
    """The weekdays on which none of these posts; as they are while all of them pause."""
    running = [one for one in challenges if not one.paused]
    if not running:
        return now if challenges else ()
    posting = {weekday for one in running for weekday in one.weekdays}
    return tuple(day for day in range(len(days.WEEKDAYS)) if day not in posting)
