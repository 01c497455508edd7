"""Progress: what is known of a person, said only as far as it is sure."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from msgspec.structs import replace

from bot import streaks
from bot.chat.cards import Reply, reply
from bot.chat.commands import Arg, Spec
from bot.chat.events import Command, Press
from bot.chat.tokens import Token
from bot.features.charting import chart
from bot.features.feature import Bank, Feature, Kit, Mistake
from bot.features.later import Module
from bot.features.planned import READY_FROM, ahead
from bot.features.recording import moment, reader, rest, today
from bot.learning.standing import readiness, standing
from bot.store.protocol import Tx
from bot.store.rows import Quiz
from bot.store.scores import DayCount
from bot.views import progress as views
from bot.views.plan import Outlook
from bot.views.progress import Tally
from questions.model import Level

_taking = Module("bot.features.taking")
_plan = Module("bot.features.plan.outlook")
SPEAKS_FROM = 20  # answers
EVER = date(2000, 1, 1)


def command(event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/progress`, `/progress export`, `/progress anki`."""
    match event.args.get("what", "").strip().casefold():
        case "":
            return reply(views.card(reader(tx), gathered(tx, kit)))
        case "export":
            return reply(*_taking.learning(tx).cards)
        case "anki":
            return reply(*_taking.missed(tx, kit).cards)
        case other:
            raise Mistake(views.unknown(reader(tx), other))


def pressed(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """A button to the same."""
    return reply(views.card(reader(tx), gathered(tx, kit)))


def gathered(tx: Tx, kit: Kit) -> views.Progress:
    """Everything the card says, from the caches."""
    person, areas = tx.person, kit.bank(tx.community.id).areas
    day = today(tx)
    monday = day - timedelta(days=day.weekday())
    rows = tx.days(EVER)
    level: Level = person.settings.level or "mid"
    slugs = tuple(area.slug for area in areas.areas)
    ready = readiness(person.ability, slugs, level) if person.answers >= READY_FROM else None
    progress = views.Progress(
        answers=person.answers,
        missing=max(0, SPEAKS_FROM - person.answers),
        stand=streaks.stand(person.streak, moment(tx)),
        rest=rest(tx),
        week=_tally(rows, monday, monday + timedelta(days=7)),
        last_week=_tally(rows, monday - timedelta(days=7), monday),
        by_area=_by_area(rows),
        standing=standing(person.ability),
        readiness=ready,
        level=level,
        due=tx.due_count(tx.origin.at),
        believed=_believed(person.ability.misconceptions, kit.bank(tx.community.id)),
        areas=areas,
        interviews=_interviews(tx),
        outlook=_outlook(tx, kit),
    )
    return replace(progress, chart=chart(progress, person.ability, rows, monday, tx.origin.at))


def _outlook(tx: Tx, kit: Kit) -> Outlook | None:
    coming = ahead(tx)
    if coming is None:
        return None
    found: Outlook = _plan.outlook(tx, kit.bank(tx.community.id), coming)
    return found


def _interviews(tx: Tx) -> tuple[Quiz, ...]:
    """The newest interview, and where that one is not over the one before."""
    found: list[Quiz] = []
    for name in tx.person.settings.interviews[:2]:
        if (not found or found[0].state == "waiting") and (quiz := tx.quiz(name)):
            found.append(quiz)
    return tuple(found)


def _tally(rows: tuple[DayCount, ...], since: date, before: date) -> Tally:
    inside = [row for row in rows if since <= row.day < before]
    return Tally(sum(row.answered for row in inside), sum(row.right for row in inside))


def _by_area(rows: tuple[DayCount, ...]) -> dict[str, Tally]:
    held: dict[str, Tally] = defaultdict(Tally)
    for row in rows:
        old = held[row.area]
        held[row.area] = Tally(old.answered + row.answered, old.right + row.right)
    return dict(held)


def _believed(seen: dict[str, int], bank: Bank) -> tuple[str, int] | None:
    twice = [(times, slug) for slug, times in seen.items() if times > 1]
    return (bank.says(max(twice)[1]), max(twice)[0]) if twice else None


FEATURE = Feature(
    commands=(
        Spec(
            name="progress",
            about="Streak, weeks, strong and weak areas",
            usage="progress [export|anki]",
            args=(Arg(name="what", kind="choice", about="A file", choices=("export", "anki")),),
            top=True,
        ),
    ),
    on_command={"progress": command},
    on_press={
        "progress": pressed,
        "progress-export": _taking.export,
        "progress-anki": _taking.anki,
    },
)
