"""Card to message: Components V2 whose text is Discord's Markdown. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from adapters.discord import limits
from adapters.discord.markdown import address, escape, fitted
from bot.chat.cards import Button, Card, Choice, Select, Style, Tone
from bot.chat.fitting import cut, size

Json = dict[str, Any]

EPHEMERAL: Final = 1 << 6
COMPONENTS_V2: Final = 1 << 15
ACTION_ROW, BUTTON, SELECT, TEXT, GALLERY, FILE, CONTAINER = 1, 2, 3, 10, 12, 13, 17
HEAD, LINKS, NOTE, NOTE_LINES = 250, 900, 200, 4  # so that the text keeps the most of the room
PICTURE: Final = "picture.png"
SAME: Final = "#"  # after it a number: the same token twice on a card needs two custom ids
STYLES: Mapping[Style, int] = {"primary": 1, "plain": 2, "danger": 4}
ACCENTS: Mapping[Tone, int] = {"good": 0x2E9E5B, "near": 0xC99A2E, "bad": 0xD0453E}


class Payload(Struct, frozen=True):
    """The body of a message and the files that go with it, by name."""

    body: Json
    files: tuple[tuple[str, bytes], ...] = ()


def message(card: Card, *, private: bool = False) -> Payload:
    """Draw a card; `private` makes it a message that only one person sees."""
    files = tuple(_files(card))
    alt = cut(card.picture.alt, limits.ALT) if card.picture else ""
    body: Json = {
        "flags": COMPONENTS_V2 | (EPHEMERAL if private else 0),
        "components": _components(card, tuple(name for name, _ in files)),
        "allowed_mentions": {"parse": []},
        "attachments": [
            {"id": str(number), "filename": name}
            | ({"description": alt} if alt and name == PICTURE else {})
            for number, (name, _) in enumerate(files)
        ],
    }
    return Payload(body, files)


def _files(card: Card) -> Iterator[tuple[str, bytes]]:
    if card.picture:
        yield PICTURE, card.picture.png
    if card.file and len(data := card.file.content) <= limits.ATTACHMENT:
        yield re.sub(r"[^A-Za-z0-9_.-]", "_", card.file.name), data


def token(custom_id: str) -> str:
    """Give the token that a custom id carries."""
    return custom_id.partition(SAME)[0]


def _components(card: Card, files: tuple[str, ...]) -> list[Json]:
    shown = [_shown(name, card) for name in files]
    select = [_select(card.select)] if card.select and card.select.choices else []
    taken = 2 + len(shown) + 2 * len(select)  # the container and the text
    rows, left_out = _rows(card, limits.COMPONENTS - taken)
    missing = [f"{left_out} more buttons do not fit here"] if left_out else []
    if len(files) < bool(card.picture) + bool(card.file):
        missing.append("The file is larger than Discord takes (10 MiB)")
    inside = [{"type": TEXT, "content": _text(card, missing)}, *shown, *rows, *select]
    if card.tone == "plain":
        return inside
    return [{"type": CONTAINER, "accent_color": ACCENTS[card.tone], "components": inside}]


def _text(card: Card, missing: list[str]) -> str:
    title = escape(cut(card.title, HEAD)).replace(" · ", "\N{NO-BREAK SPACE}· ")
    head = f"### {title}" if title else ""
    foot = "\n".join(f"-# {line}" for line in (*_small(card), *missing))
    room = limits.TEXT - size(head) - size(foot) - 2
    return "\n".join(part for part in (head, fitted(card.text, room), foot) if part) or "…"


def _small(card: Card) -> Iterator[str]:
    links = ""
    for link in card.links:
        longer = f"{links} · {address(link)}" if links else address(link)
        links = longer if size(longer) <= LINKS else links
    if links:
        yield links
    for line in [one for one in card.note.splitlines() if one.strip()][:NOTE_LINES]:
        yield escape(cut(line, NOTE))


def _shown(name: str, card: Card) -> Json:
    place = {"url": f"attachment://{name}"}
    if card.picture and name == PICTURE:
        alt = cut(card.picture.alt, limits.ALT)
        return {
            "type": GALLERY,
            "items": [{"media": place} | ({"description": alt} if alt else {})],
        }
    return {"type": FILE, "file": place}


def _rows(card: Card, room: int) -> tuple[list[Json], int]:
    """Rows of buttons within `room` components, and how many buttons are left out."""
    rows: list[Json] = []
    seen: dict[str, int] = {}
    left_out = 0
    for row in _short(card.rows):
        if len(row) + 1 > room:
            left_out += len(row)
            continue
        room -= len(row) + 1
        rows.append({"type": ACTION_ROW, "components": [_button(one, seen) for one in row]})
    return rows, left_out


def _short(rows: tuple[tuple[Button, ...], ...]) -> Iterator[tuple[Button, ...]]:
    for row in rows:
        for at in range(0, len(row), limits.BUTTONS):
            yield row[at : at + limits.BUTTONS]


def _button(button: Button, seen: dict[str, int]) -> Json:
    seen[button.token] = again = seen.get(button.token, 0) + 1
    return {
        "type": BUTTON,
        "style": STYLES[button.style],
        "label": cut(button.label, limits.BUTTON_LABEL) or "…",
        "custom_id": button.token + (f"{SAME}{again}" if again > 1 else ""),
    }


def _select(select: Select) -> Json:
    menu = {
        "type": SELECT,
        "custom_id": select.token,
        "placeholder": cut(select.placeholder, limits.PLACEHOLDER),
        "options": options(select.choices, {select.chosen}, limits.CHOICES),
    }
    return {"type": ACTION_ROW, "components": [menu]}


def options(choices: tuple[Choice, ...], chosen: Collection[str], most: int) -> list[Json]:
    """Draw the choices of a menu: each value once, as Discord wants it."""
    once = {choice.value: choice for choice in reversed(choices)}
    return [
        {
            "label": cut(choice.label, limits.CHOICE) or "…",
            "value": choice.value,
            **({"description": about} if (about := cut(choice.description, limits.CHOICE)) else {}),
            **({"default": True} if choice.value in chosen else {}),
        }
        for choice in [one for one in choices if once[one.value] is one][:most]
    ]
