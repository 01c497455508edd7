"""What a typed line means on the card that is shown: presses, one after the other."""

from __future__ import annotations

import re

from msgspec import Struct

from bot.chat.cards import Button, Card
from bot.chat.tokens import make, parse, wants_form

LETTERS = "ABCDEFGHIJ"
LOCK, CHOOSE, ANSWER = "Lock in", "Choose", "Answer"  # begin or are labels of buttons
YES = ("y", "yes", "lock", "lock in")  # lock in
AT_ONCE = ("daily-pick", "daily-tried")  # take several letters in one press
LINES = {"question-sql": ";"}  # views whose answers have several lines, and what ends the last
_PAIR = re.compile(r"(\d+)\s*[-=:.>)]*\s*([a-z])", re.IGNORECASE)


_CHOICE = re.compile(r"^(?:\[[ x]\] )?([A-J])\) ", re.MULTILINE)
SHORTEST = 2  # characters; words as short as that are answers


class Step(Struct, frozen=True):
    """One press; `text` or the boxes under `letters` go into its form."""

    token: str
    text: str = ""
    letters: tuple[str, ...] = ()


class Unread(Struct, frozen=True):
    """A line that means nothing here, with a sentence that says what would."""

    why: str


def typed(card: Card) -> bool:
    """Whether the question on this card is answered in one's own words."""
    return _answering(card) is not None


def lock(card: Card) -> Button | None:
    """The button that locks in what was chosen, if this card has one."""
    return next((one for one in card.buttons if one.label.startswith(LOCK)), None)


def choosing(card: Card) -> Button | None:
    """The button whose form has a box for each letter, if this card has one."""
    return next((b for b in card.buttons if b.label == CHOOSE and wants_form(b.token)), None)


def press(card: Card, line: str, *, whole: bool = False) -> Button | None:
    """The button whose words these are: the whole label or its only beginning.

    With `whole`, and where anything may be an answer, the whole label alone presses.
    """
    said = line.strip().casefold()
    if not said:
        return None
    labels = {button.label.casefold(): button for button in card.buttons}
    if said in labels:
        return labels[said]
    locks = lock(card)
    if locks is not None and said in YES:
        return locks
    aliases = {"idk": "don't know", "?": "hint", "more": "⋯", "...": "⋯", "next": "finish"}
    if aliases.get(said) in labels:
        return labels[aliases[said]]
    if whole or typed(card) or len(said) <= SHORTEST:
        return None
    begun = [one for label, one in labels.items() if label.startswith(said)]
    return begun[0] if len(begun) == 1 else None


def answer(card: Card, line: str) -> tuple[Step, ...] | Unread:
    """The presses by which a line answers the question on this card, whatever its type."""
    if answering := _answering(card):
        form = wants_form(answering.token)
        return (Step(answering.token, line),) if form else (Step(answering.token),)
    if boxes := choosing(card):
        return _boxes(boxes, card, line)
    by_verb: dict[str, dict[str, Button]] = {}
    for button in card.buttons:
        token = parse(button.token)
        if token is not None:
            by_verb.setdefault(token.verb, {})[button.label] = button
    if "toggle" in by_verb:
        return _several(by_verb["toggle"], card, line)
    if "add" in by_verb or "send" in by_verb:
        return _sequence(card, by_verb, line)
    if letters := {one.label: one for one in card.buttons if _is_letter(one.label)}:
        return _one(letters, line)
    return _nothing(card)


def _answering(card: Card) -> Button | None:
    """The button behind which an answer is typed."""
    for button in card.buttons:
        token = parse(button.token)
        if token and (token.verb == "type" or (token.form and button.label == ANSWER)):
            return button
    return None


def _is_letter(label: str) -> bool:
    return len(label) == 1 and label in LETTERS


def _nothing(card: Card) -> Unread:
    """There is nothing to answer: what would be read."""
    if card.view == "game-split":
        return Unread("This question is over. The next one comes by itself.")
    if locks := lock(card):
        return Unread(f"Press Enter to lock in{locks.label.removeprefix(LOCK)}, or type Change.")
    if card.buttons:
        return Unread("Type a word on a button, /quiz for new questions, or /help.")
    return Unread("There is no open question. Type /quiz to begin, or /help.")


def _boxes(button: Button, card: Card, line: str) -> tuple[Step, ...] | Unread:
    known = dict.fromkeys(_CHOICE.findall(card.text), button)
    found = _letters(line, known)
    if not found:
        return Unread(f"Type the letters that hold, such as `a c`, of {_named(known)}.")
    return (Step(button.token, letters=tuple(sorted(set(found)))),)


def _one(letters: dict[str, Button], line: str) -> tuple[Step, ...] | Unread:
    found = sorted(set(_letters(line, letters)))
    if len(found) == 1:
        return (Step(letters[found[0]].token),)
    token = parse(letters[min(letters)].token)
    if found and token and token.verb in AT_ONCE:
        return (Step(make(token.verb, token.part(0), "".join(found))),)
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


def _sequence(
    card: Card, by_verb: dict[str, dict[str, Button]], line: str
) -> tuple[Step, ...] | Unread:
    any_button = next(iter((by_verb.get("add") or by_verb["send"]).values()))
    token = parse(any_button.token)
    at = ":".join(token.parts[:2]) if token else ""
    shown = sorted(set(_CHOICE.findall(card.text)))
    known = {letter: Button(letter, f"add:{at}:{letter}") for letter in shown}
    pairs = _PAIR.findall(line)
    numbers = sorted(int(number) for number, _ in pairs)
    if pairs and len(pairs) > 1:  # a match: left sides in their order
        chosen = [letter.upper() for _, letter in sorted(pairs, key=lambda pair: int(pair[0]))]
        whole = numbers == list(range(1, card.text.count("  ->  ") + 1))
    else:
        chosen = _letters(line, known)
        whole = bool(chosen)
    if not whole or any(letter not in known for letter in chosen):
        return Unread(
            f"Type the letters in their order, such as `b a c`, of {_named(known)}; "
            "sides to be matched as `1c 2a`, each once."
        )
    # what was pressed before is taken back where the line says everything again
    again = bool(by_verb.get("undo")) and (bool(pairs) or len(chosen) == len(shown))
    undone = (Step(f"undo:{at}"),) * (len(shown) if again else 0)
    return (*undone, *(Step(known[letter].token) for letter in chosen), Step(f"send:{at}"))


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
