"""What the bot says unasked in a terminal: printed where the conversation is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from itertools import takewhile

from msgspec.structs import replace
from rich.console import Console

from adapters.terminal import render
from adapters.terminal.app import HERE
from bot.chat.cards import Card
from bot.chat.posts import Message, Post

PLATFORM = "terminal"
KEPT = 100  # messages whose newest look is remembered
NAMES = {"place": HERE, "thread": f"{HERE}, in the thread", "direct": "@ you", "home": "@ you"}
COUNTED = "daily"  # the view of an open daily: all that an edit of it changes is a count
SPLIT = "game-split"  # the view of a game's question that is over
FENCE = "```"
INDENT = 4


class Poster:
    """Prints posts and tells of them; an edit is printed where it matters."""

    def __init__(
        self,
        console: Console,
        overhear: Callable[[Card], None],
        *,
        now: Callable[[], datetime],
        saw: Callable[[Card], None] = lambda _card: None,
    ) -> None:
        self._console = console
        self._overhear = overhear
        self._saw = saw
        self._now = now
        self._looks: OrderedDict[str, Card] = OrderedDict()

    async def send(self, post: Post, *, first: bool = False) -> Message:
        """Print a post; what was printed before and has not changed is not printed again."""
        del first
        name = post.edits.id if post.edits else post.dedupe
        counted = post.edits is not None and post.card.view == COUNTED
        before = self._looks.get(name)
        if not counted and before != post.card:
            self._looks[name] = post.card
            if len(self._looks) > KEPT:
                self._looks.popitem(last=False)
            self._print(post, news(before, post.card))
            self._overhear(post.card)
            if post.where == "place":
                self._saw(post.card)
        return Message(PLATFORM, name, self._now())

    def _print(self, post: Post, card: Card) -> None:
        indent = INDENT if post.where == "thread" else 0
        self._console.print(render.post(NAMES[post.where], card, indent=indent))


def news(before: Card | None, card: Card) -> Card:
    """A card without what stands right above it: in a game the question, at once followed."""
    if before is None or card.view != SPLIT:
        return card
    old, new = before.text.split("\n\n"), card.text.split("\n\n")
    same = [
        now for then, now in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
    ]
    while "\n\n".join(same).count(FENCE) % 2:  # a program is left out as a whole
        same.pop()
    return replace(card, text="\n\n".join(new[len(same) :]))
