"""Modals and the Home: cards and forms as views, and what was typed into them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from adapters.slack import limits, words
from adapters.slack.render import Json, button, chosen, cost, draw, options, plain, text
from bot.chat.cards import Button, Card, Field, Form
from bot.chat.events import Value

Surface = Literal["command", "direct", "ephemeral", "post", "modal", "home"]
FORM: Final = "form"  # callback ids
CARD: Final = "card"
TITLE: Final = "Sparring"
ROWS_BEHIND: Final = ("direct", "ephemeral", "home")  # where a form's verdict has its buttons


class Behind(Struct, frozen=True, omit_defaults=True):
    """What a modal stands in front of, and the token that sending it presses.

    Kept in private_metadata, which Slack gives back signed and unchanged. `answer` is a
    response_url, `view` the modal under this one.
    """

    surface: Surface = "command"
    token: str = ""
    channel: str = ""
    message: str = ""
    thread: str = ""
    answer: str = ""
    view: str = ""


def packed(behind: Behind) -> str:
    """Write private_metadata; what is too long gives up its response_url."""
    written = msgspec.json.encode(behind).decode()
    if len(written) <= limits.METADATA:
        return written
    return msgspec.json.encode(replace(behind, answer="")).decode()


def unpacked(metadata: str) -> Behind:
    """Read private_metadata; anything else is a modal in front of nothing."""
    try:
        return msgspec.json.decode(metadata, type=Behind)
    except (msgspec.DecodeError, ValueError):
        return Behind()


def card_view(card: Card, behind: Behind, picture: str = "", *, buttons: bool = True) -> Json:
    """Draw a card as a modal; its blocks have no ids, so that Slack gives new ones each time."""
    if not buttons and (card.rows or card.select):
        note = "\n".join(part for part in (card.note, words.goes_on()) if part)
        card = replace(card, rows=(), select=None, note=note)
    return {
        "type": "modal",
        "callback_id": CARD,
        "private_metadata": packed(behind),
        "title": plain(TITLE, limits.VIEW_TITLE),
        "close": plain("Close", limits.VIEW_BUTTON),
        "blocks": draw(card, picture, most=limits.VIEW_BLOCKS),
    }


def form_view(form: Form, behind: Behind) -> Json:
    """Draw a form as a modal that repeats what it is about."""
    fits = len(form.title) <= limits.VIEW_TITLE
    fields = [_input(field) for field in form.fields]
    title = [] if fits else [{"type": "header", "text": plain(form.title, limits.HEADER)}]
    room = limits.TOTAL - cost(fields) - cost(title)
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": packed(replace(behind, token=form.token)),
        "title": plain(form.title if fits else TITLE, limits.VIEW_TITLE),
        "submit": plain(form.submit, limits.VIEW_BUTTON),
        "close": plain("Cancel", limits.VIEW_BUTTON),
        "blocks": [*title, *text(form.text, room), *fields],
    }


def home_view(card: Card, standing: tuple[Button, ...], picture: str = "") -> Json:
    """Draw a card as somebody's Home, under the buttons that always stand there."""
    row = [button(one, f"home.{n}") for n, one in enumerate(standing)]
    top = [{"type": "actions", "elements": row}, {"type": "divider"}] if row else []
    return {
        "type": "home",
        "callback_id": CARD,
        "blocks": [*top, *draw(card, picture, most=limits.VIEW_BLOCKS - len(top))],
    }


def typed(state: Mapping[str, Any]) -> dict[str, Value]:
    """What a sent form holds, by field id; `state` is view.state.values."""
    found: dict[str, Value] = {}
    for inputs in state.values():
        for field, given in inputs.items() if isinstance(inputs, dict) else ():
            if isinstance(given, dict):
                found[field] = _value(given)
    return found


def error_blocks(errors: Mapping[str, str], state: Mapping[str, Any]) -> dict[str, str]:
    """Errors by block id, as response_action wants them; an unknown field's goes to the first."""
    by_field = {field: block for block, inputs in state.items() for field in inputs}
    first = next(iter(state), "")
    placed: dict[str, str] = {}
    for field, error in errors.items():
        block = by_field.get(field, first)
        placed[block] = f"{placed[block]} {error}" if block in placed else error
    return {block: error for block, error in placed.items() if block}


def _value(given: Mapping[str, Any]) -> Value:
    if isinstance(many := given.get("selected_options"), list):
        return tuple(str(one["value"]) for one in many if isinstance(one, dict) and "value" in one)
    one = given.get("selected_option")
    if isinstance(one, dict):
        return str(one.get("value", ""))
    return str(given.get("value") or "")


def _input(field: Field) -> Json:
    hint = {"hint": plain(field.hint, limits.HINT)} if field.hint.strip() else {}
    return {
        "type": "input",
        "block_id": f"field.{field.id}",
        "label": plain(field.label, limits.LABEL),
        "element": _element(field) | {"action_id": field.id},
        "optional": not field.required,
        **hint,
    }


def _element(field: Field) -> Json:
    match field.kind:
        case "text" | "long":
            return _typed(field)
        case "select":
            return _menu(field, "static_select", "initial_option", limits.OPTIONS)
        case "checkboxes" if len(field.choices) <= limits.CHECKBOXES:
            return _menu(field, "checkboxes", "initial_options", limits.CHECKBOXES)
        case "checkboxes":
            return _menu(field, "multi_static_select", "initial_options", limits.OPTIONS)


def _typed(field: Field) -> Json:
    most = max(1, min(field.limit, limits.TYPED))
    start = {"initial_value": field.start[:most]} if field.start else {}
    return {
        "type": "plain_text_input",
        "multiline": field.kind == "long",
        "max_length": most,
        **start,
    }


def _menu(field: Field, kind: str, initial: str, most: int) -> Json:
    offered = options(field.choices, most)
    first = chosen(offered, field.start.split(",")) if field.start else []
    start = {initial: first if initial.endswith("s") else first[0]} if first else {}
    return {"type": kind, "options": offered, **start}
