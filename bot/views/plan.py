"""The way to an interview as it stands: the days left, today's minutes, how ready one is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from bot.chat.cards import Button, Card
from bot.chat.say import Reader, count, lines, md, paragraphs, say
from bot.chat.tokens import make
from bot.learning.standing import Readiness
from bot.store.rows import Plan
from bot.views import shown
from bot.views.plan_asking import dated, titled
from questions.roles import Role

TITLE = "Today's fifteen minutes"  # of their quiz


class Outlook(Struct, frozen=True):
    """An interview ahead, in `days`, and `missing` answers until there is a readiness.

    `now`, `then` at the `pace` of answers a day, and `full` with fifteen minutes every day (None
    where the pace is that already).
    """

    plan: Plan
    role: Role
    days: int
    missing: int = 0
    now: Readiness | None = None
    then: Readiness | None = None
    full: Readiness | None = None
    pace: int = 0


class Session(Struct, frozen=True, kw_only=True):
    """What today's minutes are made of; `area` is the weak one, by its title."""

    due: int
    weak: int
    area: str
    new: int
    minutes: int
    done: bool


def line(reader: Reader, looked: Outlook) -> str:
    """`Interview: mid backend, 12 Jan, in 48 days: likely 6 of 10 (5-7).`, for `/progress`."""
    head = say(
        reader,
        "Interview: {level} {role}, {date}, {days}",
        level=looked.plan.level,
        role=looked.role.slug,
        date=_short(looked.plan.on),
        days=_left(reader, looked.days),
    )
    if looked.then is None:
        more = count(looked.missing, "more answer", "more answers")
        return head + say(reader, "; {n} until I can say how ready you are.", n=more)
    return head + say(reader, ": likely {ten}.", ten=_of_ten(looked.then))


def card(
    reader: Reader, looked: Outlook, session: Session, asked: tuple[str, ...], *, cram: bool
) -> Card:
    """The plan as it stands: the days left, today's minutes, how ready."""
    most = ", ".join(shown.short_title(one) for one in asked)
    return Card(
        view="plan",
        title=TITLE,
        text=paragraphs(
            lines(
                say(
                    reader,
                    "**{level} {role}**, {date}: {days}.",
                    level=looked.plan.level.capitalize(),
                    role=titled(looked.role),
                    date=dated(looked.plan.on),
                    days=_left(reader, looked.days),
                ),
                say(reader, "Asked most: {most}.", most=most) if most else "",
            ),
            _session(reader, session),
            _cram(reader, looked.days, session) if cram else "",
            lines(*_ready(reader, looked)),
        ),
        rows=(_buttons(session),),
    )


def _buttons(session: Session) -> tuple[Button, ...]:
    more = Button("Another fifteen minutes", make("plan-start"))
    begin = more if session.done else Button("Begin", make("plan-start"), "primary")
    rest = (Button("Change", make("plan", form=True)), Button("Forget it", make("plan-forget")))
    if not session.due + session.weak + session.new:
        return rest
    return (begin, *rest)


def _session(reader: Reader, session: Session) -> str:
    parts = [
        say(reader, "{n} due", n=session.due) if session.due else "",
        say(reader, "{n} in {area} (weak)", n=session.weak, area=shown.short_title(session.area))
        if session.weak
        else "",
        say(reader, "{n} new", n=session.new) if session.new else "",
    ]
    made = ", ".join(part for part in parts if part)
    if not made:
        return say(reader, "Nothing is left to ask today.")
    head = "Today is done. If you want more: {made}, about {n}."
    if not session.done:
        head = "Today: {made}, about {n}."
    return say(reader, head, made=md(made), n=count(session.minutes, "minute", "minutes"))


def _cram(reader: Reader, days: int, session: Session) -> str:
    if not days and session.new:
        return say(reader, "**It is today.** Good luck!")
    if not days:
        return say(reader, "**It is today.** Only what you know already, once more. Good luck!")
    return say(
        reader,
        "**Cram mode**, as it is under two weeks away: more of what is due than new; no new area "
        "that such an interview seldom asks about; and what would come back only after your day "
        "comes once before it.",
    )


def _ready(reader: Reader, looked: Outlook) -> Iterator[str]:
    if looked.now is None or looked.then is None:
        more = count(looked.missing, "more answer", "more answers")
        yield say(reader, "{n} until I can say how ready you are.", n=more)
        return
    yield say(
        reader,
        "Of ten such questions you would likely answer {now} today.",
        now=_likely(looked.now),
    )
    if looked.days:
        yield say(
            reader,
            "On {date}, if you go on as in the last two weeks ({pace} a day): {then}.",
            date=_short(looked.plan.on),
            pace=count(looked.pace, "answer", "answers"),
            then=_likely(looked.then),
        )
    if looked.full is not None and looked.days:
        yield say(reader, "With fifteen minutes a day: {full}.", full=_likely(looked.full))


def _likely(ready: Readiness) -> str:
    return f"{ready.expected} ({ready.low}-{ready.high})"


def _of_ten(ready: Readiness) -> str:
    return f"{ready.expected} of 10 ({ready.low}-{ready.high})"


def over(reader: Reader, plan: Plan, role: Role) -> Card:
    """The day is over."""
    return Card(
        view="plan-over",
        title=say(reader, "How did it go?"),
        text=say(
            reader,
            "Your interview ({level} {role}) was on {date}. What you learnt stays. Is there "
            "another one?",
            level=plan.level,
            role=titled(role),
            date=dated(plan.on),
        ),
        rows=(
            (
                Button("New date", make("plan", form=True), "primary"),
                Button("Forget it", make("plan-forget")),
            ),
        ),
    )


def forgotten(reader: Reader) -> Card:
    """No plan any more."""
    how = md(shown.command(reader, "plan"))
    return Card(
        view="plan-forgotten",
        text=say(
            reader,
            "Forgotten: I ask by what you know and miss alone. `{how}` brings a date back.",
            how=how,
        ),
    )


def nothing(reader: Reader, back: datetime | None, now: datetime) -> Card:
    """There is nothing to ask today."""
    text = say(reader, "Nothing is left to ask today.")
    if back is not None:
        day = shown.day(back, now, reader.zone)
        text += say(reader, " The next question comes back {day}.", day=day)
    return Card(view="plan-nothing", text=text, rows=((Button("Your plan", make("plan-open")),),))


def _left(reader: Reader, days: int) -> str:
    if not days:
        return say(reader, "today")
    return say(reader, "tomorrow") if days == 1 else say(reader, "in {n} days", n=days)


def _short(on: date) -> str:
    return f"{on.day} {on:%b}"
