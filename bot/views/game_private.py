"""What one person alone sees of a game: whispers, the form of several letters, their answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.cards import Button, Card, Choice, Field, Form
from bot.chat.fitting import cut
from bot.chat.say import Reader, count, lines, md, paragraphs, say
from bot.chat.text import spoken
from bot.chat.tokens import make
from bot.days import city
from bot.store.community import Game
from bot.store.rows import Answer
from bot.store.scores import Rank
from bot.views import places, shown
from bot.views import quiz as quiz_views
from bot.views.game import Round, body, letters, title
from bot.views.question import FORM_TITLE
from questions.asked import Asked as Said
from questions.model import Choice as Choices
from questions.words import Nothing, Unsure

LABEL = 75  # characters of a box's label


class Own(Struct, frozen=True):
    """One question of a person's game; no answer where they gave none."""

    asked: Round
    answer: Answer | None
    points: int


def starting(reader: Reader, said: Said, number: int, wanted: int) -> Card:
    """The game begins; fewer questions than were asked for are said."""
    few = say(reader, "There are no more than {n} of that kind.", n=number)
    begins = say(
        reader,
        "A game of {n} begins in this channel. Whoever presses a letter plays.",
        n=count(number, "question", "questions"),
    )
    return Card(
        view="game-starting",
        text=lines(quiz_views.read_as(reader, said), begins, few if number < wanted else ""),
        to="private",
    )


def running(reader: Reader, game: Game) -> Card:
    """One game a place: where the running one is."""
    text = say(
        reader,
        "A game is running in this channel: question {n} of {total}, started by {who}. "
        "Press a letter on its message to join; another can begin when it is over.",
        n=game.at + 1,
        total=len(game.asked),
        who=game.starter_name or "somebody",
    )
    return Card(view="game-running", text=text, tone="near", to="private")


def taken(reader: Reader, chosen: str, took: timedelta, *, new: bool, young: int) -> Card:
    """An answer is in: how quickly, never whether it is right."""
    sentence = "{letters} are in, {took}." if ", " in chosen else "{letters} is in, {took}."
    board = say(reader, "You will be on the board.") if new else ""
    days = count(young, "day", "days")
    waits = say(reader, "Your account is young: points count here in {days}.", days=days)
    hide = ((Button("Hide me", make("board-shown", "no")),),) if new else ()
    return Card(
        view="game-taken",
        text=lines(
            say(reader, sentence, letters=chosen, took=seconds(took)),
            board,
            waits if young else "",
        ),
        rows=hide,
        to="private",
    )


def seconds(took: timedelta) -> str:
    """`4.2 s`."""
    return f"{took.total_seconds():.1f} s"


def form(reader: Reader, asked: Round) -> Form:
    """The question with a box for each option."""
    things = shown.things(asked.item, asked.asked)
    boxes = tuple(Choice(cut(f"{t.letter}) {spoken(t.text)}", LABEL), t.letter) for t in things)
    return Form(
        view="form-game",
        token=make("game-choose", asked.game.id, asked.n, form=True),
        title=cut(title(asked), FORM_TITLE),
        text=paragraphs(body(asked), say(reader, "The time runs on.")),
        fields=(Field(id="picks", label="Choose all that hold", kind="checkboxes", choices=boxes),),
    )


def mine(reader: Reader, own: Sequence[Own], rank: Rank, people: int, *, hidden: bool) -> Card:
    """What I chose and what is right, question by question, and where I stand."""
    place = say(
        reader,
        "You: rank {rank} of {people} with {points}.",
        rank=rank.rank,
        people=people,
        points=count(rank.points, "point", "points"),
    )
    unseen = say(reader, "Others do not see your name: you are hidden here.") if hidden else ""
    missed = any(one.answer and not one.answer.verdict.right for one in own)
    back = md(shown.command(reader, "review"))
    comes = say(reader, "What you missed comes back in `{back}`.", back=back) if missed else ""
    return Card(
        view="game-mine",
        title="My answers",
        text=paragraphs(lines(*(_own(reader, one) for one in own)), lines(place, unseen, comes)),
        to="private",
    )


def _own(reader: Reader, one: Own) -> str:
    """`✓ 1. Isolation levels: C, 9 points`."""
    asked = one.asked
    topic = shown.topic(asked.areas, asked.item.area, asked.item.topic)
    options = asked.item.body.options if isinstance(asked.item.body, Choices) else ()
    rights = tuple(index for index, option in enumerate(options) if option.right)
    known = {
        "n": asked.n + 1,
        "topic": topic,
        "right": letters(asked, rights),
        "points": count(one.points, "point", "points"),
    }
    if one.answer is None:
        return say(reader, "· {n}. {topic}: not answered, right is {right}", **known)
    given = letters(asked, one.answer.response.picks)
    if one.answer.verdict.right:
        return say(reader, "✓ {n}. {topic}: {given}, {points}", given=given, **known)
    cost = ", {points}" if one.points else ""
    return say(reader, "✗ {n}. {topic}: {given}, right is {right}" + cost, given=given, **known)


