"""A chart as a PNG: 390 points wide, twice as many pixels, on a ground of its own."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.chat.charts import Bar, Chart, Named, Outlook, Week
from bot.chat.fitting import CUT
from bot.pictures import words

LEVEL: Final = 3  # of compression: 6 takes twice as long for a fifth fewer bytes
SCALE: Final = 2  # pixels a point: phones have two or three
FONTS: Final = Path(__file__).parent / "fonts"
# All in points:
WIDTH, EDGE = 390, 16
SMALL, BODY = 13, 15  # text: an image of 390 is shown at 300 to 340
HEAD, AREA, APART = 44, 42, 18  # a section's head, an area, what lies between two sections
BAR, PERCENT = 13, 54  # a bar, and the room for the figure at its right
COLUMN, BELOW = 72, 44  # the highest column, and the room for what stands below it
GAP, THICK = 10, 2
TEN, SQUARE, LINE, APART_TENTHS = 10, 18, 26, 4

# Indices of the palette. The first 64 lead from the ground to the ink, for the smooth edges of
# text; what has another colour has edges along the pixels.
GROUND, QUIET, INK = 0, 46, 63
TRACK, STRONG, WEAK, PLAIN = 64, 65, 66, 67
COLOURS: Final = {
    GROUND: (0x1E, 0x24, 0x30),
    INK: (0xF7, 0xF7, 0xF2),
    TRACK: (0x42, 0x4B, 0x5E),
    STRONG: (0x2B, 0x94, 0x6C),
    WEAK: (0xC9, 0x5F, 0x38),
    PLAIN: (0x4F, 0x80, 0xC9),
}
FILLS: Final[dict[Named, int]] = {"": PLAIN, "strong": STRONG, "weak": WEAK, "measuring": PLAIN}


def drawn(chart: Chart) -> bytes:
    """Draw a chart: the same one gives the same bytes. It takes milliseconds: not on the loop."""
    height = _areas_room(chart) + _weeks_room(chart) + _ready_room(chart) + 2 * EDGE - APART
    image = Image.new("L", (WIDTH * SCALE, max(height, 2 * EDGE) * SCALE), GROUND)
    pen, top = _Pen(image), EDGE
    if chart.bars:
        _areas(pen, chart, top)
        top += _areas_room(chart)
    if chart.weeks:
        _weeks(pen, chart.weeks, top)
        top += _weeks_room(chart)
    if chart.ready:
        _ready(pen, chart.ready, top)
    image.putpalette(_palette())
    out = _Png()
    image.save(out, compress_level=LEVEL)
    return out.getvalue()


class _Png(BytesIO):
    """Bytes whose name tells Pillow the format: it loads no other than this one."""

    name = "progress.png"


def _areas_room(chart: Chart) -> int:
    return HEAD + AREA * len(chart.bars) + APART if chart.bars else 0


def _weeks_room(chart: Chart) -> int:
    return HEAD + LINE // 2 + COLUMN + BELOW + APART if chart.weeks else 0


def _ready_room(chart: Chart) -> int:
    return LINE + SQUARE + APART if chart.ready else 0


class _Pen:
    """Draws in points."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)

    def box(self, left: float, top: float, right: float, bottom: float, fill: int) -> None:
        """Fill a rectangle without its right and bottom edges; nothing where it is empty."""
        x, y, to_x, to_y = (round(one * SCALE) for one in (left, top, right, bottom))
        if to_x > x and to_y > y:
            self._draw.rectangle((x, y, to_x - 1, to_y - 1), fill)

    def text(
        self, x: float, y: float, said: str, *, size: int = BODY, bold: bool = False,
        fill: int = INK, anchor: str = "ls",
    ) -> None:  # fmt: skip
        """Write on a base line that begins, has its middle or ends at a point."""
        at = round(x * SCALE), round(y * SCALE)
        self._draw.text(at, said, fill, _font(size, bold=bold), anchor=anchor)

    def head(self, top: float, title: str, legend: str) -> None:
        """Write what a section shows and how it is read."""
        self.text(EDGE, top + BODY, title, bold=True)
        self.text(EDGE, top + BODY + 18, legend, size=SMALL, fill=QUIET)

    def range(self, low: float, high: float, middle: float, tall: int) -> None:
        """Draw a line between two caps, a little less tall than the bar that it lies on."""
        half = THICK / 2
        self.box(low, middle - half, high, middle + half, INK)
        for cap in (low, high):
            self.box(cap - half, middle - tall / 2 + 2, cap + half, middle + tall / 2 - 2, INK)


