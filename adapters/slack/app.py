"""The app: what Slack sends goes through the door, and what comes back is shown."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final
from weakref import WeakValueDictionary

from msgspec.structs import replace
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits, words
from adapters.slack.arrivals import Arrival, read
from adapters.slack.called import called
from adapters.slack.calls import FAULTS, Calls, fault
from adapters.slack.exchange import Exchange, waiting
from adapters.slack.people import People
from adapters.slack.post import Poster
from adapters.slack.recent import Recent
from adapters.slack.render import message, without_unfurling
from adapters.slack.rights import Rights
from adapters.slack.turn import Payload, Turn
from adapters.slack.views import error_blocks
from bot.chat.cards import Card, Form, reply
from bot.chat.events import Command, Event, Press
from bot.chat.tokens import wants_form
from bot.door import Door
from bot.features.feature import Mistake
from bot.views import trouble

EVERYTHING: Final = re.compile(".*", re.DOTALL)
GRACE_SECONDS: Final = 5.0  # for what is being answered when the app closes
RECENT: Final = 10_000  # events whose second delivery is answered with the first one's word
SENT: Final = "x-slack-request-timestamp"
ARRIVAL: Final = "arrival"
log = logging.getLogger("sparring.slack")


def create(
    door: Door,
    client: AsyncWebClient,
    *,
    now: Callable[[], datetime],
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ack_seconds: float = limits.ACK_SECONDS,
) -> App:
    """Build the app over a client of `calls.connected`; a Front or a Socket feeds it."""
    return App(door, Calls(client, now, pause), now, ack_seconds)


class App:
    """Every event enters by `dispatch`; nothing that matters is kept in memory."""

    def __init__(
        self, door: Door, calls: Calls, now: Callable[[], datetime], ack_seconds: float
    ) -> None:
        self.calls = calls
        self.people = People(calls)
        self.poster = Poster(calls, self.people, words.at_home(door.table))
        self.rights = Rights(calls, now)
        self.bolt = _bolt(calls.client, self._listen)
        self._door = door
        self._now = now
        self._ack_seconds = ack_seconds
        self._standing = words.at_home(door.table)
        self._recent: Recent[Turn] = Recent(RECENT)
        self._answering: set[asyncio.Task[None]] = set()
        self._in_turn: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def dispatch(self, body: Any, headers: dict[str, str] | None = None) -> BoltResponse:
        """Take in a body as Slack sent it and say what it is to be told; never raises.

        400 for what is malformed. What changes state is committed when this returns 200, unless
        that took longer than Slack waits.
        """
        headers = headers or {}
        try:
            if body.get("type") == "url_verification":
                return BoltResponse(status=200, body={"challenge": str(body.get("challenge"))})
            arrival = read(body, headers.get(SENT, ""), self._now)
            request = AsyncBoltRequest(
                body=body, mode="socket_mode", headers={}, context={ARRIVAL: arrival}
            )
            answer: BoltResponse = await self.bolt.async_dispatch(request)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            log.warning("an event could not be read: %.200s", type(error).__name__)
            return BoltResponse(status=400, body="")
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:  # `_listen` raises nothing
            return BoltResponse(status=400, body="")
        return answer

    async def settle(self) -> None:
        """Wait until nothing is being answered."""
        while self._answering:
            await asyncio.wait(set(self._answering))

    async def close(self) -> None:
        """Finish what is being answered; what takes too long is left."""
        if self._answering:
            await asyncio.wait(set(self._answering), timeout=GRACE_SECONDS)
        for task in set(self._answering):
            task.cancel()

    async def _listen(self, context: Any) -> BoltResponse:
        arrival: Arrival = context[ARRIVAL]
        turn = self._recent.get(arrival.origin.key)
        if turn is None:
            turn = Turn()
            self._recent.put(arrival.origin.key, turn)
            self._run(self._answer(arrival, turn))
        if not await turn.wait(self._ack_seconds):
            turn.give(waiting(arrival.behind) if arrival.kind == "form" else "")
        payload: Payload = turn.given.result()
        return BoltResponse(status=200, body=payload)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _answer(self, arrival: Arrival, turn: Turn) -> None:
        arrival = replace(arrival, origin=self.people.introduced(arrival))
        exchange = Exchange(arrival, self.calls, self.people, turn, self._standing)
        try:
            await self._respond(arrival, exchange, turn)
        except FAULTS as error:
            self._recent.drop(arrival.origin.key)
            log.warning("an answer was not delivered: %s", fault(error).code)
        except Exception:
            number = arrival.origin.key[-8:]
            log.exception("bug %s while answering a %s", number, arrival.kind)
            await self._confess(exchange, number)
        finally:
            turn.give("")
        if self.people.unknown(arrival.user):
            await self.people.learn(arrival.user)

    async def _confess(self, exchange: Exchange, number: str) -> None:
        try:
            await exchange.show((trouble.bug(number),))
        except FAULTS as error:
            log.info("bug %s could not be told: %s", number, fault(error).code)

    async def _respond(self, arrival: Arrival, exchange: Exchange, turn: Turn) -> None:
        origin = arrival.origin
        match arrival.kind:
            case "command":
                await self._command(arrival, exchange, turn)
            case "shortcut":
                await self._handle(exchange, turn, Command(origin, words.START))
            case "home":
                await self._handle(exchange, turn, Command(origin, words.HOME))
            case "press":
                await self._press(arrival, exchange, turn)
            case "form":
                await self._form(arrival, exchange, turn)
            case "said" | "mention":
                turn.give("")
                await self._greet(arrival)
            case "gone":
                self.poster.stop()

    async def _command(self, arrival: Arrival, exchange: Exchange, turn: Turn) -> None:
        command = called(self._door.table, arrival)
        if isinstance(command, Command):
            await self._handle(exchange, turn, command)
            return
        turn.give("")
        await exchange.show((command,))

    async def _press(self, arrival: Arrival, exchange: Exchange, turn: Turn) -> None:
        token = arrival.token
        if token.startswith(words.COMMAND):
            name = token.removeprefix(words.COMMAND)
            await self._handle(exchange, turn, Command(arrival.origin, name))
            return
        if wants_form(token):
            form = await self._door_form(arrival, token)
            turn.give("")
            if isinstance(form, Form):
                await exchange.ask(form)
                return
            if form is not None:
                await self._refuse(exchange, form)
                return
        if arrival.behind.surface == "post" and not arrival.passing:
            exchange.open_modal()
        await self._handle(exchange, turn, Press(arrival.origin, token, arrival.values))

    async def _refuse(self, exchange: Exchange, card: Card) -> None:
        if exchange.arrival.behind.surface == "post":
            exchange.open_modal()
        await exchange.show((card,))

    async def _door_form(self, arrival: Arrival, token: str) -> Form | Card | None:
        try:
            return await self._door.form(arrival.origin, token)
        except Mistake as mistake:
            return trouble.mistake(str(mistake))

    async def _handle(self, exchange: Exchange, turn: Turn, event: Event) -> None:
        answer = await self._door.handle(event)
        turn.give("")
        await self._show(exchange, answer.cards)

    async def _form(self, arrival: Arrival, exchange: Exchange, turn: Turn) -> None:
        answer = await self._door.handle(Press(arrival.origin, arrival.token, arrival.values))
        if not answer.errors:
            await self._show(exchange, answer.cards)
            return
        self._recent.drop(arrival.origin.key)
        errors = error_blocks(answer.errors, arrival.state)
        if turn.give({"response_action": "errors", "errors": errors}):
            return
        form = await self._door_form(arrival, arrival.token)
        late = words.unsent(form if isinstance(form, Form) else None, answer.errors)
        await self._show(exchange, reply(late).cards)

    async def _show(self, exchange: Exchange, cards: tuple[Card, ...]) -> None:
        """Show answers on one message in the order in which they were committed.

        A public message has one for each person: nobody waits for others' modals and whispers.
        """
        arrival = exchange.arrival
        behind = arrival.behind
        where = arrival.view or f"{behind.channel}/{behind.message}/{arrival.user}"
        async with self._in_turn.setdefault(where, asyncio.Lock()):
            await exchange.show(cards)

    async def _greet(self, arrival: Arrival) -> None:
        """Answer a direct message in the open, a mention for the person alone."""
        behind = arrival.behind
        client = self.calls.client
        if arrival.kind == "said":
            drawn = message(words.greeting())
            await self.calls.patient(client.chat_postMessage, channel=behind.channel, **drawn)
            return
        where = {"channel": behind.channel, "user": arrival.user}
        if behind.thread:
            where["thread_ts"] = behind.thread
        drawn = without_unfurling(message(words.mentioned()))
        await self.calls.patient(client.chat_postEphemeral, **where, **drawn)


def _bolt(client: AsyncWebClient, listen: Callable[..., Awaitable[BoltResponse]]) -> AsyncApp:
    """Bolt with one listener a kind and without what stands elsewhere.

    The signature is checked by the front door alone; auth.test would cost the first press a
    request.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    app = AsyncApp(
        name="sparring",
        client=AsyncWebClient(base_url=client.base_url, retry_handlers=[]),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.logger.setLevel(logging.ERROR)  # it warns with whole bodies
    app.error(_unread)
    app.action(EVERYTHING)(listen)
    app.command(EVERYTHING)(listen)
    app.view_submission(EVERYTHING)(listen)
    app.view_closed(EVERYTHING)(listen)
    app.shortcut(EVERYTHING)(listen)
    app.options(EVERYTHING)(listen)
    app.event(EVERYTHING)(listen)
    return app


async def _unread(error: Exception) -> None:
    log.warning("an event could not be read by bolt: %s", type(error).__name__)
