"""A feature that answers with cards of every kind, and a store that keeps replies in memory."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace

from adapters.slack.render import message
from bot.chat.cards import (
    Button,
    Card,
    Choice,
    Field,
    File,
    Form,
    Link,
    Picture,
    Reply,
    Select,
    Target,
    reply,
)
from bot.chat.commands import Arg, Spec
from bot.chat.events import Command, Origin, Press
from bot.chat.tokens import Token
from bot.door import Door
from bot.features.feature import Feature, Kit, Mistake
from tests.adapters.slack.wire import Shown, Wire

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
PROMPT = "What does `SELECT *` return?\n\n```sql\nSELECT * FROM a_b;\n```\n\nA) All\nB) None"
QUESTION = Card(
    view="question-single",
    title="1 of 2 · Selecting · junior",
    text=PROMPT,
    rows=(
        (Button("A", "pick:q1:A"), Button("B", "pick:q1:B")),
        (Button("Type", "!type:q1", "primary"), Button("⋯", "more:q1", "danger")),
    ),
)
VERDICT = Card(
    view="verdict",
    title="✓ Right: A",
    text="**Rule:** a star names every column.",
    rows=((Button("Next", "next:q1", "primary"),),),
    links=(Link("PostgreSQL docs 7.3", "https://www.postgresql.org/docs/16/queries.html"),),
    note="Back on Thursday.",
    tone="good",
)
FIELD = Field(id="answer", label="Your answer", hint="A word", limit=100)
FORM = Form(view="form", token="!type:q1", title="Selecting · junior", text=PROMPT, fields=(FIELD,))
SETTINGS = Card(
    view="settings",
    title="Settings",
    text="Your day ends 04:00.",
    rows=((Button("Change", "!change"),),),
    select=Select("level", "Level", (Choice("Junior", "junior"), Choice("Mid", "mid")), "mid"),
)
CHANGE = Form(
    view="form-day",
    token="!change",
    title="When your day ends, in your own words",
    fields=(
        Field(id="hour", label="Hour", kind="select", start="4",
              choices=(Choice("02:00", "2"), Choice("04:00", "4"))),
        Field(id="rest", label="Rest days", kind="checkboxes", required=False,
              choices=(Choice("Saturday", "sat"), Choice("Sunday", "sun"))),
        Field(id="why", label="Why", kind="long", required=False),
    ),
)  # fmt: skip
BOARD = Card(
    view="leaderboard",
    title="This week",
    text="```\n 1  Ada      43\n```",
    rows=((Button("Show in channel", "public"), Button("Last week", "board:last")),),
)


def _quiz(event: Command, _tx: Any, _kit: Kit) -> Reply:
    words = event.args.get("words", "")
    if words == "broken":
        raise RuntimeError("a fault of ours")
    if words == "wrong":
        raise Mistake("There is no area `wrong`. Did you mean `word`?")
    if words == "silent":
        return Reply()
    return reply(QUESTION)


def _card(card: Card) -> Callable[..., Reply]:
    return lambda *_: reply(card)


def _typed(press: Press, _token: Token, _tx: Any, _kit: Kit) -> Reply:
    if not press.typed("answer").strip():
        return Reply(errors={"answer": "Write something first."})
    return reply(VERDICT)


def _changed(press: Press, _token: Token, _tx: Any, _kit: Kit) -> Reply:
    said = f"{press.typed('hour')} {','.join(press.values.get('rest', ()))}"
    return reply(Card(view="settings", title="Settings", text=f"Changed: {said}"))


def _leveled(press: Press, _token: Token, _tx: Any, _kit: Kit) -> Reply:
    return reply(Card(view="settings", title="Settings", text=f"Level {press.typed('value')}"))


def _to(press: Press, token: Token, _tx: Any, _kit: Kit) -> Reply:
    target: Target = token.part(0)  # type: ignore[assignment]
    return reply(Card(view="aimed", text=f"Aimed at {target}", to=target))


def _form(token: Token, _tx: Any, _kit: Kit) -> Form:
    if token.part(0) == "gone":
        raise Mistake("This question is gone. Begin afresh with `/quiz`.")
    return CHANGE if token.verb == "change" else FORM


PROGRESS = Card(
    view="progress",
    title="Progress",
    text="Streak 12.",
    picture=Picture(PIXEL, "A line that rises", "_-^"),
    rows=(
        (
            Button("Review", "start:review"),
            Button("Settings", "settings"),
            Button("Take", "export"),
        ),
    ),
)
EXPORT = Card(view="export", text="Everything.", file=File("sparring.json", "{}"))
APART = replace(EXPORT, to="private")
LOCK = Card(view="chosen", text="You chose A.", rows=((Button("Lock in", "next:q1"),),))
FEATURE = Feature(
    commands=(
        Spec(name="quiz", about="Five questions", usage="quiz [areas]", top=True,
             args=(Arg(name="words", kind="words", about="Areas"),)),
        Spec(name="leaderboard", about="Who leads", usage="leaderboard [period]", top=True,
             args=(Arg(name="period", kind="words", about="Which"),)),
        Spec(name="progress", about="Your streak", usage="progress", top=True),
        Spec(name="settings", about="Settings", usage="settings"),
        Spec(name="export", about="Everything", usage="export"),
        Spec(name="where", about="Whose", usage="where #channel",
             args=(Arg(name="channel", kind="channel", about="Which"),)),
    ),
    on_command={
        "quiz": _quiz,
        "leaderboard": _card(BOARD),
        "progress": _card(PROGRESS),
        "settings": _card(SETTINGS),
        "export": _card(EXPORT),
        "where": lambda event, *_: reply(Card(view="where", text=event.args["channel"])),
    },
    on_press={
        "pick": _card(VERDICT),
        "next": _card(QUESTION),
        "more": _card(QUESTION),
        "start": _card(QUESTION),
        "type": _typed,
        "change": _changed,
        "level": _leveled,
        "settings": _card(SETTINGS),
        "board": _card(BOARD),
        "public": _card(Card(view="leaderboard-public", title="This week", to="place")),
        "lock": _card(LOCK),
        "export": _card(APART),
        "to": _to,
        "aside": _to,
    },
    on_form={"type": _form, "change": _form},
)  # fmt: skip


class Kept:
    """
    Replies by key, as a database keeps them.

    `ran` lists the events that were worked on; while `hold` is set, work waits for it.
    """

    def __init__(self) -> None:
        self.ran: list[Origin] = []
        self.hold: asyncio.Event | None = None
        self._replies: dict[str, Reply] = {}

    async def run(self, origin: Origin, work: Callable[[Any], Reply], *, quiz: str = "") -> Reply:
        if self.hold:
            await self.hold.wait()
        if origin.key not in self._replies:
            self._replies[origin.key] = work(SimpleNamespace(origin=origin))
            self.ran.append(origin)
        return self._replies[origin.key]

    async def look(self, origin: Origin, work: Callable[[Any], Any], *, quiz: str = "") -> Any:
        if self.hold:
            await self.hold.wait()
        return work(SimpleNamespace(origin=origin))


def door(store: Kept, feature: Feature = FEATURE) -> Door:
    """The core over that store."""
    bank: Any = lambda _community: None  # noqa: E731 - a bank nobody asks
    numbers = iter(f"bug{n:05d}" for n in range(1000))
    kit = Kit(bank=bank, rng=random.Random, new_id=lambda: next(numbers), words=())
    return Door(store, (feature,), kit)  # type: ignore[arg-type]  # the part of a store it needs


def daily(wire: Wire, *buttons: Button, place: str = "C1") -> Shown:
    """A post of the bot that stands in a channel."""
    card = Card(view="daily", title="Daily", text="A) or B)?", rows=(buttons,))
    shown = Shown("message", wire.stamp(), place, message(card) | {"channel": place})
    wire.shown[shown.id] = shown
    wire.happened.append(shown.id)
    return shown
