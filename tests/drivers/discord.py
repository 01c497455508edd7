"""People on Discord: what they do goes in at the gateway, what they see is read at the wire."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from itertools import count
from typing import Any, Final

from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.app import Client, Settings, create
from adapters.discord.render import ACCENTS
from bot.door import Door
from tests.adapters.discord import payloads
from tests.adapters.discord.rules import walk
from tests.adapters.discord.wire import Json, Posted, Talk, Wire, listening
from tests.drivers.screen import Screen

FIRST_PERSON: Final = 41
_MARKED = re.compile(
    r"```[a-z+#-]*\n(?P<fence>.*?)\n```|`(?P<code>[^`\n]+)`|\\(?P<literal>[^0-9A-Za-z\s])|\*\*",
    re.DOTALL,
)
_LINK = re.compile(r"\[(?P<label>(?:\\.|[^\]])*)\]\((?P<url>[^)]*)\)")


class Memory:
    """A `Kept` that a test can look into."""

    def __init__(self) -> None:
        self.word: str | None = None

    def load(self) -> str | None:
        return self.word

    def save(self, fingerprint: str) -> None:
        self.word = fingerprint


class DiscordDriver:
    """
    Plays people by name in one channel, or in direct conversations if `direct`.

    `wire` is Discord; `admins` are the names of those who may manage the server.
    """

    def __init__(self, client: Client, wire: Wire, *, direct: bool = False) -> None:
        self.client = client
        self.wire = wire
        self.direct = direct
        self.admins: set[str] = set()
        self.place = payloads.PLACE  # the channel in which commands are called
        self._numbers = count(FIRST_PERSON)
        self._people: dict[str, Json] = {}
        self._last: dict[str, Talk] = {}

    async def command(self, person: str, line: str) -> Screen:
        """Call `/quiz databases`; `name:value` fills that option, the rest the first one."""
        return self._seen(person, await self.send(person, payloads.COMMAND, self._called(line)))

    async def press(self, person: str, label: str) -> Screen:
        """Press the newest button of that label that the person sees, or choose that option."""
        posted, part, values = self._found(person, label)
        return await self.press_on(person, posted, part, values)

    async def press_on(
        self, person: str, posted: Posted, custom_id: str, values: tuple[str, ...] = ()
    ) -> Screen:
        """Press a button of a certain message, even one that should be gone."""
        data, more = payloads.press(custom_id, posted, values)
        return self._seen(person, await self.send(person, payloads.PRESS, data, posted, **more))

    def token(self, person: str, label: str) -> str:
        """What a button carries that the person sees."""
        return self._found(person, label)[1]

    async def raw(self, person: str, token: str) -> Screen:
        """Press a button that may be gone from the newest message."""
        return await self.press_on(person, self._newest(person)[0], token)

    async def fill(self, person: str, values: Mapping[str, Any]) -> Screen:
        """Send the form that was opened last; fields by label or id."""
        opened = self._last[person]
        assert opened.modal, "no form is open"
        ids = {part["label"]: part["component"]["custom_id"] for part in _labels(opened.modal)}
        typed = {ids.get(field, field): value for field, value in values.items()}
        more = {"message": opened.pressed.json} if opened.pressed else {}
        data = payloads.form(opened.modal, typed)
        talk = await self.send(person, payloads.FORM, data, opened.pressed, **more)
        return self._seen(person, talk)

    async def suggest(self, person: str, line: str, option: str, partial: str) -> list[str]:
        """Type into an option; what is offered."""
        data = self._called(line)
        leaf = data
        while leaf.get("options"):
            leaf = leaf["options"][0]
        typing = {"name": option, "type": 3, "value": partial, "focused": True}
        leaf["options"] = [typing]
        return (await self.send(person, payloads.TYPING, data)).choices

    async def send(
        self, person: str, kind: int, data: Json, pressed: Posted | None = None, **more: Any
    ) -> Talk:
        """Deliver an interaction and wait until it is answered."""
        payload = self.payload(person, kind, data, pressed, **more)
        await self.deliver(payload)
        return self.wire.talks[payload["token"]]

    def payload(
        self, person: str, kind: int, data: Json, pressed: Posted | None = None, **more: Any
    ) -> Json:
        """An interaction that Discord knows of."""
        who = self._user(person)
        channel = pressed.place if pressed else self.place
        where = (
            payloads.in_direct(who)
            if self.direct
            else payloads.in_server(who, admin=person in self.admins, place=channel)
        )
        number = self.wire.snowflake()
        token = f"token-{number}"
        payload = payloads.interaction(kind, data, id=number, token=token, **where, **more)
        place = payload["channel_id"]
        self.wire.talks[token] = Talk(number, who["id"], place, self.wire.now, pressed)
        return payload

    async def deliver(self, *several: Json) -> None:
        """Let interactions arrive at once, and wait until all are answered."""
        for payload in several:
            event: Any = payload
            self.client._connection.parse_interaction_create(event)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is being answered."""
        while self.client._answering:
            await asyncio.wait(set(self.client._answering))

    def _user(self, person: str) -> Json:
        if person not in self._people:
            self._people[person] = payloads.user(str(next(self._numbers)), person)
        return self._people[person]

    def _called(self, line: str) -> Json:
        name, _, rest = line.removeprefix("/").partition(" ")
        top = {command["name"]: command for command in self.wire.commands}
        if name in top:
            return {"id": "7", "name": name, "type": 1, "options": _arguments(top[name], rest)}
        below = {one["name"]: one for one in top["sparring"]["options"]}
        leaf = {"name": name, "type": payloads.SUBCOMMAND}
        leaf |= {"options": _arguments(below[name], rest)}
        return {"id": "8", "name": "sparring", "type": 1, "options": [leaf]}

    def _found(self, person: str, label: str) -> tuple[Posted, str, tuple[str, ...]]:
        own = self._user(person)["id"]
        newest = [posted for posted in self._newest(person) if posted.only in ("", own)]
        for posted in newest:
            for part in walk(posted.body.get("components")):
                if part.get("label") == label and "custom_id" in part:
                    return posted, part["custom_id"], ()
                for option in part.get("options", []):
                    if option["label"] == label:
                        return posted, part["custom_id"], (option["value"],)
        raise AssertionError([screen(posted) for posted in newest[:3]])

    def _newest(self, person: str) -> list[Posted]:
        last = self._last.get(person)
        return [*(reversed(last.shown) if last else ()), *reversed(self.wire.posted.values())]

    def _seen(self, person: str, talk: Talk) -> Screen:
        self._last[person] = talk
        if talk.modal:
            return form_screen(talk.modal)
        shown = talk.shown or ([talk.pressed] if talk.pressed else [])
        first, *others = [screen(posted) for posted in shown] or [Screen()]
        return Screen(
            **{name: getattr(first, name) for name in first.__struct_fields__}
            | {
                "also": tuple(others),
                "private": first.private or self.direct,
            }
        )


