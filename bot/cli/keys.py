"""What simulated people may know: the answer to a question that stands open in the channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from adapters.terminal.app import COMMUNITY, PLACE
from bot.chat.events import Origin
from bot.cli.company import Key, Known, subject
from bot.features.game.timing import whole
from bot.features.quiz.issuing import find
from bot.views import shown
from questions.model import Choice, Item, Number, Short

if TYPE_CHECKING:
    from bot.store.protocol import Store, Tx
    from bot.store.rows import Asked
    from questions.collection import Collection


def key(store: Store, questions: Collection, now: Callable[[], datetime]) -> Key:
    """Look a question of a daily or game up by the token of one of its buttons."""

    async def right(token: str) -> Known | None:
        origin = Origin(
            person="", place=PLACE, community=COMMUNITY, at=now(), ours=True, key="company"
        )
        return await store.look(origin, lambda tx: _known(tx, questions, token))

    return right


def _known(tx: Tx, questions: Collection, token: str) -> Known | None:
    asked = _asked(tx, *subject(token))
    item = find(tx, questions, asked) if asked else None
    if asked is None or item is None:
        return None
    return Known(_letters(item, asked), _text(item), whole(item).total_seconds())


def _asked(tx: Tx, one: str, after: str) -> Asked | None:
    """The question as everybody is asked it; None once it takes no answer."""
    daily = tx.daily(one)
    if daily is not None:
        return daily.asked if daily.state == "open" else None
    game = tx.game(one)
    if game is None or game.state != "open" or game.closed or str(game.at) != after:
        return None
    return game.asked[game.at]


def _letters(item: Item, asked: Asked) -> frozenset[str]:
    if not isinstance(item.body, Choice):
        return frozenset()
    options = item.body.options
    things = shown.things(item, asked)
    return frozenset(thing.letter for thing in things if options[thing.index].right)


def _text(item: Item) -> str:
    match item.body:
        case Number(answer=answer):
            return str(answer)
        case Short(answers=answers):
            return answers[0]
        case _:
            return ""
