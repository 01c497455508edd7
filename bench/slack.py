"""An answer on Slack, from the signed request to the drawn card, against stock bolt and a row."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import App
from adapters.slack.calls import Calls, connected
from adapters.slack.front import Front
from adapters.slack.render import Json, message
from bench.durable import file
from bench.measure import run
from bench.presses import Against, Crowd, Ready, compare, written
from tests.adapters.slack import payloads
from tests.adapters.slack.payloads import SECRET
from tests.drivers.slack import elements
from tests.stage import Stage

PATH = "/slack/events"
CARDS = "https://hooks.slack.com/actions/T1/1/x"
Asgi = Callable[[Any, Any, Any], Awaitable[None]]
Request = tuple[Json, bytes]  # an ASGI scope and a body


class Unsent(Calls):
    """Everything but the network: what was drawn is counted, not sent."""

    drawn = 0

    async def respond(self, url: str, payload: Json) -> bool:
        """Take a drawn card."""
        assert url == CARDS
        assert payload["blocks"]
        self.drawn += 1
        return True


class Nobody(AsyncWebClient):
    """Slack's methods without the network: the one that is asked is about a person's profile."""

    async def api_call(self, api_method: str, **_: Any) -> Any:
        """Answer as Slack does for a person without a profile."""
        assert api_method == "users.info", api_method
        return {"ok": True, "user": {}}


def stock() -> Asgi:
    """Bolt as its documentation has it, with a listener that acknowledges and does no more.

    `process_before_response` spares it the 10 ms for which its default runner sleeps.
    """

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-x")  # noqa: S106 - nobody's

    bolt = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @bolt.action(re.compile(".*"))
    async def nothing(ack: Any) -> None:
        await ack()

    handler: Asgi = AsyncSlackRequestHandler(bolt, PATH)
    return handler


def requests(ready: list[Ready]) -> Iterator[Request]:
    """The presses as Slack sends them: the whole message stands in each."""
    for number, one in enumerate(ready):
        drawn = message(one.card)
        [element] = [each for each in elements(drawn) if each.get("value") == one.token]
        stamp = f"{datetime.now(UTC).timestamp():.0f}.{number:06d}"
        channel = f"D{one.person}"
        held = {"ts": "1795341600.000100", "type": "message", "user": "UBOT", "bot_id": "B1"}
        container = {"type": "message", "message_ts": held["ts"], "channel_id": channel}
        body = payloads.press(
            f"U{one.person}",
            payloads.action(element, stamp),
            container | {"is_ephemeral": False},
            channel={"id": channel, "name": "directmessage"},
            message=held | drawn,
            response_url=CARDS,
            trigger_id=f"1.{number}.x",
        )
        raw, kind = payloads.encoded(body)
        headers = payloads.signed(raw, int(datetime.now(UTC).timestamp()))
        headers["Content-Type"] = kind
        named = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        yield {"type": "http", "method": "POST", "path": PATH, "headers": named}, raw


async def ask(app: Asgi, request: Request) -> None:
    """Ask as uvicorn does; 200 or an error."""
    scope, raw = request
    status: list[int] = []

    async def receive() -> Json:
        return {"type": "http.request", "body": raw, "more_body": False}

    async def send(event: Json) -> None:
        status.extend([event["status"]] if "status" in event else [])

    await app(dict(scope, query_string=b""), receive, send)
    assert status == [200], status


def clock() -> datetime:
    """The time of now."""
    return datetime.now(UTC)


async def main() -> None:
    """Signed request in, graded, stored durably, acknowledged, the next card drawn."""
    with tempfile.TemporaryDirectory() as folder, file() as floor:
        stage = Stage(Path(folder) / "sparring.db", written())
        crowd = Crowd(stage, "slack:T1/U", "slack:T1")
        async with connected("xoxb-x") as client:
            nobody = Nobody(token="xoxb-x", session=client.session)  # noqa: S106 - nobody's
            app = App(stage.door, Unsent(nobody, clock), clock, 2.5)
            against = Against("Slack", "stock bolt", (0.95, 1.15), floor)
            answer = partial(ask, Front(app, SECRET, now=clock))
            idle = partial(ask, stock())
            await compare(crowd, against, requests, idle=idle, answer=answer, last=[app.settle])
        await stage.store.close()


if __name__ == "__main__":
    run(main)
