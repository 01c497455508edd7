"""A chat in the terminal: lines in, cards out, on a screen or through a pipe."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from difflib import get_close_matches

from rich.console import Console

from adapters.terminal import reading, render
from bot.chat.cards import Card, Field, Form, Reply
from bot.chat.events import Command, Event, Origin, Press, Value
from bot.chat.tokens import wants_form
from bot.door import Door
from bot.features.feature import Mistake

PERSON, PLACE, COMMUNITY = "terminal:you", "terminal:here", "terminal:here"
LEAVE = ("/exit", "/bye", "exit", "quit", "/q")
ASKING = ("question-", "close")  # views of cards that want an answer
OVER = ("verdict", "end", "privacy-deleted")  # views after which nothing is open
ReadLine = Callable[[str], Awaitable[str | None]]  # prompt -> line, None at the end of input


class Chat:
    """One person at one keyboard."""

    def __init__(
        self,
        door: Door,
        console: Console,
        read: ReadLine,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        save: Callable[[str, str], str],
        piped: bool,
        zone: str = "UTC",
        name: str = "You",
    ) -> None:
        self._door = door
        self._console = console
        self._read = read
        self._now = now
        self._new_id = new_id
        self._save = save
        self._piped = piped
        self._zone = zone
        self._name = name
        self._card: Card | None = None
        self._open: Card | None = None  # the question to be answered, whatever was shown since
        self._behind: Card | None = None  # in a pipe: the verdict that the next question followed

    async def talk(self) -> None:
        """Until the input ends; on a screen it begins with five questions."""
        if not self._piped:
            await self._command("quiz", {})
        while (line := await self._read("> ")) is not None:
            if line.strip().casefold() in LEAVE:
                break
            await self.hear(line)
        await self._leave()

    async def hear(self, line: str) -> None:
        """Do what a line asks for."""
        said = line.strip()
        if said.startswith("/"):
            await self._slash(said[1:])
        elif button := self._button(said):
            await self._press(button)
        elif said:
            await self._answer(said)
        elif self._card and self._card.view == "verdict":
            await self._press(self._card.buttons[0].token)

    async def _slash(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        if name.casefold() == "quiz":
            command, args = self._door.table.read(rest)
        elif spec := self._door.table.find(name.casefold()):
            command, args = spec.name, ({spec.args[0].name: rest} if rest and spec.args else {})
        elif (asked := self._asked()) and reading.typed(asked) and not self._nearly(name):
            return await self._answer(f"/{line}")  # a path, not a command
        else:
            command, args = name, {}
        return await self._command(command, args)

    def _asked(self) -> Card | None:
        return self._open or self._card

    def _nearly(self, name: str) -> bool:
        """Whether a word is a command with a slip."""
        return bool(get_close_matches(name.casefold(), sorted(self._door.table.words)))

    def _button(self, said: str) -> str:
        for card in (self._card, self._open, self._behind):
            if card is None:
                continue
            if button := reading.press(card, said):
                return button.token
            if card.select is not None and (choice := _chosen(card, said)):
                return f"{card.select.token}\n{choice}"
        return ""

    async def _answer(self, said: str) -> None:
        if self._piped and said.casefold() in ("next", "finish"):
            return  # it has followed by itself
        asked = self._asked()
        if asked is None:
            self._console.print("Type /quiz to begin, or /help.")
            return
        steps = reading.answer(asked, said)
        if isinstance(steps, reading.Unread):
            self._console.print(steps.why, markup=False)
            return
        shown: Reply | None = None
        for step in steps:
            values = {"answer": step.text} if step.text else {}
            shown = await self._door.handle(Press(self._origin(), step.token, values))
        if shown is not None:
            await self._show(shown)

    async def _press(self, token: str) -> None:
        token, _, choice = token.partition("\n")
        values: Mapping[str, Value] = {"value": choice} if choice else {}
        if wants_form(token):
            try:
                form = await self._door.form(self._origin(), token)
            except Mistake as mistake:
                self._console.print(str(mistake), markup=False)
                return
            if form is None:
                return
            await self._fill(form)
        else:
            await self._handle(Press(self._origin(), token, values))

    async def _fill(self, form: Form) -> None:
        self._console.print(render.form(form))
        values: dict[str, Value] = {}
        asked = form.fields
        while asked:
            for field in asked:
                value = await self._field(field)
                if value is None:
                    return
                values[field.id] = value
            said = await self._door.handle(Press(self._origin(), form.token, values))
            for error in said.errors.values():
                leave = "" if self._piped else " Or /back to leave."
                self._console.print(f"{error}{leave}", markup=False, highlight=False)
            await self._show(said)
            again = tuple(field for field in form.fields if field.id in said.errors)
            asked = () if self._piped else again

    async def _field(self, field: Field) -> Value | None:
        """What was typed into a field, asked until it can be read; None if the form was left."""
        if field.choices:
            for row in _listed(field):
                self._console.print(row, markup=False, highlight=False)
        while (line := await self._read(_asks(field))) is not None:
            if line.strip().casefold() == "/back":
                self._console.print("Left as it was.")
                return None
            value, unread = _value(field, line)
            if not unread:
                return value
            self._console.print(
                f"I cannot read {unread}. Type numbers from 1 to {len(field.choices)}, "
                "or /back to leave.",
                markup=False,
                highlight=False,
            )
            if self._piped:
                return None  # the next line of a pipe answers the next thing
        return None

    async def _command(self, name: str, args: dict[str, str]) -> None:
        await self._handle(Command(self._origin(), name, args))

    async def _handle(self, event: Event) -> None:
        await self._show(await self._door.handle(event))

    async def _show(self, said: Reply) -> None:
        for card in said.cards:
            self._console.print(render.card(card))
            if card.file is not None:
                where = self._save(card.file.name, card.file.text)
                self._console.print(f"Written to {where}", markup=False, highlight=False)
            if card.rows or card.select:
                self._card, self._behind = card, None
            if card.view in OVER:
                self._open = None
            elif card.rows and card.view.startswith(ASKING):
                self._open = card
        # in a pipe the next question follows by itself, once for each verdict
        verdict = next((card for card in said.cards if card.view == "verdict"), None)
        if self._piped and verdict is not None:
            await self._handle(Press(self._origin(), verdict.buttons[0].token))
            self._behind = verdict

    async def _leave(self) -> None:
        said = await self._door.handle(Command(self._origin(), "pause"))
        for card in said.cards:
            self._console.print(render.card(card))

    def _origin(self) -> Origin:
        return Origin(
            person=PERSON,
            place=PLACE,
            community=COMMUNITY,
            private=True,
            at=self._now(),
            ours=True,
            key=f"terminal/{self._new_id()}",
            name=self._name,
            zone=self._zone,
            admin=True,
        )


def _chosen(card: Card, said: str) -> str:
    choices = card.select.choices if card.select else ()
    if said.isdigit() and 0 < int(said) <= len(choices):
        return choices[int(said) - 1].value
    wanted = said.casefold()
    return next((one.value for one in choices if one.label.casefold() == wanted), "")


def _listed(field: Field) -> list[str]:
    return [f"{number:>3}. {choice.label}" for number, choice in enumerate(field.choices, 1)]


def _asks(field: Field) -> str:
    hint = f" ({field.hint})" if field.hint else ""
    begun = set(field.start.split(","))
    now = [choice.label for choice in field.choices if choice.value in begun]
    start = ", ".join(now) if field.choices else field.start
    if start and not field.required:
        return f"{field.label}{hint} (now {start}): "
    return f"{field.label}{hint}{f' [{start}]' if start else ''}: "


def _value(field: Field, line: str) -> tuple[Value, str]:
    """What a line means for a field, and the words of it that mean nothing."""
    said = line.strip()
    if not field.choices:
        return said or (field.start if field.required else ""), ""
    named = {choice.label.casefold(): choice.value for choice in field.choices}
    named |= {str(number): choice.value for number, choice in enumerate(field.choices, 1)}
    whole = said.casefold()
    words = [whole] if whole in named else whole.replace(",", " ").split()
    picked = {named[one] for one in words if one in named}
    unread = ", ".join(one for one in words if one not in named)
    if field.kind == "checkboxes":
        return tuple(choice.value for choice in field.choices if choice.value in picked), unread
    if len(picked) > 1:
        return field.start, said
    return next(iter(picked), field.start), unread
