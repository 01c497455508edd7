"""A channel in Slack: signed requests to a bolt app, and a Web API that checks every call."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

from bot.chat.posts import Poster
from tests.adapters.slack import wire as slack
from tests.drivers import slack as on_slack
from tests.drivers.screen import Screen
from tests.parity.channel import ADMIN, ZONE, How, Seen, seen
from tests.stage import Stage


class SlackFace:
    """Signed requests to a bolt app, and a Web API that checks every call."""

    platform, community, place = "slack", "slack:T1", "slack:T1/C1"

    def __init__(self, stage: Stage, wire: slack.Wire, names: Mapping[str, str]) -> None:

        self.stage, self.wire = stage, wire
        self.clock = on_slack.Clock(stage.clock())
        self._stack = AsyncExitStack()
        self._pressed: dict[str, Any] = {}
        self._forms: dict[str, str] = {}
        for person in (ADMIN, *names):
            self.wire.people[_slack_id(person)] = {
                "is_admin": person == ADMIN,
                "tz": ZONE,
                "profile": {"display_name": names.get(person, person)},
            }

    async def open(self) -> None:

        entered = on_slack.driving(self.stage.door, wire=self.wire, clock=self.clock)
        self.driver = await self._stack.enter_async_context(entered)
        self.driver._forms = self._forms
        self.stage.rights["slack"] = self.driver.app.rights

    async def close(self) -> None:
        await self._stack.aclose()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    def follow(self, at: datetime) -> None:
        self.clock.at = at

    def poster(self) -> Poster:
        return self.driver.app.poster

    def external(self, person: str) -> str:
        return f"slack:T1/{_slack_id(person)}"

    def allow(self, *, write: bool) -> None:
        """Let the bot into the channel, or throw it out."""
        self.wire.scopes -= {"chat:write.public"}
        if write:
            self.wire.member_of.add("C1")
        else:
            self.wire.member_of.discard("C1")
            self.wire.channels["C1"] = {"id": "C1", "is_member": False}
        if write:
            self.wire.channels.pop("C1", None)

    async def command(self, person: str, line: str) -> Screen:
        return await self.driver.command(person, line)

    async def press(self, person: str, label: str) -> Screen:
        self._pressed[person] = self.driver._found(_slack_id(person), label)
        return await self.again(person)

    async def again(self, person: str) -> Screen:
        return await self.driver.press_on(person, *self._pressed[person])

    async def press_on(self, person: str, post: int, label: str) -> Screen:

        shown = self._posts()[post]
        for element in on_slack.elements(shown.body):
            if element["type"] == "button" and element["text"]["text"] == label:
                self._pressed[person] = (shown, element, "")
                return await self.again(person)
        raise AssertionError((label, self.post(post)))

    async def types(self, person: str, text: str, post: int) -> Screen:
        await self.press_on(person, post, "Answer")
        return await self.driver.fill(person, {"answer": text})

    async def choose(self, person: str, letters: tuple[str, ...], post: int) -> Screen:
        await self.press_on(person, post, "Choose")
        return await self.driver.fill(person, {"picks": letters})

    def _posts(self) -> list[Any]:
        every = (one for one in self.wire.shown.values() if one.kind == "message")
        return [one for one in every if one.place == "C1" and not one.only and not one.thread]

    def posts(self) -> int:
        return len(self._posts())

    def post(self, number: int) -> Screen:

        return on_slack.screen(self._posts()[number])

    def public(self) -> tuple[Seen, ...]:
        return tuple(seen(how, self._read(body)) for how, body in self.payloads())

    def payloads(self) -> list[tuple[How, Any]]:
        """What went to the channel, in order, and how."""
        found: list[tuple[How, Any]] = []
        for method, body in self.wire.requests:
            if method == "chat.postMessage" and body["channel"] == "C1":
                found.append(("thread" if body.get("thread_ts") else "post", body))
            elif method == "chat.update" and body["channel"] == "C1":
                found.append(("edit", body))
            elif body.get("response_type") == "in_channel":
                found.append(("post", body))
        return found

    def _read(self, body: Any) -> Screen:

        return on_slack.screen(slack.Shown("message", "1", "C1", body))


def _slack_id(person: str) -> str:
    return "U" + person.upper()
