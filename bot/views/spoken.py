"""An open answer looked at: each point as it was heard, what the person says, model answer."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.cards import Button, Card, Field, Form
from bot.chat.fitting import cut
from bot.chat.say import Reader, lines, paragraphs, say
from bot.chat.text import flow, plain
from bot.chat.tokens import make
from bot.grading.verdict import PointSeen
from bot.store.rows import Asked
from bot.views.question import WIDE, Asking, title
from questions.model import Item, Open

SAID = 700  # characters shown of what was said
FOLLOWED = 400
MARKS = {"covered": "✓", "partly": "~", "missing": "-"}


def card(reader: Reader, asking: Asking, note: str = "") -> Card:
    """What was heard of an answer, and all there is to compare it with."""
    return Card(
        view="spoken",
        title=title(asking),
        text=paragraphs(
            note,
            lines(say(reader, "**What I look for**"), *_numbered(reader, asking)),
            _said(reader, asking),
            *_compared(reader, asking.item),
            *_followed(reader, asking),
        ),
        rows=tuple(row for row in (*_claims(asking), _tools(asking)) if row),
    )


def _numbered(reader: Reader, asking: Asking) -> Iterator[str]:
    body = asking.item.body
    if isinstance(body, Open):
        every = points(reader, body, asking.asked)
        yield from (f"{number}. {point}" for number, point in enumerate(every, 1))


def points(reader: Reader, body: Open, asked: Asked) -> Iterator[str]:
    """The points of a rubric, each with how it was heard and what the person says of it."""
    heard = asked.verdict.points if asked.verdict else ()
    for number, point in enumerate(body.rubric):
        seen = heard[number] if number < len(heard) else None
        mark = MARKS[seen.seen] if seen else "-"
        yield f"{mark} {point.point}{_remark(reader, asked, number, seen)}"


def _remark(reader: Reader, asked: Asked, number: int, seen: PointSeen | None) -> str:
    if number in asked.claimed:
        return say(reader, " (yours: you say you said it)")
    if seen and seen.vetoed:
        return say(reader, ' (against it you said: "{said}")', said=seen.vetoed)
    return ""


def _said(reader: Reader, asking: Asking) -> str:
    text = asking.asked.response.text if asking.asked.response else ""
    if not text:
        return ""
    return lines(say(reader, "**You said**"), plain(cut(text, SAID)))


def _compared(reader: Reader, item: Item) -> Iterator[str]:
    if not isinstance(item.body, Open):
        return
    yield lines(say(reader, "**A model answer**"), flow(item.body.model_answer))
    flags = (f"- {flag}" for flag in item.body.red_flags)
    yield lines(say(reader, "**Red flags**"), *flags)


def _followed(reader: Reader, asking: Asking) -> Iterator[str]:
    """The questions of the ladder that were asked, with what was said to them."""
    for asked, said in zip(_ladder(asking), asking.asked.followed, strict=False):
        answer = plain(cut(said, FOLLOWED)) if said else say(reader, "You passed.")
        yield lines(say(reader, "**Then:** {asked}", asked=flow(asked)), answer)


def _ladder(asking: Asking) -> tuple[str, ...]:
    body = asking.item.body
    return body.follow_ups if isinstance(body, Open) else ()


def _claims(asking: Asking) -> Iterator[tuple[Button, ...]]:
    """A button for each point that was not heard in full and is not claimed yet."""
    verdict = asking.asked.verdict
    open_ones = [
        Button(f"I did say {number + 1}", asking.token("claim", number))
        for number, point in enumerate(verdict.points if verdict and asking.asked.response else ())
        if point.seen != "covered" and number not in asking.asked.claimed
    ]
    for at in range(0, len(open_ones), WIDE):
        yield tuple(open_ones[at : at + WIDE])


def _tools(asking: Asking) -> tuple[Button, ...]:
    if asking.quiz.kind == "interview":
        at = f"{asking.quiz.id}.{asking.position}"
        back = Button("Back to the report", make("interview-report", at))
    else:
        back = Button("Back", asking.token("back"))
    return (*_next_question(asking), back)


def _next_question(asking: Asking) -> tuple[Button, ...]:
    number = len(asking.asked.followed)
    if number >= len(_ladder(asking)):
        return ()
    return (Button("Ask me the follow-up", asking.token("follow", number, form=True)),)


def more(asking: Asking) -> tuple[tuple[Button, ...], ...]:
    """What stands under ⋯ of an open answer's verdict beside the rest."""
    if not isinstance(asking.item.body, Open):
        return ()
    claims = (Button("I did say that", asking.token("spoken")),) if any(_claims(asking)) else ()
    row = (*_next_question(asking), *claims)
    return (row,) if row else ()


def noted(reader: Reader) -> str:
    """A claim is kept."""
    return say(reader, "Noted as yours. The score stays as it is.")


def follow_form(reader: Reader, asking: Asking, asked: str) -> Form:
    """The next question of the ladder, answered for practice."""
    return Form(
        view="form-follow",
        token=asking.token("follow", len(asking.asked.followed), form=True),
        title="The follow-up",
        text=flow(asked),
        fields=(
            Field(
                id="answer",
                label="Your answer",
                kind="long",
                limit=2000,
                hint=say(reader, "For practice: it is kept, not marked"),
            ),
        ),
        submit="Answer",
    )
