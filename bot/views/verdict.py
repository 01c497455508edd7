"""A verdict: the mark in a word, why, the rule, one source, and when it comes back."""

from __future__ import annotations

import re
from datetime import datetime

from bot.chat.cards import Button, Card, Field, Form, Tone
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.chat.text import flow, spoken
from bot.grading.verdict import Verdict
from bot.store.rows import Asked
from bot.views import checked, shown
from bot.views.question import Asking, prompt, title
from questions.model import Case, Choice, Match, Number, Open, Option, Order, Short

LONGEST = 600  # characters of a verdict; what does not fit is one press away
TONES: dict[str, Tone] = {
    "right": "good",
    "close": "near",
    "partly": "near",
    "wrong": "bad",
    "unknown": "plain",
    "skipped": "plain",
}


def card(reader: Reader, asking: Asking, now: datetime) -> Card:
    """The verdict on a decided question."""
    verdict = _verdict(asking.asked)
    head = _head(reader, asking, verdict)
    why = _why(reader, verdict)
    foot = _foot(reader, asking, now)
    room = LONGEST - len(spoken(paragraphs(head, why, foot)))
    return Card(
        view="verdict",
        title=title(asking),
        text=paragraphs(asking.intro, head, why, _rule(asking.item.explain, room), foot),
        links=checked.source(asking.item),
        rows=(_buttons(asking),),
        tone=TONES[verdict.mark],
    )


def _verdict(asked: Asked) -> Verdict:
    return asked.verdict or Verdict(mark="skipped")


def _rule(explain: str, room: int) -> str:
    text = flow(explain)
    if len(text) <= room:
        return text
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if len(kept) + len(sentence) + 2 > room:
            break
        kept = f"{kept} {sentence}".strip()
    return f"{kept} …".strip() if kept else ""


def _head(reader: Reader, asking: Asking, verdict: Verdict) -> str:
    if verdict.points and verdict.mark in ("right", "partly", "wrong"):
        return _heard(reader, verdict)
    key = md(answer(asking))
    match verdict.mark:
        case "right":
            return lines(say(reader, "**✓ Right:** {key}", key=key), forgiven(reader, verdict))
        case "partly":
            return say(reader, "**~ Partly**{hits}. In full: {key}", hits=_hits(verdict), key=key)
        case "unknown":
            return say(reader, "**The answer:** {key}", key=key)
        case "skipped":
            return say(reader, "**Skipped.** It counts neither way.")
        case _:
            given = _given(asking)
            head = (
                say(reader, "**✗ Not right:** {given}", given=md(given))
                if given
                else say(reader, "**✗ Not right**{hits}", hits=_hits(verdict))
            )
            return lines(head, say(reader, "**Right:** {key}", key=key))


def _heard(reader: Reader, verdict: Verdict) -> str:
    """An open answer is read for the author's points, and only by their words: said so."""
    heads = {
        "right": "**✓ Right:** I heard what I look for.",
        "partly": "**~ Partly:** I heard some of what I look for.",
        "wrong": "**✗ Not yet:** I heard little of what I look for. I go by words: if you said it "
        "in others, compare with the model answer under Explain.",
    }
    marks = {"covered": "✓", "partly": "~", "missing": "-"}
    rows = [f"{marks[point.seen]} {point.point}" for point in verdict.points]
    return lines(say(reader, heads[verdict.mark]), *rows)


def _hits(verdict: Verdict) -> str:
    return f" ({verdict.hits} of {verdict.total})" if verdict.total else ""


def forgiven(reader: Reader, verdict: Verdict) -> str:
    """`Typo forgiven: relfog`."""
    if not verdict.forgiven:
        return ""
    slips = ", ".join(given for given, _ in verdict.forgiven)
    return say(reader, "Typo forgiven: {slips}", slips=slips)


def _why(reader: Reader, verdict: Verdict) -> str:
    if verdict.mark in ("right", "skipped", "unknown"):
        return ""
    if verdict.why:
        return say(reader, "**Why not:** {why}", why=md(" ".join(verdict.why.split())))
    reasons = {
        "echo": "That repeats the question.",
        "negated": "That denies the answer.",
        "hedge": "Of the answers you name, not all are right.",
        "word": "That is another thing, not a typing slip.",
        "unit": "The number fits, the unit does not.",
        "not-a-number": "I found no number in it.",
        "empty": "There was nothing in it.",
    }
    sentence = reasons.get(verdict.reason, "")
    return say(reader, sentence) if sentence else ""


