"""A small feature that answers with cards of all kinds, behind a real door."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, TypeVar, cast

from bot.chat.cards import (
    Button,
    Card,
    Choice,
    Field,
    Form,
    Link,
    Picture,
    Reply,
    Select,
    Target,
    Tone,
    reply,
)
from bot.chat.commands import Arg, Spec
from bot.chat.events import Command, Event, Origin, Press
from bot.chat.text import plain
from bot.chat.tokens import Token, make
from bot.door import Door
from bot.features.feature import Feature, Kit, Mistake
from bot.store.protocol import Store, Tx

T = TypeVar("T")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8ffff3f0005fe02fea735810000000049454e44ae426082"
)

QUESTION = """Why this: new, and little tested so far

What does `git reflog` show?

A) The commits of all branches
B) Where HEAD has been
C) What was fetched last
D) The staged files"""

COMMANDS = (
    Spec(
        name="quiz",
        about="Practise: five questions at once",
        usage="/quiz databases",
        top=True,
        args=(
            Arg(name="words", kind="words", about="Areas, topics, a level", suggests=True),
            Arg(name="count", kind="number", about="How many questions", least=1, most=20),
        ),
    ),
    Spec(name="daily", about="Today's challenge", usage="/daily", top=True),
    Spec(
        name="leaderboard",
        about="Who is ahead",
        usage="/leaderboard week",
        top=True,
        args=(Arg(name="period", kind="choice", about="Which", choices=("day", "week", "all")),),
    ),
    Spec(name="progress", about="What you know", usage="/progress", top=True),
    Spec(
        name="challenge",
        about="The daily of this channel",
        usage="/challenge",
        admin=True,
        args=(
            Arg(name="channel", kind="channel", about="Where"),
            Arg(name="role", kind="role", about="Whom it tells"),
            Arg(name="helper", kind="person", about="Who may change it"),
            Arg(name="at", kind="time", about="When"),
        ),
    ),
    Spec(name="settings", about="Your settings", usage="/settings"),
    Spec(name="review", about="What is due", usage="/review"),
)


def question(tone: Tone = "plain", said: str = "", owner: str = "x") -> Card:
    """An open question that belongs to `owner`, or to everybody if that is `all`."""
    letters = tuple(Button(letter, make("pick", owner, letter)) for letter in "ABCD")
    tools = (
        Button("Don't know", make("pick", owner, "none")),
        Button("Hint", make("hint", owner)),
        Button("Type it", make("typed", owner, form=True), "primary"),
    )
    return Card(
        view="question",
        title="2 of 5 · The reflog · mid",
        text=QUESTION + said,
        rows=(letters, tools),
        tone=tone,
    )


def race() -> Card:
    """A question of a game: everybody presses in passing, and one token stands there twice."""
    letters = tuple(Button(one, make("race", one, passing=True)) for one in "ABCD")
    again = Button("A, sure", make("race", "A", passing=True))
    return Card(view="game", title="Question 1 of 5", text="Which?", rows=(letters, (again,)))


def verdict(letter: str) -> Card:
    right = letter == "B"
    head = "**✓ Right:** B) Where HEAD has been" if right else f"**✗ Not right:** {letter}"
    return Card(
        view="verdict",
        title="2 of 5 · The reflog · mid",
        text=f"{head}\n\nThe reflog keeps every position of HEAD for 90 days.",
        rows=((Button("Next", make("next"), "primary"), Button("Why not", make("why"))),),
        links=(Link("git-reflog, Description", "https://git-scm.com/docs/git-reflog"),),
        note="Checked: commands run in bash · Back on Thursday",
        tone="good" if right else "bad",
    )


def board(to: Target) -> Card:
    """The board with a picture."""
    return Card(
        view="board",
        title="This week · Backend Prep",
        text="1  Ada  43\n2  Ben  36",
        to=to,
        picture=Picture(PNG, "A bar for each of two people"),
        rows=((Button("Show in channel", make("show")),),),
        select=Select(
            make("period"),
            "Another period",
            (Choice("Last week", "last"), Choice("All time", "all", "since the beginning")),
        ),
    )


class Drill:
    """The feature; `events` is what reached it, in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def feature(self) -> Feature:
        presses = {
            "pick": self._pick,
            "hint": self._hint,
            "typed": self._typed,
            "next": self._next,
            "why": self._why,
            "show": self._show,
            "period": self._period,
            "silent": self._silent,
            "threads": self._threads,
            "bug": self._bug,
            "large": self._large,
            "start": self._next,
            "lock": self._lock,
            "race": self._race,
        }
        return Feature(
            commands=COMMANDS,
            on_command={spec.name: self._command for spec in COMMANDS},
            on_press=presses,
            on_form={"typed": self._form, "bug": self._no_form},
            on_suggest={"quiz/words": _areas},
        )

    def _command(self, command: Command, tx: Tx, kit: Kit) -> Reply:
        self.events.append(command)
        person = command.origin.person.partition(":")[2]
        cards = {
            "quiz": (question(owner=person),),
            "daily": (
                question(owner="all").__class__(
                    view="daily",
                    text=QUESTION,
                    rows=question(owner="all").rows,
                    to="place",
                ),
            ),
            "leaderboard": (board("replace"),),
            "progress": (board("place"), Card(view="own", text="Only for you", to="private")),
            "settings": (),
        }
        return reply(*cards.get(command.name, (Card(view="said", text=said(command)),)))

    def _pick(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        self.events.append(press)
        owner, letter = token.parts
        if owner == "all":
            lock = Button("Lock in", make("lock", letter), "primary")
            return reply(Card(view="chosen", text=f"You chose {letter}.", rows=((lock,),)))
        if press.origin.person != f"discord:{owner}":
            raise Mistake("This quiz is somebody else's. `/quiz` starts yours.")
        return reply(verdict(letter))

    def _hint(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        self.events.append(press)
        owner = token.part(0)
        return reply(
            question(said="\n\nHint: not C.", owner=owner),
            Card(view="note", text="A hint costs nothing.", to="private"),
        )

    def _typed(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        self.events.append(press)
        if press.typed("answer") == "":
            return Reply(errors={"answer": "Write a word."})
        if press.typed("answer") == "nonsense":
            return Reply(errors={"answer": "I found no number in it.", "sure": "Choose one."})
        return reply(verdict("B"))

    def _next(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        return reply(question(owner=press.origin.person.partition(":")[2]))

    def _why(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        return reply(Card(view="why", text="Because.", to="private"))

    def _show(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        return reply(Card(view="shown", text="1  Ada  43", to="place"))

    def _period(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        self.events.append(press)
        return reply(Card(view="board", text=f"Board of {press.typed('value')}"))

    def _lock(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        return reply(Card(view="locked", text=f"{token.part(0)} is locked in."))

    def _race(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        self.events.append(press)
        return reply(Card(view="raced", text=f"{token.part(0)} it is.", to="replace"))

    def _silent(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        return Reply()

    def _threads(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        return reply(Card(view="split", title="Yesterday", text="9 of 14 right", to="thread"))

    def _bug(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        raise RuntimeError("planted")

    def _large(self, press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
        return reply(Card(view="large", text="x", rows=((Button("y", "y" * 101),),)))

    def _form(self, token: Token, tx: Tx, kit: Kit) -> Form:
        if token.part(0) == "gone":
            raise Mistake("That question is over.")
        sure = Field(
            id="sure",
            label="How sure?",
            kind="select",
            required=False,
            choices=(Choice("Sure", "yes"), Choice("Guessing", "no")),
        )
        return Form(
            view="form-short",
            token=make(token.verb, *token.parts, form=True),
            title="2 of 5 · The reflog · mid",
            text=QUESTION,
            fields=(Field(id="answer", label="Your answer", hint="A word", limit=300), sure),
        )

    def _no_form(self, token: Token, tx: Tx, kit: Kit) -> Form:
        raise RuntimeError("planted")


def said(command: Command) -> str:
    """A command in words."""
    return plain(f"{command.name} {dict(sorted(command.args.items()))}")


def _areas(option: str, partial: str, kit: Kit) -> tuple[str, ...]:
    known = ("databases", "data structures", "git", "http", "x" * 101)
    return tuple(name for name in known if partial in name)


class Rows:
    """
    A store in memory that keeps replies by their key.

    While `gate` is closed nothing gets through; it is called with each key that arrives.
    """

    def __init__(self) -> None:
        self.kept: dict[str, Reply] = {}
        self.gate = asyncio.Event()
        self.gate.set()

    async def run(self, origin: Origin, work: Callable[[Tx], Reply], *, quiz: str = "") -> Reply:
        await self.gate.wait()
        if origin.key not in self.kept:
            self.kept[origin.key] = work(cast("Tx", None))
        return self.kept[origin.key]

    async def look(self, origin: Origin, work: Callable[[Tx], T], *, quiz: str = "") -> T:
        await self.gate.wait()
        return work(cast("Tx", None))


def kit(words: Mapping[str, Any] | None = None) -> Kit:
    numbers = count(1)
    return Kit(
        bank=lambda _: cast("Any", None),
        rng=random.Random,
        words=words or {},
        new_id=lambda: f"bug-{next(numbers):04}",
    )


def door(drill: Drill | None = None, rows: Rows | None = None) -> Door:
    """A real door in front of the drill."""
    store = cast("Store", rows or Rows())
    return Door(store, ((drill or Drill()).feature(),), kit())
