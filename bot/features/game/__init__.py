"""Games: a question at a time for everybody in a channel, against the clock."""

from __future__ import annotations

from bot.chat.commands import Arg, Spec
from bot.features.feature import Feature, Kit
from bot.features.game import answering, ending, running, starting
from questions.asked import MOST
from questions.model import LEVELS
from questions.words import suggest

SPEC = Spec(
    name="together",
    about="A game for everybody in this channel",
    usage="together [area] [level] [count]",
    args=(
        Arg(name="area", kind="words", about="databases, sql+git, git senior 5", suggests=True),
        Arg(name="level", kind="choice", about="How hard", choices=LEVELS),
        Arg(name="count", kind="number", about="How many, 10 if not said", least=1, most=MOST),
    ),
)


def _areas(_option: str, partial: str, kit: Kit) -> tuple[str, ...]:
    return suggest(partial, kit.bank("").areas, frozenset(kit.words))


FEATURE = Feature(
    commands=(SPEC,),
    on_command={"together": starting.command},
    on_press={
        "game-pick": answering.pick,
        "game-choose": answering.chosen,
        "game-stop": ending.stop,
        "game-again": starting.again,
        "game-mine": ending.mine,
    },
    on_form={"game-choose": answering.form},
    on_suggest={"together/area": _areas},
    on_due={"game": running.due},
    on_outcome={"game-shown": running.shown},
    asks=frozenset({"together", "game-again", "game-stop"}),
)
