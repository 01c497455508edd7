"""A daily as one person sees it: the question in private, what was chosen, the verdict."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.cards import Button, Card, Field, Form, Style
from bot.chat.say import Reader, count, lines, paragraphs, say
from bot.chat.tokens import make
from bot.store.community import Daily
from bot.store.rows import Asked
from bot.views import explained, question, shown, verdict
from bot.views.daily import (
    DONT_KNOW,
    WIDE,
    Posted,
    answer_rows,
    date_words,
    options,
    reveal_words,
    title,
)
from bot.views.desk import REASON
from bot.views.question import prompt
from questions.model import Choice, Item


class Counted(Struct, frozen=True, kw_only=True):
    """What an answer brought.

    `young` are the days until this account counts on boards, `first` that it is the first answer
    here that does; `tried` that it was given after the reveal, for no points; `withdrawn` why its
    question was withdrawn; `appeals` that a person who was refused may still say they were right.
    """

    points: int = 0
    young: int = 0
    first: bool = False
    tried: bool = False
    note: str = ""
    withdrawn: str = ""
    appeals: bool = False


def asked(reader: Reader, post: Posted, *, tried: bool = False) -> Card:
    """The question in private: to answer it, or to try it once it is closed."""
    rows = answer_rows(post, "daily-tried" if tried else "daily-pick")
    unknown = "daily-tried" if tried else "daily-unknown"
    parts = (post.daily.id, "unknown") if tried else (post.daily.id,)
    note = (
        say(reader, "For no points: this one is closed.")
        if tried
        else say(reader, "One try, private.") + reveal_words(reader, post.reveals)
    )
    return Card(
        view="daily-asked",
        title=title(post.areas, post.daily, post.item),
        text=paragraphs(prompt(post.item), options(post)),
        rows=(*rows, (Button(DONT_KNOW, make(unknown, *parts)),)),
        note=note,
    )


def chosen(reader: Reader, post: Posted, letters: str) -> Card:
    """What a press chose, and that it counts only once it is locked in."""
    things = shown.things(post.item, post.asking.asked)
    taken = [f"{one.letter}) {one.text}" for one in things if one.letter in letters]
    name = post.daily.id
    lock = Button(f"Lock in {', '.join(letters)}", make("daily-lock", name, letters), "primary")
    change = Button("Change", make("daily-show", name))
    rows: list[tuple[Button, ...]] = [(lock, change)]
    body = post.item.body
    if isinstance(body, Choice) and body.many:
        rows = [*_toggles(post, letters), (lock, change)]
    return Card(
        view="daily-chosen",
        title=title(post.areas, post.daily, post.item),
        text=paragraphs(
            say(reader, "You chose {letters}.", letters=", ".join(letters)), lines(*taken)
        ),
        rows=tuple(rows),
        note=say(reader, "Nothing counts before you lock it in."),
    )


def unknowing(reader: Reader, post: Posted) -> Card:
    """Don't know was pressed: a slip of the thumb uses up no try."""
    name = post.daily.id
    lock = Button("Lock in", make("daily-lock", name, "unknown"), "primary")
    return Card(
        view="daily-unknowing",
        title=title(post.areas, post.daily, post.item),
        text=say(reader, "You do not know it."),
        rows=((lock, Button("Change", make("daily-show", name))),),
        note=say(reader, "Nothing counts before you lock it in."),
    )


def _toggles(post: Posted, letters: str) -> list[tuple[Button, ...]]:
    """Each letter puts itself in or out; the last one that is in stays."""
    buttons = []
    for thing in shown.things(post.item, post.asking.asked):
        left = sorted(set(letters) ^ {thing.letter})
        if left:
            style: Style = "primary" if thing.letter in letters else "plain"
            token = make("daily-pick", post.daily.id, "".join(left))
            buttons.append(Button(thing.letter, token, style))
    return [tuple(buttons[at : at + WIDE]) for at in range(0, len(buttons), WIDE)]


def decided(reader: Reader, post: Posted, one: Asked, counted: Counted, now: datetime) -> Card:
    """The verdict on a person's own answer, at once, and when everybody sees the answer."""
    asking = replace(post.asking, quiz=replace(post.asking.quiz, asked=(one,)))
    base = verdict.card(reader, asking, now)
    return Card(
        view="daily-verdict",
        title=title(post.areas, post.daily, post.item),
        text=paragraphs(
            counted.note, _withdrawn(reader, counted.withdrawn), base.text, _board(reader, counted)
        ),
        rows=(_tools(post, base, counted),),
        links=base.links,
        tone=base.tone,
        note=_worth(reader, post, counted),
    )