def stopped(reader: Reader) -> Card:
    """To whoever stopped it."""
    text = say(reader, "Stopped. The points of this game stay.")
    return Card(view="game-stopped", text=text, to="private")


def unshown(reader: Reader, game: Game, why: str) -> Card:
    """To whoever started it: the channel does not take the game's message."""
    sentence = "I could not show your game in {place}, and it is over there: {why}."
    silent = "the platform took nothing for too long"
    said = silent if why in ("", "late", "tried too often") else why.rstrip(".")
    return Card(
        view="game-unshown",
        title=say(reader, "Your game could not be shown"),
        text=lines(
            say(reader, sentence, place=places.name(reader, game.place), why=said),
            say(reader, "Answers that were in count."),
        ),
        tone="near",
    )


def lacks(reader: Reader, missing: Sequence[str]) -> str:
    """A game cannot begin where I may not post it."""
    rows = (say(reader, "- {one}", one=one) for one in missing)
    return lines(say(reader, "No game can begin here. What I lack first:"), *rows)


def over(reader: Reader) -> str:
    """The game is over."""
    how = md(shown.command(reader, "together"))
    return say(reader, "This game is over. `{how}` begins another.", how=how)


def question_over(reader: Reader, n: int) -> str:
    """The question is over."""
    return say(reader, "Question {n} is over. The next one is on its way.", n=n + 1)


def not_yet(reader: Reader) -> str:
    """The platform has not said yet that the question stands."""
    return say(reader, "The question is only just arriving, nothing is counted. Press again.")


def late(reader: Reader, by: timedelta) -> str:
    """Pressed after the time."""
    return say(reader, "Too late by {by}.", by=seconds(max(by, timedelta(seconds=0.1))))


def already(reader: Reader, chosen: str) -> str:
    """The first answer counts."""
    return say(reader, "You chose {letters}, and your first answer counts.", letters=chosen)


def no_letter(reader: Reader, said: str) -> str:
    """There is no such letter."""
    return say(reader, "There is no {letters} here. Press one of those shown.", letters=said[:10])


def choose_some(reader: Reader) -> str:
    """Nothing was chosen."""
    return say(reader, "Choose at least one.")


def not_yours(reader: Reader, starter: str) -> str:
    """Others may not stop it."""
    return say(reader, "Only {who} or an admin can stop this game.", who=starter or "its starter")


def not_played(reader: Reader) -> str:
    """No answers of this person."""
    return say(reader, "You have no answer in this game. The next one is open to you.")


def elsewhere(reader: Reader) -> str:
    """A game wants company."""
    how = md(shown.command(reader, "together"))
    return say(reader, "A game needs others. Type `{how}` in a channel.", how=how)


def admins_start(reader: Reader) -> str:
    """Only admins may begin one here."""
    return say(reader, "In this channel only admins start games. Ask one of them to.")


def quiet(reader: Reader, since: str, until: str, zone: str) -> str:
    """Quiet hours."""
    return say(
        reader,
        "No game begins here from {since} to {until}, {city}. After that, gladly.",
        since=since,
        until=until,
        city=city(zone),
    )


def presses_only(reader: Reader, types: Sequence[str]) -> str:
    """Only what is answered by a press."""
    return say(
        reader,
        "In a game everybody presses: I ask single, output and multi there, not {types}.",
        types=", ".join(types),
    )


def nothing(reader: Reader, said: Said) -> str:
    """No such questions."""
    return say(
        reader,
        "I have no {level}question{where} that fits a game. `{how}` asks a bit of everything.",
        level=f"{said.level} " if said.level else "",
        where=f" in {quiz_views.title(said)}" if said.targets else "",
        how=md(shown.command(reader, "together")),
    )


def not_understood(reader: Reader, said: Said) -> str:
    """Ask back, with the nearest three where there are any."""
    return lines(*(_problem(reader, said, one) for one in said.problems))


def _problem(reader: Reader, said: Said, problem: object) -> str:
    match problem:
        case Unsure(words=words, nearest=nearest):
            near = [f"`{shown.command(reader, 'together', one.slug)}`" for one in nearest]
            sentence = "I am not sure what {words} is. Did you mean {names}?"
            return say(reader, sentence, words=words[:60].strip(), names=md(shown.either(near)))
        case Nothing(words=words):
            how = md(shown.command(reader, "together"))
            sentence = "I have nothing on {words}. `{how}` asks a bit of everything."
            return say(reader, sentence, words=words[:60].strip(), how=how)
        case _:
            known = tuple(one for one in said.problems if one is problem)
            return quiz_views.not_understood(reader, replace(said, problems=known))
