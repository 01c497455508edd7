"""The one door: an event comes in, finds its feature, runs in one transaction, cards go out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from msgspec.structs import replace

from bot.chat.cards import Form, Job, Reply, reply
from bot.chat.commands import Spec, Table
from bot.chat.events import Command, Event, Origin, Press, Value
from bot.chat.rights import Rights
from bot.chat.text import clean
from bot.chat.tokens import Token, parse
from bot.features.feature import Feature, Kit, Mistake, OnPress
from bot.made import complete
from bot.store.protocol import Busy, Down, Store, Tx, Unsure
from bot.views import trouble

FORM_SECONDS = 0.3  # Slack's trigger ends after 3 s; past this a plain form is opened
ANSWERED = "type"  # the one form that makes sense without what stands in it
log = logging.getLogger("sparring")

Runner = Callable[[Job], Awaitable[Mapping[str, Value]]]


class Door:
    """Handles events; adapters know nothing else of the core."""

    def __init__(
        self,
        store: Store,
        features: tuple[Feature, ...],
        kit: Kit,
        *,
        rights: Mapping[str, Rights] | None = None,
        runners: Mapping[str, Runner] | None = None,
        patience: float = FORM_SECONDS,
    ) -> None:
        self._patience = patience  # seconds that a form may take to be built
        self.table = Table(tuple(_ordered(features)))
        self._rights = {} if rights is None else rights  # by platform; adapters come after the door
        self._store = store
        self._kit = kit
        self._runners = runners or {}
        self._commands = _merged(feature.on_command for feature in features)
        self._presses = _merged(feature.on_press for feature in features)
        # what comes of a job: only a job's own result gets there, never what a person presses
        self._results = _merged((self._presses, *(feature.on_job for feature in features)))
        self._forms = _merged(feature.on_form for feature in features)
        self._suggests = _merged(feature.on_suggest for feature in features)
        self._admin = _words(features, "admin")
        self._asks = _words(features, "asks") | self._admin

    async def handle(self, event: Event) -> Reply:
        """Answer an event; never raises.

        What the reply says has been committed. People's mistakes and our bugs are private cards.
        """
        origin = event.origin
        try:
            said = await self._answered(_cleaned(event))
            return replace(said, cards=await complete(said.cards))
        except Mistake as mistake:
            return reply(trouble.mistake(str(mistake)))
        except Busy:
            return reply(trouble.busy())
        except Unsure:
            return reply(trouble.unsure())
        except Down as fault:
            log.error("the database cannot take anything: %s", fault)  # noqa: TRY400 - no bug of ours
            return reply(trouble.down())
        except Exception:
            bug = self._kit.new_id()[:8]
            log.exception("bug %s while handling an event of %s", bug, origin.platform)
            return reply(trouble.bug(bug))

    async def form(self, origin: Origin, token: str) -> Form | None:
        """The form that has to be sent before this token is pressed; None if it needs none.

        Raises Mistake with a sentence for the person where the token leads nowhere.
        """
        read = parse(token)
        build = self._forms.get(read.verb) if read and read.form else None
        if read is None or build is None:
            return None
        origin = await self._allowed(origin, read.verb)
        work = self._store.look(origin, lambda tx: build(read, tx, self._kit), quiz=_quiz_id(read))
        try:
            return await asyncio.wait_for(work, self._patience)
        except Mistake:
            raise
        except (TimeoutError, Busy, Down) as fault:
            if read.verb == ANSWERED:
                return trouble.plain_form(token)
            # other forms show what stands: sent without it, they would change it to nothing
            raise Mistake(trouble.busy().text) from fault
        except Exception as fault:
            bug = self._kit.new_id()[:8]
            log.exception("bug %s while making a form for %s", bug, origin.platform)
            raise Mistake(trouble.bug(bug).text) from fault

    def suggest(self, command: str, option: str, partial: str) -> tuple[str, ...]:
        """At most 25 completions of a partly typed argument, from memory."""
        find = self._suggests.get(f"{command}/{option}")
        return find(option, clean(partial, 100), self._kit)[:25] if find else ()

    async def _answered(self, event: Event) -> Reply:
        event = await self._known(event)
        said = await self._in_transaction(event, self._presses)
        for job in said.jobs:
            values = await self._runners[job.kind](job)
            again = replace(event.origin, key=f"{event.origin.key}#{job.kind}")
            result = Press(again, job.token, values)
            more = await self._in_transaction(result, self._results)
            said = Reply(cards=said.cards + more.cards, errors=more.errors)
        return said

    async def _known(self, event: Event) -> Event:
        """The event with what its handler has to know of the person's rights."""
        match event:
            case Command(origin, name, args):
                return Command(await self._allowed(origin, name), name, args)
            case Press(origin, token, values):
                read = parse(token)
                verb = read.verb if read else ""
                return Press(await self._allowed(origin, verb), token, values)

    async def _allowed(self, origin: Origin, word: str) -> Origin:
        """The origin with its rights where this command or verb asks for them.

        Raises Mistake where it takes an admin and this is none: at every step, forms included.
        """
        if word not in self._asks:
            return origin
        if not origin.community:
            origin = replace(origin, admin=False)
        elif origin.admin is None:
            rights = self._rights.get(origin.platform)
            admin = await rights.admin(origin) if rights else False
            if admin is None and word in self._admin:
                raise Mistake(trouble.rights_unknown(origin.platform))
            origin = replace(origin, admin=bool(admin))  # no answer is no right
        if word in self._admin and not origin.admin:
            elsewhere = trouble.admins_elsewhere()
            only = trouble.admins_only(origin.platform)
            raise Mistake(only if origin.community else elsewhere)
        return origin

    async def _in_transaction(self, event: Event, presses: Mapping[str, OnPress]) -> Reply:
        match event:
            case Command(origin, name, _):
                on_command = self._commands.get(name)
                if on_command is None:
                    raise Mistake(trouble.unknown_command(name, self.table))
                return await self._store.run(origin, lambda tx: on_command(event, tx, self._kit))
            case Press(origin, token, _):
                read = parse(token)
                on_press = presses.get(read.verb) if read else None
                if read is None or on_press is None:
                    raise Mistake(trouble.unknown_button())
                work: Callable[[Tx], Reply] = lambda tx: on_press(event, read, tx, self._kit)  # noqa: E731 - one line, one use
                return await self._store.run(origin, work, quiz=_quiz_id(read))


