"""A form at a keyboard: one line a field, asked again until it can be read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from rich.console import Console

from adapters.terminal.reading import LETTERS
from bot.chat.cards import LINES, Field, Form
from bot.chat.events import Value

BACK = "/back"  # leaves a form
MORE = "... "  # asks for the next line
NONE = "none"  # ticks nothing, where ticking nothing is allowed
REPEATED = 60  # characters of what cannot be read that are said back
Read = Callable[[str], Awaitable[str | None]]  # prompt -> line, None at the end of input


async def field(one: Field, read: Read, console: Console, *, once: bool) -> Value | None:
    """What was typed into a field; None if the form was left, or `once` could not be read."""
    for row in _listed(one):
        console.print(row, markup=False, highlight=False)
    while (line := await read(_asks(one))) is not None:
        if line.strip().casefold() == BACK:
            console.print("Left as it was.")
            return None
        if one.until:
            line = await lines(line, one.until, read)
        value, unread = _value(one, line)
        if not unread:
            return value
        console.print(
            f"I cannot read {_cut(unread)}. Type {_wanted(one)} from 1 to {len(one.choices)}, "
            f"or {BACK} to leave.",
            markup=False,
            highlight=False,
        )
        if once:
            return None
    return None


async def lines(first: str, until: str, read: Read) -> str:
    """A text of several lines: up to one that ends with `until`, or to an empty one."""
    whole = first
    while whole.strip() and not whole.rstrip().endswith(until):
        line = await read(MORE)
        if line is None or not line.strip():
            break
        whole = f"{whole}\n{line}"
    return whole


def ticked(form: Form, letters: Collection[str]) -> dict[str, Value]:
    """The boxes of a form's first field under these letters: they stand in their order."""
    one = form.fields[0]
    boxes = zip(LETTERS, one.choices, strict=False)
    return {one.id: tuple(choice.value for letter, choice in boxes if letter in letters)}


def _wanted(one: Field) -> str:
    return "numbers" if one.kind == "checkboxes" else "a number"


def _cut(said: str) -> str:
    return said if len(said) <= REPEATED else f"{said[: REPEATED - 1].rstrip()}…"


def _listed(one: Field) -> list[str]:
    return [f"{number:>3}. {choice.label}" for number, choice in enumerate(one.choices, 1)]


def _asks(one: Field) -> str:
    begun = set(one.start.split(","))
    now = [choice.label for choice in one.choices if choice.value in begun]
    start = ", ".join(now) if one.choices else one.start
    keeps = one.required or _kept(one)
    hint = f" ({one.hint})" if one.hint else ""
    if one.until == LINES:
        hint = f" ({one.hint}; an empty line ends it)"
    if _kept(one) and not one.required:
        hint = f" (Enter keeps them, {NONE} clears)"
    if start and not keeps:
        return f"{one.label}{hint} (now {start}): "
    return f"{one.label}{hint}{f' [{start}]' if start else ''}: "


def _kept(one: Field) -> bool:
    """Whether Enter alone keeps the boxes that are ticked."""
    return one.kind == "checkboxes" and bool(one.start)


def _value(one: Field, line: str) -> tuple[Value, str]:
    """What a line means for a field, and the words of it that mean nothing."""
    said = line.strip()
    if not one.choices:
        return said or (one.start if one.required else ""), ""
    named = {choice.label.casefold(): choice.value for choice in one.choices}
    named |= {str(number): choice.value for number, choice in enumerate(one.choices, 1)}
    words = [said] if said.casefold() in named else said.replace(",", " ").split()
    picked = {named[word.casefold()] for word in words if word.casefold() in named}
    unread = ", ".join(word for word in words if word.casefold() not in named)
    if one.kind == "checkboxes":
        if _kept(one) and not said:
            return tuple(one.start.split(",")), ""
        if said.casefold() == NONE and not one.required:
            return (), ""
        return tuple(choice.value for choice in one.choices if choice.value in picked), unread
    if len(picked) > 1 or unread:
        return one.start, said
    return next(iter(picked), one.start), ""
