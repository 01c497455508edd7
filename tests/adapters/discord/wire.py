"""Discord in small, on a local port: it records, checks and shows what the bot sends."""

from __future__ import annotations

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from tests.adapters.discord.rules import complaints
from tests.adapters.serving import served

Json = dict[str, Any]

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
APPLICATION, OWNER = "99", "40"
BOT: Json = {
    "id": APPLICATION,
    "username": "bot",
    "discriminator": "0",
    "avatar": None,
    "bot": True,
}
ABOUT: Json = {"id": APPLICATION, "name": "bot", "description": "", "icon": None, "owner": BOT}
ABOUT |= {"verify_key": "", "bot_public": True, "bot_require_code_grant": False, "team": None}
EPHEMERAL = 1 << 6
FIRST_SECONDS, TOKEN_SECONDS = 3, 900


@dataclass
class Posted:
    """A message as Discord keeps it; `only` is the one person who sees it."""

    id: str
    place: str
    body: Json
    only: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    edited: str | None = None
    author: Json = field(default_factory=lambda: BOT)

    @property
    def json(self) -> Json:
        """The message as an interaction quotes it."""
        stamp = "2026-11-22T09:00:00+00:00"
        base: Json = {"id": self.id, "channel_id": self.place, "author": self.author}
        base |= {"content": ""}
        base |= {"timestamp": stamp, "edited_timestamp": self.edited, "tts": False, "type": 0}
        base |= {"mentions": [], "mention_roles": [], "mention_everyone": False, "pinned": False}
        base |= {"embeds": [], "attachments": [], "components": self.body.get("components", [])}
        return base | {"flags": self.body.get("flags", 0) | (EPHEMERAL if self.only else 0)}


@dataclass
class Talk:
    """An interaction as Discord keeps it."""

    id: str
    person: str
    place: str
    at: datetime
    pressed: Posted | None = None
    answered: int = 0  # the type of the first response
    original: Posted | None = None
    modal: Json | None = None
    choices: list[str] = field(default_factory=list)
    shown: list[Posted] = field(default_factory=list)


@dataclass
class Request:
    """A request of the bot."""

    method: str
    path: str
    body: Any
    files: dict[str, bytes]
    query: dict[str, str]


class Refusal(Exception):
    def __init__(self, status: int, code: int, **headers: str) -> None:
        self.status, self.code, self.headers = status, code, headers

    @property
    def body(self) -> bytes:
        """What Discord says to it."""
        after = self.headers.get("Retry-After")
        waits = {"retry_after": float(after), "global": False} if after else {}
        return json.dumps({"code": self.code, "message": "no"} | waits).encode()


