"""The report of an interview on one screen, and its line in `/progress`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from bot.chat.cards import Button, Card
from bot.chat.fitting import cut
from bot.chat.say import Reader, count, lines, paragraphs, say
from bot.chat.text import plain, spoken
from bot.chat.tokens import make
from bot.days import local
from bot.grading.verdict import PointSeen
from bot.store.rows import Asked, Quiz
from bot.views import shown
from questions.areas import Areas
from questions.model import Item
from questions.roles import BY_SLUG

WIDE = 48  # characters of a point
LISTED = 3  # points not heard of one answer; all of them stand behind its button
MARKS = {"covered": "✓", "partly": "~", "missing": "-"}
SURE = {"sure": "you were sure", "think": "you thought so", "guess": "a guess"}


class Reported(Struct, frozen=True):
    """An interview with its questions; None for one that is no longer kept."""

    quiz: Quiz
    items: tuple[Item | None, ...]
    areas: Areas


class Points(Struct, frozen=True):
    """How many points there were, and how many of them were covered and touched."""

    covered: int
    partly: int
    total: int


def points(quiz: Quiz) -> Points:
    """The points of all questions that were answered; Don't know covers none of its points."""
    every = [point for one in quiz.asked for point in _seen(one)]
    marks = [point.seen for point in every]
    return Points(marks.count("covered"), marks.count("partly"), len(every))


def _seen(asked: Asked) -> tuple[PointSeen, ...]:
    return asked.verdict.points if asked.verdict else ()


def card(reader: Reader, reported: Reported) -> Card:
    """The report: what was heard of each answer, where one was sure and wrong, what to learn."""
    quiz = reported.quiz
    got = points(quiz)
    answered = [n for n, one in enumerate(quiz.asked) if one.verdict]
    opens = (Button(f"Answer {n + 1}", make("spoken", f"{quiz.id}.{n}", 0)) for n in answered)
    return Card(
        view="interview-report",
        title=f"Interview · {_role(quiz)} · {_day(quiz.started, reader)}",
        text=paragraphs(
            _score(reader, quiz, got, len(answered)),
            *(_question(reader, reported, n) for n in answered),
            lines(*_told(reader, reported)),
            say(reader, "I go by words. The model answer and what you said are one press away.")
            if got.total
            else "",
        ),
        rows=(
            *((tuple(opens),) if answered else ()),
            (Button("Another interview", make("interview-roles")),),
        ),
        tone="good" if 2 * got.covered > got.total else "plain",
    )


def _role(quiz: Quiz) -> str:
    role = BY_SLUG.get(quiz.words)
    return role.title if role else quiz.title


def _day(when: datetime, reader: Reader) -> str:
    day = local(when, reader.zone)
    return f"{day.day} {day:%b}"


def _score(reader: Reader, quiz: Quiz, got: Points, answered: int) -> str:
    if not answered:
        return say(reader, "No answer this time. Nothing is lost.")
    partly = say(reader, ", {n} partly", n=got.partly) if got.partly else ""
    early = (
        say(reader, " Stopped after {n} of {all}.", n=answered, all=len(quiz.asked))
        if answered < len(quiz.asked)
        else ""
    )
    heard = say(reader, "**{n} of {all} points heard**", n=got.covered, all=got.total)
    return f"{heard}{partly}.{early}"


def _question(reader: Reader, reported: Reported, number: int) -> str:
    """One answer: its topic, how sure one was, its points; those covered are only counted."""
    asked = reported.quiz.asked[number]
    seen = _seen(asked)
    unknown = asked.verdict is not None and asked.verdict.mark == "unknown"
    how = "you did not know" if unknown else SURE.get(asked.sure, "")
    head = say(
        reader,
        "**{n}. {topic}**{how}",
        n=number + 1,
        topic=_topic(reported, number),
        how=f" · {how}" if how else "",
    )
    covered = sum(point.seen == "covered" for point in seen)
    said = say(reader, "✓ {n}", n=count(covered, "point", "points")) if covered else ""
    return lines(head, said, *_left(reader, asked, unknown=unknown))


def _left(reader: Reader, asked: Asked, *, unknown: bool) -> Iterator[str]:
    """The points that were touched, then those not seen, as many as a screen has room for."""
    left = [(n, one) for n, one in enumerate(_seen(asked)) if one.seen != "covered"]
    left.sort(key=lambda pair: (pair[0] not in asked.claimed, pair[1].seen != "partly"))
    listed = 0 if unknown else LISTED
    yield from (_point(reader, asked, n, point) for n, point in left[:listed])
    if more := len(left) - len(left[:listed]):
        points = count(more, "point", "points")
        sentence = "- {n} not heard" if unknown else "- {n} more not heard"
        yield say(reader, sentence, n=points)


def _point(reader: Reader, asked: Asked, number: int, point: PointSeen) -> str:
    yours = say(reader, " (yours)") if number in asked.claimed else ""
    return f"{MARKS[point.seen]} {plain(cut(spoken(point.point), WIDE))}{yours}"


def _topic(reported: Reported, number: int) -> str:
    item = reported.items[number]
    return shown.topic(reported.areas, item.area, item.topic) if item else "A question now gone"


def _told(reader: Reader, reported: Reported) -> Iterator[str]:
    asked = reported.quiz.asked
    sure = [n for n, one in enumerate(asked) if one.sure == "sure" and one.verdict]
    wrong = [n for n in sure if _wrong(asked[n])]
    if wrong:
        names = "; ".join(_topic(reported, n) for n in wrong)
        yield say(reader, "**Sure, and it was not so:** {names}.", names=names)
    elif sure:
        yield say(reader, "Where you were sure, you were not wrong.")
    for point in (point for one in asked for point in _seen(one) if point.vetoed):
        yield say(reader, 'Against it: "{said}"', said=cut(point.vetoed, WIDE))
    if claims := sum(len(one.claimed) for one in asked):
        yield say(
            reader,
            "Yours: {n} you say you said, kept apart from the score.",
            n=count(claims, "point", "points"),
        )
    if learn := _learn(reported):
        yield say(reader, "**Next to learn:** {names}.", names="; ".join(learn))


def _wrong(one: Asked) -> bool:
    vetoed = any(point.vetoed for point in _seen(one))
    return vetoed or (one.verdict is not None and one.verdict.mark == "wrong")


def _learn(reported: Reported) -> tuple[str, ...]:
    """Topics of which not all was heard, the least known first."""
    rated = [
        (one.verdict.credit, n)
        for n, one in enumerate(reported.quiz.asked)
        if one.verdict and not one.verdict.right
    ]
    return tuple(dict.fromkeys(_topic(reported, n) for _, n in sorted(rated)))


def line(reader: Reader, quiz: Quiz) -> str:
    """`Interview of 22 Nov (Backend developer): 6 of 15 points.`, or that it waits."""
    day = _day(quiz.started, reader)
    if quiz.state == "waiting":
        return say(
            reader,
            "Interview of {day} ({role}): waits at question {n} of {all}.",
            day=day,
            role=_role(quiz),
            n=quiz.at + 1,
            all=len(quiz.asked),
        )
    got = points(quiz)
    return say(
        reader,
        "Interview of {day} ({role}): {n} of {all} points.",
        day=day,
        role=_role(quiz),
        n=got.covered,
        all=got.total,
    )


def button(quiz: Quiz) -> Button:
    """The way back to it."""
    at = f"{quiz.id}.{min(quiz.at, len(quiz.asked) - 1)}"
    label = "Go on with the interview" if quiz.state == "waiting" else "See the interview"
    return Button(label, make("interview-report", at))
