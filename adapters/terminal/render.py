"""Cards as text for a terminal: rich on a screen, plain in a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.text import Text

from bot.chat.cards import Button, Card, Form
from bot.chat.text import Fence, Prose, Span, blocks, place_words
from bot.chat.tokens import wants_form

STYLES = {"plain": "", "bold": "bold", "code": "cyan", "place": "bold"}
TONES = {"plain": "bold", "good": "bold green", "near": "bold yellow", "bad": "bold red"}


def card(drawn: Card) -> Group:
    """Everything a card says, top to bottom."""
    return Group(Text(""), *_parts(drawn))


def post(where: str, drawn: Card, *, indent: int = 0) -> RenderableType:
    """A card that was posted, under the name of where it stands."""
    name = Text(where, style="bold magenta")
    return Indented(Group(Text(""), name, *_parts(drawn)), indent)


class Indented:
    """Something so many columns to the right, and nothing after the ends of its lines."""

    def __init__(self, drawn: RenderableType, columns: int) -> None:
        self._drawn = drawn
        self._columns = columns

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it for this console."""
        room = options.update(width=max(1, options.max_width - self._columns))
        for line in console.render_lines(self._drawn, room, pad=False):
            if self._columns and any(segment.text.strip() for segment in line):
                yield Segment(" " * self._columns)
            yield from line
            yield Segment.line()


def _parts(drawn: Card) -> Iterator[RenderableType]:
    if drawn.title:
        yield Text(drawn.title, style=TONES[drawn.tone])
    yield from text(drawn.text)
    for link in drawn.links:
        yield Text(f"Source: {link.label}", style=f"dim link {link.url}")
    if drawn.picture is not None:
        yield Text(drawn.picture.text or drawn.picture.alt)
    if drawn.note:
        yield Text(drawn.note, style="dim")
    if drawn.select is not None:
        for number, choice in enumerate(drawn.select.choices, 1):
            yield Text(f"{number:>3}. {choice.label}")
    yield from _buttons(drawn)


def text(source: str) -> Iterator[RenderableType]:
    """The subset of cards as paragraphs and coloured programs."""
    for block in blocks(source):
        match block:
            case Prose(spans=spans):
                yield _prose(spans)
            case Fence(code=code, language=language):
                yield Program(code, language)


class Program:
    """Code, coloured on a screen and plain in a pipe, indented by two columns."""

    def __init__(self, code: str, language: str) -> None:
        self._code = code
        self._language = language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it for this console."""
        if console.is_terminal and self._language:
            from rich.syntax import Syntax  # noqa: PLC0415 - only programs on a screen need it

            syntax = Syntax(self._code, self._language, background_color="default")
            coloured = syntax.highlight(self._code)
            coloured.rstrip()
            yield Padding(coloured, (0, 0, 0, 2), expand=False)
        else:
            yield Text("\n".join(f"  {line}".rstrip() for line in self._code.split("\n")))


def _prose(spans: tuple[Span, ...]) -> Text:
    out = Text()
    for span in spans:
        words = place_words(span.text) if span.kind == "place" else span.text
        out.append(words, style=STYLES[span.kind])
    return out


def _buttons(drawn: Card) -> Iterator[Buttons]:
    for row in drawn.rows:
        # in a terminal the answer is simply typed
        seen = [one for one in row if not (wants_form(one.token) and one.label == "Answer")]
        if seen:
            yield Buttons(seen)


class Buttons:
    """A row of buttons, which goes on in the next line between two of them."""

    def __init__(self, row: list[Button]) -> None:
        self._row = row

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it for this console."""
        del console
        line = Text()
        for button in self._row:
            drawn = Text.assemble(
                ("[", "dim"),
                (
                    button.label,
                    {"primary": "bold green", "danger": "red"}.get(button.style, "blue"),
                ),
                ("]", "dim"),
            )
            if line and line.cell_len + 1 + drawn.cell_len > options.max_width:
                yield line
                line = Text()
            line.append(" " if line else "").append_text(drawn)
        yield line


def form(asked: Form) -> Group:
    """A form's head: its title and what stands above the fields."""
    return Group(Text(""), Text(asked.title, style="bold"), *text(asked.text))
