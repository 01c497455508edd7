"""The quiz: its command, its actions and forms."""

from __future__ import annotations

from bot.chat.commands import Arg, Spec
from bot.features.feature import Feature
from bot.features.later import Module, Package
from bot.features.quiz import answering, running, setup, starting
from questions.model import LEVELS

_later = Package("bot.features.quiz")
_suggested = Module("bot.features.suggestions")

SPEC = Spec(
    name="quiz",
    about="Five questions, or those you name",
    usage="quiz [areas] [level] [count] [type:...]",
    top=True,
    args=(
        Arg(name="area", kind="words", about="databases, sql+git, git senior 10", suggests=True),
        Arg(name="level", kind="choice", about="How hard", choices=LEVELS),
        Arg(name="count", kind="number", about="How many, 5 if not said", least=1, most=20),
        Arg(name="type", kind="type", about="One kind of question", suggests=True),
    ),
)


FEATURE = Feature(
    commands=(SPEC,),
    on_command={"quiz": starting.command, "pause": running.pause},
    on_press={
        "start": starting.pressed,
        "areas": starting.areas,
        "area": starting.area,
        "pick": answering.pick,
        "toggle": answering.toggle,
        "add": answering.add,
        "undo": answering.undo,
        "send": answering.send,
        "type": answering.typed,
        "final": answering.final,
        "unknown": answering.unknown,
        "next": running.following,
        "stop": running.stop,
        "skip": running.skip,
        "later": running.later,
        "hint": running.hint,
        "options": running.options,
        "more": running.more,
        "ease": _later.easing.pressed,
        "back": running.back,
        "why": running.why,
        "report": running.report,
        "share": running.share,
        "setup": setup.pressed,
    },
    on_job={"ran": _later.returned.ran, "peeked": _later.returned.peeked},
    on_form={"type": running.form, "report": running.report_form},
    on_suggest={"quiz/area": _suggested.areas, "quiz/type": _suggested.types},
)
