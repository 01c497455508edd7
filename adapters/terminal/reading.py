"""What a typed line means on the card that is shown: presses, one after the other."""

from __future__ import annotations

import re

from msgspec import Struct

from bot.chat.cards import Button, Card
from bot.chat.tokens import parse, wants_form

LETTERS = "ABCDEFGHIJ"
_PAIR = re.compile(r"(\d+)\s*[-=:.>)]*\s*([a-z])", re.IGNORECASE)


class Step(Struct, frozen=True):
    """One press; `text` goes into the form of a typed question."""

    token: str
    text: str = ""


class Unread(Struct, frozen=True):
    """A line that means nothing here, with a sentence that says what would."""

    why: str


def press(card: Card, line: str) -> Button | None:
    """The button whose words these are: the whole label, its first word, or its only beginning."""
    said = line.strip().casefold()
    if not said:
        return None
    labels = {button.label.casefold(): button for button in card.buttons}
    if said in labels:
        return labels[said]
    aliases = {"idk": "don't know", "?": "hint", "more": "⋯", "...": "⋯"}
    if aliases.get(said) in labels:
        return labels[aliases[said]]
    begun = [one for label, one in labels.items() if len(said) > 2 and label.startswith(said)]  # noqa: PLR2004 - shorter words are answers
    return begun[0] if len(begun) == 1 else None


def answer(card: Card, line: str) -> tuple[Step, ...] | Unread:
    """The presses by which a line answers the question on this card, whatever its type."""
    by_verb: dict[str, dict[str, Button]] = {}
    for button in card.buttons:
        token = parse(button.token)
        if token is not None:
            by_verb.setdefault(token.verb, {})[button.label] = button
    if "type" in by_verb:
        pressed = next(iter(by_verb["type"].values())).token
        return (Step(pressed, line),) if wants_form(pressed) else (Step(pressed),)
    if "pick" in by_verb:
        return _one(by_verb["pick"], line)
    if "toggle" in by_verb:
        return _several(by_verb["toggle"], card, line)
    if "add" in by_verb or "send" in by_verb:
        return _sequence(by_verb.get("add", {}), line)
    return Unread("There is no open question. Type /quiz to begin, or /help.")


def _one(letters: dict[str, Button], line: str) -> tuple[Step, ...] | Unread:
    found = _letters(line, letters)
    if len(found) == 1:
        return (Step(letters[found[0]].token),)
    return Unread(f"Type one of {_named(letters)}, or the words on a button.")


def _several(letters: dict[str, Button], card: Card, line: str) -> tuple[Step, ...] | Unread:
    found = set(_letters(line, letters))
    if not found:
        return Unread(f"Type the letters that hold, such as `a c`, of {_named(letters)}.")
    on = {label for label, button in letters.items() if button.style == "primary"}
    toggles = [Step(letters[label].token) for label in sorted(found ^ on)]
    token = parse(letters[min(letters)].token)
    send = _sibling(card, "send") or (f"send:{token.part(0)}:{token.part(1)}" if token else "")
    return (*toggles, Step(send))


def _sequence(letters: dict[str, Button], line: str) -> tuple[Step, ...] | Unread:
    pairs = _PAIR.findall(line)
    if pairs and len(pairs) > 1:  # a match: left sides in their order
        chosen = [letter.upper() for _, letter in sorted(pairs, key=lambda pair: int(pair[0]))]
    else:
        chosen = _letters(line, letters)
    if not chosen or any(letter not in letters for letter in chosen):
        return Unread(
            f"Type the letters in their order, such as `b a c`, of {_named(letters)}; "
            "sides to be matched as `1c 2a`."
        )
    token = parse(next(iter(letters.values())).token)
    send = f"send:{token.part(0)}:{token.part(1)}" if token else ""
    return (*(Step(letters[letter].token) for letter in chosen), Step(send))


def _sibling(card: Card, verb: str) -> str:
    for button in card.buttons:
        token = parse(button.token)
        if token is not None and token.verb == verb:
            return button.token
    return ""


def _letters(line: str, known: dict[str, Button]) -> list[str]:
    """Letters or numbers of a line in their order; empty if it holds anything else."""
    words = re.findall(r"[a-z0-9]+", line.casefold())
    if len(words) == 1 and len(words[0]) > 1 and words[0].isalpha():
        words = list(words[0])  # `acb` is `a c b`
    found = []
    for word in words:
        letter = LETTERS[int(word) - 1] if word.isdigit() and 0 < int(word) <= 10 else word.upper()  # noqa: PLR2004 - ten letters
        if letter not in known:
            return []
        found.append(letter)
    return found


def _named(letters: dict[str, Button]) -> str:
    names = sorted(letters)
    return f"{names[0]} to {names[-1]}" if names else "those shown"
