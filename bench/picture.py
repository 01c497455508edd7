"""The picture of /progress, against fifteen lines of Pillow that draw as many bars.

In seconds of the processor, as the goals are: whoever else works on the machine does not show.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable
from time import process_time

from bench.measure import Arm, Row, micros, ratio, root, rounds, run, show
from bot.chat.charts import Bar, Chart, Named, Outlook, Week

WARM = 10  # drawings a round
NAMED: tuple[Named, ...] = ("weak", "strong", "", "measuring")
CHART = Chart(
    bars=tuple(
        Bar(
            label=f"Area number {n}",
            share=0.3 + n / 12,
            low=0.2 + n / 12,
            high=0.4 + n / 12,
            answers=10 + n,
            named=NAMED[n % 4],
        )
        for n in range(8)
    ),
    weeks=tuple(Week(f"{n} Nov", 10 + n, 5 + n) for n in range(6)),
    ready=Outlook("Mid level", 6, 5, 7),
)
SIZE = (780, 1330)  # of what is drawn of it
# Fifteen lines: the same size, bars, columns and words, in the colours and by the defaults of
# Pillow. Font and picture are made anew as a script does.
FLOOR = """
import io
from PIL import Image, ImageDraw, ImageFont
def floor(chart, size, path):
    image = Image.new("RGB", size, "#1e2430")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(path, 28)
    for n, bar in enumerate(chart.bars):
        pen.text((32, 90 + 84 * n), bar.label, "#f7f7f2", font)
        pen.text((480, 90 + 84 * n), f"{bar.named} {bar.answers} answers", "#f7f7f2", font)
        pen.rectangle((32, 126 + 84 * n, 32 + 600 * bar.share, 150 + 84 * n), "#4f80c9")
        pen.text((660, 126 + 84 * n), f"{100 * bar.share:.0f} %", "#f7f7f2", font)
    for n, week in enumerate(chart.weeks):
        pen.rectangle((32 + 120 * n, 1080 - 7 * week.answers, 132 + 120 * n, 1080), "#4f80c9")
        pen.text((32 + 120 * n, 1100), week.label, "#f7f7f2", font)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
"""
IMPORTS = (
    "import time; from bench.picture import CHART, FLOOR, SIZE, font; t = time.process_time();"
)
SAY = "; print(time.process_time() - t)"
FLOOR_COLD = f"{IMPORTS} exec(FLOOR); floor(CHART, SIZE, font()){SAY}"
OURS_COLD = f"{IMPORTS} from bot.pictures.drawing import drawn; drawn(CHART){SAY}"


def font() -> str:
    """The font that the picture is written in."""
    return str(root() / "bot" / "pictures" / "fonts" / "DejaVuSans.ttf")


async def main() -> None:
    """Warm in this process, cold in a process of its own each: with what it has to import."""
    from bot.pictures.drawing import drawn  # noqa: PLC0415 - a cold process times this import

    given: dict[str, Callable[..., bytes]] = {}
    exec(FLOOR, given)  # noqa: S102 - our own lines
    path = font()
    warm = {
        "picture": _warm(lambda: drawn(CHART)),
        "15 lines": _warm(lambda: given["floor"](CHART, SIZE, path)),
    }
    times = await rounds(warm)
    _shown("warm", times, 15)
    print(
        f"{len(drawn(CHART)):,} bytes, of fifteen lines {len(given['floor'](CHART, SIZE, path)):,}"
    )
    cold = {"picture": _cold(OURS_COLD), "15 lines": _cold(FLOOR_COLD)}
    _shown("cold", await rounds(cold), 60)


def _shown(how: str, times: dict[str, list[float]], limit: float) -> None:
    against = f"a progress picture, {how}, against 15 lines of Pillow"
    show(Row(against, ratio(times, "picture", "15 lines"), 1.2, note=micros(times)))
    best = min(times["picture"]) * 1000
    note = f"the best of the rounds; median {statistics.median(times['picture']) * 1000:.1f} ms"
    show(Row(f"a progress picture, {how}", best, limit, "ms", note=note))


def _warm(draw: Callable[[], bytes]) -> Arm:
    async def arm() -> float:
        start = process_time()
        for _ in range(WARM):
            draw()
        return (process_time() - start) / WARM

    return arm


def _cold(code: str) -> Arm:
    async def arm() -> float:
        return _alone(code)

    return arm


def _alone(code: str) -> float:
    ran = subprocess.run(  # noqa: S603 - our own lines
        [sys.executable, "-c", code], cwd=root(), capture_output=True, text=True, check=True
    )
    return float(ran.stdout)


if __name__ == "__main__":
    run(main)
