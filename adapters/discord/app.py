"""The client: what Discord sends goes through the door, and what comes back is shown."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Final, Protocol

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.state import ConnectionState
from msgspec import Struct

from adapters.discord import arrivals, commands, render, steps, words
from adapters.discord.arrivals import Arrival
from adapters.discord.calls import Calls, patiently
from adapters.discord.exchange import Exchange
from adapters.discord.forms import modal
from adapters.discord.post import Poster
from adapters.discord.quota import Quota
from adapters.discord.rights import Rights
from adapters.discord.sending import once, send_to
from bot.chat.cards import Card, Form, Reply, reply
from bot.chat.events import Command, Event, Press
from bot.chat.tokens import wants_form
from bot.door import Door
from bot.features.feature import Mistake
from bot.views import trouble

SLOW_SECONDS: Final = 1.5  # of the three that Discord gives; past it a late answer is announced
GRACE_SECONDS: Final = 5.0  # for what is being answered when the client closes
REGISTERING_SECONDS: Final = 60.0  # for rate limits when the commands are registered
GREETING_SECONDS: Final = 5.0  # the same when somebody is greeted; posts go back to the outbox
# Unknown interaction, already acknowledged, unknown webhook, invalid webhook token: the three
# seconds or fifteen minutes are over, or the event came twice (topics/opcodes-and-status-codes).
LATE: Final = frozenset({10062, 40060, 10015, 50027})
OUT_OF_REACH = (aiohttp.ClientError, OSError, TimeoutError)
log = logging.getLogger("sparring.discord")


class Settings(Struct, frozen=True):
    """Where Discord is; empty means where it always is."""

    api_base: str = ""
    gateway: str = ""


class Kept(Protocol):
    """A word that outlives the process: the fingerprint of the registered commands."""

    def load(self) -> str | None: ...
    def save(self, fingerprint: str) -> None: ...


def create(
    door: Door, settings: Settings, kept: Kept, clock: Callable[[], float] | None = None
) -> Client:
    """Build the client; `await client.start(token)` runs it, `client.poster` sends posts.

    The addresses are constants of discord.py's classes: they hold for the whole process. `clock`
    gives the seconds by which rate limits pass; without one it is the running loop's.
    """
    if settings.api_base:
        Route.BASE = settings.api_base.rstrip("/")
    if settings.gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway)
    # Warnings of what we leave out on purpose: voice, and a cache of guilds.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    logging.getLogger("discord.state").addFilter(_no_guilds_wanted)
    return Client(door, kept, Quota(clock or _loops_seconds))


class Client(discord.Client):
    """A client without privileged intents, caches or views.

    Every interaction enters by `arrive`, straight from the gateway: nothing is kept in memory, and
    one that discord.py could not parse does not end the connection.
    """

    def __init__(self, door: Door, kept: Kept, quota: Quota) -> None:
        intents = discord.Intents.none()
        intents.dm_messages = True
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
        )
        self._connection.http = self.http = Calls(self.loop, quota)
        self._door = door
        self._kept = kept
        self._answering: set[asyncio.Task[None]] = set()

    def _get_state(self, **options: Any) -> ConnectionState[Client]:
        return _State(
            dispatch=self.dispatch,
            handlers=self._handlers,
            hooks=self._hooks,
            http=self.http,
            **options,
        )

    @property
    def poster(self) -> Poster:
        """What sends posts."""
        return Poster(self.http, self._me)

    def rights(self, now: Callable[[], datetime]) -> Rights:
        """What answers for rights; `now` gives the time."""
        return Rights(self.http, self._me, now)

    def _me(self) -> int:
        return self.user.id if self.user else 0

    async def setup_hook(self) -> None:
        """Register the commands, only if they are others than last time."""
        tree = commands.tree(self._door.table)
        fingerprint = commands.fingerprint(str(self.application_id), tree)
        if await asyncio.to_thread(self._kept.load) == fingerprint:
            return
        try:
            await patiently(lambda: self._registered(tree), REGISTERING_SECONDS)
        except (discord.DiscordException, *OUT_OF_REACH):
            log.exception("the commands could not be registered; the next start tries again")
            return
        await asyncio.to_thread(self._kept.save, fingerprint)

    async def _registered(self, tree: list[render.Json]) -> None:
        commands: Any = tree
        await self.http.bulk_upsert_global_commands(self.application_id or 0, commands)

    async def close(self) -> None:
        """Finish what is being answered, then leave."""
        if self._answering:
            await asyncio.wait(self._answering, timeout=GRACE_SECONDS)
        await super().close()

    def arrive(self, payload: Any) -> None:
        """Take in an interaction as Discord sent it; never raises."""
        try:
            arrival = arrivals.read(payload)
        except ValueError as error:
            log.warning("an interaction could not be read: %s", error)
            return
        if arrival:
            self._run(self._answer(arrival))

    def overhear(self, payload: Any) -> None:
        """Take in a message as Discord sent it; never raises."""
        try:
            said = arrivals.said_to_us(payload)
        except ValueError as error:
            log.warning("a message could not be read: %s", error)
            return
        if said:
            self._run(self._greet(*said))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _greet(self, place: str, message: str) -> None:
        payload = once(render.message(words.greeting()), f"greeting {message}")
        try:
            await patiently(lambda: send_to(self.http, place, payload), GREETING_SECONDS)
        except (discord.DiscordException, *OUT_OF_REACH) as error:
            log.info("a greeting was not delivered: %s", error)

    async def _answer(self, arrival: Arrival) -> None:
        exchange = Exchange(self.http, arrival)
        try:
            await self._respond(arrival, exchange)
        except Exception as error:  # whatever it is, the others are answered
            if _late(error):
                log.info("interaction %s came too late or twice: %s", arrival.id, error)
            elif isinstance(error, OUT_OF_REACH):
                log.warning("Discord is out of reach: %s", type(error).__name__)
            else:
                log.exception("bug %s while answering an interaction", arrival.id[-8:])
                await self._confess(exchange, arrival.id[-8:])

    async def _confess(self, exchange: Exchange, number: str) -> None:
        try:
            await self._show(exchange, (trouble.bug(number),))
        except (discord.DiscordException, *OUT_OF_REACH) as error:
            log.info("bug %s could not be told: %s", number, error)

    async def _respond(self, arrival: Arrival, exchange: Exchange) -> None:
        match arrival.kind:
            case "typing":
                await exchange.suggest(self._suggestions(arrival))
            case "command":
                name, given = commands.called(arrival.data)
                args = commands.arguments(self._door.table, name, given)
                await self._handle(exchange, Command(arrival.origin, name, args))
            case "press":
                await self._press(arrival, exchange)
            case "form":
                values = arrivals.typed(arrival.data.components)
                press = Press(arrival.origin, render.token(arrival.data.custom_id), values)
                await self._handle(exchange, press)

    def _suggestions(self, arrival: Arrival) -> render.Json:
        name, given = commands.called(arrival.data)
        typed = next((option for option in given if option.focused), None)
        found = self._door.suggest(name, typed.name, str(typed.value or "")) if typed else ()
        return commands.suggestions(found)

    async def _press(self, arrival: Arrival, exchange: Exchange) -> None:
        token = render.token(arrival.data.custom_id)
        if wants_form(token):
            form = await self._form(arrival, token)
            if isinstance(form, Card):
                await self._show(exchange, (form,))
                return
            if form:
                await exchange.ask(modal(form))
                return
        chosen = {"value": arrival.data.values[0]} if arrival.data.values else {}
        await self._handle(exchange, Press(arrival.origin, token, chosen))

    async def _form(self, arrival: Arrival, token: str) -> Form | Card | None:
        try:
            return await self._door.form(arrival.origin, token)
        except Mistake as mistake:
            return trouble.mistake(str(mistake))

    async def _handle(self, exchange: Exchange, event: Event) -> None:
        loop = asyncio.get_running_loop()
        slow = loop.call_later(SLOW_SECONDS, exchange.announce)
        try:
            answer = await self._door.handle(event)
        finally:
            slow.cancel()
        if answer.errors and isinstance(event, Press):
            answer = await self._unsent(exchange.arrival, event, answer)
        await self._show(exchange, answer.cards)

    async def _unsent(self, arrival: Arrival, press: Press, answer: Reply) -> Reply:
        # Discord has closed the form: its errors, what was typed and its button come back instead
        form = await self._form(arrival, press.token)
        known = form if isinstance(form, Form) else None
        return reply(words.unsent(press.token, known, answer.errors, press.values))

    async def _show(self, exchange: Exchange, cards: tuple[Card, ...]) -> None:
        announced = await exchange.announced()
        for step in steps.steps(exchange.arrival, cards, announced=announced):
            await exchange.take(step)


class _State(ConnectionState[Client]):
    """Hands over what we listen to as it came, before anything is built of it."""

    def parse_interaction_create(self, data: Any) -> None:
        self._get_client().arrive(data)

    def parse_message_create(self, data: Any) -> None:
        self._get_client().overhear(data)


def _loops_seconds() -> float:
    return asyncio.get_running_loop().time()


def _no_guilds_wanted(record: logging.LogRecord) -> bool:
    return not record.getMessage().startswith("Guilds intent seems to be disabled")


def _late(error: Exception) -> bool:
    return isinstance(error, discord.HTTPException) and error.code in LATE
