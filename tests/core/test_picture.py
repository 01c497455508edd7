"""The picture of /progress: the same bytes each time, small, legible, and said in words too."""

from __future__ import annotations

import hashlib
import io
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from itertools import pairwise

import pytest
from msgspec.structs import replace
from PIL import Image

from bot.chat.cards import Card, Picture
from bot.chat.charts import Bar, Chart, Outlook, Week
from bot.made import complete
from bot.pictures.drawing import COLOURS, FILLS, FONTS, GROUND, INK, QUIET, drawn
from bot.pictures.words import told
from tests.sampling.progress import CHART

LARGEST = Chart(
    level="senior level",
    bars=tuple(
        Bar(
            label=f"Ärea {n} with a title of twenty-eight",
            share=0.5,
            low=0.2,
            high=0.8,
            answers=1000 + n,
            named=("weak", "strong", "measuring", "")[n % 4],
            more=12,
        )
        for n in range(8)
    ),
    weeks=tuple(Week(f"{20 + n} Nov", 1000 + n, 900) for n in range(6)),
    ready=Outlook("Senior level", 10, 0, 10),
)
ODD = {
    "nothing": Chart(bars=()),
    "areas alone": replace(CHART, weeks=(), ready=None),
    "weeks alone": replace(CHART, bars=(), ready=None),
    "an outlook alone": replace(CHART, bars=(), weeks=()),
    "empty weeks": replace(CHART, weeks=(Week("1 Jan", 0, 0),)),
    "shares out of range": replace(CHART, bars=(replace(CHART.bars[0], low=-1.0, high=2.0),)),
    "the largest": LARGEST,
}


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [one / 255 for one in colour]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """How well two colours are told apart, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ODD)
def test_every_chart_is_a_small_png(name: str) -> None:
    """Whatever there is to show, it is a picture of twice 390 points, of 60 kB at most."""
    png = drawn(ODD[name])
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.width) == ("PNG", 780)
    assert len(png) <= 60_000
    edge = image.convert("RGB").crop((780 - 2 * 16 + 4, 0, 780, image.height))
    assert edge.getcolors() == [(edge.width * edge.height, COLOURS[GROUND])]


def test_the_same_chart_gives_the_same_bytes() -> None:
    """Another process draws the same picture, byte for byte."""
    code = (
        "import hashlib; from bot.pictures.drawing import drawn;"
        "from tests.sampling.progress import CHART;"
        "print(hashlib.sha256(drawn(CHART)).hexdigest())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == hashlib.sha256(drawn(CHART)).hexdigest()
    other = replace(CHART, ready=Outlook("Mid level", 7, 5, 7))
    assert drawn(other) != drawn(CHART)


def test_the_words_say_what_the_picture_says() -> None:
    """Each area, week and outlook of the picture is in its words, in 1,000 characters."""
    said = told(CHART)
    for bar in CHART.bars:
        assert f"{bar.label} {round(100 * bar.share)} % (" in said
        assert f"{bar.answers} answer" in said
    assert "Caching 55 % (25 to 80), 2 answers, measuring, 6 more" in said
    assert all(week.label in said for week in CHART.weeks)
    assert "23 Nov 34, 71 % right. Mid level: likely 6 of 10 (5 to 7)." in said
    assert len(told(LARGEST)) <= 1000


def test_colours_are_told_apart() -> None:
    """On the picture's own ground text has 7:1 or more, bars 3:1, and a range on its bar 3:1."""
    quiet = tuple(
        round(low + (high - low) * QUIET / INK)
        for low, high in zip(COLOURS[GROUND], COLOURS[INK], strict=True)
    )
    assert contrast(COLOURS[INK], COLOURS[GROUND]) >= 7
    assert contrast(quiet, COLOURS[GROUND]) >= 7
    for fill in FILLS.values():
        assert contrast(COLOURS[fill], COLOURS[GROUND]) >= 3
        assert contrast(COLOURS[INK], COLOURS[fill]) >= 3


def test_the_fonts_may_be_shipped() -> None:
    """Both are small, unhinted, and lie beside their licence."""
    fonts = sorted(FONTS.glob("*.ttf"))
    assert [path.name for path in fonts] == ["DejaVuSans-Bold.ttf", "DejaVuSans.ttf"]
    assert sum(path.stat().st_size for path in fonts) < 100_000
    assert "Permission is hereby granted" in (FONTS / "LICENSE.txt").read_text("utf-8")


def test_no_bar_hides_its_range() -> None:
    """The line of a range is drawn from its low to its high end, in ink, over the bar."""
    bar = Bar(label="x", share=0.5, low=0.25, high=0.75, answers=9)
    image = Image.open(io.BytesIO(drawn(Chart(bars=(bar,))))).convert("RGB")
    rows = [[image.getpixel((x, y)) for x in range(image.width)] for y in range(image.height)]
    row = max(rows, key=lambda one: longest(one, COLOURS[INK]))
    width = (390 - 2 * 16 - 54) * 2
    assert longest(row, COLOURS[INK]) == pytest.approx(width / 2, abs=4)


def longest(row: Sequence[object], colour: tuple[int, ...]) -> int:
    """The longest run of a colour."""
    ends = [-1, *(x for x, pixel in enumerate(row) if pixel != colour), len(row)]
    return max(right - left - 1 for left, right in pairwise(ends))


class Watched(Chart, frozen=True, kw_only=True):
    """A chart that notes which thread looks at its bars."""

    seen: list[int]

    def __getattribute__(self, name: str) -> object:
        if name == "bars":
            object.__getattribute__(self, "seen").append(threading.get_ident())
        return super().__getattribute__(name)


async def test_a_picture_is_drawn_on_another_thread() -> None:
    """The event loop's thread draws nothing, and a card without a picture is not touched."""
    plain = Card(view="x")
    chart = Watched(bars=CHART.bars, seen=[])
    first, second = await complete((plain, Card(view="y", picture=Picture(b"", "alt", "", chart))))
    assert first is plain
    assert second.picture is not None
    assert struct.unpack(">I", second.picture.png[16:20]) == (780,)
    assert chart.seen
    assert threading.get_ident() not in chart.seen


async def test_what_cannot_be_drawn_is_said(caplog: pytest.LogCaptureFixture) -> None:
    """A fault of the drawing costs the picture, not the answer: its words are on the card."""
    broken = replace(CHART, bars=(replace(CHART.bars[0], share=float("nan")),))
    picture = Picture(b"", "SQL 86 %, **strong**", "", broken)
    (card,) = await complete((Card(view="x", text="Streak 3.", picture=picture),))
    assert card.picture is None
    assert card.text == "Streak 3.\n\nSQL 86 %, \\*\\*strong\\*\\*"
    assert "a picture could not be drawn" in caplog.text


def test_nothing_heavy_loads_before_it_is_needed() -> None:
    """Features and door load neither Pillow nor genanki."""
    code = (
        "import sys; from bot.app import door; from bot.features.table import features; features();"
        "print([one for one in ('PIL', 'genanki') if one in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
