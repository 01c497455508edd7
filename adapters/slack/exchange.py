"""One answer's way into Slack: messages, modals and the Home, after the acknowledgement."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from msgspec.structs import replace

from adapters.slack import words
from adapters.slack.arrivals import Arrival
from adapters.slack.calls import FAULTS, Calls, fault
from adapters.slack.people import People
from adapters.slack.render import Json, message, without_unfurling
from adapters.slack.steps import How, Step, steps
from adapters.slack.turn import Turn
from adapters.slack.views import ROWS_BEHIND, Behind, card_view, form_view, home_view
from bot.chat.cards import Button, Card, Form

UNREACHABLE = ("channel_not_found", "not_in_channel", "is_archived")
log = logging.getLogger("sparring.slack")


class Exchange:
    """Answers one arrival; raises FAULTS."""

    def __init__(
        self,
        arrival: Arrival,
        calls: Calls,
        people: People,
        turn: Turn,
        standing: tuple[Button, ...],
    ) -> None:
        self.arrival = arrival
        self._calls = calls
        self._client = calls.client
        self._people = people
        self._turn = turn
        self._standing = standing
        self._view = arrival.view
        self._opening: asyncio.Task[None] | None = None
        self._stands = ""  # the direct conversation, once something was posted there

    def open_modal(self) -> None:
        """Begin to open a modal that says to wait: what opens it lives for 3 s and one use."""
        view = card_view(words.working(), self.arrival.behind)
        self._opening = asyncio.ensure_future(self._open(view))

    async def ask(self, form: Form) -> None:
        """Open a form, over the modal that was pressed if it was one."""
        arrival = self.arrival
        if arrival.behind.surface == "modal":
            view = form_view(form, replace(arrival.behind, view=arrival.view))
            await self._calls.ask(self._client.views_push, trigger_id=arrival.trigger, view=view)
        else:
            view = form_view(form, arrival.behind)
            await self._calls.ask(self._client.views_open, trigger_id=arrival.trigger, view=view)

    async def show(self, cards: tuple[Card, ...]) -> None:
        """Show the cards of a reply; one that fails does not hold up the others."""
        failed: BaseException | None = None
        for step in steps(self.arrival, cards, own=await self._own()):
            try:
                await self._take(step)
                await self._file(step)
            except FAULTS as error:
                failed = failed or error
        if failed is not None:
            raise failed

    async def _own(self) -> bool:
        """Whether this is the app's own direct conversation; others may lie between people."""
        if not self.arrival.direct:
            return False
        if self.arrival.behind.surface == "direct":
            return True
        try:
            return self.arrival.behind.channel == await self._people.direct(self.arrival.user)
        except FAULTS:
            return False

    def _take(self, step: Step) -> Awaitable[None]:
        behind = self.arrival.behind
        ways: dict[How, Callable[[Card], Awaitable[None]]] = {
            "update": self._update,
            "swap": lambda card: self._whisper(card, replaces=True),
            "direct": self._direct,
            "whisper": self._whisper,
            "place": self._public,
            "thread": lambda card: self._public(card, behind.thread or behind.message),
            "modal": self._modal,
            "home": self._home,
            "point": self._point,
            "point-home": lambda card: self._point(card, home=True),
        }
        return ways[step.how](step.card)

    async def _open(self, view: Json) -> None:
        opened = await self._calls.ask(
            self._client.views_open, trigger_id=self.arrival.trigger, view=view
        )
        self._view = opened["view"]["id"]

    async def _update(self, card: Card) -> None:
        behind = self.arrival.behind
        if await self._responded(card, {"replace_original": True}):
            return
        where = {"channel": behind.channel, "ts": behind.message}
        await self._calls.shown(
            self._client.chat_update,
            lambda file: where | without_unfurling(message(card, file)),
            card,
        )

    async def _direct(self, card: Card) -> None:
        channel = await self._people.direct(self.arrival.user)
        await self._calls.shown(
            self._client.chat_postMessage,
            lambda file: {"channel": channel} | message(card, file),
            card,
        )
        self._stands = channel

    async def _whisper(self, card: Card, *, replaces: bool = False) -> None:
        behind = self.arrival.behind
        private = {"response_type": "ephemeral", "replace_original": replaces}
        if await self._responded(card, private):
            return
        where = {"channel": behind.channel, "user": self.arrival.user}
        if behind.thread:
            where["thread_ts"] = behind.thread
        await self._calls.shown(
            self._client.chat_postEphemeral,
            lambda file: where | without_unfurling(message(card, file)),
            card,
        )

    async def _public(self, card: Card, thread: str = "") -> None:
        everybody = {"response_type": "in_channel", "replace_original": False}
        if not thread and await self._responded(card, everybody):
            return
        where = {"channel": self.arrival.behind.channel}
        where |= {"thread_ts": thread} if thread else {}
        try:
            await self._calls.shown(
                self._client.chat_postMessage, lambda file: where | message(card, file), card
            )
        except FAULTS as error:
            if fault(error).code not in UNREACHABLE:
                raise
            await self._whisper(words.closed())

    async def _modal(self, card: Card) -> None:
        """Fill the modal; a form's is filled by its acknowledgement if that is still to come."""
        behind = self.arrival.behind
        form = self.arrival.kind == "form"
        buttons = not (form and behind.surface in ROWS_BEHIND)
        kept = behind if not form else replace(behind, token="")
        if form and behind.view:
            await self._under(card, kept)
            return
        if form and card.picture is None:
            view = card_view(card, kept, buttons=buttons)
            if self._turn.give({"response_action": "update", "view": view}):
                return
        elif form:
            self._turn.give(waiting(behind))
        await self._fill(card, kept, buttons=buttons)

    async def _under(self, card: Card, behind: Behind) -> None:
        """Close the form and fill the modal under it."""
        self._turn.give("")
        self._view = behind.view
        await self._fill(card, replace(behind, view=""), buttons=True)

    async def _fill(self, card: Card, behind: Behind, *, buttons: bool) -> None:
        try:
            if self._opening is not None:
                await self._opening
            await self._calls.shown(
                self._client.views_update,
                lambda file: {
                    "view_id": self._view,
                    "view": card_view(card, behind, file, buttons=buttons),
                },
                card,
            )
        except FAULTS as error:  # its trigger has expired or it has been closed
            log.info("a modal could not be filled: %s", fault(error).code)
            await self._whisper_or_direct(card)

    async def _whisper_or_direct(self, card: Card) -> None:
        await (self._whisper(card) if self.arrival.behind.channel else self._direct(card))

    async def _home(self, card: Card) -> None:
        await self._calls.shown(
            self._client.views_publish,
            lambda file: {
                "user_id": self.arrival.user,
                "view": home_view(card, self._standing, file),
            },
            card,
        )

    async def _point(self, card: Card, *, home: bool = False) -> None:
        """Say where the card stands; if it could not be posted there, show it here."""
        line = card
        if self._stands:
            address = f"https://slack.com/app_redirect?channel={self._stands}"
            address = f"{address}&team={self.arrival.team}"
            line = words.pointer(address, quiz=not (card.picture or card.file))
        if home:
            await self._home(line)
        else:
            await self._whisper(line, replaces=self.arrival.behind.surface == "ephemeral")

    async def _file(self, step: Step) -> None:
        file = step.card.file
        if file is None or step.how in ("point", "point-home"):
            return
        if step.how == "modal" and self.arrival.behind.surface in ROWS_BEHIND:
            return  # it comes with the message behind the modal
        channel = await self._people.direct(self.arrival.user)
        try:
            await self._calls.upload(file.name, file.content, channel=channel)
        except FAULTS as error:
            code = fault(error).code
            log.warning("a file was not taken: %s", code)
            await self._whisper_or_direct(words.no_file(scope=code == "missing_scope"))

    async def _responded(self, card: Card, how: Json) -> bool:
        """Whether Slack took it at the response_url, which cannot wait for a picture."""
        url = self.arrival.behind.answer
        if not url or card.picture is not None:
            return False
        try:
            return await self._calls.respond(url, message(card) | how)
        except FAULTS:
            if how["replace_original"]:
                return False  # the other way does the same once more
            raise


def waiting(behind: Behind) -> dict[str, Any]:
    """Acknowledge a form whose answer comes later."""
    view = card_view(words.working(), replace(behind, token=""))
    return {"response_action": "update", "view": view}
