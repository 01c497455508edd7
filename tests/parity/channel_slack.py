"""A channel in Slack: signed requests to a bolt app, and a Web API that checks every call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.chat.posts import Poster
from tests.adapters.slack import wire as slack
from tests.drivers import slack as on_slack
from tests.drivers.screen import Screen
from tests.parity.channel import ADMIN, ZONE, How, Seen, seen
from tests.parity.channel_wired import Wired
from tests.stage import Stage


class SlackFace(Wired):
    """Signed requests to a bolt app, and a Web API that checks every call."""

    driver: on_slack.SlackDriver
    platform, community, place = "slack", "slack:T1", "slack:T1/C1"

    def __init__(self, stage: Stage, wire: slack.Wire, names: Mapping[str, str]) -> None:
        super().__init__(stage)
        self.wire = wire
        self.clock = on_slack.Clock(stage.clock())
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
            self.wire.channels.pop("C1", None)
        else:
            self.wire.member_of.discard("C1")
            self.wire.channels["C1"] = {"id": "C1", "is_member": False}

    def _user(self, person: str) -> str:
        return _slack_id(person)

    def _on(self, posted: slack.Shown, label: str) -> tuple[Any, ...] | None:
        buttons = (one for one in on_slack.elements(posted.body) if one["type"] == "button")
        held = (one for one in buttons if one["text"]["text"] == label)
        return next(((posted, one, "") for one in held), None)

    def _posts(self) -> list[Any]:
        every = (one for one in self.wire.shown.values() if one.kind == "message")
        return [one for one in every if one.place == "C1" and not one.only and not one.thread]

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
