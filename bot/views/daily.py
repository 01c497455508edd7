"""A daily in its channel: the open post, the closed one, and the message in its thread."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby

from msgspec import Struct

from bot.chat.cards import Button, Card
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.chat.tokens import make
from bot.days import WEEKDAYS, city
from bot.grading.verdict import Verdict
from bot.store.community import Daily
from bot.store.rows import Quiz
from bot.views import shown
from bot.views.question import Asking, prompt
from questions.areas import Areas
from questions.model import Choice, Item, Number, Short

DONT_KNOW = "Don't know"
YESTERDAY = "Yesterday"
WIDE = 5  # buttons in a row


class Before(Struct, frozen=True):
    """The daily before: its question where there was one, and the dates left out since then."""

    daily: Daily | None = None
    item: Item | None = None
    skipped: tuple[Daily, ...] = ()


class Posted(Struct, frozen=True):
    """What a post is made of; `reveals` is when everybody sees the answer, if that is known."""

    daily: Daily
    item: Item
    areas: Areas
    reveals: datetime | None = None
    before: Before = Before()
    answered: int = 0

    @property
    def asking(self) -> Asking:
        """The question as the other views take it: asked of everybody."""
        return asking(self.daily, self.item, self.areas)


class Given(Struct, frozen=True):
    """One answer to a closed daily, without a name."""

    picks: tuple[int, ...]
    verdict: Verdict


class Tally(Struct, frozen=True):
    """How a daily went: its answers, and who reached which streak with it."""

    given: tuple[Given, ...]
    streaks: tuple[tuple[str, int], ...] = ()

    @property
    def right(self) -> int:
        """How many are right."""
        return sum(one.verdict.right for one in self.given)


def asking(daily: Daily, item: Item, areas: Areas) -> Asking:
    """A daily's question as the views of a quiz take it."""
    asked = (daily.asked,) if daily.asked else ()
    quiz = Quiz(
        id=daily.id,
        person="",
        community=daily.community,
        place="",
        asked=asked,
        started=daily.posted,
        touched=daily.posted,
    )
    return Asking(quiz, 0, item, areas)


def title(areas: Areas, daily: Daily, item: Item) -> str:
    """`Daily · Wed 25 Nov · Databases · mid`."""
    return f"Daily · {date_words(daily.day)} · {area_words(areas, item)} · {item.level}"


def area_words(areas: Areas, item: Item) -> str:
    """`Databases`; of a long title what stands before its first `and`."""
    area = shown.short_title(shown.area(areas, item.area))
    return area if len(area) <= shown.TITLE else area.partition(" and ")[0]


