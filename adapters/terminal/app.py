"""A chat in the terminal: lines in, cards out, on a screen or through a pipe."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from difflib import get_close_matches

from rich.console import Console

from adapters.terminal import filling, reading, render
from adapters.terminal.desk import Desk
from bot.chat.cards import Card, Form, Reply
from bot.chat.events import Command, Event, Origin, Press, Value
from bot.chat.tokens import wants_form
from bot.door import Door
from bot.features.feature import Mistake

PERSON, PLACE, COMMUNITY = "terminal:you", "terminal:here", "terminal:here"
HERE = "# here"  # what the channel is called
LEAVE = ("/exit", "/quit", "/bye", "exit", "quit", "/q")
ReadLine = filling.Read


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
        save: Callable[[str, bytes], str],
        draw: Callable[[bytes], str] = lambda _png: "",
        piped: bool,
        zone: str = "UTC",
        name: str = "You",
        settle: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._door = door
        self._console = console
        self._read = read
        self._now = now
        self._new_id = new_id
        self._save = save
        self._draw = draw  # gives where the picture is, '' where none is wanted
        self._piped = piped
        self._zone = zone
        self._name = name
        self._settle = settle  # in a pipe: send what waits before the next line is read
        self.desk = Desk()

    async def talk(self) -> None:
        """Until the input ends; on a screen it begins with five questions."""
        await self.begin()
        await self.listen()

    async def begin(self) -> None:
        """Five questions, on a screen."""
        if not self._piped:
            await self._command("quiz", {})

    def overhear(self, card: Card) -> None:
        """Something was posted: its buttons can be pressed, and what it changes is said."""
        self._say(self.desk.overhear(card))

    def resume(self, card: Card) -> None:
        """Show a post that stood in the channel before, and hear answers to it."""
        self._console.print(render.post(HERE, card))
        self.overhear(card)

    async def listen(self) -> None:
        """Hear lines until the input ends."""
        while (line := await self._read("> ")) is not None:
            if line.strip().casefold() in LEAVE:
                break
            await self.hear(line)
            if self._settle is not None:
                await self._settle()
        await self._leave()

    async def hear(self, line: str) -> None:
        """Do what a line asks for."""
        said = line.strip()
        if said.startswith("/"):
            await self._slash(said[1:])
        elif token := self._token(said):
            await self._press(token)
        elif said:
            await self._answer(said)
        elif button := self.desk.enter():
            await self._press(button.token)

    async def _slash(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        if name.casefold() == "quiz":
            command, args = self._door.table.read(rest)
        elif spec := self._door.table.find(name.casefold()):
            command, args = spec.name, ({spec.args[0].name: rest} if rest and spec.args else {})
        elif (asked := self.desk.asked) and reading.typed(asked) and not self._nearly(name):
            return await self._answer(f"/{line}")  # a path, not a command
        else:
            command, args = name, {}
        return await self._command(command, args)

    def _nearly(self, name: str) -> bool:
        """Whether a word is a command with a slip."""
        return bool(get_close_matches(name.casefold(), sorted(self._door.table.words)))

    def _token(self, said: str) -> str:
        found = self.desk.button(said)
        return found.token if found else self.desk.chosen(said)

    async def _answer(self, said: str) -> None:
        if self._piped and said.casefold() in ("next", "finish"):
            return  # it has followed by itself
        asked = self.desk.asked
        if asked is None:
            self._say("Type /quiz to begin, or /help.")
            return
        if asked.view in reading.LINES:
            said = await filling.lines(said, reading.LINES[asked.view], self._read)
        steps = reading.answer(asked, said)
        if isinstance(steps, reading.Unread):
            self._say(steps.why)
            return
        shown: Reply | None = None
        for step in steps:
            values = await self._values(step)
            if values is None:
                return
            shown = await self._door.handle(Press(self._origin(), step.token, values))
        if shown is not None:
            for error in shown.errors.values():
                self._say(error)
            await self._show(shown)

    async def _values(self, step: reading.Step) -> Mapping[str, Value] | None:
        """What goes into the form of a press; None where it cannot be opened any more."""
        if not step.letters and not step.text:
            return {}
        form = await self._form(step.token)
        if form is None:
            return None
        if step.letters:
            return filling.ticked(form, step.letters)
        values: dict[str, Value] = {"answer": step.text}
        for one in form.fields[1:]:  # what the form asks beside the answer
            value = await filling.field(one, self._read, self._console, once=self._piped)
            if value is None:
                return None
            values[one.id] = value
        return values

    async def _press(self, token: str) -> None:
        token, _, choice = token.partition("\n")
        values: Mapping[str, Value] = {"value": choice} if choice else {}
        if not wants_form(token):
            await self._handle(Press(self._origin(), token, values))
        elif form := await self._form(token):
            await self._fill(form)

    async def _form(self, token: str) -> Form | None:
        """The form behind a button, or a sentence on why it is closed."""
        try:
            return await self._door.form(self._origin(), token)
        except Mistake as mistake:
            self._say(str(mistake))
            return None

    async def _fill(self, form: Form) -> None:
        self._console.print(render.form(form))
        values: dict[str, Value] = {}
        asked = form.fields
        while asked:
            for one in asked:
                value = await filling.field(one, self._read, self._console, once=self._piped)
                if value is None:
                    return
                values[one.id] = value
            said = await self._door.handle(Press(self._origin(), form.token, values))
            for error in said.errors.values():
                self._say(error if self._piped else f"{error} Or {filling.BACK} to leave.")
            await self._show(said)
            again = tuple(one for one in form.fields if one.id in said.errors)
            asked = () if self._piped else again

    async def _command(self, name: str, args: dict[str, str]) -> None:
        await self._handle(Command(self._origin(), name, args))

    async def _handle(self, event: Event) -> None:
        await self._show(await self._door.handle(event))

    async def _show(self, said: Reply) -> None:
        for card in said.cards:
            self._console.print(render.card(card))
            self._keep(card)
            self._say(self.desk.show(card))
        # in a pipe the next question follows by itself, once for each verdict
        verdict = next((card for card in said.cards if card.view == "verdict"), None)
        if self._piped and verdict is not None:
            await self._handle(Press(self._origin(), verdict.buttons[0].token))
            self.desk.followed(verdict)

    def _keep(self, card: Card) -> None:
        """Write the picture and the file of a card, and say where they are."""
        try:
            if card.picture is not None and (path := self._draw(card.picture.png)):
                self._say(f"Picture: {path}")
            if card.file is not None:
                self._say(f"Written to {self._save(card.file.name, card.file.content)}")
        except OSError as error:
            self._say(f"I cannot write {error.filename}: {error.strerror}.")

    def _say(self, sentence: str) -> None:
        if sentence:
            self._console.print(sentence, markup=False, highlight=False)

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
