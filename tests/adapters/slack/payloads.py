"""What Slack sends, as its documentation shows it, and how it signs it."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

from tests.adapters.slack.wire import BOT, TEAM, Json

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


def command(person: str, channel: str, name: str, text: str, **more: str) -> Json:
    """A slash command."""
    body = {"token": "x", "team_id": TEAM, "team_domain": "example", "channel_id": channel}
    body |= {"channel_name": "general", "user_id": person, "user_name": person.lower()}
    return body | {"command": f"/{name}", "text": text, "api_app_id": "A1"} | more


def who(person: str) -> Json:
    """The part that every interaction has."""
    user = {"id": person, "username": person.lower(), "name": person.lower(), "team_id": TEAM}
    team = {"id": TEAM, "domain": "example"}
    return {"user": user, "team": team, "enterprise": None, "is_enterprise_install": False,
            "api_app_id": "A1", "token": "x"}  # fmt: skip


def press(person: str, action: Json, container: Json, **more: Any) -> Json:
    """A pressed button or a chosen option."""
    return who(person) | {
        "type": "block_actions", "container": container, "actions": [action],
        "state": {"values": {}},
    } | more  # fmt: skip


def action(element: Json, stamp: str, value: str = "") -> Json:
    """The element as an action quotes it."""
    made = {key: element[key] for key in ("type", "action_id")} | {"block_id": "x9f"}
    if element["type"] == "button":
        made |= {"text": element["text"], "value": element.get("value")}
    else:
        chosen = next(option for option in element["options"] if option["value"] == value)
        made |= {"selected_option": chosen}
    return made | {"action_ts": stamp}


def submission(person: str, view: Json, values: dict[str, Any]) -> Json:
    """A sent form; `values` by action id."""
    state: Json = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            given = values.get(element["action_id"])
            state[block["block_id"]] = {element["action_id"]: _given(element, given)}
    return who(person) | {
        "type": "view_submission", "trigger_id": "1.2.x", "response_urls": [],
        "view": view | {"state": {"values": state}, "team_id": TEAM, "app_installed_team_id": TEAM},
    }  # fmt: skip


def _given(element: Json, given: Any) -> Json:
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": given}
    options = {one["value"]: one for one in element["options"]}
    if kind == "static_select":
        return {"type": kind, "selected_option": options.get(given)}
    return {"type": kind, "selected_options": [options[one] for one in given or ()]}


def event(inner: Json, number: int, **more: Any) -> Json:
    """A delivery of the Events API."""
    authorizations = [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "enterprise_id": None}]
    return {
        "type": "event_callback", "team_id": TEAM, "api_app_id": "A1", "event_id": f"Ev{number}",
        "event_time": 1795341600, "authorizations": authorizations, "event": inner,
    } | more  # fmt: skip


def encoded(body: Json) -> tuple[bytes, str]:
    """A body as it goes over HTTP, with its content type."""
    if body.get("type") in ("event_callback", "url_verification"):
        return json.dumps(body).encode(), "application/json"
    form = body if "command" in body else {"payload": json.dumps(body)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def signed(raw: bytes, at: int, secret: str = SECRET) -> dict[str, str]:
    """The headers of a body that Slack signed then."""
    base = b"v0:%d:" % at + raw
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}
