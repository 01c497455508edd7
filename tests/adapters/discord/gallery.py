"""What is drawn for golden payloads and pictures: every sample view, and what only we have."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw

from adapters.discord import words
from bot.chat.cards import Button, Card, Choice, Field, Form, Picture
from tests import samples

PROGRAM = """What does this print?

```python
def add(item, to=[]):
    to.append(item)  # 48 columns, all fits here
    return to

add(1)
print(add(2))
```

A) `[2]`
B) `[1, 2]`
C) `[[1], 2]`
D) It raises a TypeError."""


def _row(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label, f"press:{number}") for number, label in enumerate(labels))


def chart() -> Picture:
    """A small chart of bars."""
    image = Image.new("RGB", (720, 300), "#fbf7ef")
    draw = ImageDraw.Draw(image)
    for number, (share, colour) in enumerate(
        [(0.9, "#2f6f4f"), (0.75, "#2f6f4f"), (0.4, "#b0552f"), (0.55, "#8a7a3f")]
    ):
        top = 24 + number * 66
        draw.rectangle((160, top, 160 + int(520 * share), top + 40), fill=colour)
        draw.text((24, top + 10), ("SQL", "Git", "Isolation", "Caching")[number], fill="#333333")
    out = io.BytesIO()
    image.save(out, "PNG")
    alt = "Bars: SQL 90 %, Git 75 %, isolation levels 40 %, caching 55 %"
    return Picture(out.getvalue(), alt)


OWN: Mapping[str, Card] = {
    "program": Card(
        view="question",
        title="3 of 5 · Default arguments · mid",
        text=f"Why this: you missed it last time\n\n{PROGRAM}",
        rows=(_row(*"ABCD"), (Button("Don't know", "none"), Button("Hint", "hint"))),
    ),
    "picture": Card(
        view="picture",
        title="Streak 12",
        text="This week 34 answers, 24 right (71 %).\n**Weak (89 % sure):** isolation levels",
        picture=chart(),
        rows=(_row("Practise isolation levels", "Review"),),
    ),
    "unsent": words.unsent(
        "!typed",
        Form(
            view="x", token="!typed", title="x", fields=(Field(id="answer", label="Your answer"),)
        ),
        {"answer": "I found no number in it. Write one such as 12.5."},
        {"answer": "about twelve and a half, I think"},
    ),
    "greeting": words.greeting(),
    "hostile": Card(
        view="hostile",
        title="@everyone # <@41> **bold** [x](https://evil.example)",
        text="@here <@&6> <#300> </quiz:7> <t:1:R> :smile: https://evil.example\n# no heading\n"
        "> no quote\n- no list\n1. no list\n||no spoiler|| _a_ ~~b~~ ¯\\_(ツ)_/¯\n"
        "```\nselect '``` @everyone' as \"a line that is wider than forty-eight columns\"\n```",
        rows=((Button("@everyone **x**", "press"),),),
        note="# <@41> https://evil.example",
        tone="near",
    ),
}
CARDS: Mapping[str, Card] = samples.cards("discord") | dict(OWN)

OWN_FORMS: Mapping[str, Form] = {
    "form-all-kinds": Form(
        view="form-report",
        token="!report:q1.2:0",
        title="Report this question",
        text="What does `git reflog` show?",
        fields=(
            Field(
                id="kind",
                label="What is wrong with it?",
                kind="checkboxes",
                choices=(
                    Choice("The key is wrong", "key"),
                    Choice("An unclear word", "word"),
                    Choice("The source is dead", "source", "It answers 404 or says something else"),
                ),
            ),
            Field(
                id="level",
                label="Its level should be",
                kind="select",
                required=False,
                choices=(
                    Choice("Junior", "junior"),
                    Choice("Mid", "mid"),
                    Choice("Senior", "senior"),
                ),
            ),
            Field(id="more", label="In your words", kind="long", limit=500, required=False),
        ),
    ),
}
FORMS: Mapping[str, Form] = samples.forms("discord") | dict(OWN_FORMS)
