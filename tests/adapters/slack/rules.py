"""What Slack accepts: Block Kit's schema, and the rules of its methods that no schema carries."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.validators import extend

Json = dict[str, Any]

SHARED = Path(__file__).parents[4] / "shared" / "platforms"
TOTAL, FALLBACK, METADATA = 13_000, 4000, 3000
LIVE = re.compile(r"<[^>]*>|<[!@#]")
FILE = re.compile(r"F[A-Z0-9]{8,}")  # Slack refuses other ids (python-slack-sdk#1521)
ARGUMENTS = {
    "chat.postMessage": {"channel", "text", "blocks", "unfurl_links", "unfurl_media", "metadata",
                         "thread_ts"},
    "chat.update": {"channel", "ts", "text", "blocks"},
    "chat.postEphemeral": {"channel", "user", "text", "blocks", "thread_ts"},
    "views.open": {"trigger_id", "view"},
    "views.push": {"trigger_id", "view"},
    "views.update": {"view_id", "view"},
    "views.publish": {"user_id", "view"},
    "conversations.open": {"users"},
    "conversations.history": {"channel", "limit", "include_all_metadata"},
    "conversations.replies": {"channel", "ts", "limit", "include_all_metadata"},
    "conversations.info": {"channel"},
    "users.info": {"user", "include_locale"},
    "files.getUploadURLExternal": {"filename", "length", "alt_txt"},
    "files.completeUploadExternal": {"files", "channel_id"},
    "apps.connections.open": set(),
    "auth.test": set(),
    "response_url": {"text", "blocks", "response_type", "replace_original", "unfurl_links",
                     "unfurl_media"},
}  # fmt: skip


def complaints(method: str, body: Json) -> list[str]:
    """Everything Slack would not accept, or we never want to send."""
    if method not in ARGUMENTS:
        return [f"no such method: {method}"]
    unknown = set(body) - ARGUMENTS[method] - {"token"}
    found = [f"unknown argument {one}" for one in unknown]
    if "blocks" in body:
        found += _message_faults(method, body)
    if "view" in body:
        found += view_faults(body["view"])
    return found


def view_faults(view: Json) -> list[str]:
    """Everything Slack would not accept of a view."""
    found = list(_block_faults(view["blocks"], 100)) + _schema_faults(view=view)
    if len(view.get("private_metadata", "")) > METADATA:
        found.append("private_metadata is too long")
    inputs = any(block["type"] == "input" for block in view["blocks"])
    if inputs and "submit" not in view:
        found.append("inputs without submit")
    return found


def texts(node: Any) -> Iterator[Json]:
    """All text objects and elements, wherever they are."""
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def _message_faults(method: str, body: Json) -> Iterator[str]:
    text = body.get("text", "")
    if not text.strip():
        yield "no text beside the blocks"
    if len(text) > FALLBACK:
        yield f"{len(text)} characters of text"
    if LIVE.search(text) or re.search(r"&(?!amp;|lt;|gt;)", text):
        yield f"live text: {text[:80]}"
    if method == "chat.postMessage" and (body["unfurl_links"] or body["unfurl_media"]):
        yield "links are unfurled"
    yield from _block_faults(body["blocks"], 50)
    yield from _schema_faults(blocks=body["blocks"])


def _block_faults(blocks: list[Json], most: int) -> Iterator[str]:
    if not 1 <= len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    if (length := len(json.dumps(blocks, ensure_ascii=False))) > TOTAL * 1.2:
        yield f"{length} characters of blocks"  # json.dumps spaces what msgspec does not
    for one in texts(blocks):
        if one.get("type") == "mrkdwn":
            yield "mrkdwn, in which things are live"
        if not one["text"]:
            yield "empty text"
    for one in blocks:
        if one["type"] == "image" and not FILE.fullmatch(one["slack_file"]["id"]):
            yield f"no id of a file: {one['slack_file']}"
    ids = [element.get("action_id") for block in blocks for element in block.get("elements", [])]
    named = [id_ for id_ in ids if id_]
    if len(named) != len(set(named)):
        yield f"the same action_id twice: {named}"


def _schema_faults(**document: Any) -> list[str]:
    if not SHARED.exists():
        return []
    return list(_refused(json.dumps(document, sort_keys=True)))


@cache
def _refused(written: str) -> tuple[str, ...]:
    # thousands press at once in some tests, and most are answered with the same words
    document = json.loads(written)
    found = [f"{one.json_path}: {one.message[:200]}" for one in _validator().iter_errors(document)]
    return (*found, *(str(one) for one in _checker().problems(**document)))


@cache
def _checker() -> Any:
    """The four rules neither carries, by the project's own example; its schema check is ours."""
    spec = importlib.util.spec_from_file_location("blockkit_check", SHARED / "blockkit_check.py")
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.V = Draft7Validator({})
    return module


@cache
def _validator() -> Any:
    schema = json.loads((SHARED / "blockkit.schema.json").read_text())
    kind: Any = extend(Draft7Validator, {"anyOf": _by_type(schema)})  # type: ignore[no-untyped-call]
    return kind(schema)


def _by_type(schema: Json) -> Any:
    """A union decided by the constant under `type`: faster, and its complaints can be read."""
    usual: Any = Draft7Validator.VALIDATORS["anyOf"]

    @cache
    def constant(written: str) -> str | None:
        option: Json = json.loads(written)
        while "$ref" in option:
            name = option["$ref"].split("/")[-1]
            option = (schema.get("definitions") or schema["$defs"])[name]
        const = option.get("properties", {}).get("type", {}).get("const")
        return const if isinstance(const, str) else None

    def decide(validator: Any, options: Any, instance: Any, _schema: Any) -> Iterator[Any]:
        kind = instance.get("type") if isinstance(instance, dict) else None
        fitting = [one for one in options if kind and constant(json.dumps(one)) == kind]
        if len(fitting) == 1:
            yield from validator.descend(instance, fitting[0])
        else:
            yield from usual(validator, options, instance, _schema)

    return decide
