"""Recording an answer: one log row, and the caches that the same fold derives from it."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from bot import days, scoring, streaks
from bot.chat.say import Reader
from bot.features import day as dating
from bot.features.entry import entry
from bot.grading.verdict import Response, Verdict
from bot.learning import ability, items
from bot.learning import memory as memories
from bot.replay import believed, gains, met, remembered, trace
from bot.store.protocol import Tx
from bot.store.rows import Answer, Asked, LogRow, Memory
from bot.streaks import Clock, Day, Moment, resting
from questions.model import Case, Choice, Item


def zone(tx: Tx) -> str:
    """The person's zone: their own, else the community's."""
    return tx.person.settings.zone or tx.community.zone


def reader(tx: Tx) -> Reader:
    """Who reads the reply."""
    return Reader(tx.origin.locale, zone(tx), tx.origin.platform)


def rest(tx: Tx) -> tuple[int, ...]:
    """The person's rest days: their own, else those of the community."""
    own = tx.person.settings.rest
    return tx.community.rest if own is None else own


def moment(tx: Tx) -> Moment:
    """The event as it concerns the person's streak."""
    clock = Clock(zone(tx), tx.person.settings.day_start)
    outages = tx.community.rules.outages
    return Moment(at=tx.origin.at, clock=clock, rest=rest(tx), outages=outages)


def today(tx: Tx) -> date:
    """The person's local date at the event."""
    return days.local(tx.origin.at, zone(tx), tx.person.settings.day_start)


def guess(item: Item, step: int = 0) -> float:
    """The chance of a right answer without knowledge."""
    match item.body:
        case Choice(options=options):
            return items.guess(item.type, len(options))
        case Case(steps=steps):
            return items.guess(item.type, len(steps[min(step, len(steps) - 1)].options))
        case _:
            return 0.0


class Worth(Struct, frozen=True):
    """What an answer brings: its points (None: as practice) and the boards it counts on.

    Without `by_day` it counts on the boards of longer periods alone. `daily` is the date of the
    challenge that it answers.
    """

    points: int | None = None
    scopes: tuple[str, ...] = (scoring.EVERYWHERE,)
    by_day: bool = True
    daily: date | None = None


PRACTICE = Worth()


class Given(Struct, frozen=True):
    """An answer and what it was graded as."""

    response: Response
    verdict: Verdict


def record(
    tx: Tx,
    instance: str,
    asked: Asked,
    item: Item,
    response: Response,
    verdict: Verdict,
    worth: Worth = PRACTICE,
) -> Asked:
    """Record a decided answer of a question; gives the question as it now stands.

    Writes the log row, the person (ability, streak), the memory of the question and the scores.
    A skip is kept in the quiz alone: it counts neither as an answer nor as a day.
    """
    issued, now = asked.issued or tx.origin.at, moment(tx)
    shared = worth.points is not None
    given = streaks.Given(now=now, issued=issued, daily=worth.daily, shared=shared)
    day = dating.dated(tx, given)
    known = tx.memory(item.id, item.owner)
    answer = replace(
        _answer(tx, asked, item, Given(response, verdict), known),
        periods=_periods(tx, worth),
        scopes=worth.scopes,
        shared=shared,
        rest=now.rest,
        zone=day.answer.clock.zone,
        start=day.answer.clock.start,
        notes=day.answer.notes,
        streak=_reached(day),
    )
    points = _points(tx, worth, day.earlier, right=verdict.right)
    row = _row(tx, instance, asked, item, day.answer.day, points, answer)
    memory = _written(tx, row, answer, day, known)
    return replace(
        asked, verdict=verdict, response=response, comes_back=memory.due, changes=day.changes
    )


def _answer(tx: Tx, asked: Asked, item: Item, given: Given, known: Memory | None) -> Answer:
    """What the log keeps of the question and of what was believed before the answer."""
    at, held = tx.origin.at, trace(known)
    issued = asked.issued or at
    params = asked.params or items.prior(item.level, item.type)
    skill, doubt = ability.believed(tx.person.ability, item.area, item.topic, at)
    return Answer(
        response=given.response,
        verdict=given.verdict,
        order=asked.order,
        issued=issued,
        hint=asked.hint,
        level=item.level,
        topic=item.topic,
        type=item.type,
        guess=guess(item),
        params=params.bare,
        recall=memories.recall(held, known.last, at) if held and known else 0.0,
        skill=skill,
        skill_var=doubt,
        hasty=items.hasty(params, (at - issued).total_seconds()),
        sure=asked.sure,
    )


def _reached(day: Day) -> int:
    """The days of the run, if this date added one to it."""
    streak, on = day.streak, day.answer.day
    counts = on == streak.last and not resting(streak.plans, on, day.answer.rest)
    return streak.days if counts else 0


def _points(tx: Tx, worth: Worth, earlier_today: int, *, right: bool) -> int:
    practised = scoring.practice(right=right, earlier_today=earlier_today)
    return (practised if worth.points is None else worth.points) if on_boards(tx) else 0


def _periods(tx: Tx, worth: Worth) -> tuple[str, ...]:
    by_zone = scoring.periods(tx.origin.at, tx.community.zone, by_day=worth.by_day)
    return by_zone if on_boards(tx) else ()


def on_boards(tx: Tx) -> bool:
    """Whether answers count on the boards here: there is one, and the account is old enough."""
    return not tx.community.personal and not young(tx)


def young(tx: Tx) -> int:
    """In how many days this account's answers begin to count on the boards here; 0 if they do."""
    age = tx.origin.at - (tx.origin.since or tx.person.since)
    # first seen by our clock, which may be ahead of the platform's
    return max(0, tx.community.rules.youngest - max(0, age.days))


def _row(
    tx: Tx, instance: str, asked: Asked, item: Item, day: date, points: int, answer: Answer
) -> LogRow:
    row = entry(tx, "answer", instance, day, answer, ref=item.ref, area=item.area)
    right = answer.verdict.right
    return replace(row, turn=asked.turn, right=right, points=points, counted=True)


def _written(tx: Tx, row: LogRow, answer: Answer, day: Day, known: Memory | None) -> Memory:
    state, memory = tx.person.ability, known or met(row, answer)
    if answer.telling:
        state, memory = believed(state, row, answer), remembered(known, row, answer)
    tx.append(row)
    for beside in dating.rows(tx, day):
        tx.append(beside)
    answers = tx.person.answers + 1
    tx.save_person(replace(tx.person, ability=state, streak=day.streak, answers=answers))
    tx.remember(memory)
    for gain in gains(row, answer):
        tx.gain(gain)
    return memory


def shown(tx: Tx, item: Item, known: Memory | None, at: datetime) -> None:
    """Remember that a question was shown, so that it does not come again within 12 hours."""
    if known is None:
        known = Memory(item=item.id, owner=item.owner, area=item.area, topic=item.topic, shown=at)
    tx.remember(replace(known, shown=at))
