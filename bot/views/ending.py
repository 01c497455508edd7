"""The end of a quiz: the score, the streak, what comes back, settings asked once."""

from __future__ import annotations

from msgspec import Struct

from bot.chat.begin import start
from bot.chat.cards import Button, Card
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.chat.tokens import make
from bot.days import city
from bot.store.rows import Member, Quiz, Settings
from bot.streaks import Stand
from bot.views import shown, streak


class Ended(Struct, frozen=True):
    """What the end card says."""

    quiz: Quiz
    stand: Stand
    settings: Settings
    zone: str
    coming: tuple[str, ...]
    member: Member
    on_board: bool


def end_card(reader: Reader, ended: Ended) -> Card:
    """The score, the streak, what comes back, and the settings that were not asked yet."""
    quiz = ended.quiz
    decided = shown.answers(quiz)
    right = sum(one.right for one in decided)
    asks = _setup(reader, ended)
    board = _board(reader, ended)
    return Card(
        view="end",
        title="Done" if quiz.state == "done" else "Stopped here",
        text=paragraphs(
            lines(_score(reader, right, len(decided)), _streak(reader, ended)),
            _coming(reader, ended),
            board,
            lines(say(reader, "Make it yours, or skip:"), *(text for text, _ in asks))
            if asks
            else "",
        ),
        rows=(
            *(row for _, row in asks),
            (
                Button("Another five", start(_again(ended)), "primary"),
                Button("Pick an area", make("areas")),
                *((Button("Hide me", make("board-shown", "no")),) if board else ()),
            ),
        ),
        tone="good" if decided and right * 2 > len(decided) else "plain",
    )


def _score(reader: Reader, right: int, decided: int) -> str:
    if not decided:
        return say(reader, "No answer this time. Nothing is lost.")
    return say(reader, "**{right} of {all}.**", right=right, all=decided)


def _streak(reader: Reader, ended: Ended) -> str:
    stand = ended.stand
    told = streak.told(reader, stand.changes)
    if not stand.days:
        return told
    freezes = say(reader, " Freezes: {n} of 2.", n=stand.freezes) if stand.freezes else ""
    return lines(say(reader, "Streak: day {n}.", n=stand.days) + freezes, told)


def _coming(reader: Reader, ended: Ended) -> str:
    if not ended.coming:
        return ""
    return say(reader, "Coming back: {topics}.", topics=", ".join(ended.coming))


def _board(reader: Reader, ended: Ended) -> str:
    if not ended.on_board or ended.member.told or reader.platform == "terminal":
        return ""
    how = shown.command(reader, "leaderboard")
    return say(reader, "Right answers put you on this community's board: `{how}`.", how=md(how))


def _again(ended: Ended) -> str:
    return ended.quiz.words if len(ended.quiz.words) <= 50 else ""  # noqa: PLR2004 - a token's room


Row = tuple[str, tuple[Button, ...]]


def _setup(reader: Reader, ended: Ended) -> list[Row]:
    asked = ended.settings.asked
    rows = {
        "day": _day(reader, ended),
        "level": _level(reader, ended),
        "remind": _remind(reader, ended),
    }
    return [row for name, row in rows.items() if name not in asked]


def _day(reader: Reader, ended: Ended) -> Row:
    hour = f"{ended.settings.day_start:02d}"
    text = say(reader, "Your day ends {hour}:00, {city}.", hour=hour, city=city(ended.zone))
    return text, (
        Button("The day is right", make("setup", f"{ended.quiz.id}.0", "day", "ok")),
        Button("Change day", make("set", "zone", form=True)),
    )


def _level(reader: Reader, ended: Ended) -> Row:
    levels = (("Junior", "junior"), ("Mid", "mid"), ("Senior", "senior"), ("By my answers", "none"))
    at = f"{ended.quiz.id}.0"
    return say(reader, "Which level are you preparing for?"), tuple(
        Button(label, make("setup", at, "level", value)) for label, value in levels
    )


def _remind(reader: Reader, ended: Ended) -> Row:
    at = f"{ended.quiz.id}.0"
    return say(reader, "Shall I remind you daily at 18:00?"), (
        Button("Remind me", make("setup", at, "remind", "18.00")),
        Button("No reminder", make("setup", at, "remind", "no")),
    )


def paused(reader: Reader, quiz: Quiz) -> Card:
    """The score so far of a quiz that stays open."""
    decided = shown.answers(quiz)
    right = sum(one.right for one in decided)
    how = md(shown.command(reader, "quiz"))
    so_far = say(reader, "So far {right} of {n}. ", right=right, n=len(decided)) if decided else ""
    return Card(
        view="paused",
        title="Kept for later",
        text=so_far + say(reader, "`{how}` goes on from here.", how=how),
    )
