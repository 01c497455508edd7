"""What Discord accepts: its OpenAPI document, and the rules that the document leaves out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

Json = dict[str, Any]

DOCUMENT = Path(__file__).parents[4] / "shared" / "platforms" / "discord-openapi.json"
COMPONENTS_V2 = 1 << 15
TEXT_OF_A_MESSAGE, COMPONENTS_OF_A_MESSAGE, PARTS_OF_A_MODAL = 4000, 40, 5
CONTENT, EMBEDS_TOGETHER, COMMAND_TOGETHER, NONCE = 2000, 6000, 8000, 25
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")


def complaints(method: str, path: str, body: Any, files: tuple[str, ...] = ()) -> list[str]:
    """Everything Discord would not accept of a request; `path` is without the API's base."""
    if method == "GET":
        return []
    return [*_documented(method, path, body), *_undocumented(path, body, files)]


def walk(components: Any) -> Iterator[Json]:
    """All components, nested ones included."""
    for one in components or []:
        yield one
        yield from walk(one.get("components"))
        yield from walk([one["component"]] if "component" in one else [])
        yield from walk([one["accessory"]] if "accessory" in one else [])


def _documented(method: str, path: str, body: Any) -> list[str]:
    if not DOCUMENT.exists():
        return []
    for template, pattern in _paths():
        operation = _document()["paths"][template].get(method.lower())
        if pattern.fullmatch(path) and operation:
            if "requestBody" not in operation:
                return []
            written = json.dumps(body, sort_keys=True)
            return list(_refused(template, method.lower(), written))
    return [f"no such route: {method} {path}"]


@cache
def _refused(template: str, method: str, written: str) -> tuple[str, ...]:
    # thousands press at once in some tests, and most are answered with the same words
    found = _validator(template, method).iter_errors(json.loads(written))
    return tuple(f"{one.json_path}: {one.message[:300]}" for one in found)


def _undocumented(path: str, body: Any, files: tuple[str, ...]) -> list[str]:
    if path.endswith("/commands"):
        return [fault for command in body for fault in _command_faults(command)]
    if path.endswith("/callback"):
        data = body.get("data") or {}
        if body["type"] in (4, 7):
            return list(_message_faults(data, files))
        return list(_modal_faults(data)) if body["type"] == 9 else []
    if "messages" in path.split("/")[-2:] or path.startswith("/webhooks/"):
        return list(_message_faults(body, files))
    return []


def _message_faults(body: Json, files: tuple[str, ...]) -> Iterator[str]:
    parts = list(walk(body.get("components")))
    if body.get("allowed_mentions") != {"parse": []}:
        yield "mentions are not switched off"
    if len(body.get("content") or "") > CONTENT:
        yield "content is longer than 2000"
    if len(json.dumps(body.get("embeds") or [])) > EMBEDS_TOGETHER:
        yield "embeds may be too long together"
    if len(str(body.get("nonce", ""))) > NONCE:
        yield "nonce is too long"
    yield from _v2_faults(body, parts)
    yield from _id_faults(parts)
    yield from _file_faults(body, parts, files)


def _v2_faults(body: Json, parts: list[Json]) -> Iterator[str]:
    if any(part["type"] >= 9 for part in parts):
        if not body.get("flags", 0) & COMPONENTS_V2:
            yield "Components V2 without their flag"
        if body.get("content") or body.get("embeds"):
            yield "Components V2 beside content"
    if len(parts) > COMPONENTS_OF_A_MESSAGE:
        yield f"{len(parts)} components"
    text = sum(_units(part["content"]) for part in parts if part["type"] == 10)
    if text > TEXT_OF_A_MESSAGE:
        yield f"{text} characters of text"


def _modal_faults(modal: Json) -> Iterator[str]:
    if not 1 <= len(modal["components"]) <= PARTS_OF_A_MODAL:
        yield f"{len(modal['components'])} parts of a modal"
    yield from _id_faults(list(walk(modal["components"])))


