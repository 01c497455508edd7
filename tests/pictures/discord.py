"""
Pictures of every card on Discord, 390 pixels wide: `python -m tests.pictures.discord`.

Needs `pip install 'simcord[screenshot]'` and a Chromium. The cards go through the real client into
simcord's Discord, whose preview draws them; the files are docs/gallery/discord-*.png.
"""

from __future__ import annotations

import asyncio
import importlib
import shutil
import sys
from pathlib import Path
from typing import Any

import simcord
from PIL import Image, ImageChops
from simcord.preview import Preview

from adapters.discord.app import Settings, create
from bot.chat.cards import Button, Card, Form, Reply, reply
from bot.chat.commands import Arg, Spec
from bot.chat.events import Command, Press
from bot.chat.posts import Post
from bot.chat.tokens import Token, make
from bot.door import Door
from bot.features.feature import Feature, Kit
from bot.store.protocol import Tx
from tests.adapters.discord.drill import Rows, kit
from tests.adapters.discord.gallery import CARDS, FORMS
from tests.drivers.discord import Memory
from tests.pictures.public import is_public

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"
WIDTH, HEIGHT = 390, 1400
ABOVE = 10  # pixels: a post stands right under the one before
STYLE = (  # Discord's own clients wrap code and name no language
    ".code-block, .code-block code {white-space: pre-wrap !important; min-width: 0 !important;"
    "font-size: 14px} .code-language {display: none}"
)
SHOW = Spec(
    name="quiz",
    about="Show a card",
    usage="/quiz question",
    top=True,
    args=(Arg(name="card", kind="words", about="Which"),),
)


def _shown(command: Command, tx: Tx, kit: Kit) -> Reply:
    name = command.args["card"]
    if name in CARDS:
        return reply(CARDS[name])
    button = Button("Open", make("open", name, form=True))
    return reply(Card(view="opener", text=name, rows=((button,),)))


def _opened(token: Token, tx: Tx, kit: Kit) -> Form:
    return FORMS[token.part(0)]


def _pressed(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    return Reply()


async def draw(names: list[str]) -> None:
    """Write the pictures of these cards and forms."""
    gallery = Feature(
        commands=(SHOW,),
        on_command={"quiz": _shown},
        on_form={"open": _opened},
        on_press={"open": _pressed},
    )
    store: Any = Rows()
    client = create(Door(store, (gallery,), kit()), Settings(), Memory())
    async with simcord.run(client) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("backend-prep")
        ann = guild.add_member(env.create_user("ann"))
        view = env.preview(channel, viewers=(ann,), width=WIDTH, height=HEIGHT)
        env.backend.bot_user.name = "Sparring"
        async with _own_chromium(view), view:
            for name in names:
                result: Any
                if name in CARDS and is_public(CARDS[name]):
                    post = Post(
                        dedupe=name, where="place", target=f"discord:{channel.id}", card=CARDS[name]
                    )
                    result = int((await client.poster.send(post)).id.partition("/")[2])
                else:
                    result = await ann.slash(channel, "quiz", card=name)
                if name in FORMS:
                    result = await ann.click(result.response, label="Open")
                path = FOLDER / f"discord-{name}.png"
                mode = "surface" if name in FORMS else "viewport"
                await view.screenshot(path, target=result, mode=mode, allow_incomplete=True)
                if name in CARDS:
                    _trim(path, above=ABOVE if is_public(CARDS[name]) else 0)
                print(path.relative_to(FOLDER.parents[1]))


class _own_chromium:  # noqa: N801 - reads as a function
    """Lends the system's Chromium to a preview, whose own would have to be downloaded."""

    def __init__(self, view: Preview) -> None:
        self._view = view

    async def __aenter__(self) -> None:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        if path is None:
            return
        self._playwright = (
            await importlib.import_module("playwright.async_api").async_playwright().start()
        )
        browser = await self._playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        self._view._capture_manager._browser = _Styled(browser)
        self._view._capture_manager._playwright = self._playwright

    async def __aexit__(self, *_: object) -> None:
        return


class _Styled:
    """A browser whose pages wrap code."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def __getattr__(self, name: str) -> Any:
        return getattr(self._browser, name)

    async def new_context(self, **options: Any) -> Any:
        context = await self._browser.new_context(**options, bypass_csp=True)
        await context.add_init_script(
            "addEventListener('DOMContentLoaded', () => document.head.append(Object.assign("
            f"document.createElement('style'), {{textContent: {STYLE!r}}})))"
        )
        return context


def _trim(path: Path, above: int) -> None:
    """Cut off what is empty below the message; leave some room above it."""
    with Image.open(path) as image:
        back = image.getpixel((2, image.height - 2))
        plain = Image.new(image.mode, image.size, back)
        box = ImageChops.difference(image.convert("RGB"), plain.convert("RGB")).getbbox()
        bottom = min(image.height, (box[3] if box else image.height) + 12)
        kept = Image.new(image.mode, (image.width, above + bottom), back)
        kept.paste(image.crop((0, 0, image.width, bottom)), (0, above))
        kept.save(path, optimize=True)


if __name__ == "__main__":
    asyncio.run(draw(sys.argv[1:] or [*CARDS, *FORMS]))