def _withdrawn(reader: Reader, why: str) -> str:
    if not why:
        return ""
    sentence = "This question was withdrawn: {why}. You get full points."
    return say(reader, sentence, why=why.rstrip("."))


def _board(reader: Reader, counted: Counted) -> str:
    return say(reader, "You will be on the board.") if counted.first else ""


def _tools(post: Posted, base: Card, counted: Counted) -> tuple[Button, ...]:
    name = post.daily.id
    why = base.rows[0][1].label  # what the quiz calls it: the letters it is about, or Explain
    tools = [
        Button(why, make("daily-why", name)),
        Button("Report", make("daily-report", name, form=True)),
    ]
    if counted.appeals and base.tone in ("bad", "near"):
        tools.append(Button("I was right", make("appeal", name, form=True)))
    if counted.first:
        tools.insert(0, Button("Hide me", make("daily-hide", name)))
    return tuple(tools)


def _worth(reader: Reader, post: Posted, counted: Counted) -> str:
    if counted.tried:
        return say(reader, "No points: this one was closed.")
    still = post.daily.state == "open"
    when = reveal_words(reader, post.reveals).strip() if still else ""
    if counted.young:
        wait = count(counted.young, "day", "days")
        sentence = "Kept, for no points: answers of new accounts count on the board here in {wait}."
        return lines(say(reader, sentence, wait=wait), when)
    got = say(reader, "{n}.", n=count(counted.points, "point", "points"))
    return "" if counted.withdrawn else f"{got} {when}".strip()


def close(reader: Reader, post: Posted, one: Asked) -> Card:
    """Nearly: one directed question, asked once."""
    asking = replace(post.asking, quiz=replace(post.asking.quiz, asked=(one,)))
    name = post.daily.id
    return replace(
        verdict.close(reader, asking),
        view="daily-close",
        title=title(post.areas, post.daily, post.item),
        rows=(
            (
                Button("Answer", make("daily-type", name, form=True), "primary"),
                Button("That is my answer", make("daily-final", name)),
            ),
        ),
    )


def over(reader: Reader, post: Posted) -> Card:
    """A closed daily that this person did not answer."""
    name = post.daily.id
    said = say(reader, "You did not answer this one: it closed before.")
    if post.daily.state == "withdrawn":
        said = lines(
            say(reader, "This question was withdrawn: {why}.", why=post.daily.why.rstrip(".")),
            say(reader, "You had not answered it, so nothing changes for you."),
        )
        return Card(view="daily-over", title=f"Daily · {date_words(post.daily.day)}", text=said)
    return Card(
        view="daily-over",
        title=f"Daily · {date_words(post.daily.day)} · closed",
        text=said,
        rows=(
            (
                Button("Try it, no points", make("daily-try", name), "primary"),
                Button("Why", make("daily-why", name)),
            ),
        ),
    )


def explanation(reader: Reader, post: Posted, *, mine: bool) -> Card:
    """Everything there is to say of a question that this person may know."""
    base = explained.card(reader, post.asking)
    back = (Button("My answer", make("daily-mine", post.daily.id)),) if mine else ()
    name = title(post.areas, post.daily, post.item)
    return replace(base, view="daily-explained", title=name, rows=(back,) if back else ())


def form(reader: Reader, post: Posted, token: str) -> Form:
    """The form of a typed question; it repeats the whole question."""
    return replace(question.form(reader, post.asking), token=token)


def answered_form(token: str) -> Form:
    """A form for a daily that is answered or closed already: sending it shows how it stands."""
    return verdict.unanswered_form(token)


def withdraw_form(reader: Reader, daily: Daily, item: Item) -> Form:
    """What an admin says to withdraw a daily."""
    return Form(
        view="form-withdraw-daily",
        token=make("daily-withdraw", daily.id, form=True),
        title="Withdraw this question",
        text=paragraphs(
            say(
                reader,
                "The post of {day} will say why. Everybody who answered gets full points.",
                day=date_words(daily.day),
            ),
            prompt(item),
        ),
        fields=(
            Field(
                id="reason",
                label="Why? Everybody reads it",
                limit=REASON,
                hint="Such as: two options are right since PostgreSQL 18",
            ),
        ),
        submit="Withdraw",
    )


def withdrawn(reader: Reader, daily: Daily, people: int) -> Card:
    """The effect of a withdrawal."""
    who = count(people, "person gets", "people get")
    return Card(
        view="daily-withdrawn",
        title="Withdrawn",
        text=say(
            reader,
            "The posts of {day} now say: {why}. {who} full points. It is not asked here again.",
            day=date_words(daily.day),
            why=daily.why.rstrip("."),
            who=who,
        ),
        tone="good",
    )
