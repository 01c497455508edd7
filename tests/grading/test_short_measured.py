"""Typed answers in bulk: the tuning table, the bank against itself, generated traps."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.grading import lexicon
from bot.grading.plain import key
from bot.grading.short import short
from questions.model import Item, Short
from tests.grading.asked import DEV, ask, mistyped, shorts
from tests.grading.asked import item as asked_item

ASKED = (
    ("Which HTTP status means a permanent redirect?", "301|Moved Permanently", "302"),
    ("Which clause sorts a result set?", "ORDER BY", "GROUP BY"),
    ("Which normal form forbids repeating groups?", "first normal form|1NF", "second normal form"),
    ("What does the C in ACID stand for?", "consistency", "concurrency"),
    ("Which lock allows many readers but no writers?", "shared lock|read lock", "exclusive lock"),
    ("Name the wide-column store created at Facebook.", "Cassandra", "HBase"),
    ("Which cache strategy bypasses the cache on writes?", "write-around", "write-through"),
    ("Which HTTP method is used to delete a resource?", "DELETE", "PUT"),
    ("Time complexity of merge sort?", "O(n log n)", "O(n^2)"),
    ("Which git command downloads without merging?", "git fetch", "git pull"),
    ("Which principle forbids fat interfaces?", "interface segregation principle", "open closed"),
    ("Which option shows what is staged?", "git diff --staged", "git diff"),
)
SLIPS = 3  # typing errors tried in each answer
MANY = 40  # questions from which on only those of an area are laid beside each other
SIGNS = (
    "not", "or", ",", "/", "(", ")", "O(n", "log", "n)", "git", "fetch", "301", "```", "**", "'",
    "--", "^", "|", "!", "lock", " ",
)  # fmt: skip
DENIALS = (
    "not {a}", "it's not {a}", "that is not {a}", "it isn't {a}", "{a} is wrong", "never {a}",
    "anything but {a}", "definitely not {a}", "{a}, not", "no {a}", "non-{a}", "{b}, not {a}",
    "not {a} but {b}", "{b} rather than {a}", "everything except {a}", "the opposite of {a}",
    "I doubt it's {a}", "not really {a}", "{a} is not right", "it can't be {a}", "without {a}",
    "neither {a} nor {b}", "instead of {a}", "other than {a}", "{a}? no", "it was never {a}",
    "{a} is incorrect", "i don't think it is {a}", "not {a}, {b}", "{b} instead of {a}",
)  # fmt: skip
HEDGES = (
    "{a} or {b}", "{b} or maybe {a}", "maybe {a}, maybe {b}", "{a}/{b}", "either {b} or {a}",
    "{a}, {b}", "{a} and {b}", "{a} | {b}", "could be {a} or {b}", "{a}? {b}?", "{b}; {a}",
    "I think {a} or perhaps {b}", "{a} (or {b})", "{a} vs {b}", "{b}, otherwise {a}",
    "depends: {a} or {b}", "{a} and/or {b}", "{a} unless {b}", "{a} {b}", "{b} {a}",
    "{a}, possibly {b}", "probably {a} but {b} works too", "{a} + {b}", "{a} = {b}",
)  # fmt: skip


@pytest.mark.skipif(not DEV.exists(), reason="../shared/grading/dev.csv is not there")
def test_the_tuning_table() -> None:
    """At least 98.5 % of the tuning rows are graded as people did, and no wrong one is accepted."""
    with DEV.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = accepted = 0
    for row in rows:
        right = ask(row["question"], row["accepted"], row["author_rejects"], row["given"]).right
        expected = row["should_accept"] == "1"
        wrong += right != expected
        accepted += right and not expected
    assert wrong <= 0.015 * len(rows)
    assert accepted <= 0.003 * len(rows)


@pytest.mark.parametrize("shapes", [DENIALS, HEDGES], ids=["denials", "hedges"])
def test_a_thousand_traps_catch_nothing(shapes: tuple[str, ...]) -> None:
    """No denial and no hedge of a wrong alternative is accepted."""
    draw = random.Random(11)
    asked = [*map(_made, ASKED), *shorts()]
    taken: list[tuple[str, str]] = []
    for at in range(1000):
        item, body = asked[at % len(asked)]
        misses = [text for miss in body.near_misses for text in miss.answers]
        a, b = draw.choice(body.answers), draw.choice(misses)
        text = shapes[at // len(asked) % len(shapes)].format(a=a, b=b)
        if short(item, body, text).right and text not in body.answers:
            taken.append((item.id, text))
    assert taken == []


def _made(row: tuple[str, str, str]) -> tuple[Item, Short]:
    made = asked_item(row[0], tuple(row[1].split("|")), (row[2],))
    assert isinstance(made.body, Short)
    return made, made.body


def test_a_thousand_echoes_catch_nothing() -> None:
    """A question, or a part of it, is not taken for its answer."""
    draw = random.Random(12)
    asked = list(ASKED) + [
        (item.prompt, "|".join(body.answers), "|".join(body.near_misses[0].answers))
        for item, body in shorts()
    ]
    taken: list[str] = []
    for at in range(1000):
        prompt, answers, misses = asked[at % len(asked)]
        words = prompt.split()
        start = draw.randrange(len(words))
        part = " ".join(words[start : start + draw.randrange(3, len(words) + 3)])
        text = draw.choice(("{}", "the {}", "it is the {}", "I think {}")).format(part)
        if ask(prompt, answers, misses, text).right:
            taken.append(text)
    assert taken == []


def test_the_bank_against_itself() -> None:
    """No answer or near miss is taken for the answer of another question, plain or mistyped."""
    draw = random.Random(13)
    known = list(shorts())
    texts = {
        text
        for _, body in known
        for text in (*body.answers, *(a for miss in body.near_misses for a in miss.answers))
    }
    typed = {text: {text, *(mistyped(text, draw) for _ in range(SLIPS))} for text in sorted(texts)}
    taken = [
        (item.id, text, slip)
        for item, body in known
        for text in _foreign(item, body, known)
        for slip in typed[text]
        if slip not in body.answers and short(item, body, slip).right
    ]
    assert taken == []


def _foreign(item: Item, body: Short, known: list[tuple[Item, Short]]) -> Iterator[str]:
    """The answers that are none of this question: its near misses, and all of its neighbours."""
    near = [
        other for one, other in known if one is item or one.area == item.area or len(known) < MANY
    ]
    right = {key(text) for text in body.answers}
    for other in near:
        misses = (text for miss in other.near_misses for text in miss.answers)
        yield from (text for text in (*other.answers, *misses) if key(text) not in right)


def test_the_bank_knows_its_own_answers() -> None:
    """Each accepted answer is right, each near miss gets its explanation."""
    for item, body in shorts():
        for text in body.answers:
            assert short(item, body, text).right, (item.id, text)
        for miss in body.near_misses:
            for text in miss.answers:
                assert short(item, body, text).why == miss.why, (item.id, text)


def test_slips_of_the_fingers_are_forgiven() -> None:
    """At least 99 % of slips in long words and terms are accepted where no real word results."""
    draw = random.Random(14)
    words = [word for word in lexicon.listed("terms") if word.isalpha() and len(word) > 6]
    words += [word for word in lexicon.english() if len(word) > 6][::40]
    refused, tried = [], 0
    for word in sorted(words):
        slip = mistyped(word, draw)
        if slip == word or lexicon.is_word(slip) or lexicon.is_term(slip):
            continue
        tried += 1
        if not ask("What is it called?", word, "", slip).right:
            refused.append((word, slip))
    assert len(refused) <= 0.01 * tried, refused


def test_real_words_are_not_confused() -> None:
    """No English word is taken as a slip of another one."""
    draw = random.Random(15)
    words = [word for word in lexicon.english() if len(word) > 4]
    known = frozenset(words)
    for word in draw.sample(words, 1500):
        for _ in range(3):
            other = mistyped(word, draw)
            if other in known and other != word:
                assert ask("What is it?", word, "", other).reason != "typo", (word, other)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=4096), st.sampled_from(ASKED))
def test_any_text_gets_a_verdict(text: str, asked: tuple[str, str, str]) -> None:
    """Any text up to 4 kB is graded without an exception."""
    assert ask(*asked, text).mark in {"right", "wrong", "close", "unknown"}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(SIGNS), max_size=400),
    st.sampled_from(ASKED),
)
def test_any_row_of_signs_gets_a_verdict(parts: list[str], asked: tuple[str, str, str]) -> None:
    """Rows of the signs that the grader looks for end in a verdict too."""
    assert ask(*asked, "".join(parts)).mark in {"right", "wrong", "close", "unknown"}
