"""The front door: only what Slack signed comes in, and nothing that comes in breaks it."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import random
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus, urlencode

import aiohttp
import pytest
import uvicorn

from adapters.slack.front import BODY, _decoded
from adapters.slack.manifest import PATH
from bot.chat.cards import Button
from tests.adapters.slack import payloads
from tests.adapters.slack.conversing import Kept, daily
from tests.adapters.slack.payloads import SECRET, signed
from tests.adapters.slack.wire import START
from tests.drivers.slack import SlackDriver, asked, elements, until

NOW = int(START.timestamp())
JUNK: tuple[Any, ...] = (
    None, 0, -1, 1e300, True, "", "\x00", "x" * 50_000, [], {}, [[]], {"id": {}}, "<!here>",
    "../../etc", "9" * 30, [None], {"": None},
)  # fmt: skip


def _body(slack: SlackDriver) -> tuple[bytes, str]:
    return payloads.encoded(slack.called("Ann", ""))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Request-Timestamp": "abc"},
        {"X-Slack-Request-Timestamp": "9" * 400},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": f"{NOW}.5"},
        {"X-Slack-Request-Timestamp": f" {NOW}"},
        {"X-Slack-Request-Timestamp": "١٧٩٥٣٤١٦٠٠"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Signature": "v0="},
        {"X-Slack-Signature": "v0=" + "é" * 64},
        {"X-Slack-Signature": b"\xff\xfe"},
        {"X-Slack-Signature": "v1=" + "0" * 64},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
    ],
)
async def test_malformed_headers_are_refused(
    slack: SlackDriver, headers: dict[str, str | bytes]
) -> None:
    """
    A strange header is 401, never 500.
    """
    raw, kind = _body(slack)
    good = signed(raw, NOW) if headers else {}
    assert (await slack.request(raw, good | headers | {"Content-Type": kind})).status == 401
    assert slack.wire.requests == []


async def test_a_thousand_forgeries(slack: SlackDriver, store: Kept) -> None:
    """
    Of 1,000 requests with a changed signature, timestamp, body or secret none comes in.
    """
    rng = random.Random(7)
    raw, kind = _body(slack)
    for number in range(1000):
        headers, sent = signed(raw, NOW), raw
        name = ("X-Slack-Signature", "X-Slack-Request-Timestamp")[number % 2]
        at = rng.randrange(3 if number % 2 == 0 else 0, len(headers[name]))
        match number % 4:
            case 0 | 1:
                other = rng.choice([c for c in "0123456789abcdef" if c != headers[name][at]])
                headers[name] = headers[name][:at] + other + headers[name][at + 1 :]
            case 2:
                where = rng.randrange(len(raw))
                sent = raw[:where] + bytes([raw[where] ^ 1 << rng.randrange(8)]) + raw[where + 1 :]
            case 3:
                headers = signed(raw, NOW, SECRET[:-1] + "x")
        answer = await slack.request(sent, headers | {"Content-Type": kind})
        assert answer.status == 401
    await slack.app.settle()

    assert store.ran == []


async def test_old_and_early_requests_are_refused(slack: SlackDriver) -> None:
    """
    A timestamp more than five minutes away is 401; within them it is good.
    """
    for seconds, status in ((-301, 401), (-299, 200), (299, 200), (301, 401)):
        body = slack.called("Ann", "")
        assert (await slack.deliver(body, at=NOW + seconds)).status == status


async def test_ssl_check_needs_a_signature_too(slack: SlackDriver) -> None:
    """
    `ssl_check=1` opens no side door.
    """
    assert (await slack.request(b"ssl_check=1", {})).status == 401


async def test_url_verification(slack: SlackDriver) -> None:
    """
    Slack's challenge is given back, if it is signed.
    """
    body = {"type": "url_verification", "challenge": "3eZbrw1aB"}
    assert (await slack.deliver(body)).json == {"challenge": "3eZbrw1aB"}
    assert (await slack.request(json.dumps(body).encode(), {})).status == 401


async def test_other_addresses_methods_and_lengths(slack: SlackDriver) -> None:
    """
    404, 405, and 413 for more than 1 MB, even in pieces and before the signature is looked at.
    """
    raw, _ = _body(slack)
    headers = signed(raw, NOW)
    huge = b"x" * (BODY + 1)

    assert (await slack.request(raw, headers, path="/")).status == 404
    assert (await slack.request(raw, headers, method="GET")).status == 405
    assert (await slack.request(huge, signed(huge, NOW))).status == 413
    assert (await asked(slack.front, huge, signed(huge, NOW), parts=50)).status == 413
    assert (await asked(slack.front, raw, headers, parts=7)).status == 200


async def test_what_is_signed_but_no_event_is_refused(slack: SlackDriver) -> None:
    """
    Bodies that Slack would never send are 400.
    """
    deep = b'{"type":' + b"[" * 100_000
    for raw in (
        b"", b"{", b"[]", b"payload=", b"payload=[]", b"payload=%7B", b"payload=null", b"{}",
        b"payload=%22x%22", "payload=ü".encode(), b"a=b&c", deep, b"payload=" + deep,
        b'{"type": 5}', b'{"type": "event_callback"}', b'{"type":"block_actions","actions":[]}',
        b"payload=%ff%fe", b"&&&==",
    ):  # fmt: skip
        assert (await slack.request(raw, signed(raw, NOW))).status == 400, raw[:40]
    for raw in (b"\xff\xfe", b'{"type":"url_verification"}\xff'):  # slack_sdk signs text alone
        assert (await slack.request(raw, signed(raw, NOW))).status == 401
    assert slack.wire.requests == []


def test_decoding_is_as_slack_encodes() -> None:
    """
    The fast decoder reads what the standard library writes, whatever is in it.
    """
    rng = random.Random(3)
    for _ in range(300):
        text = "".join(
            chr(
                rng.choice(
                    (
                        rng.randrange(32, 127),
                        rng.randrange(1, 0xD800),
                        rng.randrange(0xE000, 0x11_0000),
                    )
                )
            )
            for _ in range(20)
        )
        body = {"type": text, "value": "+ %20 &=\u00e9", "n": [1, None, True]}
        for encoded in (
            urlencode({"payload": json.dumps(body)}),
            "payload=" + quote_plus(json.dumps(body, ensure_ascii=False)),
        ):
            assert _decoded(encoded.encode()) == body
        assert _decoded(urlencode({"command": text, "text": ""}).encode()) == {
            "command": text, "text": "",
        }  # fmt: skip


def _samples(slack: SlackDriver) -> list[dict[str, Any]]:
    post = daily(slack.wire, Button("A", "lock"), Button("Type", "!type:q1"))
    buttons = list(elements(post.body))
    view = payloads.submission(
        "UANN",
        {"id": "V1", "hash": "h", "type": "modal", "callback_id": "form", "private_metadata": "{}",
         "blocks": [{"type": "input", "block_id": "b",
                     "element": {"type": "plain_text_input", "action_id": "answer"}}]},
        {"answer": "x"},
    )  # fmt: skip
    said = {
        "type": "message",
        "channel_type": "im",
        "user": "UANN",
        "channel": "DUANN",
        "ts": "1.1",
    }
    return [
        slack.called("Ann", "quiz sql"),
        slack.pressed("Ann", post, buttons[0]),
        slack.pressed("Ann", post, buttons[1]),
        view,
        payloads.event(said, 1),
        payloads.event({"type": "app_home_opened", "user": "UANN", "tab": "home"}, 2),
        payloads.event({"type": "app_mention", "user": "UANN", "channel": "C1", "ts": "1.1"}, 3),
        payloads.who("UANN") | {"type": "view_closed", "view": view["view"]},
        payloads.who("UANN") | {
            "type": "message_action", "callback_id": "quiz", "trigger_id": "1.1",
            "channel": {"id": "C1"}, "message": {"ts": "1.1"}, "response_url": "x",
        },
    ]  # fmt: skip


def _paths(node: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        yield (*here, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*here, key))


def _mutated(body: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    changed = copy.deepcopy(body)
    for _ in range(rng.randrange(1, 4)):
        path = rng.choice(list(_paths(changed)) or [("type",)])
        node: Any = changed
        for key in path[:-1]:
            node = node[key]
        if rng.random() < 0.25:
            node.pop(path[-1])
        else:
            node[path[-1]] = rng.choice(JUNK)
    return changed


async def test_mutated_payloads_break_nothing(
    slack: SlackDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """
    Signed payloads with missing, null, wrong, huge and unknown fields: no 5xx, no exception, no
    bug of ours.
    """
    rng = random.Random(11)
    samples = _samples(slack)
    caplog.set_level(logging.WARNING)
    statuses = set()
    for number in range(1200):
        body = _mutated(samples[number % len(samples)], rng)
        if body.get("type") == "url_verification":
            continue
        raw, kind = payloads.encoded(body)
        answer = await slack.request(raw, signed(raw, NOW) | {"Content-Type": kind})
        statuses.add(answer.status)
        if number % 50 == 0:
            await slack.app.settle()
    await slack.app.settle()

    assert statuses <= {200, 400, 404}
    assert not [one for one in caplog.records if one.exc_info or "bug" in one.getMessage()]


async def test_forged_bodies_and_tokens_are_not_logged(
    slack: SlackDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """
    Neither the body of a forgery nor our token or an answer stands in the log.
    """
    caplog.set_level(logging.INFO)
    raw = b'{"type": "canary-in-a-forgery"}'
    await slack.request(raw, signed(raw, NOW, "wrong"))
    await slack.request(b"payload=%22canary%22", signed(b"payload=%22canary%22", NOW))
    await slack.command("Ann", "/quiz canary-of-an-answer")

    assert "canary" not in caplog.text


async def test_served_over_a_socket(slack: SlackDriver) -> None:
    """
    Uvicorn serves the same: a signed command in, 200 out, and a keep-alive connection.
    """
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    config = uvicorn.Config(slack.front, port=port, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    async with aiohttp.ClientSession() as session:
        for _ in range(2):
            raw, kind = _body(slack)
            async with session.post(
                f"http://127.0.0.1:{port}{PATH}",
                data=raw,
                headers=signed(raw, NOW) | {"Content-Type": kind},
            ) as answer:
                assert (answer.status, await answer.text()) == (200, "")
    server.should_exit = True
    await serving
    await slack.app.settle()

    assert len(slack.wire.calls("chat.postMessage")) == 2
