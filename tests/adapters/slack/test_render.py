"""Cards as messages and views: golden payloads, limits, and nothing live anywhere."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.render import escape, fallback, message
from adapters.slack.views import Behind, card_view, error_blocks, form_view, packed, typed, unpacked
from bot.chat.cards import Button, Card, Choice, Field, Form, Link, Picture, Select
from bot.chat.fitting import cut, folded, longest, size
from bot.chat.text import fence, plain
from tests.adapters.slack.conversing import PIXEL
from tests.adapters.slack.gallery import CARDS, drawn
from tests.adapters.slack.rules import SHARED, complaints, texts, view_faults

GOLDEN = Path(__file__).with_name("golden")
DRAWN = drawn()
HOSTILE = (
    "<!channel>", "<!here>", "<!everyone>", "<@U2>", "<@U2|ann>", "<#C1>", "<#C1|general>",
    "<!subteam^S1>", "<!subteam^S1|@backend>", "<https://evil.example>", "<mailto:a@b.example>",
    "<https://evil.example|free nitro>", "<!date^0^{date}|x>", "<!date^0^{date}^http://e.e|x>",
    "&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", "<<!here>>", "<!here", "!here>", "@here",
    "*bold*", "_i_", "~s~", "`<!here>`", "```<!here>```", "> quote", ":smile:", "&", "<", ">",
    "https://evil.example", "\u202e<!here>", "<\u200b!here>", "\uff1c!here\uff1e",
)  # fmt: skip
needs_schema = pytest.mark.skipif(
    not SHARED.exists(), reason="../shared/platforms/blockkit.schema.json is not there"
)


def _faults(payload: dict[str, Any]) -> list[str]:
    if "type" in payload:
        return view_faults(payload)
    return complaints("chat.postMessage", payload | {"channel": "C1"})


@pytest.mark.parametrize("name", DRAWN)
def test_golden(name: str) -> None:
    """
    A card is drawn as it was drawn when somebody looked at its picture.
    """
    path = GOLDEN / f"{name}.json"
    if os.environ.get("SPARRING_GOLDEN"):
        path.write_text(json.dumps(DRAWN[name], indent=1, ensure_ascii=False) + "\n")
    assert DRAWN[name] == json.loads(path.read_text())


def test_every_golden_file_is_of_a_card() -> None:
    """
    No payload is left of a card that is gone.
    """
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(DRAWN)


@needs_schema
@pytest.mark.parametrize("name", DRAWN)
def test_slack_would_take_it(name: str) -> None:
    """
    Every golden payload is one that Slack accepts.
    """
    assert _faults(DRAWN[name]) == []


def test_a_card_of_everything() -> None:
    """
    Title, prose, code, link, note, buttons and menu each become one block, in this order.
    """
    card = Card(
        view="x",
        title="Title",
        text="A **bold** `word`\n\n```sql\nselect 1\n```",
        rows=((Button("A", "pick:A"), Button("Stop", "stop", "danger")),),
        select=Select("level", "Level", (Choice("Mid", "mid", "five years"),), "mid"),
        links=(Link("Docs", "https://docs.example/"), Link("Bad", "http://x.example/")),
        note="Small",
    )
    mid = {
        "text": {"type": "plain_text", "text": "Mid", "emoji": False},
        "value": "mid",
        "description": {"type": "plain_text", "text": "five years", "emoji": False},
    }
    assert message(card) == {
        "text": "Title\nA bold word\nselect 1",
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "Title", "emoji": False}},
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "A "},
                            {"type": "text", "text": "bold", "style": {"bold": True}},
                            {"type": "text", "text": " "},
                            {"type": "text", "text": "word", "style": {"code": True}},
                        ],
                    },
                    {
                        "type": "rich_text_preformatted",
                        "elements": [{"type": "text", "text": "select 1"}],
                    },
                ],
            },
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "link", "url": "https://docs.example/", "text": "Docs"},
                            {"type": "text", "text": " · "},
                            {"type": "text", "text": "Bad"},
                        ],
                    }
                ],
            },
            {
                "type": "context",
                "elements": [{"type": "plain_text", "text": "Small", "emoji": False}],
            },
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "text": {"type": "plain_text", "text": "A", "emoji": False},
                        "action_id": "b.0.0",
                        "value": "pick:A",
                    },
                    {
                        "type": "button",
                        "text": {"type": "plain_text", "text": "Stop", "emoji": False},
                        "action_id": "b.0.1",
                        "value": "stop",
                        "style": "danger",
                    },
                ],
            },
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "static_select",
                        "action_id": "level",
                        "placeholder": {"type": "plain_text", "text": "Level", "emoji": False},
                        "options": [mid],
                        "initial_option": mid,
                    }
                ],
            },
        ],
    }


def test_the_smallest_card() -> None:
    """
    A card without anything still is a message.
    """
    drawn = message(Card(view="x"))
    assert drawn["text"] == "…"
    assert [block["type"] for block in drawn["blocks"]] == ["context"]
    assert _faults(drawn) == []


def test_the_text_beside_the_blocks_holds_no_answer_for_everybody() -> None:
    """
    A verdict that goes to everybody says its title alone on a locked screen; a private one is read
    out whole.
    """
    card = Card(view="x", title="✓ Closed", text="C is right.", tone="good", to="place")
    own = Card(view="x", title="✓ Right", text="C is right.", tone="good")

    assert fallback(card) == "✓ Closed"
    assert fallback(own) == "✓ Right\nC is right."


@needs_schema
def test_the_largest_card() -> None:
    """
    A card that breaks every limit is cut where it can be seen, and accepted.
    """
    card = Card(
        view="x",
        title="t" * 900,
        text=plain("*\\") * 3000 + "\n" + fence("x" * 9000, "sql") + "\nend",
        rows=tuple(tuple(Button("b" * 90, f"b:{r}:{b}") for b in range(30)) for r in range(60)),
        note="n" * 3000,
        select=Select(
            "select", "p" * 200, tuple(Choice("c" * 200, f"c{n}", "d" * 200) for n in range(120))
        ),
        links=tuple(Link("l" * 300, "https://a.example/" + "u" * 900) for _ in range(9)),
        picture=Picture(PIXEL, "a" * 3000),
    )
    for payload in (message(card, "F0PICTURE"), card_view(card, Behind(), "F0PICTURE")):
        assert _faults(payload) == []
        said = json.dumps(payload["blocks"], ensure_ascii=False)
        assert "cut here" in said
        assert "more buttons do not fit here" in said
        assert len(said.replace('": ', '":').replace(", ", ",")) <= 13_000


@given(st.text(max_size=30_000), st.text(alphabet='ab*`\\\n"<&😀', max_size=20_000))
@settings(max_examples=60, deadline=None)
def test_any_text_fits(title: str, text: str) -> None:
    """
    Whatever a card says, its blocks stay under Slack's total, and no text is empty.
    """
    drawn = message(Card(view="x", title=title, text=text))

    assert size(json.dumps(drawn["blocks"], ensure_ascii=False, separators=(",", ":"))) <= 13_000
    assert size(drawn["text"]) <= 15_000
    assert all(one["text"] for block in drawn["blocks"] for one in texts(block))


def _everywhere(evil: str) -> Card:
    return Card(
        view="x",
        title=evil,
        text=f"{plain(evil)}\n{fence(evil)}\n**{plain(evil)}**",
        rows=((Button(evil, "x"),),),
        select=Select("s", evil, (Choice(evil, "v", evil),)),
        links=(Link(evil, "https://docs.example/"), Link(evil, f"http:{evil}")),
        note=evil,
        picture=Picture(PIXEL, evil),
    )


@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_is_live(evil: str) -> None:
    """
    Mentions, links and dates stay text, in the fallback too; no block is read as mrkdwn.
    """
    card = _everywhere(evil)
    field = Field(id="f", label=evil, hint=evil, start=evil[:10])
    form = Form(view="x", token="!x", title=evil, text=plain(evil), fields=(field,), submit=evil)
    drawn = (message(card, "F0PICTURE"), card_view(card, Behind()), form_view(form, Behind()))
    for payload in drawn:
        assert _faults(payload) == []
        assert "mrkdwn" not in json.dumps(payload)
        for link in (one for one in texts(payload) if one.get("type") == "link"):
            assert link["url"] == "https://docs.example/"
    beside = message(card)["text"]
    assert "<" not in beside
    assert ">" not in beside


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_escaping_is_undone_by_slack_alone(text: str) -> None:
    """
    What Slack unescapes is what was said.
    """
    escaped = escape(text)
    assert not {"<", ">"} & set(escaped)
    back = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert back == text


def test_forms_as_modals() -> None:
    """
    Each kind of field has its input; what was typed comes back by field.
    """
    view = DRAWN["form-all-kinds"]
    inputs = {b["element"]["action_id"]: b for b in view["blocks"] if b["type"] == "input"}
    assert {name: block["element"]["type"] for name, block in inputs.items()} == {
        "hour": "static_select",
        "rest": "checkboxes",
        "why": "plain_text_input",
    }
    assert inputs["hour"]["element"]["initial_option"]["value"] == "4"
    state = {
        "a": {"hour": {"type": "static_select", "selected_option": {"value": "2"}}},
        "b": {"rest": {"type": "checkboxes", "selected_options": [{"value": "sat"}]}},
        "c": {"why": {"type": "plain_text_input", "value": None}},
        "d": {"none": {"type": "static_select", "selected_option": None}},
    }
    assert typed(state) == {"hour": "2", "rest": ("sat",), "why": "", "none": ""}
    assert error_blocks({"hour": "No.", "else": "Hm."}, state) == {"a": "No. Hm."}


def test_a_form_of_many_choices_and_the_longest_text() -> None:
    """
    More than ten checkboxes become a menu, and a long question leaves room for its fields.
    """
    many = tuple(Choice(f"c{n}", f"{n}") for n in range(25))
    fields = (
        Field(id="many", label="Many", kind="checkboxes", choices=many, start="3,4"),
        Field(id="long", label="Long", kind="long", limit=9000, start="x" * 9000),
    )
    form = Form(view="x", token="!x", title="T", text="long text " * 3000, fields=fields)
    view = form_view(form, Behind())

    assert view_faults(view) == []
    assert view["blocks"][-2]["element"]["type"] == "multi_static_select"
    assert len(view["blocks"][-2]["element"]["initial_options"]) == 2


def test_what_is_behind_a_modal_comes_back() -> None:
    """
    private_metadata is at most 3,000 characters, and anything strange in it is nothing.
    """
    behind = Behind("direct", "!type:q", "D1", "1.2", "1.1", "https://hooks.slack.com/x", "V1")
    assert unpacked(packed(behind)) == behind
    huge = Behind("direct", "!type:q", answer="u" * 4000)
    assert unpacked(packed(huge)) == Behind("direct", "!type:q")
    for strange in ("", "{}", "[]", "null", '{"surface": "moon"}', "\x00", '{"token": 1}'):
        assert unpacked(strange) == Behind()


def test_fitting() -> None:
    """
    Cuts are seen, count UTF-16 units, and wide code goes on below.
    """
    assert cut("a  b\nc", 9) == "a b c"
    assert cut("abcdef", 4) == "abc…"
    assert cut("😀😀😀", 4) == "😀…"
    assert longest("abc", 0) == ""
    assert folded("x" * 50) == "x" * 48 + "\n↳ xx"
    assert size(cut("😀" * 100, 75)) <= 75


def test_no_card_of_the_gallery_is_too_wide_or_long() -> None:
    """
    The samples are drawn whole: nothing of them is cut.
    """
    for name in CARDS:
        assert "cut here" not in json.dumps(DRAWN[name])