def _areas(pen: _Pen, chart: Chart, top: int) -> None:
    pen.head(top, words.areas(chart), words.BARS)
    for number, bar in enumerate(chart.bars):
        _area(pen, bar, top + HEAD + number * AREA)


def _area(pen: _Pen, bar: Bar, top: int) -> None:
    state, right = words.state(bar), WIDTH - EDGE
    room = right - EDGE - GAP - _font(SMALL, bold=False).getlength(state) / SCALE
    pen.text(EDGE, top + BODY, _fitted(bar.label, room))
    pen.text(right, top + BODY, state, size=SMALL, fill=INK if bar.named else QUIET, anchor="rs")
    above, end = top + BODY + 7, right - PERCENT
    pen.box(EDGE, above, end, above + BAR, TRACK)
    share, low, high = (EDGE + (end - EDGE) * _part(one) for one in (bar.share, bar.low, bar.high))
    pen.box(EDGE, above, share, above + BAR, FILLS[bar.named])
    pen.range(low, high, above + BAR / 2, BAR)
    pen.text(right, above + BAR - 1, words.percent(bar.share), bold=True, anchor="rs")


def _part(share: float) -> float:
    return min(1.0, max(0.0, share))


def _weeks(pen: _Pen, weeks: tuple[Week, ...], top: int) -> None:
    pen.head(top, words.WEEKS, words.COLUMNS)
    base = top + HEAD + LINE / 2 + COLUMN
    most = max(1, *(week.answers for week in weeks))
    wide = (WIDTH - 2 * EDGE + GAP) / len(weeks)
    for number, week in enumerate(weeks):
        _week(pen, week, EDGE + number * wide, wide - GAP, base, COLUMN / most)
    pen.box(EDGE, base, WIDTH - EDGE, base + 1, QUIET)


def _week(pen: _Pen, week: Week, left: float, wide: float, base: float, each: float) -> None:
    high = base - each * week.answers
    pen.box(left, high, left + wide, base, TRACK)
    pen.box(left, base - each * week.right, left + wide, base, PLAIN)
    middle = left + wide / 2
    pen.text(middle, high - 4, str(week.answers), size=SMALL, anchor="ms")
    pen.text(middle, base + 18, words.right(week), size=SMALL, anchor="ms")
    pen.text(middle, base + 35, week.label, size=SMALL, fill=QUIET, anchor="ms")


def _ready(pen: _Pen, ready: Outlook, top: int) -> None:
    pen.text(EDGE, top + BODY, words.outlook(ready), bold=True)
    above, wide = top + LINE, (WIDTH - 2 * EDGE + APART_TENTHS) / TEN
    for number in range(TEN):
        left = EDGE + number * wide
        shade = PLAIN if number < ready.expected else TRACK
        pen.box(left, above, left + wide - APART_TENTHS, above + SQUARE, shade)
    low, high = (EDGE + one * wide - APART_TENTHS / 2 for one in (ready.low, ready.high))
    ends = max(low, EDGE + THICK / 2), min(high, WIDTH - EDGE - THICK / 2)
    pen.range(*ends, above + SQUARE / 2, SQUARE)


def _fitted(label: str, room: float) -> str:
    font = _font(BODY, bold=False)
    if font.getlength(label) <= room * SCALE:
        return label
    while label and font.getlength(label + CUT) > room * SCALE:
        label = label[:-1].rstrip()
    return label + CUT


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    """Load a font that lays text out in the same way on every machine."""
    path = FONTS / f"DejaVuSans{'-Bold' if bold else ''}.ttf"
    return ImageFont.truetype(str(path), size * SCALE, layout_engine=ImageFont.Layout.BASIC)


@cache
def _palette() -> bytes:
    """256 colours of three bytes."""
    ground, ink = COLOURS[GROUND], COLOURS[INK]
    ramp = (
        round(low + (high - low) * step / INK)
        for step in range(INK + 1)
        for low, high in zip(ground, ink, strict=True)
    )
    rest = (part for index in range(TRACK, PLAIN + 1) for part in COLOURS[index])
    return bytes((*ramp, *rest)).ljust(768, b"\0")
