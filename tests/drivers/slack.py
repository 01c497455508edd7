"""People in Slack: what they do goes in at the front door, what they see is read at the wire."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from adapters.slack.app import App, create
from adapters.slack.calls import connected
from adapters.slack.front import Front
from adapters.slack.manifest import PATH
from bot.door import Door
from tests.adapters.slack import payloads
from tests.adapters.slack.payloads import SECRET
from tests.adapters.slack.wire import START, Json, Shown, Wire, listening
from tests.drivers.screen import Screen

Headers = Mapping[str, str | bytes] | Mapping[str, str]


@dataclass
class Clock:
    """A clock that a test moves."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Answer:
    """What Slack was told."""

    status: int
    text: str

    @property
    def json(self) -> Json:
        return json.loads(self.text) if self.text.startswith("{") else {}


@dataclass
class SlackDriver:
    """
    Plays people by name in one channel, or in their direct messages with the app if `direct`.

    `wire` is Slack; `app` and `front` are what is driven.
    """

    app: App
    front: Front
    wire: Wire
    clock: Clock
    direct: bool = False
    paused: list[float] = field(default_factory=list)
    _forms: dict[str, str] = field(default_factory=dict)

    async def command(self, person: str, line: str, *, channel: str = "") -> Screen:
        """Type `/quiz databases`; a command that is not `quiz` goes behind `/quiz`."""
        name, _, rest = line.removeprefix("/").partition(" ")
        text = rest if name == "quiz" else f"{name} {rest}".strip()
        return await self.seen(person, self.called(person, text, channel_id=channel))

    async def press(self, person: str, label: str) -> Screen:
        """Press the newest button of that label that the person sees, or choose that option."""
        shown, element, value = self._found(_id(person), label)
        return await self.press_on(person, shown, element, value)

    async def press_on(self, person: str, shown: Shown, element: Json, value: str = "") -> Screen:
        """Press a button of a certain message, even one that should be gone."""
        return await self.seen(person, self.pressed(person, shown, element, value))

    def token(self, person: str, label: str) -> str:
        """What a button carries that the person sees."""
        return str(self._found(_id(person), label)[1]["value"])

    async def raw(self, person: str, token: str) -> Screen:
        """Press a button that may be gone from the newest message."""
        shown = next(self._newest())
        element: Json = {"type": "button", "action_id": "x0", "value": token}
        element |= {"text": {"type": "plain_text", "text": "?"}}
        return await self.press_on(person, shown, element)

    async def fill(self, person: str, values: Mapping[str, Any]) -> Screen:
        """Send the form that was opened last; fields by label or id."""
        return await self.seen(person, self.filled(person, values))

    async def happens(self, inner: Json, **more: Any) -> Answer:
        """Deliver an event of the Events API, and wait until it is answered."""
        answer = await self.deliver(payloads.event(inner, self.wire.number(), **more))
        await self.app.settle()
        return answer

    def called(self, person: str, text: str, name: str = "quiz", **more: str) -> Json:
        """The payload of a slash command."""
        who = _id(person)
        channel = more.pop("channel_id", "") or (self.wire.direct(who) if self.direct else "C1")
        url = self.wire.answer_url(who, channel)
        about = {"trigger_id": self.wire.trigger(who), "response_url": url} | more
        return payloads.command(who, channel, name, text, **about)

    def pressed(self, person: str, shown: Shown, element: Json, value: str = "") -> Json:
        """The payload of a press."""
        who = _id(person)
        more: Json = {"trigger_id": self.wire.trigger(who)}
        if shown.kind == "message":
            container: Json = {"type": "message", "message_ts": shown.id, "channel_id": shown.place}
            container |= {"is_ephemeral": bool(shown.only)}
            more |= {"channel": {"id": shown.place, "name": "x"}}
            more |= {"message": {"ts": shown.id, "type": "message", "text": ""}}
            more |= {"response_url": self.wire.answer_url(who, shown.place, shown.id)}
        else:
            container = {"type": "view", "view_id": shown.id}
            more |= {"view": self._view(shown)}
        stamp = f"{self.clock().timestamp():.0f}.{self.wire.number():06d}"
        return payloads.press(who, payloads.action(element, stamp, value), container, **more)

    def filled(self, person: str, values: Mapping[str, Any]) -> Json:
        """The payload of a sent form."""
        shown = self.wire.shown[self._forms[_id(person)]]
        labels = {
            block["label"]["text"]: block["element"]["action_id"]
            for block in shown.body["blocks"]
            if block["type"] == "input"
        }
        typed = {labels.get(name, name): value for name, value in values.items()}
        return payloads.submission(_id(person), self._view(shown), typed)

    def _view(self, shown: Shown) -> Json:
        kept = {"id": shown.id, "hash": f"h{self.wire.number()}", "app_installed_team_id": "T1"}
        return shown.body | kept

    async def deliver(self, body: Json, *, at: int | None = None) -> Answer:
        """Send a signed request through the front door."""
        raw, kind = payloads.encoded(body)
        moment = at if at is not None else int(self.clock().timestamp())
        return await self.request(raw, payloads.signed(raw, moment) | {"Content-Type": kind})

    async def request(
        self,
        raw: bytes,
        headers: Headers,
        *,
        path: str = PATH,
        method: str = "POST",
    ) -> Answer:
        """Send a raw request through the front door."""
        return await asked(self.front, raw, headers, path=path, method=method)

    async def seen(self, person: str, body: Json) -> Screen:
        """Deliver, and read what the person now sees."""
        before = len(self.wire.happened)
        answer = await self.deliver(body)
        assert answer.status == 200, answer
        self._obey(body, answer)
        await self.app.settle()
        who = _id(person)
        changed = list(dict.fromkeys([*self.wire.happened[before:], *self._answered(body, answer)]))
        shown = [self.wire.shown[id_] for id_ in changed if id_ in self.wire.shown]
        shown = [one for one in shown if one.only in ("", who)]
        for one in shown:
            if one.kind == "modal" and "submit" in one.body:
                self._forms[who] = one.id
                return form_screen(one.body, answer.json.get("errors"))
        if errors := answer.json.get("errors"):
            return form_screen(body["view"], errors)
        shown.sort(key=_prominence)
        first, *others = [screen(one) for one in shown] or [Screen()]
        named = {name: getattr(first, name) for name in first.__struct_fields__}
        return Screen(**named | {"also": tuple(others)})

    def _obey(self, body: Json, answer: Answer) -> None:
        if body.get("type") == "view_submission" and not answer.text:
            self.wire.shown.pop(body["view"]["id"])  # an empty acknowledgement closes the form
        view = answer.json.get("view")
        if view and answer.json["response_action"] == "update":
            from tests.adapters.slack.rules import view_faults  # noqa: PLC0415 - it loads a schema

            self.wire.violations += view_faults(view)
            self.wire.shown[body["view"]["id"]].body = view

    def _answered(self, body: Json, answer: Answer) -> list[str]:
        return [body["view"]["id"]] if answer.json.get("response_action") == "update" else []

    def _found(self, who: str, label: str) -> tuple[Shown, Json, str]:
        seen = [one for one in self._newest() if one.only in ("", who)]
        seen = [one for one in seen if not one.place.startswith("D") or one.place == f"D{who}"]
        for shown in seen:
            for element in elements(shown.body):
                if element.get("text", {}).get("text") == label and "value" in element:
                    return shown, element, ""
                for option in element.get("options", []):
                    if option["text"]["text"] == label:
                        return shown, element, option["value"]
        raise AssertionError([screen(one) for one in seen[:3]])

    def _newest(self) -> Iterator[Shown]:
        for id_ in dict.fromkeys(reversed(self.wire.happened)):
            if id_ in self.wire.shown:
                yield self.wire.shown[id_]