def _id_faults(parts: list[Json]) -> Iterator[str]:
    numbers = [part["id"] for part in parts if "id" in part]
    if len(numbers) != len(set(numbers)) or not all(0 < one < 2**31 for one in numbers):
        yield f"ids of components: {numbers}"
    ids = [part["custom_id"] for part in parts if "custom_id" in part]
    if len(ids) != len(set(ids)):
        yield f"the same custom_id twice: {ids}"
    for part in parts:
        values = [option["value"] for option in part.get("options", [])]
        if len(values) != len(set(values)):
            yield f"the same option twice: {values}"
        if part["type"] == 2 and not part.get("label", "").strip():
            yield "a button without a label"


def _file_faults(body: Json, parts: list[Json], files: tuple[str, ...]) -> Iterator[str]:
    shown = [item["media"]["url"] for part in parts for item in part.get("items", [])]
    shown += [part["file"]["url"] for part in parts if "file" in part]
    for name in files:
        if shown.count(f"attachment://{name}") != 1:
            yield f"{name} is sent but not shown"
    if [one["filename"] for one in body.get("attachments", [])] != list(files):
        yield "attachments and files differ"
    if len(shown) != len(files):
        yield "a file that is not sent"


def _command_faults(command: Json) -> Iterator[str]:
    for node in walk_options(command):
        if not COMMAND_NAME.fullmatch(node["name"]) or node["name"] != node["name"].lower():
            yield f"not a name: {node['name']}"
        if len(node.get("options", [])) > 25:
            yield f"more than 25 options: {node['name']}"
    together = sum(
        len(node["name"])
        + len(node["description"])
        + sum(len(choice["name"]) + len(choice["value"]) for choice in node.get("choices", []))
        for node in walk_options(command)
    )
    if together > COMMAND_TOGETHER:
        yield f"{command['name']} has {together} characters"


def walk_options(command: Json) -> Iterator[Json]:
    """A command, its subcommands and all their options."""
    yield command
    for option in command.get("options", []):
        yield from walk_options(option)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@cache
def _document() -> Json:
    loaded: Json = json.loads(DOCUMENT.read_text())
    return loaded


@cache
def _paths() -> list[tuple[str, re.Pattern[str]]]:
    # literal paths first: @original is no {message_id}
    names = sorted(_document()["paths"], key=lambda path: path.count("{"))
    return [(name, re.compile(re.sub(r"\{\w+\}", "[^/]+", name))) for name in names]


@cache
def _validator(template: str, method: str) -> Any:
    spot = template.replace("/", "~1")
    pointer = f"#/paths/{spot}/{method}/requestBody/content/application~1json/schema"
    resource = Resource.from_contents(_document(), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("urn:discord", resource)
    unions = {"oneOf": _by_type("oneOf"), "anyOf": _by_type("anyOf")}
    kind = extend(Draft202012Validator, unions)  # type: ignore[no-untyped-call]
    return kind({"$ref": f"urn:discord{pointer}"}, registry=registry)


def _by_type(keyword: str) -> Any:
    """A union decided by the number under `type`: faster, and its complaints can be read."""
    usual = Draft202012Validator.VALIDATORS[keyword]

    def decide(validator: Any, options: Any, instance: Any, schema: Any) -> Iterator[Any]:
        kind = instance.get("type") if isinstance(instance, dict) else None
        fitting = [one for one in options if kind is not None and kind in _types(json.dumps(one))]
        if len(fitting) == 1:
            yield from validator.descend(instance, fitting[0])
        else:
            yield from usual(validator, options, instance, schema)

    return decide


@cache
def _types(option: str) -> tuple[int, ...]:
    name = json.loads(option).get("$ref", "").rpartition("/")[2]
    schema = _document()["components"]["schemas"].get(name, {})
    return tuple(schema.get("properties", {}).get("type", {}).get("enum", ()))