@contextmanager
def addresses() -> Iterator[None]:
    """Give discord.py's classes their addresses back, which a client changes."""
    rest, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = rest, gateway


@asynccontextmanager
async def driving(
    door: Door,
    *,
    wire: Wire | None = None,
    kept: Memory | None = None,
    direct: bool = False,
    gateway: str = "",
    clock: Callable[[], float] | None = None,
) -> AsyncIterator[DiscordDriver]:
    """A client that is logged in; with `wire` it comes to a Discord that knows the bot already.

    By `clock`, in seconds, rate limits pass.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(addresses())
        met = wire if wire is not None else await stack.enter_async_context(listening())
        settings = Settings(api_base=met.url, gateway=gateway)
        client = await stack.enter_async_context(create(door, settings, kept or Memory(), clock))
        await client.login("token")
        yield DiscordDriver(client, met, direct=direct)


def screen(posted: Posted) -> Screen:
    """Read a message as a person reads it."""
    outer = posted.body.get("components", [])
    parts = list(walk(outer))
    accents = {accent: tone for tone, accent in ACCENTS.items()}
    tone = accents.get(outer[0].get("accent_color"), "plain") if outer else ""
    lines = "\n".join(p["content"] for p in parts if p["type"] == 10).split("\n")
    small = [line.removeprefix("-# ") for line in lines if line.startswith("-# ")]
    body = [line for line in lines if not line.startswith(("### ", "-# "))]
    pictures = [item["description"] for p in parts for item in p.get("items", [])]
    return Screen(
        title=next((unmarked(line[4:]) for line in lines if line.startswith("### ")), ""),
        text=unmarked("\n".join(body)),
        buttons=tuple(p["label"] for p in parts if p["type"] == 2),
        choices=tuple(o["label"] for p in parts for o in p.get("options", [])),
        note="\n".join(unmarked(line) for line in small if not _LINK.search(line)),
        links=tuple((unmarked(m["label"]), m["url"]) for s in small for m in _LINK.finditer(s)),
        tone=tone,
        private=bool(posted.only),
        picture=pictures[0] if pictures else "",
    )


def form_screen(modal: Json) -> Screen:
    """Read a form as a person reads it."""
    texts = [part["content"] for part in modal["components"] if part["type"] == 10]
    return Screen(
        title=modal["title"],
        text=unmarked("\n".join(texts)),
        fields=tuple(part["label"] for part in _labels(modal)),
        private=True,
    )


def unmarked(text: str) -> str:
    """Take Discord's marks away, and the spaces that do not break."""
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    return _MARKED.sub(lambda m: m["fence"] or m["code"] or m["literal"] or "", text)


def _labels(modal: Json) -> list[Json]:
    return [part for part in modal["components"] if "component" in part]


def _arguments(command: Json, rest: str) -> list[Json]:
    known = {option["name"]: option for option in command.get("options", [])}
    given: dict[str, str] = {}
    loose: list[str] = []
    for word in rest.split():
        name, colon, value = word.partition(":")
        if colon and name in known:
            given[name] = value
        else:
            loose.append(word)
    if loose:
        given[next(iter(known))] = " ".join(loose)
    return [
        {"name": name, "type": known[name]["type"], "value": _typed(known[name]["type"], value)}
        for name, value in given.items()
    ]


def _typed(kind: int, value: str) -> str | int:
    return int(value) if kind == 4 else value