def date_words(day: date) -> str:
    """`Wed 25 Nov`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%b}"


def time_words(reader: Reader, at: datetime) -> str:
    """`Thu 09:00, Berlin`."""
    there = at.astimezone(reader.tz)
    clock = f"{WEEKDAYS[there.weekday()]} {there:%H:%M}"
    return f"{clock}, {city(reader.zone)}"


def posted(reader: Reader, post: Posted) -> Card:
    """The open post, for everybody; the reader's zone is the challenge's."""
    said = [say(reader, "One try, private.") + reveal_words(reader, post.reveals)]
    said.append(say(reader, "Talk in the thread once you have answered."))
    if post.answered:
        said[-1] += say(reader, " {n} answered", n=post.answered)
    return Card(
        view="daily",
        title=title(post.areas, post.daily, post.item),
        text=paragraphs(_before(reader, post), prompt(post.item), options(post)),
        rows=tuple(row for row in (*answer_rows(post), _tools(post)) if row),
        note="\n".join(said),
    )


def reveal_words(reader: Reader, at: datetime | None) -> str:
    """` Answer for all: Thu 09:00, Berlin.`, or nothing where that is not known."""
    return say(reader, " Answer for all: {at}.", at=time_words(reader, at)) if at else ""


def options(post: Posted) -> str:
    """The options under their letters, or what a number is measured in."""
    item = post.item
    rows = (f"{t.letter}) {t.text}" for t in shown.things(item, post.asking.asked))
    if isinstance(item.body, Number) and item.body.unit:
        return say(Reader(), "Answer with a number (unit: {unit}).", unit=item.body.unit)
    return "\n".join(rows)


def answer_rows(post: Posted, verb: str = "daily-pick") -> tuple[tuple[Button, ...], ...]:
    """The letters; of a typed question the button that opens its form."""
    name = post.daily.id
    letters = [t.letter for t in shown.things(post.item, post.asking.asked)]
    if not letters:
        form = "daily-type" if verb == "daily-pick" else verb
        return ((Button("Answer", make(form, name, form=True), "primary"),),)
    buttons = tuple(Button(letter, make(verb, name, letter)) for letter in letters)
    return tuple(buttons[at : at + WIDE] for at in range(0, len(buttons), WIDE))


def _tools(post: Posted) -> tuple[Button, ...]:
    tools = [Button(DONT_KNOW, make("daily-unknown", post.daily.id))]
    before = post.before.daily
    if before is not None and before.state == "closed":
        whose = _day_before(before.day, post.daily.day)
        whose = whose.lower() if whose == YESTERDAY else whose
        tools.append(Button(f"Why, {whose}", make("daily-why", before.id)))
    return tuple(tools)


def _before(reader: Reader, post: Posted) -> str:
    before, today = post.before, post.daily.day
    parts = [
        _skipped(reader, why, tuple(days), today)
        for why, days in groupby(before.skipped, key=lambda one: one.why)
    ]
    if before.daily is not None and before.item is not None:
        parts.append(_went(reader, before.daily, before.item, today))
    return lines(*parts)


def _went(reader: Reader, daily: Daily, item: Item, today: date) -> str:
    day = _day_before(daily.day, today)
    if daily.state == "withdrawn":
        return say(
            reader, "{day}'s question was withdrawn: full points for all who answered.", day=day
        )
    if daily.state != "closed" or daily.asked is None:
        return ""
    answer = md(_short_key(item, daily))
    if not daily.answered:
        return say(reader, "{day}: nobody answered. It was {answer}.", day=day, answer=answer)
    return say(
        reader,
        "{day}: {right} of {all} right, answer {answer}.",
        day=day,
        right=daily.right,
        all=daily.answered,
        answer=answer,
    )


def _short_key(item: Item, daily: Daily) -> str:
    """The letters of what is right, or the typed answer."""
    match item.body:
        case Choice(options=options) if daily.asked:
            rights = tuple(n for n, option in enumerate(options) if option.right)
            return shown.letters(item, daily.asked, rights)
        case Number(answer=answer, unit=unit):
            return say(Reader(), "{answer} {unit}", answer=answer, unit=unit).strip()
        case Short(answers=answers):
            return say(Reader(), "{answer}", answer=answers[0])
        case _:
            return "in the thread"


def _skipped(reader: Reader, why: str, skipped: tuple[Daily, ...], today: date) -> str:
    """Dates in a row that were left out for the same reason."""
    empty = why == "empty"
    if len(skipped) == 1:
        sentence = (
            "{day}'s was left out: I had no question that fits here."
            if empty
            else "{day}'s was skipped: I was not running at the time."
        )
        return say(reader, sentence, day=_day_before(skipped[0].day, today))
    sentence = (
        "{n} were left out ({first} to {last}): I had no question that fits here."
        if empty
        else "{n} were skipped ({first} to {last}): I was not running at the time."
    )
    first, last = date_words(skipped[0].day), date_words(skipped[-1].day)
    return say(reader, sentence, n=len(skipped), first=first, last=last)


def _day_before(day: date, today: date) -> str:
    """`Yesterday`, `Friday`, `3 Nov`."""
    ago = (today - day).days
    if ago == 1:
        return YESTERDAY
    return shown.FULL_DAYS[day.weekday()] if ago <= shown.NEAR_DAYS else f"{day.day} {day:%b}"
