"""Interviews: three open questions of a role, each with a follow-up; open answers looked at."""

from __future__ import annotations

from bot.chat.commands import Arg, Spec
from bot.features.feature import Feature
from bot.features.later import Module, Package
from questions.model import LEVELS

_in = Package("bot.features.interview")
_suggested = Module("bot.features.suggestions")

SPEC = Spec(
    name="interview",
    about="A mock interview: three open questions",
    usage="interview [role] [level]",
    args=(
        Arg(name="role", kind="words", about="backend, data, devops, platform", suggests=True),
        Arg(name="level", kind="choice", about="How hard", choices=LEVELS),
    ),
)


FEATURE = Feature(
    commands=(SPEC,),
    on_command={"interview": _in.starting.command},
    on_press={
        "interview-roles": _in.starting.roles,
        "interview-role": _in.starting.chosen,
        "interview-on": _in.starting.resumed,
        "interview-say": _in.answering.said,
        "interview-unknown": _in.answering.unknown,
        "interview-follow": _in.answering.followed,
        "interview-pass": _in.answering.passed,
        "interview-stop": _in.answering.stop,
        "interview-report": _in.reporting.report,
        "spoken": _in.speaking.spoken,
        "claim": _in.speaking.claim,
        "follow": _in.speaking.followed,
    },
    on_form={
        "interview-say": _in.answering.form,
        "interview-follow": _in.answering.follow_form,
        "follow": _in.speaking.form,
    },
    on_suggest={"interview/role": _suggested.roles},
)