async def asked(
    front: Front, raw: bytes, headers: Headers, *, path: str = PATH,
    method: str = "POST", parts: int = 1,
) -> Answer:  # fmt: skip
    """Ask an ASGI app as uvicorn would."""
    named = [
        (name.lower().encode(), value if isinstance(value, bytes) else value.encode("utf-8"))
        for name, value in headers.items()
    ]
    size = max(1, -(-len(raw) // parts))
    events = [
        {"type": "http.request", "body": raw[at : at + size], "more_body": at + size < len(raw)}
        for at in range(0, max(1, len(raw)), size)
    ]
    sent: list[Json] = []

    async def receive() -> Json:
        return events.pop(0) if events else {"type": "http.disconnect"}

    async def send(event: Any) -> None:
        sent.append(event)

    await front({"type": "http", "method": method, "path": path, "headers": named}, receive, send)
    return Answer(sent[0]["status"], sent[1]["body"].decode())


@asynccontextmanager
async def driving(
    door: Door, *, wire: Wire | None = None, direct: bool = False, ack_seconds: float = 2.5,
    pause: Callable[[float], Awaitable[None]] | None = None, clock: Clock | None = None,
) -> AsyncIterator[SlackDriver]:  # fmt: skip
    """A running app; with `wire` it comes to a Slack that has been talked to before."""
    if wire is None:
        async with (
            listening() as fresh,
            driving(
                door, wire=fresh, direct=direct, ack_seconds=ack_seconds, pause=pause, clock=clock
            ) as driver,
        ):
            yield driver
        return
    clock, paused = clock or Clock(), list[float]()
    wire.now = clock

    async def note(seconds: float) -> None:
        paused.append(seconds)

    async with connected("xoxb-canary", f"{wire.url}/api/") as client:
        app = create(door, client, now=clock, pause=pause or note, ack_seconds=ack_seconds)
        front = Front(app, SECRET, now=clock)
        try:
            yield SlackDriver(app, front, wire, clock, direct, paused)
        finally:
            await app.close()


def screen(shown: Shown) -> Screen:
    """Read a message, modal or Home as a person reads it."""
    blocks = shown.body["blocks"]
    headers = [block["text"]["text"] for block in blocks if block["type"] == "header"]
    parts = list(elements(shown.body))
    rich = [one for block in blocks if block["type"] == "rich_text" for one in block["elements"]]
    links = [one for part in rich for one in part["elements"] if one["type"] == "link"]
    body = [part for part in rich if not any(o["type"] == "link" for o in part["elements"])]
    notes = [e["text"] for b in blocks if b["type"] == "context" for e in b["elements"]]
    pictures = [block["alt_text"] for block in blocks if block["type"] == "image"]
    return Screen(
        title=headers[0] if headers else "",
        text="\n".join("".join(map(_words, part["elements"])) for part in body),
        buttons=tuple(one["text"]["text"] for one in parts if one["type"] == "button"),
        choices=tuple(o["text"]["text"] for one in parts for o in one.get("options", [])),
        note="\n".join(notes),
        links=tuple((one["text"], one["url"]) for one in links),
        private=bool(shown.only) or shown.place.startswith("D"),
        picture=pictures[0] if pictures else "",
    )


def _words(one: Json) -> str:
    """What an element of rich text says; a channel by its id."""
    return f"#{one['channel_id']}" if one["type"] == "channel" else str(one["text"])


def form_screen(view: Json, errors: Mapping[str, str] | None = None) -> Screen:
    """Read a form as a person reads it; errors stand in its note."""
    base = screen(Shown("modal", "", "", view))
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return Screen(
        title=base.title or view["title"]["text"],
        text=base.text,
        fields=tuple(block["label"]["text"] for block in inputs),
        note="\n".join((errors or {}).values()),
        private=True,
    )


def elements(body: Json) -> Iterator[Json]:
    """All buttons and menus."""
    for block in body.get("blocks", []):
        if block["type"] == "actions":
            yield from block["elements"]


def _prominence(shown: Shown) -> int:
    if shown.kind == "message":
        return 2 if shown.only else 0
    return 1


def _id(person: str) -> str:
    return "U" + "".join(char for char in person.upper() if char.isalnum())


async def until(holds: Callable[[], bool]) -> None:
    """Let others run until something holds; fails after twenty seconds."""
    deadline = asyncio.get_running_loop().time() + timedelta(seconds=20).total_seconds()
    while not holds():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.001)