@dataclass
class Wire:
    """
    The server.

    `refuse` maps the end of `METHOD /path` to the refusals that the next such requests meet;
    `cut` is how many of the next posts are taken without their sender hearing of it.
    Threads in `archived` sleep, those in `locked` too may not be woken. `places` are channels by
    id, `roles` and `member` the bot's in its server, `members` other people's by id. Edits are
    stamped with `edited` where there is one. With `forgetful` no nonce is remembered.
    """

    url: str = ""
    now: datetime = datetime(2026, 11, 22, 9, tzinfo=UTC)
    requests: list[Request] = field(default_factory=list)
    talks: dict[str, Talk] = field(default_factory=dict)
    posted: dict[str, Posted] = field(default_factory=dict)
    threads: set[str] = field(default_factory=set)
    archived: set[str] = field(default_factory=set)
    locked: set[str] = field(default_factory=set)
    cut: int = 0
    edited: str = ""
    places: dict[str, Json] = field(default_factory=dict)
    roles: list[Json] = field(default_factory=list)
    member: Json = field(default_factory=dict)
    members: dict[str, Json] = field(default_factory=dict)
    forgetful: bool = False
    nonces: dict[str, Posted] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    refuse: dict[str, list[Refusal]] = field(default_factory=dict)
    _count: int = 0

    def snowflake(self) -> str:
        """A new id of this moment."""
        self._count += 1
        milliseconds = (self.now - EPOCH) // timedelta(milliseconds=1)
        return str((milliseconds << 22) + self._count)

    def lines(self, ending: str = "") -> list[str]:
        """`METHOD /path` of the requests so far."""
        every = (f"{one.method} {one.path}" for one in self.requests)
        return [line for line in every if line.endswith(ending)]

    def bodies(self, ending: str) -> list[Any]:
        """The bodies of the requests whose `METHOD /path` ends so."""
        return [r.body for r in self.requests if f"{r.method} {r.path}".endswith(ending)]

    async def handle(self, request: web.Request) -> web.Response:
        body, files = await _read(request)
        path = request.path
        self.requests.append(Request(request.method, path, body, files, dict(request.query)))
        line = f"{request.method} {path}"
        try:
            self._refused(line)
            self._checked(line, complaints(request.method, path, body, tuple(files)))
            answer = self._answer(request.method, path.strip("/").split("/"), body, files)
        except Refusal as no:
            headers = {"Content-Type": "application/json", "Via": "1.1 here"} | no.headers
            return web.Response(status=no.status, body=no.body, headers=headers)
        if self._cuts(line):
            assert request.transport
            request.transport.abort()
        if answer is None:
            return web.Response(status=204)
        # discord.py reads JSON only under exactly this type, without a charset
        body = json.dumps(answer).encode()
        headers = {"Content-Type": "application/json", "Via": "1.1 here"} | self._limits(line)
        return web.Response(body=body, headers=headers)

    def _cuts(self, line: str) -> bool:
        """Whether the connection breaks before the answer."""
        cuts = self.cut > 0 and line.startswith("POST") and line.endswith("/messages")
        self.cut -= cuts
        return cuts

    def _limits(self, line: str) -> dict[str, str]:
        """What a success says of what is left."""
        return {}

    def _refused(self, line: str) -> None:
        for ending, waiting in self.refuse.items():
            if line.endswith(ending) and waiting:
                raise waiting.pop(0)

    def _checked(self, line: str, faults: list[str]) -> None:
        self.violations += [f"{line}: {fault}" for fault in faults]
        if faults:
            raise Refusal(400, 50035)

    def _answer(self, method: str, path: list[str], body: Any, files: dict[str, bytes]) -> Any:
        if method == "GET":
            return self._known(path)
        if path[0] == "channels":
            return self._channels(method, path, body, files)
        match method, path:
            case "PUT", ["applications", _, "commands"]:
                self.commands = body
                return body
            case "POST", ["interactions", _, token, "callback"]:
                return self._first(token, body, files)
            case "PATCH", ["webhooks", _, token, "messages", "@original"]:
                return self._original(token, body, files).json
            case "POST", ["webhooks", _, token]:
                return self._follow(token, body, files).json
            case "POST", ["users", "@me", "channels"]:
                return {"id": f"7{body['recipient_id']}", "type": 1, "recipients": []}
        raise Refusal(404, 0)

    def _known(self, path: list[str]) -> Any:
        match path:
            case ["users", "@me"]:
                return BOT
            case ["channels", place]:
                if place not in self.places:
                    raise Refusal(404, 10003)
                return self.places[place]
            case ["channels", place, "messages"]:
                return self._newest(place)
            case ["guilds", guild, *which]:
                return self._server(guild, which)
        return ABOUT

    def _server(self, guild: str, which: list[str]) -> Any:
        match which:
            case ["roles"]:
                return self.roles
            case ["members", person] if person == APPLICATION:
                return self.member
            case ["members", person] if person in self.members:
                return self.members[person]
            case ["members", _]:
                raise Refusal(404, 10007)
        return {"id": guild, "owner_id": OWNER, "roles": self.roles}

    def _newest(self, place: str) -> list[Json]:
        """The newest hundred messages that everybody in a place sees, the newest first."""
        if place in self.posted and place not in self.threads:
            raise Refusal(404, 10003)
        here = [one.json for one in self.posted.values() if one.place == place and not one.only]
        return here[:-101:-1]

    def _channels(self, method: str, path: list[str], body: Any, files: dict[str, bytes]) -> Any:
        match method, path[1:]:
            case "POST", [place, "messages"]:
                return self._post(place, body, files).json
            case "PATCH", [_, "messages", message]:
                return self._edit(message, body, files).json
            case "POST", [_, "messages", message, "threads"]:
                if message in self.threads:
                    raise Refusal(400, 160004)
                self.threads.add(message)
                return {"id": message, "type": 11}
            case "PATCH", [thread]:
                if thread in self.locked:
                    raise Refusal(403, 50013)
                self.archived.discard(thread)
                return {"id": thread, "type": 11}
        raise Refusal(404, 0)

    def _first(self, token: str, body: Json, files: dict[str, bytes]) -> None:
        talk = self._talk(token, FIRST_SECONDS)
        if talk.answered:
            raise Refusal(400, 40060)
        kind, data = body["type"], body.get("data") or {}
        if kind == 7 and talk.pressed:
            talk.original = self._change(talk.pressed, data, files)
            talk.shown.append(talk.original)
        elif kind in (4, 5):
            talk.original = self._new(talk.place, data, files, talk.person)
            if kind == 4:
                talk.shown.append(talk.original)
        elif kind == 6 and talk.pressed:
            talk.original = talk.pressed
        elif kind == 8:
            talk.choices = [one["value"] for one in data["choices"]]
        elif kind == 9:
            talk.modal = data
        else:
            raise Refusal(400, 50035)
        talk.answered = kind

    def _original(self, token: str, body: Json, files: dict[str, bytes]) -> Posted:
        talk = self._talk(token, TOKEN_SECONDS)
        if talk.original is None:
            raise Refusal(404, 10008)
        talk.shown.append(self._change(talk.original, body, files))
        return talk.original

    def _follow(self, token: str, body: Json, files: dict[str, bytes]) -> Posted:
        talk = self._talk(token, TOKEN_SECONDS)
        if not talk.answered:
            raise Refusal(404, 10015)
        talk.shown.append(self._new(talk.place, body, files, talk.person))
        return talk.shown[-1]

    def _talk(self, token: str, seconds: int) -> Talk:
        talk = self.talks.get(token)
        if talk is None or self.now - talk.at >= timedelta(seconds=seconds):
            raise Refusal(404, 10062 if seconds == FIRST_SECONDS else 50027)
        return talk

    def _post(self, place: str, body: Json, files: dict[str, bytes]) -> Posted:
        if place in self.posted and place not in self.threads:
            raise Refusal(404, 10003)
        if place in self.archived:
            raise Refusal(400, 50083)
        nonce = str(body.get("nonce", "")) if body.get("enforce_nonce") else ""
        if nonce not in self.nonces or self.forgetful:
            posted = self._new(place, body, files)
            if not nonce:
                return posted
            self.nonces[nonce] = posted
        return self.nonces[nonce]

    def _edit(self, message: str, body: Json, files: dict[str, bytes]) -> Posted:
        posted = self.posted.get(message)
        if posted is None:
            raise Refusal(404, 10008)
        posted.edited = self.edited or self.now.isoformat()
        return self._change(posted, body, files)

    def _new(self, place: str, body: Json, files: dict[str, bytes], person: str = "") -> Posted:
        only = person if body.get("flags", 0) & EPHEMERAL else ""
        posted = Posted(self.snowflake(), place, body, only, files)
        self.posted[posted.id] = posted
        return posted

    def _change(self, posted: Posted, body: Json, files: dict[str, bytes]) -> Posted:
        posted.body, posted.files = body, files
        return posted


async def _read(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    if request.content_type != "multipart/form-data":
        raw = await request.text()
        return (json.loads(raw) if raw else {}), {}
    form = await request.post()
    files = {
        part.filename: part.file.read() for part in form.values() if isinstance(part, web.FileField)
    }
    return json.loads(str(form["payload_json"])), files


def listening(wire: Wire | None = None) -> AbstractAsyncContextManager[Wire]:
    """Serve; nothing unacceptable may have come when it ends."""
    return served(wire or Wire())
