"""A verdict: the mark in a word, why, the rule, one source, and when it comes back."""

from __future__ import annotations

import re
from datetime import datetime

from bot.chat.cards import Button, Card, Field, Form, Tone
from bot.chat.fitting import cut
from bot.chat.say import Reader, lines, md, paragraphs, say
from bot.chat.text import flow, plain, spoken
from bot.chat.tokens import make
from bot.grading.verdict import Verdict
from bot.store.rows import Asked
from bot.views import checked, key, ran, shown, streak
from bot.views import spoken as looked
from bot.views.question import Asking, prompt, title
from questions.model import Case, Choice, Option

LONGEST = 600  # characters of a verdict; what does not fit is one press away
RUN = ("sql", "regex")  # have been run: what is said of them stands in a module of its own
POINTS = 360  # of them for the points of an open answer
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
    why = _why(reader, asking, verdict)
    foot = _foot(reader, asking, now)
    drawn = ran.difference(reader, verdict)
    over = len(spoken(paragraphs(head, why, drawn, foot))) - LONGEST
    why = _rule(why, len(why) - over) or why if over > 0 else why
    room = LONGEST - len(spoken(paragraphs(head, why, drawn, "-", foot)))
    rule = _rule(asking.item.explain, room)
    words = key.in_words(asking, room - len(rule))
    return Card(
        view="verdict",
        title=title(asking),
        text=paragraphs(asking.intro, lines(head, words), drawn, why, rule, foot),
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
        if len(kept) + len(sentence) + 3 > room:
            break
        kept = f"{kept} {sentence}".strip()
    return f"{kept} …".strip() if kept else ""


def _head(reader: Reader, asking: Asking, verdict: Verdict) -> str:
    if verdict.points and verdict.mark in ("right", "partly", "wrong"):
        return _heard(reader, verdict)
    if asking.item.type in RUN and verdict.mark != "skipped":
        return ran.head(reader, asking.item, verdict)
    right = md(key.answer(asking))
    match verdict.mark:
        case "right":
            return lines(say(reader, "**✓ Right:** {key}", key=right), forgiven(reader, verdict))
        case "partly":
            return say(reader, "**~ Partly**{hits}. In full: {key}", hits=_hits(verdict), key=right)
        case "unknown":
            return say(reader, "**The answer:** {key}", key=right)
        case "skipped":
            return say(reader, "**Skipped.** It counts neither for nor against you.")
        case _:
            given = key.given(asking)
            head = (
                say(reader, "**✗ Not right:** {given}", given=md(given))
                if given
                else say(reader, "**✗ Not right**{hits}", hits=_hits(verdict))
            )
            return lines(head, say(reader, "**Right:** {key}", key=right))


def _heard(reader: Reader, verdict: Verdict) -> str:
    """An open answer is read for the author's points, and only by their words: said so."""
    heads = {
        "right": "**✓ Right:** I heard what I look for.",
        "partly": "**~ Partly:** I heard some of what I look for.",
        "wrong": "**✗ Not yet:** I heard little of what I look for. I go by words: if you said it "
        "in others, compare with the model answer under Explain.",
    }
    marks = {"covered": "✓", "partly": "~", "missing": "-"}
    wide = POINTS // len(verdict.points)  # all of them stand in full under Explain
    rows = [f"{marks[one.seen]} {plain(cut(spoken(one.point), wide))}" for one in verdict.points]
    return lines(say(reader, heads[verdict.mark]), *rows)


def _hits(verdict: Verdict) -> str:
    return f" ({verdict.hits} of {verdict.total})" if verdict.total else ""


def forgiven(reader: Reader, verdict: Verdict) -> str:
    """`Typo forgiven: relfog`."""
    if not verdict.forgiven:
        return ""
    slips = ", ".join(given for given, _ in verdict.forgiven)
    return say(reader, "Typo forgiven: {slips}", slips=slips)


def _blamed(asking: Asking, why: str) -> str:
    """What `why` is said of: `Why not C`, `Why D too`, `Why not, step 2`."""
    item, asked = asking.item, asking.asked
    match item.body:
        case Choice(options=options):
            for thing in shown.things(item, asked):
                option = options[thing.index]
                if option.why == why:
                    letter = thing.letter
                    return f"Why {letter} too" if option.right else f"Why not {letter}"
        case Case(steps=steps):
            for number, step in enumerate(steps, 1):
                if any(option.why == why for option in step.options):
                    return f"Why not, step {number}"
        case _:
            pass
    return "Why not"


def _why(reader: Reader, asking: Asking, verdict: Verdict) -> str:
    if verdict.mark in ("right", "skipped", "unknown"):
        return ""
    if asking.item.type in RUN:
        return ran.why(reader, asking.item, verdict)
    if verdict.why:
        why = md(" ".join(verdict.why.split()))
        return say(reader, "**{head}:** {why}", head=_blamed(asking, verdict.why), why=why)
    reasons = {
        "echo": "That repeats the question.",
        "negated": "That denies the answer.",
        "hedge": "You named several answers, and not all of them are right.",
        "word": "That is another thing, not a typing slip.",
        "unit": "The number fits, the unit does not.",
        "not-a-number": "I found no number in it.",
        "empty": "There was nothing in it.",
    }
    sentence = reasons.get(verdict.reason, "")
    return say(reader, sentence) if sentence else ""


def _foot(reader: Reader, asking: Asking, now: datetime) -> str:
    """What the answer changed of the streak; how it was checked, and when it comes back."""
    return paragraphs(streak.told(reader, asking.asked.changes), _checked(reader, asking, now))


def _checked(reader: Reader, asking: Asking, now: datetime) -> str:
    parts = [say(reader, "Checked: {how}", how=checked.words(asking.item))]
    if asking.asked.comes_back:
        back = shown.day(asking.asked.comes_back, now, reader.zone)
        on = "" if back in ("today", "tomorrow") else "on "
        parts.append(say(reader, "Back {on}{day}", on=on, day=back))
    return " · ".join(parts)


def _buttons(asking: Asking) -> tuple[Button, ...]:
    onward = shown.onward(asking.quiz, asking.position)
    buttons = [Button(onward, asking.token("next"), "primary")]
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


def more(
    reader: Reader,
    asking: Asking,
    now: datetime,
    *,
    shareable: bool = False,
    appeals: bool = False,
    eases: bool = False,
) -> Card:
    """The verdict with what stands under ⋯."""
    base = card(reader, asking, now)
    tools = [
        Button("Report", asking.token("report", form=True)),
        Button("Stop the quiz", asking.token("stop")),
        Button("Back", asking.token("back")),
    ]
    if shareable and reader.platform != "terminal":
        tools.insert(0, Button("Ask the channel", asking.token("share")))
    if appeals:
        token = make("appeal", f"{asking.quiz.id}.{asking.position}", form=True)
        tools.insert(0, Button("I was right", token))
    return Card(
        view="verdict-more",
        title=base.title,
        text=base.text,
        links=base.links,
        tone=base.tone,
        rows=(*looked.more(asking), *((_eases(asking),) if eases else ()), tuple(tools)),
    )


def _eases(asking: Asking) -> tuple[Button, ...]:
    return tuple(Button(one.capitalize(), asking.token("ease", one)) for one in ("hard", "easy"))


def eased(reader: Reader, felt: str, back: datetime, now: datetime) -> str:
    """The effect of Hard or Easy."""
    day = shown.day(back, now, reader.zone)
    on = "" if day in ("today", "tomorrow") else "on "
    return say(reader, "Noted: {felt}. It comes back {on}{day}.", felt=felt, on=on, day=day)


def unanswered_form(token: str) -> Form:
    """A form for a question that is answered already: sending it shows the verdict."""
    field = Field(id="answer", label="Already answered", required=False)
    return Form(view="form-answered", token=token, title="Already answered", fields=(field,))
