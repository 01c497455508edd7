"""Form to modal. Pure."""

from __future__ import annotations

from adapters.discord import limits
from adapters.discord.markdown import fitted
from adapters.discord.render import SELECT, TEXT, Json, options
from bot.chat.cards import Field, Form
from bot.chat.fitting import cut
from bot.chat.text import spoken

LABEL, INPUT, CHECKBOXES = 18, 4, 22
ONE_LINE, PARAGRAPH = 1, 2


def modal(form: Form) -> Json:
    """Draw a form: its text above its fields.

    Five fields leave no place for a text of its own: then it is the first field's small print.
    """
    fields = form.fields[: limits.MODAL_PARTS]
    alone = len(fields) < limits.MODAL_PARTS
    text = fitted(form.text, limits.TEXT) if alone else ""
    parts = [{"type": TEXT, "content": text}] if text else []
    above = "" if alone else spoken(form.text)
    for field in fields:
        parts.append(_label(field, above))
        above = ""
    return {
        "custom_id": form.token,
        "title": cut(form.title, limits.MODAL_TITLE) or "…",
        "components": parts,
    }


def _label(field: Field, above: str) -> Json:
    about = cut(f"{above} {field.hint}", limits.LABEL_DESCRIPTION)
    return {
        "type": LABEL,
        "label": cut(field.label, limits.LABEL) or "…",
        **({"description": about} if about else {}),
        "component": _input(field),
    }


def _input(field: Field) -> Json:
    match field.kind:
        case "text" | "long":
            return _typed(field)
        case "checkboxes" if len(field.choices) <= limits.CHECKBOXES:
            return _chosen(field, CHECKBOXES, limits.CHECKBOXES, many=True)
        case "checkboxes":
            return _chosen(field, SELECT, limits.CHOICES, many=True)
        case "select":
            return _chosen(field, SELECT, limits.CHOICES, many=False)


def _typed(field: Field) -> Json:
    most = max(1, min(field.limit, limits.TYPED))
    start = field.start[:most]
    return {
        "type": INPUT,
        "custom_id": field.id,
        "style": PARAGRAPH if field.kind == "long" else ONE_LINE,
        "required": field.required,
        "max_length": most,
        **({"value": start} if start else {}),
    }


def _chosen(field: Field, kind: int, most: int, *, many: bool) -> Json:
    offered = options(field.choices, field.start.split(","), most)
    return {
        "type": kind,
        "custom_id": field.id,
        "required": field.required,
        "min_values": 1 if field.required else 0,
        "max_values": len(offered) if many else 1,
        "options": offered,
    }
