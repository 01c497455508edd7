"""`questions show --face` is what the adapters send: texts and buttons in their order."""

from __future__ import annotations

import pytest

from bot.chat.events import Platform
from bot.chat.say import Reader
from bot.cli import faces
from bot.cli.answered import right, wrong
from bot.cli.faces import FACES, decided, looks, shown
from bot.cli.failing import Wrong
from questions.cache import load
from questions.model import TYPES, Item
from questions.templates import ALL, draw

ITEMS = {item.type: item for item in load().items}
PARTS = ("the question", "after a right answer", "after a wrong answer")
PRESSED = {"single", "multi", "output", "order", "match", "case"}


def page(item: Item, face: Platform) -> dict[str, str]:
    """The parts of a page by their heads."""
    found = {}
    for part in looks(item, face):
        head, _, text = part.partition("\n")
        found[head.strip("- ").partition(": ")[2]] = text
    return found


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("kind", TYPES)
def test_each_type_is_drawn_on_each_face(kind: str, face: Platform) -> None:
    """It is asked with its buttons, and a right answer and a wrong one are judged as such."""
    item = ITEMS[kind]  # type: ignore[index]  # the parameters are the types
    drawn = page(item, face)
    assert set(PARTS) <= set(drawn)
    assert ("the form behind Answer" in drawn) == (kind not in PRESSED and face != "terminal")
    assert "[Don't know]" in drawn["the question"]
    assert item.prompt.split()[0].strip("`") in drawn["the question"]
    assert "✓ Right" in drawn["after a right answer"]
    assert "✗ Not" in drawn["after a wrong answer"] or "~ Partly" in drawn["after a wrong answer"]
    for name in PARTS[1:]:
        assert "Checked: " in drawn[name]
        assert "[Finish]" in drawn[name]


def test_marks_of_the_platform_are_those_that_are_sent() -> None:
    """Discord's text is its Markdown as it is sent, Slack's the words of its blocks."""
    item = ITEMS["output"]
    assert item.code
    program = item.code.text.splitlines()[0]
    assert f"```{item.code.language}\n{program}" in page(item, "discord")["the question"]
    assert f"  | {program}" in page(item, "slack")["the question"]
    assert f"  {program}" in page(item, "terminal")["the question"]


def test_a_form_shows_its_field_and_what_sends_it() -> None:
    """What opens behind Answer stands below the question."""
    item = ITEMS["short"]
    assert "[Answer] [Cancel]" in page(item, "slack")["the form behind Answer"]
    assert "____" in page(item, "discord")["the form behind Answer"]


def test_answers_are_graded_as_they_are_meant() -> None:
    """Of every question of the bank that is not run the key is right and the belief is not."""
    for item in load().items:
        if item.type in {"sql", "regex"}:
            continue
        asking = faces._asking(item)
        assert decided(Reader(), asking, right(item)).tone == "good", item.id
        assert decided(Reader(), asking, wrong(item)).tone in {"bad", "near"}, item.id


def test_a_draw_of_a_template_can_be_drawn_too() -> None:
    """What has no file has faces as well."""
    assert set(PARTS) <= set(page(draw(ALL[0].id, "1"), "slack"))


@pytest.mark.parametrize(
    ("names", "face", "said"),
    [
        (["no-such-item"], "slack", "no-such-item: no item of the bank has this id"),
        ([ITEMS["single"].id], "teams", "There is no face 'teams': terminal, slack, discord."),
    ],
)
def test_slips_are_answered_in_a_sentence(names: list[str], face: str, said: str) -> None:
    """What cannot be shown is named."""
    with pytest.raises(Wrong, match=said):
        list(shown(names, face))


def test_the_page_with_the_key_comes_first() -> None:
    """An author sees the key and then the faces."""
    name = ITEMS["single"].id
    first, *rest = shown([name], "terminal")
    assert first.startswith(f"{name}  ")
    assert "+ " in first
    assert len(rest) == len(PARTS)
