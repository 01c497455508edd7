"""The way to an interview: its role and date, today's fifteen minutes, how ready one will be."""

from __future__ import annotations

from bot.chat.commands import Arg, Spec
from bot.features.feature import Feature
from bot.features.later import Package
from questions.model import LEVELS

_in = Package("bot.features.plan")

SPEC = Spec(
    name="plan",
    about="The way to your interview: today's fifteen minutes",
    usage="plan [role] [date]",
    args=(
        Arg(name="role", kind="words", about="mid backend, java, data, platform", suggests=True),
        Arg(name="date", kind="date", about="12 Jan, next Friday, in 6 weeks"),
        Arg(name="level", kind="choice", about="How hard", choices=LEVELS),
    ),
)


FEATURE = Feature(
    commands=(SPEC,),
    on_command={"plan": _in.setting.command},
    on_press={
        "plan": _in.setting.sent,
        "plan-open": _in.setting.opened,
        "plan-forget": _in.setting.forgotten,
        "plan-start": _in.beginning.pressed,
    },
    on_form={"plan": _in.setting.form},
    on_suggest={"plan/role": _in.reading.suggested},
)
