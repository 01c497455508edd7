"""Stories of one's own work: what is told is heard, in other words than the author's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.grading.grade import grade
from bot.grading.opened import opened
from bot.grading.told import story, told
from bot.grading.verdict import Response
from questions.areas import OWN_WORK
from questions.model import Item, Open, Point
from questions.wordforms import stem, words_of
from tests.grading.asked import bank
from tests.grading.stories import HELD_OUT, TUNED, VAGUE, Story

ITEMS = {item.id: item for item in bank() if isinstance(item.body, Open)}
OWN = [item for item in ITEMS.values() if item.area == OWN_WORK]
POINT = Point(
    "Gives a number before and after, and how it was measured.",
    3,
    ("fell from", "measured before and after"),
    ("minutes", "measured", "average"),
    ("nobody measured it",),
)


def body(item: Item) -> Open:
    """The rubric of an open item."""
    assert isinstance(item.body, Open)
    return item.body


def seen(point: Point, text: str) -> str:
    """How much of a point is seen in a story."""
    return opened(Open((point,), (), "", ()), text, own=True).points[0].seen


def agreed(stories: tuple[Story, ...]) -> tuple[float, int]:
    """F1 of the points that were covered for people and for us, and points heard that were not."""
    pairs = [
        (heard, point.seen == "covered")
        for one in stories
        for heard, point in zip(
            one.heard, grade(ITEMS[one.item], Response(text=one.text)).points, strict=True
        )
    ]
    both = sum(heard == "c" and ours for heard, ours in pairs)
    said, ours = sum(heard == "c" for heard, _ in pairs), sum(ours for _, ours in pairs)
    return 2 * both / (said + ours), sum(heard == "-" and ours for heard, ours in pairs)


def test_stories_are_heard_as_people_hear_them() -> None:
    """Most points that were told are covered, hardly any that was not (docs/grading.md)."""
    tuned, held_out = agreed(TUNED), agreed(HELD_OUT)
    assert tuned[0] >= 0.6
    assert held_out[0] >= 0.8
    assert tuned[1] + held_out[1] <= 1


def test_a_vague_story_earns_next_to_nothing() -> None:
    """Adjectives, technologies and the author's own keywords are no story."""
    for item in OWN:
        for text in VAGUE:
            verdict = opened(body(item), text, own=True)
            assert verdict.mark == "wrong", (item.id, text)
            assert verdict.credit <= 0.25, (item.id, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The run takes 12 minutes now, and it was 90 before.", "covered"),
        ("Now it takes much longer than some minutes.", "partly"),
        ("We did not measure it in minutes.", "missing"),
        ("The run takes 12 minutes now. Nobody measured it.", "missing"),
        ("12 minutes", "missing"),
        ("It was good.", "missing"),
    ],
)
def test_signs_of_a_point(text: str, expected: str) -> None:
    """Two signs in a sentence cover, one touches; a denied part and a misconception do not."""
    assert seen(POINT, text) == expected


def test_a_technical_point_is_not_told_by_signs() -> None:
    """Where facts can be wrong, signs alone touch a point at most."""
    text = "The run takes 12 minutes now, and it was 90 before."
    assert opened(Open((POINT,), (), "", ()), text).points[0].seen != "covered"


def test_words_of_a_family_and_idioms_are_one() -> None:
    """Forms, families and idioms come to one stem; opposites never do."""
    for one, other in (("dropped", "sank"), ("learnt", "lessons"), ("planned", "plans")):
        assert stem(one) == stem(other)
    assert words_of("I turned down the offer") == ("i", "reject", "the", "offer")
    for one, other in (("grew", "shrank"), ("accept", "reject"), ("begin", "end")):
        assert stem(one) != stem(other)


SENTENCES = st.sampled_from(
    [sentence for one in (*TUNED, *HELD_OUT) for sentence in one.text.split(". ")]
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(OWN), st.lists(SENTENCES, max_size=6), SENTENCES, st.integers(0, 6))
def test_a_further_sentence_never_lowers(
    item: Item, sentences: list[str], more: str, at: int
) -> None:
    """Wherever another sentence stands, no point is told less, save by a misconception."""
    longer = [*sentences[:at], more, *sentences[at:]]
    before, after = story(". ".join(sentences)), story(". ".join(longer))
    rank = {"missing": 0, "partly": 1, "covered": 2}
    for point in body(item).rubric:
        assert rank[told(point, after)] >= rank[told(point, before)]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(OWN),
    st.lists(SENTENCES, min_size=1, max_size=6),
    st.integers(2, 4),
    st.sampled_from((". ", "\n\n", "; ", "! ")),
)
def test_repeating_a_story_never_raises(
    item: Item, sentences: list[str], times: int, between: str
) -> None:
    """The same story again says nothing new."""
    once = ". ".join(sentences) + "."
    again = between.join([once] * times)
    assert opened(body(item), again[:4000], own=True).credit <= (
        opened(body(item), once, own=True).credit
    )


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(list(ITEMS.values())),
    st.one_of(
        st.text(max_size=4096),
        st.text(st.sampled_from("([{<\"'`*,;:.!?- \n\t\x00\u202e\u200bae1\u0301"), max_size=4096),
        st.recursive(SENTENCES, lambda inner: inner.map(lambda text: f"({text}, [{text}])")),
    ),
)
def test_any_text_gets_a_verdict(item: Item, text: str) -> None:
    """Unicode, control characters and nesting are graded without an exception."""
    verdict = grade(item, Response(text=text[:4096]))
    assert 0.0 <= verdict.credit <= 1.0
    assert len(verdict.points) == len(body(item).rubric)


@pytest.mark.parametrize("item", ITEMS.values(), ids=lambda item: item.id)
def test_a_stated_point_never_lowers(item: Item) -> None:
    """A phrasing of a missing point, said as a sentence, lowers no mark."""
    text = "We had a look at it."
    before = grade(item, Response(text=text)).credit
    for point in body(item).rubric:
        text = f"{text} {point.phrasings[0].capitalize()}."
        after = grade(item, Response(text=text)).credit
        assert after >= before
        before = after
    assert before > 0
