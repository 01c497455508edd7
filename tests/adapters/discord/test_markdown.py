"""Neutral text as Discord's Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.markdown import CUT, address, escape, fitted
from bot.chat.cards import Link
from bot.chat.fitting import CODE_COLUMNS, cut, size
from bot.chat.text import fence, plain
from tests.adapters.discord.hostile import TEXTS, live
from tests.drivers.discord import unmarked


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain words, 3 of 5", "plain words, 3 of 5"),
        ("**✓ Right:** B", "**✓ Right:** B"),
        ("a `code` b", "a `code` b"),
        ("snake_case and 2 * 3", "snake\\_case and 2 \\* 3"),
        (plain("**not bold**"), "\\*\\*not bold\\*\\*"),
        ("- a\n1. b\n# c\n> d\n-# e", "\\- a\n1\\. b\n\\# c\n\\> d\n\\-\\# e"),
        ("[x] A) PUT", "\\[x\\] A) PUT"),
        ("at 09:00: go", "at 09\\:00: go"),
        ("see https://a.example", "see https\\://a.example"),
        ("**a****b**", "**ab**"),
        ("x\n```sql\nselect 1\n```\ny", "x\n```sql\nselect 1\n```\ny"),
        ("```\n\n```", "```\n \n```"),
        ("```\na ``` b\n```", "```\na ` ` ` b\n```"),
        ("```python\n\tx\n```", "```python\n    x\n```"),
    ],
)
def test_drawn(text: str, drawn: str) -> None:
    """
    Bold, code and fences are kept, everything else stands for itself.
    """
    assert fitted(text, 4000) == drawn


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_stays_text(text: str) -> None:
    """
    Nothing of a text of people becomes live, and all of it can be read.
    """
    drawn = fitted(plain(text), 4000)

    assert live(drawn) == []
    assert unmarked(drawn) == text


def test_the_judge_knows_what_is_live() -> None:
    """
    Most of these texts are live as they come: the judge of the other tests is not asleep.
    """
    assert sum(bool(live(text)) for text in TEXTS) >= 65


@settings(max_examples=300, deadline=None)
@given(st.text("\\*_~|`<@[]():#>-+.1ae \n/&!", max_size=60))
def test_any_text_stays_text(text: str) -> None:
    """
    However marks are mixed, nothing becomes live and nothing is lost.
    """
    drawn = fitted(plain(text), 4000)

    assert live(drawn) == []
    assert unmarked(drawn) == text.strip("\n")
    assert live(f"### {escape(cut(text, 200))}") == ["### "]


@pytest.mark.parametrize("text", TEXTS)
def test_code_cannot_be_left(text: str) -> None:
    """
    A hostile text in a fence stays in it.
    """
    drawn = fitted(fence(text), 4000)

    assert drawn.count("```") == 2
    assert live(drawn) == []


def test_wide_code_is_folded() -> None:
    """
    No line of code is wider than a phone, the fold can be seen, and every character is there.
    """
    line = "select coupon_id, count(*) from redemption group by coupon_id having count(*) > 1"
    lines = fitted(fence(line), 4000).split("\n")[1:-1]

    assert max(map(len, lines)) <= CODE_COLUMNS
    assert [one[:2] for one in lines] == ["se", "↳ "]
    assert "".join(one.removeprefix("↳ ") for one in lines) == line
    assert fitted(fence("x" * 48), 4000) == f"```\n{'x' * 48}\n```"
    assert fitted(fence("x" * 49), 4000) == f"```\n{'x' * 48}\n↳ x\n```"


@pytest.mark.parametrize(
    "text",
    [
        "word " * 2000,
        plain("*" * 3000),
        "**" + "b" * 5000 + "**",
        fence("code\n" * 1000),
        "`" + "c" * 5000 + "`",
        "😀" * 3000,
        f"{'a' * 3900}\n{fence('x' * 300)}\nend",
    ],
    ids=["words", "marks", "bold", "fence", "code", "astral", "mixed"],
)
def test_what_does_not_fit_is_cut_where_it_can_be_seen(text: str) -> None:
    """
    A long text takes the room it has and ends with words about it, all its marks closed.
    """
    drawn = fitted(text, 4000)

    assert size(drawn) <= 4000
    assert drawn.endswith(CUT)
    assert drawn.count("```") % 2 == 0
    assert drawn.count("**") % 2 == 0
    assert size(drawn) > 3500


@pytest.mark.parametrize(
    ("link", "drawn"),
    [
        (Link("Docs, 13.2", "https://a.example/b"), "[Docs, 13.2](https://a.example/b)"),
        (Link("x](y", "https://a.example/b_(c)"), "[x)(y](https://a.example/b_%28c%29)"),
        (Link("x", "javascript:alert(1)"), "x"),
        (Link("x", "https://a.example/ )<@41>"), "[x](https://a.example/%20%29%3C@41%3E)"),
    ],
)
def test_links(link: Link, drawn: str) -> None:
    """
    Only our https addresses become links, and none can break out of its brackets.
    """
    assert address(link) == drawn
