"""Slack in small, on a local port: it records, checks and shows what the bot sends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from aiohttp import web

from adapters.slack.manifest import OPTIONAL, SCOPES
from tests.adapters.serving import served
from tests.adapters.slack.reading import read
from tests.adapters.slack.rules import complaints

Json = dict[str, Any]
TEAM, BOT = "T1", "B1"
START = datetime(2026, 11, 22, 9, tzinfo=UTC)
MODALS = 3  # one over the other


class Refusal(Exception):
    """
    What the next request meets: an error of Slack's, a 429, a dropped connection, or a wait.

    A `taken` one is done before the connection drops; `header` is how the 429 writes Retry-After.
    """

    def __init__(
        self,
        code: str = "",
        *,
        after: float = 0,
        header: str = "Retry-After",
        drop: bool = False,
        taken: bool = False,
        wait: asyncio.Event | None = None,
    ) -> None:
        self.code, self.after, self.header, self.wait = code, after, header, wait
        self.drop, self.taken = drop or taken, taken


@dataclass
class Shown:
    """A message, modal or Home as people see it; `only` is the one person who sees it."""

    kind: Literal["message", "modal", "home"]
    id: str
    place: str
    body: Json
    only: str = ""
    thread: str = ""
    files: list[str] = field(default_factory=list)


@dataclass
class Wire:
    """
    The server.

    `refuse` maps a method to the refusals that the next such requests meet, `weather` may refuse
    any; `happened` names what people saw change, in order; `people` are answers of users.info and
    `channels` of conversations.info, beside those of `member_of`.
    """

    url: str = ""
    requests: list[tuple[str, Json]] = field(default_factory=list)
    shown: dict[str, Shown] = field(default_factory=dict)
    happened: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    refuse: dict[str, list[Refusal]] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)  # unused ones, with their person
    answers: dict[str, Json] = field(default_factory=dict)  # response_urls
    uploads: dict[str, bytes] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)  # as they were announced
    completed: set[str] = field(default_factory=set)
    people: dict[str, Json] = field(default_factory=dict)
    member_of: set[str] = field(default_factory=lambda: {"C1"})
    scopes: set[str] = field(default_factory=lambda: set(SCOPES | OPTIONAL))
    channels: dict[str, Json] = field(default_factory=dict)
    weather: Callable[[str, Json], Refusal | None] = lambda _method, _body: None
    modals: dict[str, list[str]] = field(default_factory=dict)  # the open ones of a person
    sockets: str = ""
    now: Callable[[], datetime] = lambda: START
    _count: int = 0

    def number(self) -> int:
        self._count += 1
        return self._count

    def stamp(self) -> str:
        """A new ts."""
        return f"{self.now().timestamp():.0f}.{self.number():06d}"

    def trigger(self, person: str) -> str:
        """A trigger_id of one use."""
        made = f"{self.number()}.22.abcdef"
        self.triggers[made] = person
        return made

    def answer_url(self, person: str, channel: str, pressed: str = "") -> str:
        """A response_url of five uses."""
        key = str(self.number())
        self.answers[key] = {"person": person, "channel": channel, "pressed": pressed, "left": 5}
        return f"{self.url}/answers/{key}"

    def calls(self, method: str) -> list[Json]:
        """The bodies of the requests of a method so far."""
        return [body for name, body in self.requests if name == method]

    def direct(self, person: str) -> str:
        return f"D{person}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method, body = await read(request)
        self.requests.append((method, body))
        try:
            await self._refused(method, body)
            self._shows(body.get("view") or body)
            self._complain(method, complaints(method, body) if method != "upload" else [])
            if method == "response_url":
                return web.Response(text=self._answered(request.path, body))
            if method == "upload":
                file = request.path.rpartition("/")[2]
                if len(body["data"]) != self.lengths[file]:
                    self.violations.append(f"upload: {len(body['data'])} bytes of {file}")
                self.uploads[file] = body["data"]
                return web.Response(text="OK")
            said: Json = {"ok": True} | self._answer(method, body)
            return web.json_response(said, headers=self._headers())
        except Refusal as no:
            if no.taken:
                self._answer(method, body)
            if no.drop:
                assert request.transport
                request.transport.abort()
                return web.Response()
            if no.after:
                said = {"ok": False, "error": "ratelimited"}
                headers = {no.header: f"{no.after:g}"} if no.header else {}
                return web.json_response(said, status=429, headers=headers)
            status = 404 if method == "response_url" else 200
            said = {"ok": False, "error": no.code}
            return web.json_response(said, status=status, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"X-OAuth-Scopes": ",".join(sorted(self.scopes))}

    def _complain(self, method: str, faults: list[str]) -> None:
        if faults:
            self.violations += [f"{method}: {fault}" for fault in faults]
            raise Refusal("invalid_blocks")

    async def _refused(self, method: str, body: Json) -> None:
        if refusal := self.weather(method, body):
            raise refusal
        waiting = self.refuse.get(method)
        if not waiting:
            return
        first = waiting.pop(0)
        if first.wait:
            await first.wait.wait()
            return
        raise first

    def _answer(self, method: str, body: Json) -> Json:  # noqa: C901, PLR0912 - one case a method
        match method:
            case "conversations.open":
                return {"channel": {"id": self.direct(body["users"])}}
            case "users.info":
                return {"user": self.people.get(body["user"], {"name": "x", "tz": ""})}
            case "chat.postMessage":
                return self._post(body)
            case "chat.postEphemeral":
                self._may_write(body["channel"])
                only, thread = body["user"], body.get("thread_ts", "")
                made = self._show("message", body["channel"], body, only=only, thread=thread)
                return {"message_ts": made.id}
            case "chat.update":
                return self._update(body)
            case "views.open" | "views.push":
                return self._open(body, over=method == "views.push")
            case "views.update":
                self._change(body["view_id"], body["view"])
                return {"view": body["view"] | {"id": body["view_id"]}}
            case "views.publish":
                person = body["user_id"]
                self.shown.pop(f"H{person}", None)
                self._show("home", "", body["view"], only=person, id_=f"H{person}")
                return {}
            case "conversations.history" | "conversations.replies":
                return self._history(body)
            case "conversations.info":
                return {"channel": self._channel(body["channel"])}
            case "files.getUploadURLExternal":
                self._may_upload()
                file = f"F{self.number():010d}"
                self.lengths[file] = int(body["length"])
                return {"upload_url": f"{self.url}/upload/{file}", "file_id": file}
            case "files.completeUploadExternal":
                return self._complete(body)
            case "auth.test":
                return {"ok": True, "team_id": TEAM, "user_id": BOT}
            case "apps.connections.open":
                return {"url": self.sockets}
        raise Refusal("unknown_method")

    def _post(self, body: Json) -> Json:
        self._may_write(body["channel"])
        made = self._show("message", body["channel"], body, thread=body.get("thread_ts", ""))
        return {"channel": body["channel"], "ts": made.id}

    def _update(self, body: Json) -> Json:
        if body["ts"] not in self.shown:
            raise Refusal("message_not_found")
        self._change(body["ts"], body)
        return {"channel": body["channel"], "ts": body["ts"]}

    def _open(self, body: Json, *, over: bool) -> Json:
        person = self.triggers.pop(body["trigger_id"], "")
        if not person:
            raise Refusal("expired_trigger_id")
        below = [one for one in self.modals.get(person, []) if over and one in self.shown]
        if len(below) == MODALS or (over and not below):
            raise Refusal("push_limit_reached" if below else "not_found")
        made = self._show("modal", "", body["view"], only=person, prefix="V")
        self.modals[person] = [*below, made.id]
        return {"view": body["view"] | {"id": made.id, "hash": f"h{self.number()}"}}

    def _channel(self, id_: str) -> Json:
        usual = {"id": id_, "is_member": True} if id_ in self.member_of else None
        found = self.channels.get(id_, usual)
        needed = "groups:read" if (found or {}).get("is_private") else "channels:read"
        if needed not in self.scopes:
            raise Refusal("missing_scope")
        if found is None or (found.get("is_private") and not found.get("is_member")):
            raise Refusal("channel_not_found")
        return found

    def _history(self, body: Json) -> Json:
        channel = body["channel"]
        private = self.channels.get(channel, {}).get("is_private")
        rooms = "groups" if private else "im" if channel.startswith("D") else "channels"
        if f"{rooms}:history" not in self.scopes:
            raise Refusal("missing_scope")
        here = [one for one in self.shown.values() if one.place == channel and not one.only]
        if "ts" in body:  # replies come after their message, the oldest first
            here = [one for one in here if body["ts"] in (one.id, one.thread)]
        else:
            here = [one for one in reversed(here) if not one.thread]
        return {"messages": [one.body | {"ts": one.id} for one in here[: int(body["limit"])]]}

    def _complete(self, body: Json) -> Json:
        self._may_upload()
        files = body["files"]
        if any(file["id"] not in self.uploads for file in files):
            raise Refusal("file_not_found")
        self.completed |= {file["id"] for file in files}
        if channel := body.get("channel_id"):
            made = self._show("message", channel, {"text": "", "blocks": []})
            made.files = [file["id"] for file in files]
        return {"files": files}

    def _may_upload(self) -> None:
        if "files:write" not in self.scopes:
            raise Refusal("missing_scope")

    def _shows(self, body: Json) -> None:
        """A picture can be shown once its upload was completed."""
        shown = [b["slack_file"]["id"] for b in body.get("blocks", []) if b["type"] == "image"]
        if not self.completed.issuperset(shown):
            raise Refusal("invalid_blocks")

    def _may_write(self, channel: str) -> None:
        if not channel.startswith("D") and channel not in self.member_of:
            raise Refusal("not_in_channel")

    def _answered(self, path: str, body: Json) -> str:
        known = self.answers.get(path.rpartition("/")[2])
        if known is None or known["left"] == 0:
            raise Refusal("used_url")
        known["left"] -= 1
        if body.get("replace_original") and known["pressed"]:
            self._change(known["pressed"], body)
        else:
            public = body.get("response_type") == "in_channel"
            self._show("message", known["channel"], body, only="" if public else known["person"])
        return "ok"

    def _show(
        self, kind: Any, place: str, body: Json, *, only: str = "", thread: str = "",
        id_: str = "", prefix: str = "",
    ) -> Shown:  # fmt: skip
        made = Shown(kind, id_ or (f"V{self.number()}" if prefix else self.stamp()), place, body)
        made.only, made.thread = only, thread
        self.shown[made.id] = made
        self.happened.append(made.id)
        return made

    def _change(self, id_: str, body: Json) -> None:
        if id_ not in self.shown:
            raise Refusal("not_found")
        self.shown[id_].body = body
        self.happened.append(id_)


def listening() -> AbstractAsyncContextManager[Wire]:
    """Serve; nothing unacceptable may have come when it ends."""
    return served(Wire())
