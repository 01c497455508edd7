"""The desk of an admin: what waits and the buttons to it, and why something is decided so."""

from __future__ import annotations

from msgspec import Struct

from bot.chat.cards import Button, Field
from bot.chat.say import Reader, count, say
from bot.chat.tokens import make

Row = tuple[Button, ...]
REASON = 300  # characters of a reason


class Waiting(Struct, frozen=True):
    """How many of each wait for somebody, or stand in the list."""

    reports: int
    proposals: int
    hidden: int
    appeals: int = 0
    suspects: int = 0


def waits(reader: Reader, waiting: Waiting) -> str:
    """How many of each wait."""
    appealed = count(waiting.appeals, "answer is appealed", "answers are appealed")
    doubted = count(waiting.suspects, "key is suspected", "keys are suspected")
    return say(
        reader,
        "{reports}, {proposals}{appeals}{suspects}.",
        appeals=f", {appealed}" if waiting.appeals else "",
        suspects=f", {doubted}" if waiting.suspects else "",
        reports=count(waiting.reports, "question is reported", "questions are reported"),
        proposals=count(waiting.proposals, "proposal waits", "proposals wait"),
    )


def tabs(waiting: Waiting, here: str) -> Row:
    """Buttons to what else waits."""
    tabs = []
    if waiting.reports and here != "reports":
        tabs.append(Button(f"Reports: {waiting.reports}", make("moderation-report")))
    if waiting.proposals and here != "proposals":
        tabs.append(Button(f"Proposals: {waiting.proposals}", make("moderation-proposal")))
    if waiting.appeals and here != "appeals":
        tabs.append(Button(f"Appeals: {waiting.appeals}", make("moderation-appeal")))
    if waiting.suspects and here != "suspects":
        tabs.append(Button(f"Suspected: {waiting.suspects}", make("moderation-suspects", 0)))
    if waiting.hidden:
        tabs.append(Button(f"Hidden questions: {waiting.hidden}", make("moderation-hidden", 0)))
    return (*tabs, Button("Log", make("moderation-log", 0)))


def reason(hint: str) -> Field:
    """What asks an admin for the reason of a decision."""
    return Field(id="reason", label="Why?", kind="long", limit=REASON, hint=hint)
