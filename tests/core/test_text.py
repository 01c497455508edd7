from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import tokens
from bot.chat.begin import start
from bot.chat.commands import Table
from bot.chat.say import Reader, md, say
from bot.chat.text import Fence, Prose, Span, blocks, clean, fence, plain, spoken
from bot.features.table import features


def test_the_subset_is_bold_code_and_fences() -> None:
    """Bold, code and fences are marks, everything else is literal."""
    prose, code = blocks("a **b** `c` _d_ [x](y)\n```python\nprint(1)\n```")
    assert prose == Prose(
        (
            Span("plain", "a "),
            Span("bold", "b"),
            Span("plain", " "),
            Span("code", "c"),
            Span("plain", " _d_ [x](y)"),
        )
    )
    assert code == Fence("print(1)", "python")


@given(st.text(max_size=200))
def test_an_escaped_text_is_shown_as_it_is(text: str) -> None:
    """Whatever a person typed stays plain text when it is escaped."""
    shown = "".join(
        span.text
        for block in blocks(plain(text))
        if isinstance(block, Prose)
        for span in block.spans
    )
    kinds = {
        span.kind
        for block in blocks(plain(text))
        if isinstance(block, Prose)
        for span in block.spans
    }
    assert kinds <= {"plain"}
    assert shown == text.strip("\n")


@given(st.text(max_size=200))
def test_a_fence_cannot_be_left_from_inside(code: str) -> None:
    """Fences inside code are broken, so that all of it stays code."""
    parsed = blocks(f"before\n{fence(code.replace(chr(13), ''))}\nafter")
    assert [type(block) for block in parsed] == [Prose, Fence, Prose]


def test_values_are_escaped_and_our_own_text_is_not() -> None:
    """A sentence escapes what it is given unless it is marked as ours."""
    assert say(Reader(), "Hi {x}", x="**you**") == "Hi \\*\\*you\\*\\*"
    assert say(Reader(), "Hi {x}", x=md("**you**")) == "Hi **you**"
    assert spoken(say(Reader(), "Hi {x}", x="**you** `a`")) == "Hi **you** `a`"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("a\u202eb\u200b", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 4),
        ("\x1b[31mred", "[31mred"),
    ],
)
def test_typed_text_is_cleaned(typed: str, kept: str) -> None:
    """NUL, lone surrogates, control, hidden and bidi characters go."""
    assert clean(typed) == kept


def test_a_token_is_read_as_it_was_written() -> None:
    """Tokens survive the way through a platform; anything else is refused."""
    token = tokens.make("pick", "k3f9.2", 0, "B")
    read = tokens.parse(token)
    assert read is not None
    assert (read.verb, read.parts, read.form) == ("pick", ("k3f9.2", "0", "B"), False)
    assert tokens.wants_form(tokens.make("type", "a.0", form=True))
    with pytest.raises(ValueError, match="x"):
        tokens.make("x" * 30)


@given(st.text(max_size=120))
def test_no_foreign_token_is_read(text: str) -> None:
    """What parses as a token is exactly what `make` would write."""
    read = tokens.parse(text)
    if read is not None:
        assert tokens.make(read.verb, *read.parts, form=read.form) == text


def test_a_start_token_carries_its_words() -> None:
    """Words with blanks fit a token, words that do not fall back to a mix."""
    assert start("sql+git senior 10") == "start:sql+git_senior_10"
    assert start("c#") == "start:"


def test_a_line_is_read_by_the_table() -> None:
    """The first word is a command if it is one, else everything belongs to the quiz."""
    table = Table(tuple(spec for one in features() for spec in one.commands))
    assert table.read("leaderboard last week") == ("leaderboard", {"period": "last week"})
    assert table.read("sql senior") == ("quiz", {"words": "sql senior"})
    assert table.read("") == ("quiz", {})
    assert table.read("Help me") == ("help", {})
