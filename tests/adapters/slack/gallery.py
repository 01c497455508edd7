"""What is drawn for golden payloads and pictures: every sample view, and what only we have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.slack import words
from adapters.slack.render import Json, message
from adapters.slack.views import Behind, card_view, form_view, home_view
from bot.chat.cards import Button, Card, Form
from bot.chat.commands import Table
from tests import samples
from tests.adapters.slack.conversing import CHANGE, FEATURE, PROGRESS

PICTURE: Final = "F0PICTURE"
PROGRAM = Card(
    view="question-output",
    title="3 of 5 · Default arguments · mid",
    text="What does this print?\n\n```python\ndef add(item, to=[]):\n"
    "    to.append(item)  # 48 columns, all fits here\n    return to\n\n"
    "add(1)\nprint(add(2))\n```\n\nA) `[2]`\nB) `[1, 2]`\n"
    "C) `[[1], 2]`\nD) It raises a TypeError.",
    rows=(
        tuple(Button(letter, f"press:{letter}") for letter in "ABCD"),
        (Button("Don't know", "unknown"), Button("Hint", "hint"), Button("⋯", "more")),
    ),
)
HOSTILE = Card(
    view="hostile",
    title="<!channel> <@U2> *bold* :smile:",
    text="<!here> <!everyone> <!subteam^S1> <@U2> <#C1> <https://evil.example|free> "
    "<!date^0^{date}^https://evil.example|x> https://evil.example *b* _i_ ~s~ :smile: &lt;!here&gt;"
    "\n\n`<@U2>` \\`\n\n```\n<!channel>\n```\n> quote\n1. list",
    rows=((Button("<!here> *x* :smile:", "x"),),),
    note="<!channel> :smile: *note*",
    to="place",
)
CARDS: Mapping[str, Card] = {
    **samples.cards("slack"),
    "program": PROGRAM,
    "hostile": HOSTILE,
    "greeting": words.greeting(),
    "mentioned": words.mentioned(),
    "pointer": words.pointer("https://slack.com/app_redirect?channel=D1&team=T1"),
    "closed": words.closed(),
    "elsewhere": words.elsewhere("#general"),
    "picture": PROGRESS,
}
FORMS: Mapping[str, Form] = {**samples.forms("slack"), "form-all-kinds": CHANGE}
STANDING = words.at_home(Table(FEATURE.commands))


def drawn() -> dict[str, Json]:
    """All payloads by name: messages, modals and a Home."""
    found = {name: message(card, PICTURE) for name, card in CARDS.items()}
    found |= {name: form_view(form, Behind()) for name, form in FORMS.items()}
    verdict = CARDS["verdict"]
    found["modal-verdict"] = card_view(verdict, Behind(surface="direct"), buttons=False)
    found["modal-working"] = card_view(words.working(), Behind(surface="post"))
    for name, card in CARDS.items():  # what a press on a daily in a channel opens
        if name.startswith("daily-") and card.to in ("private", "replace"):
            found[f"modal-{name}"] = card_view(card, Behind(surface="post"), PICTURE)
    found["home"] = home_view(CARDS["progress"], STANDING, PICTURE)
    return found
