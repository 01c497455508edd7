"""
Pictures of every golden payload of Slack, 390 pixels wide: `python -m tests.pictures.slack [name]`.

Needs a Chromium. Our own drawing of Block Kit, near to Slack's app on a phone; the files are
docs/gallery/slack-*.png.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from tests.adapters.slack.gallery import CARDS
from tests.pictures.public import is_public

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"
GOLDEN = Path(__file__).parents[1] / "adapters" / "slack" / "golden"
WIDTH, HEIGHT = 390, 2200
NARROWEST = 500  # Chromium makes no window narrower than this; the rest is cut off
STYLE = """
* {box-sizing: border-box; margin: 0}
body {width: 390px; padding: 12px; background: #fff; color: #1d1c1d;
  font: 15px/1.47 Lato, 'DejaVu Sans', 'Noto Color Emoji', sans-serif}
.message {display: flex; gap: 8px} .face {flex: none; width: 36px; height: 36px; border-radius: 6px;
  background: #1d3c34; color: #fff; font-weight: 900; text-align: center; line-height: 36px}
.said {flex: 1; min-width: 0} .who b {font-weight: 900} .who i {font: 700 10px sans-serif;
  background: #ddd; padding: 1px 3px; border-radius: 2px}
.who span {color: #616061; font-size: 12px}
.block {margin: 6px 0} .header {font-size: 18px; font-weight: 900; line-height: 1.3}
.rich p {white-space: pre-wrap; overflow-wrap: break-word}
.rich pre {margin: 4px 0; padding: 8px; border: 1px solid #ddd; border-radius: 4px;
  background: #f8f8f8; font: 12px/1.5 'DejaVu Sans Mono', monospace; white-space: pre-wrap;
  overflow-wrap: anywhere}
code {font: 12px 'DejaVu Sans Mono', monospace; color: #c01343; background: #f8f8f8;
  border: 1px solid #ddd; border-radius: 3px; padding: 1px 3px}
a {color: #1264a3; text-decoration: none} .context {color: #616061; font-size: 13px}
.actions {display: flex; flex-wrap: wrap; gap: 8px}
.button, .menu {border: 1px solid #bbb; border-radius: 6px; padding: 6px 12px; font-weight: 700;
  font-size: 14px; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap}
.menu {font-weight: 400} .primary {background: #007a5a; border-color: #007a5a; color: #fff}
.danger {background: #e01e5a; border-color: #e01e5a; color: #fff}
img {max-width: 100%; border-radius: 6px; display: block} hr {border: 0; border-top: 1px solid #ddd}
.view {border: 1px solid #ddd; border-radius: 10px; overflow: hidden}
.bar {display: flex; justify-content: space-between; padding: 10px 12px; font-weight: 900;
  border-bottom: 1px solid #ddd} .bar span {font-weight: 400; color: #1264a3}
.inside {padding: 6px 12px} .label {font-weight: 700} .hint {color: #616061; font-size: 13px}
.field {border: 1px solid #bbb; border-radius: 6px; padding: 8px; color: #616061; min-height: 38px;
  white-space: pre-wrap} .long {min-height: 90px} .only {color: #616061; font-size: 12px}
"""


def page(name: str, payload: dict[str, Any]) -> str:
    """The page of one payload."""
    blocks = "".join(_block(one, name) for one in payload["blocks"])
    kind = payload.get("type", "message")
    if kind == "message":
        only = "" if name in CARDS and is_public(CARDS[name]) else "Only visible to you"
        who = f"<div class=who><b>Sparring</b> <i>APP</i> <span>9:00</span></div>{blocks}"
        note = f"<div class=only>{only}</div>" if only and CARDS[name].to == "private" else ""
        body = f"<div class=message><div class=face>S</div><div class=said>{note}{who}</div></div>"
    else:
        title = payload.get("title", {}).get("text", "Sparring")
        close = payload.get("close", {}).get("text", "")
        submit = payload.get("submit", {}).get("text", "")
        bar = f"<div class=bar><span>{escape(close)}</span>{escape(title)}<span>{escape(submit)}"
        body = f"<div class=view>{bar}</span></div><div class=inside>{blocks}</div></div>"
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{body}"


def draw(name: str, chromium: str) -> Path:
    """Write the picture of a golden payload."""
    payload = json.loads((GOLDEN / f"{name}.json").read_text())
    path = FOLDER / f"slack-{name}.png"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page(name, payload))
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                   "--disable-background-networking", f"--user-data-dir={folder}/profile",
                   f"--window-size={NARROWEST},{HEIGHT}", f"--screenshot={path}",
                   source.as_uri()]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    _trim(path)
    return path


def _trim(path: Path) -> None:
    """Cut off what is beside the phone and empty below the message."""
    with Image.open(path) as opened:
        image = opened.convert("RGB").crop((0, 0, WIDTH, opened.height))
    plain = Image.new("RGB", image.size, "#ffffff")
    box = ImageChops.difference(image, plain).getbbox()
    image.crop((0, 0, WIDTH, (box[3] if box else HEIGHT) + 12)).save(path, optimize=True)


def _block(block: dict[str, Any], name: str) -> str:
    kind = block["type"]
    match kind:
        case "header":
            return f"<div class='block header'>{escape(block['text']['text'])}</div>"
        case "rich_text":
            return f"<div class='block rich'>{''.join(map(_rich, block['elements']))}</div>"
        case "actions":
            return f"<div class='block actions'>{''.join(map(_element, block['elements']))}</div>"
        case "context":
            said = " ".join(escape(one["text"]) for one in block["elements"])
            return f"<div class='block context'>{said}</div>"
        case "image":
            data = base64.b64encode(_png(name)).decode()
            return f"<div class=block><img src='data:image/png;base64,{data}'></div>"
        case "divider":
            return "<hr class=block>"
        case "input":
            return _input(block)
    raise ValueError(kind)


def _png(name: str) -> bytes:
    """The picture of a card; that of progress where the card has a pixel, or is a Home."""
    card = CARDS.get(name.removeprefix("modal-"))
    picture = card.picture if card and card.picture and card.picture.chart else None
    picture = picture or CARDS["progress"].picture
    assert picture is not None
    return picture.png


def _rich(part: dict[str, Any]) -> str:
    said = "".join(_span(one) for one in part["elements"])
    return f"<pre>{said}</pre>" if part["type"] == "rich_text_preformatted" else f"<p>{said}</p>"


def _span(one: dict[str, Any]) -> str:
    if one["type"] == "channel":  # Slack shows its name, which we are not told
        return "<a>#backend-prep</a>"
    said, style = escape(one["text"]), one.get("style", {})
    if one["type"] == "link":
        return f"<a>{said}</a>"
    if style.get("code"):
        return f"<code>{said}</code>"
    return f"<b>{said}</b>" if style.get("bold") else said


def _element(one: dict[str, Any]) -> str:
    if one["type"] == "button":
        label = escape(one["text"]["text"])
        return f"<div class='button {one.get('style', '')}'>{label}</div>"
    chosen = one.get("initial_option", {}).get("text", one["placeholder"])
    return f"<div class=menu>{escape(chosen['text'])} ⌄</div>"


def _input(block: dict[str, Any]) -> str:
    element = block["element"]
    optional = " (optional)" if block.get("optional") else ""
    hint = block.get("hint", {}).get("text", "")
    return (
        f"<div class=block><div class=label>{escape(block['label']['text'])}{optional}</div>"
        f"{''.join(_field(element))}<div class=hint>{escape(hint)}</div></div>"
    )


def _field(element: dict[str, Any]) -> Iterator[str]:
    if element["type"] == "plain_text_input":
        kind = "field long" if element["multiline"] else "field"
        yield f"<div class='{kind}'>{escape(element.get('initial_value', 'Write something'))}</div>"
    elif element["type"] == "checkboxes":
        chosen = element.get("initial_options", [])
        for option in element["options"]:
            mark = "☑" if option in chosen else "☐"
            yield f"<div>{mark} {escape(option['text']['text'])}</div>"
    else:
        first = element.get("initial_option", {}).get("text", {}).get("text", "Choose an option")
        yield f"<div class=field>{escape(first)} ⌄</div>"


def main(names: list[str]) -> int:
    """Draw these, or all; says which tool is missing."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("A Chromium is needed, as `chromium` or `google-chrome`.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or sorted(path.stem for path in GOLDEN.glob("*.json")):
        print(draw(name, chromium).relative_to(FOLDER.parents[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