def _foot(reader: Reader, asking: Asking, now: datetime) -> str:
    parts = [say(reader, "Checked: {how}", how=checked.words(asking.item))]
    if asking.asked.comes_back:
        back = shown.day(asking.asked.comes_back, now, reader.zone)
        on = "" if back in ("today", "tomorrow") else "on "
        parts.append(say(reader, "Back {on}{day}", on=on, day=back))
    return " · ".join(parts)


def _buttons(asking: Asking) -> tuple[Button, ...]:
    last = asking.position + 1 >= len(asking.quiz.asked)
    buttons = [Button("Finish" if last else "Next", asking.token("next"), "primary")]
    if others := _other_letters(asking):
        buttons.append(Button(f"Why not {others}", asking.token("why")))
    else:
        buttons.append(Button("Explain", asking.token("why")))
    buttons.append(Button("⋯", asking.token("more")))
    return tuple(buttons)


def _other_letters(asking: Asking) -> str:
    item, asked = asking.item, asking.asked
    if not isinstance(item.body, Choice):
        return ""
    taken = asked.response.picks if asked.response else ()
    left = tuple(
        thing.index
        for thing in shown.things(item, asked)
        if not item.body.options[thing.index].right and thing.index not in taken
    )
    return shown.letters(item, asked, left)


def answer(asking: Asking) -> str:
    """The right answer as the person saw it, in the subset."""
    item, asked = asking.item, asking.asked
    match item.body:
        case Choice(options=options):
            return "; ".join(
                f"{thing.letter}) {thing.text}"
                for thing in shown.things(item, asked)
                if options[thing.index].right
            )
        case Number(answer=value, unit=unit):
            return f"{value} {unit}".strip()
        case Short(answers=answers):
            return str(say(Reader(), "{answer}", answer=answers[0]))
        case Order(steps=steps):
            return " > ".join(shown.letters(item, asked, tuple(range(len(steps)))).split(", "))
        case Match(pairs=pairs):
            rights = [shown.letters(item, asked, (i,)) for i in range(len(pairs))]
            return ", ".join(f"{i + 1}{right}" for i, right in enumerate(rights))
        case Case(steps=steps):
            return "; ".join(_right(step.options).text for step in steps)
        case Open():
            return "see the model answer under Explain"
        case body:
            return body.solution


def _right(options: tuple[Option, ...]) -> Option:
    return next(option for option in options if option.right)


def _given(asking: Asking) -> str:
    item, asked = asking.item, asking.asked
    response = asked.response
    if response is None:
        return ""
    if response.text:
        return str(say(Reader(), "{text}", text=" ".join(response.text.split())[:80]))
    match item.body:
        case Choice():
            return shown.letters(item, asked, response.picks) or "nothing chosen"
        case Order():
            return " > ".join(shown.letters(item, asked, response.picks).split(", "))
        case Match():
            by_left = [shown.letters(item, asked, (pick,)) for pick in response.picks]
            return ", ".join(f"{i + 1}{right}" for i, right in enumerate(by_left))
        case _:
            return ""


def consequence(reader: Reader, option: Option, letter: str) -> str:
    """What a decision in a case leads to."""
    mark = "✓" if option.right else "✗"
    head = say(reader, "**{mark} {letter})** ", mark=mark, letter=letter)
    return head + " ".join(option.why.split())


def close(reader: Reader, asking: Asking) -> Card:
    """Nearly: one directed question, asked once."""
    verdict = _verdict(asking.asked)
    text = asking.asked.response.text if asking.asked.response else ""
    return Card(
        view="close",
        title=title(asking),
        text=paragraphs(
            prompt(asking.item),
            say(reader, '**~ Nearly:** "{text}". Which kind, exactly?', text=text[:80]),
            verdict.why,
        ),
        rows=(
            (
                Button("Answer", asking.token("type", form=True), "primary"),
                Button("That is my answer", asking.token("final")),
            ),
        ),
        tone="near",
    )


def more(reader: Reader, asking: Asking, now: datetime, *, shareable: bool = False) -> Card:
    """The verdict with what stands under ⋯."""
    base = card(reader, asking, now)
    tools = [
        Button("Report", asking.token("report", form=True)),
        Button("Stop the quiz", asking.token("stop")),
        Button("Back", asking.token("back")),
    ]
    if shareable:
        tools.insert(0, Button("Ask the channel", asking.token("share")))
    return Card(
        view="verdict-more",
        title=base.title,
        text=base.text,
        links=base.links,
        tone=base.tone,
        rows=(tuple(tools),),
    )


def unanswered_form(token: str) -> Form:
    """A form for a question that is answered already: sending it shows the verdict."""
    field = Field(id="answer", label="Already answered", required=False)
    return Form(view="form-answered", token=token, title="Already answered", fields=(field,))
