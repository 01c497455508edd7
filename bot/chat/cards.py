"""What goes out in answer to an event: cards and forms, which every adapter can draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from bot.chat.charts import Chart
from bot.chat.decks import Deck

Tone = Literal["plain", "good", "near", "bad"]
Target = Literal["replace", "private", "place", "thread"]
Style = Literal["plain", "primary", "danger"]
FieldKind = Literal["text", "long", "select", "checkboxes"]


class Button(Struct, frozen=True):
    """A word (at most 34 characters) that presses `token`."""

    label: str
    token: str
    style: Style = "plain"


class Choice(Struct, frozen=True):
    """One entry of a select or of checkboxes: label <= 75, value <= 100 characters."""

    label: str
    value: str
    description: str = ""


class Select(Struct, frozen=True):
    """A menu of 1 to 25 choices; the chosen value arrives as `values['value']`."""

    token: str
    placeholder: str
    choices: tuple[Choice, ...]
    chosen: str = ""


class Link(Struct, frozen=True):
    """The only way an address gets into a message: ours, https, never from a user."""

    label: str
    url: str


class Picture(Struct, frozen=True):
    """A PNG with the words that say the same; `text` is its drawing in plain characters.

    Views give the `chart`; its `png` is drawn where the card leaves the core (`bot.made`).
    """

    png: bytes
    alt: str
    text: str = ""
    chart: Chart | None = None


class File(Struct, frozen=True):
    """A file that goes with a card, to one person alone.

    It holds its `text`, or a `deck` that is packed into `data` where the card leaves the core.
    """

    name: str
    text: str = ""
    media: str = "text/plain"
    deck: Deck | None = None
    data: bytes = b""

    @property
    def content(self) -> bytes:
        """What is in it."""
        return self.data or self.text.encode("utf-8", "replace")


class Card(Struct, frozen=True, kw_only=True):
    """One message.

    `view` names the view that made it (for tests and logs), `title` is plain text, `text` is in
    the subset of `bot.chat.text`, `rows` are rows of at most five buttons, `note` is small print.
    `to` says where it goes: `replace` takes the place of the message that was pressed (of a
    command: a new private message).
    """

    view: str
    title: str = ""
    text: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()
    select: Select | None = None
    links: tuple[Link, ...] = ()
    note: str = ""
    tone: Tone = "plain"
    picture: Picture | None = None
    file: File | None = None
    to: Target = "replace"

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order."""
        return tuple(button for row in self.rows for button in row)


LINES = "\n"  # ends no line: as `until`, a field of as many lines as are typed


class Field(Struct, frozen=True, kw_only=True):
    """One input of a form.

    `label` <= 45, `hint` <= 100, `limit` in characters (<= 3,000), `start` is its first value.
    Where a field is read line by line, one that ends with `until`, or an empty one, is its last;
    with `LINES` the empty one alone.
    """

    id: str
    label: str
    kind: FieldKind = "text"
    hint: str = ""
    limit: int = 1000
    start: str = ""
    required: bool = True
    choices: tuple[Choice, ...] = ()
    until: str = ""


class Form(Struct, frozen=True, kw_only=True):
    """A dialog of 1 to 5 fields; `text` stands above them; sending it presses `token`."""

    view: str
    token: str
    title: str
    fields: tuple[Field, ...]
    text: str = ""
    submit: str = "Send"


class Job(Struct, frozen=True):
    """Work too slow for a transaction; the door runs it and presses `token` with its result."""

    kind: str
    token: str
    payload: Mapping[str, str] = {}


class Reply(Struct, frozen=True):
    """The answer to an event.

    With `errors` (by field id) the form stays open and nothing has happened.
    """

    cards: tuple[Card, ...] = ()
    errors: Mapping[str, str] = {}
    jobs: tuple[Job, ...] = ()


def reply(*cards: Card) -> Reply:
    """A reply of these cards alone."""
    return Reply(cards=cards)