def _quiz_id(token: Token) -> str:
    # by convention the first part of a token that concerns a quiz, and only of one, is
    # `quiz.position`
    quiz, dot, _ = token.part(0).partition(".")
    return quiz if dot else ""


def _words(features: tuple[Feature, ...], which: str) -> frozenset[str]:
    """The commands and verbs of a kind: those that take an admin, or ask whether it is one."""
    verbs = {verb for feature in features for verb in getattr(feature, which)}
    specs = (spec for feature in features for spec in feature.commands)
    return frozenset(verbs | {spec.name for spec in specs if which == "admin" and spec.admin})


def _ordered(features: tuple[Feature, ...]) -> list[Spec]:
    return [spec for feature in features for spec in feature.commands]


def _merged(maps: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for one in maps:
        if twice := out.keys() & one.keys():
            raise ValueError(f"two features handle {', '.join(sorted(twice))}")
        out |= one
    return out


def _cleaned(event: Event) -> Event:
    origin = replace(event.origin, name=clean(event.origin.name, 80))
    match event:
        case Command(_, name, args):
            return Command(origin, name, {k: clean(v, 400) for k, v in args.items()})
        case Press(_, token, values):
            return Press(origin, token, {k: _clean_value(v) for k, v in values.items()})


def _clean_value(value: Value) -> Value:
    if isinstance(value, str):
        return clean(value)
    return tuple(clean(one, 100) for one in value[:25])
