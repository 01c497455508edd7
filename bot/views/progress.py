"""Progress in words and a picture: streak, weeks, areas, what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from bot.chat.begin import start
from bot.chat.cards import Button, Card, File, Picture
from bot.chat.charts import Chart
from bot.chat.say import Reader, count, lines, md, paragraphs, say
from bot.chat.tokens import make
from bot.learning.standing import Named, Readiness, Standing
from bot.pictures.words import told
from bot.store.rows import Quiz
from bot.streaks import Stand
from bot.views import interview_report, plan, shown, streak
from bot.views.plan import Outlook
from questions.areas import Areas
from questions.model import Level

BARS = 8  # areas drawn
BAR = 8  # characters of a full bar
NAME = 15  # with the bar and the count a row fits a phone's 34 columns


class Tally(Struct, frozen=True):
    """Answers and how many of them were right."""

    answered: int = 0
    right: int = 0


class Progress(Struct, frozen=True):
    """What the card says."""

    answers: int
    missing: int  # answers until areas are spoken of; 0 when there are enough
    stand: Stand
    rest: tuple[int, ...]
    week: Tally
    last_week: Tally
    by_area: dict[str, Tally]
    standing: Standing
    readiness: Readiness | None
    level: Level
    due: int
    believed: tuple[str, int] | None  # what a misconception says, and how often it was met
    areas: Areas
    interviews: tuple[Quiz, ...] = ()
    outlook: Outlook | None = None  # on the interview that is to come
    chart: Chart | None = None  # where enough is known to be drawn


def card(reader: Reader, progress: Progress) -> Card:
    """`/progress`."""
    return Card(
        view="progress",
        title="Your progress",
        text=paragraphs(
            lines(_streak(reader, progress), _weeks(reader, progress)),
            lines(*_areas(reader, progress)),
            plan.line(reader, progress.outlook) if progress.outlook else "",
            lines(*(interview_report.line(reader, one) for one in progress.interviews)),
            _next(reader, progress),
        ),
        rows=(
            (
                Button("Five questions", start(""), "primary"),
                Button("Settings", make("settings")),
                *(interview_report.button(one) for one in progress.interviews),
                Button("Export", make("progress-export")),
            ),
        ),
        picture=_picture(progress),
    )


def taken(reader: Reader, file: File) -> Card:
    """The learning state as a file, and the way to the deck."""
    return Card(
        view="progress-export",
        title="What I believe you know",
        text=say(
            reader,
            "Your learning state is in the file: what I believe of each area and topic, when each "
            "question comes back, your days. Everything else I keep of you: `{how}`.",
            how=md(shown.command(reader, "privacy", "export")),
        ),
        rows=((Button("Missed, for Anki", make("progress-anki")),),),
        file=file,
        to="private",
    )


def unknown(reader: Reader, said: str) -> str:
    """Neither export nor anki."""
    return say(
        reader,
        "{said}? I can `export` your learning state; `anki` is a deck of what you missed.",
        said=said[:30],
    )


def _picture(progress: Progress) -> Picture | None:
    chart = progress.chart
    if chart is None or progress.missing:
        return None
    return Picture(b"", told(chart), _bars(progress), chart)


def _streak(reader: Reader, progress: Progress) -> str:
    rest = f" (rest: {shown.weekdays(progress.rest)})" if progress.rest else ""
    stand = progress.stand
    waits = "not yet" if stand.expected else "rest"
    now = say(
        reader,
        "Streak {n}{rest}. Freezes {freezes} of 2. Today: {today}.",
        n=stand.days,
        rest=rest,
        freezes=stand.freezes,
        today="done" if stand.done else waits,
    )
    return lines(now, streak.told(reader, stand.changes))


def _weeks(reader: Reader, progress: Progress) -> str:
    week, last = progress.week, progress.last_week
    if not week.answered and not last.answered:
        return say(reader, "No answers in the last two weeks.")
    now = say(
        reader,
        "This week {n}, {right} right ({share})",
        n=count(week.answered, "answer", "answers"),
        right=week.right,
        share=shown.percent(week.right, week.answered),
    )
    before = (
        say(reader, "; last week {share}.", share=shown.percent(last.right, last.answered))
        if last.answered
        else "."
    )
    return now + before


def _bars(progress: Progress) -> str:
    rows = sorted(progress.by_area.items(), key=lambda row: -row[1].answered)[:BARS]
    drawn = []
    for slug, tally in rows:
        full = round(BAR * tally.right / tally.answered)
        title = shown.short_title(shown.area(progress.areas, slug))
        name = title if len(title) <= NAME else f"{title[: NAME - 1]}…"
        bar = "█" * full + "░" * (BAR - full)
        drawn.append(f"{name:<{NAME}} {bar} {tally.right}/{tally.answered}")
    return "\n".join(drawn)


def _areas(reader: Reader, progress: Progress) -> list[str]:
    if progress.missing:
        more = count(progress.missing, "more answer", "more answers")
        return [say(reader, "{n} to go until I can say where you are strong or weak.", n=more)]
    return [*_sure(reader, progress), *_unsure(reader, progress), *_ready(reader, progress)]


def _sure(reader: Reader, progress: Progress) -> Iterator[str]:
    standing, areas = progress.standing, progress.areas
    if standing.strong:
        yield say(reader, "Strong: {names}.", names=_named(areas, standing.strong))
    if standing.weak:
        yield from _weak(reader, areas, standing.weak)
    if progress.believed:
        says, times = progress.believed
        yield say(reader, "{belief}, {n}x.", n=times, belief=says.removesuffix("."))


def _weak(reader: Reader, areas: Areas, weak: tuple[Named, ...]) -> Iterator[str]:
    """The surest weak area with why, the others by name, each with how sure that is."""
    first, *others = weak[:3]
    topic = shown.topic(areas, first.area, first.topic) if first.topic else ""
    most = say(reader, ", most of all {topic}", topic=topic) if topic else ""
    why = say(
        reader,
        "{right} of {n} right, {expected} by what you know elsewhere",
        right=round(first.right),
        n=first.n,
        expected=round(first.expected),
    )
    yield say(
        reader,
        "**Weak ({sure} % sure):** {area}{most}: {why}.",
        sure=round(100 * first.sure),
        area=shown.short_title(shown.area(areas, first.area)),
        most=most,
        why=why,
    )
    if others:
        names = (
            f"{shown.short_title(shown.area(areas, one.area))} ({round(100 * one.sure)} %)"
            for one in others
        )
        yield say(reader, "Weak too: {names}.", names=", ".join(names))


def _unsure(reader: Reader, progress: Progress) -> Iterator[str]:
    if progress.standing.measuring:
        first = progress.standing.measuring[0]
        more = count(first.more, "more question", "more questions")
        area = shown.area(progress.areas, first.area)
        yield say(reader, "Still measuring: {area}, {n}.", area=area, n=more)


def _ready(reader: Reader, progress: Progress) -> Iterator[str]:
    if ready := progress.readiness:
        yield say(
            reader,
            "At {level} level you would likely answer {n} of 10 ({low}-{high}).",
            level=progress.level,
            n=ready.expected,
            low=ready.low,
            high=ready.high,
        )


def _named(areas: Areas, named: tuple[Named, ...]) -> str:
    return ", ".join(shown.short_title(shown.area(areas, one.area)) for one in named[:3])


def _next(reader: Reader, progress: Progress) -> str:
    how = md(shown.command(reader, "quiz"))
    if progress.due:
        return say(
            reader,
            "Next: {n} waiting, `{how}` begins with them.",
            n=count(progress.due, "question is due and", "questions are due and"),
            how=how,
        )
    if progress.standing.weak:
        weak = progress.standing.weak[0].area
        how = md(shown.command(reader, "quiz", weak))
        return say(reader, "Next: `{how}`.", how=how)
    return say(reader, "Next: `{how}` for five new questions.", how=how)
