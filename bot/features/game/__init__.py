"""Games: a question at a time for everybody in a channel, against the clock."""

from __future__ import annotations

from bot.chat.commands import Arg, Spec
from bot.features.feature import Feature
from bot.features.later import Module, Package
from questions.asked import MOST
from questions.model import LEVELS

_in = Package("bot.features.game")
_suggested = Module("bot.features.suggestions")

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


FEATURE = Feature(
    commands=(SPEC,),
    on_command={"together": _in.starting.command},
    on_press={
        "game-pick": _in.answering.pick,
        "game-choose": _in.answering.chosen,
        "game-stop": _in.ending.stop,
        "game-again": _in.starting.again,
        "game-mine": _in.ending.mine,
    },
    on_job={"game-begun": _in.starting.begun},
    on_form={"game-choose": _in.answering.form},
    on_suggest={"together/area": _suggested.areas},
    on_due={"game": _in.running.due},
    on_outcome={"game-shown": _in.running.shown},
    asks=frozenset({"together", "game-again", "game-stop"}),
)
