"""What is said to a person who proposes a question: the form, its mistakes, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.cards import LINES, Button, Card, Field, Form
from bot.chat.say import Reader, lines, paragraphs, say
from bot.chat.tokens import make
from bot.store.rows import Asked
from bot.views import explained, question, shown
from questions.areas import Area, Areas
from questions.model import Item

TOPICS = 6  # topics of an area that are named
SEND = make("propose", form=True)


def invitation(reader: Reader, waiting: int) -> Card:
    """How a question is proposed, with the button that opens the form."""
    rules = (
        say(reader, "- One question that ends with a question mark, and 3 to 6 short options."),
        say(reader, "- One option is right: the first, or the one you mark with a star."),
        say(reader, "- One line for each option that says why it is right or wrong."),
        say(reader, "- One source: a standard, an official manual or a paper, by https."),
    )
    head = say(reader, "Write a question for this community. An admin reads it before it is asked.")
    open_ = say(reader, "{n} of yours wait for an admin.", n=waiting) if waiting else ""
    return Card(
        view="propose",
        title=say(reader, "Propose a question"),
        text=paragraphs(head, lines(*rules), open_),
        rows=((Button("Write it", SEND, "primary"),),),
    )


def form(reader: Reader) -> Form:
    """The five fields of a proposed question."""
    fields = (
        Field(
            id="question",
            label="Question",
            kind="long",
            limit=900,
            hint=say(reader, "Ends with a question mark; code between backticks"),
        ),
        Field(
            id="options",
            label="Options, one a line",
            kind="long",
            limit=600,
            until=LINES,
            hint=say(reader, "The right one first, or marked with * before it"),
        ),
        Field(
            id="why",
            label="Why right or wrong, one line for each",
            kind="long",
            limit=1500,
            until=LINES,
            hint=say(reader, "In the order of the options"),
        ),
        Field(
            id="source",
            label="Source",
            limit=300,
            hint=say(reader, "https://docs.python.org/3/library/asyncio-task.html"),
        ),
        Field(
            id="about",
            label="Topic and level",
            limit=80,
            hint=say(reader, "Such as: isolation levels senior"),
        ),
    )
    return Form(view="form-propose", token=SEND, title="Propose a question", fields=fields)


def proposed(reader: Reader, item: Item, areas: Areas, *, more: bool) -> Card:
    """The proposal as it was understood; only its author sees it."""
    asked = Asked(ref=item.ref, type=item.type, order=shown.authored(item))
    thanks = say(reader, "Thank you. An admin decides; I tell you what becomes of it.")
    topic = shown.topic(areas, item.area, item.topic)
    return Card(
        view="proposed",
        title=say(reader, "{topic} · {level}", topic=topic, level=item.level),
        text=paragraphs(thanks, explained.whole(reader, item, asked)),
        note=say(reader, "Source: {title}", title=item.sources[0].title),
        rows=((Button("Write another", SEND),),) if more else (),
    )


def decided(reader: Reader, item: Item, *, accepted: bool, why: str) -> Card:
    """What became of a proposal, for whoever made it."""
    took = say(reader, "**Accepted.** Your question may be drawn in the community from now on:")
    left = say(reader, "**Not taken:** {why}", why=" ".join(why.split()))
    said = paragraphs(took if accepted else left, question.prompt(item))
    return Card(view="proposal-decided", title=say(reader, "Your question"), text=said)


def alone(reader: Reader) -> str:
    """A direct conversation has no admin and nobody else to ask."""
    return say(reader, "Questions are proposed to a community. Type it in one of its channels.")


def enough(reader: Reader, most: int) -> str:
    """Too many of this person's proposals wait."""
    return say(
        reader, "{n} of your questions wait for an admin. Propose more once they are read.", n=most
    )


def there_is_nothing(reader: Reader) -> str:
    """A required field without a word."""
    return say(reader, "Write something here.")


def address_elsewhere(reader: Reader) -> str:
    """An address outside the field for it."""
    return say(reader, "Addresses stand under Source alone, or as code between backticks.")


def lines_differ(reader: Reader, options: int, reasons: int) -> str:
    """Not one reason for each option."""
    return say(
        reader,
        "{options} options and {reasons} lines: write one line for each, in the same order.",
        options=options,
        reasons=reasons,
    )


def starred(reader: Reader, stars: int) -> str:
    """More than one option is marked as the right one."""
    return say(reader, "{n} options are marked with a star: exactly one is right.", n=stars)


def no_address(reader: Reader) -> str:
    """What was typed is no https address."""
    return say(reader, "I need one https address without spaces.")


def not_primary(reader: Reader, host: str) -> str:
    """An address that is on no list of standards and manuals."""
    return say(
        reader,
        "I do not know {host} as a standard, an official manual or a paper. Name the page there "
        "that says so.",
        host=host,
    )


def which_topic(reader: Reader, areas: Areas, area: Area | None, near: Sequence[str]) -> str:
    """No topic was named, or an area with several."""
    if area is not None:
        some = ", ".join(topic.slug.replace("-", " ") for topic in area.topics[:TOPICS])
        return say(reader, "Name one topic of {area}: {some}.", area=area.title, some=some)
    if near:
        return say(reader, "Which topic? Such as {some}.", some=", ".join(near))
    first = areas.areas[0].topics[0].slug.replace("-", " ")
    return say(reader, "Name one topic and a level, such as {some} mid.", some=first)


def known(reader: Reader) -> str:
    """The same question was proposed before."""
    return say(reader, "This question has been proposed already.")
