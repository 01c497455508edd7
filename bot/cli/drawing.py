"""What a face is sent, as text to read: the texts and buttons of a payload in their order."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.chat.cards import Card, Form
from bot.chat.events import Platform

Json = Mapping[str, Any]
WIDTH = 80  # columns of the terminal that is drawn


def card_text(card: Card, face: Platform) -> str:
    """The card as the adapter of this face draws it."""
    match face:
        case "terminal":
            return _terminal(card)
        case "slack":
            from adapters.slack import render as slack  # noqa: PLC0415 - one face is loaded

            return "\n".join(_blocks(slack.message(card)["blocks"]))
        case "discord":
            from adapters.discord import render as discord  # noqa: PLC0415

            return "\n".join(_components(discord.message(card).body["components"]))


def form_text(form: Form, face: Platform) -> str:
    """The form as a modal of Slack or Discord; the terminal has none."""
    if face == "discord":
        from adapters.discord.forms import modal  # noqa: PLC0415 - one face is loaded

        drawn = modal(form)
        return "\n".join([drawn["title"], *_components(drawn["components"])])
    from adapters.slack.views import Behind, form_view  # noqa: PLC0415

    view = form_view(form, Behind())
    button = f"[{view['submit']['text']}] [{view['close']['text']}]"
    return "\n".join([view["title"]["text"], *_blocks(view["blocks"]), button])


def _terminal(card: Card) -> str:
    from rich.console import Console  # noqa: PLC0415 - one face is loaded

    from adapters.terminal import render  # noqa: PLC0415

    out = io.StringIO()
    Console(file=out, width=WIDTH).print(render.card(card))
    return out.getvalue().strip("\n")


def _blocks(blocks: Sequence[Json]) -> Iterator[str]:
    """Blocks of Slack, a line or more each."""
    for block in blocks:
        match block["type"]:
            case "header":
                yield block["text"]["text"]
            case "rich_text":
                yield from map(_rich, block["elements"])
            case "context":
                yield " ".join(one["text"] for one in block["elements"])
            case "actions":
                yield " ".join(map(_action, block["elements"]))
            case "input":
                yield f"{block['label']['text']}: {_hint(block)}____"
            case kind:
                yield f"({kind})"


def _rich(element: Json) -> str:
    spans = "".join(one.get("text", one.get("channel_id", "")) for one in element["elements"])
    if element["type"] != "rich_text_preformatted":
        return spans.strip("\n")
    return "\n".join(f"  | {line}" for line in spans.split("\n"))


def _action(element: Json) -> str:
    if element["type"] == "button":
        return f"[{element['text']['text']}]"
    return f"[{element['placeholder']['text']} v]"


def _hint(block: Json) -> str:
    return f"({block['hint']['text']}) " if "hint" in block else ""


def _components(components: Sequence[Json]) -> Iterator[str]:
    """Components of Discord, a line or more each; its Markdown stays as it is sent."""
    for one in components:
        if "content" in one:
            yield one["content"]
        elif "accent_color" in one:
            yield from _components(one["components"])
        elif "component" in one:
            about = f"({one['description']}) " if "description" in one else ""
            yield f"{one['label']}: {about}____"
        else:
            parts = one.get("components", ())
            yield " ".join(f"[{part.get('label') or part.get('placeholder')}]" for part in parts)
