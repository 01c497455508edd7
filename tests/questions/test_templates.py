"""Drawn questions: every draw usable, every answer found again by another route."""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import replace

import msgspec
import pytest

from questions import areas
from questions.model import Item
from questions.tells.grounds import listed
from questions.templates import ALL, TEMPLATES, draw
from questions.templates.template import Drawn, item, version_hash
from tests.questions.routes import coded, figured, first, served, stored, wired
from tests.questions.routes.pins import PINNED
from tests.questions.routes.reading import body, code, numbers

DRAWS = 300
IDS = tuple(template.id for template in ALL)


# The answer again, from nothing but what is printed, and by another method than the template's.
ROUTES = {
    name: route
    for module in (first, wired, stored, coded, served, figured)
    for name, route in module.ROUTES.items()
}


@pytest.fixture(scope="module", params=IDS)
def draws(request: pytest.FixtureRequest) -> list[Item]:
    return [draw(request.param, str(seed)) for seed in range(DRAWS)]


def test_answer_is_found_by_another_route(draws: list[Item]) -> None:
    """What is printed suffices to compute the answer, and a second method gives the same one."""
    for drawn in draws:
        assert body(drawn).answer == str(ROUTES[drawn.id](drawn)), drawn.prompt


def test_wrong_values_are_distinct(draws: list[Item]) -> None:
    """At least three misconceptions lead to numbers that are neither the answer nor one another."""
    for drawn in draws:
        values = [body(drawn).answer, *(wrong.value for wrong in body(drawn).known_wrong)]
        assert len(values) >= 4
        assert len({int(value) for value in values}) == len(values)


def test_every_wrong_value_is_explained(draws: list[Item]) -> None:
    """Each misconception has a name and an explanation of its own that states numbers."""
    for drawn in draws:
        wrongs = body(drawn).known_wrong
        assert len({wrong.why for wrong in wrongs}) == len(wrongs)
        assert len({wrong.misconception for wrong in wrongs}) == len(wrongs)
        for wrong in wrongs:
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", wrong.misconception)
            assert numbers(wrong.why)
            assert len(wrong.why.split()) >= 5


def test_every_misconception_comes_up(draws: list[Item]) -> None:
    """No misconception of a template is named in vain: in 300 draws each is met."""
    met = {wrong.misconception for drawn in draws for wrong in body(drawn).known_wrong}
    assert met == set(TEMPLATES[draws[0].id].why)


def test_prompts_vary(draws: list[Item]) -> None:
    """In 300 draws there are at least 30 questions and no answer that most of them share."""
    assert len({(drawn.prompt, drawn.code) for drawn in draws}) >= 30
    answers = [body(drawn).answer for drawn in draws]
    assert max(map(answers.count, answers)) < len(draws) / 2


def test_texts_fit_a_phone(draws: list[Item]) -> None:
    """A prompt has at most 600 characters, code 16 lines of 48 columns, and all is filled in."""
    for drawn in draws:
        assert len(drawn.prompt) <= 600
        assert drawn.prompt.endswith("?")
        assert len(drawn.explain.split()) <= 60
        assert body(drawn).answer in drawn.explain
        lines = code(drawn).splitlines() if drawn.code else []
        assert len(lines) <= 16
        assert all(len(line) <= 48 for line in lines)
        whys = (wrong.why for wrong in body(drawn).known_wrong)
        assert not any("{" in text for text in (drawn.prompt, drawn.explain, *whys))


def test_same_seed_same_item(draws: list[Item]) -> None:
    """A draw depends on the template and the seed alone, not on the state of the global random."""
    random.seed(1)
    again = draw(draws[7].id, "7")
    random.seed(2)
    assert again == draws[7] == draw(draws[7].id, "7")
    assert msgspec.json.decode(msgspec.json.encode(again), type=Item) == again


def test_item_names_its_draw(draws: list[Item]) -> None:
    """An item of a draw carries the template's id and version, its seed, proof and ground."""
    drawn, template = draws[3], TEMPLATES[draws[3].id]
    assert (drawn.id, drawn.seed, drawn.hash) == (template.id, "3", version_hash(template))
    assert (drawn.area, drawn.topic, drawn.level) == (template.area, template.topic, template.level)
    assert (drawn.type, drawn.proof.kind) == ("numeric", "template")
    assert drawn.proof.note
    assert drawn.hints
    assert all(listed(source.url) for source in drawn.sources)


@pytest.mark.parametrize("name", IDS)
def test_changed_draws_need_a_new_version(name: str) -> None:
    """The first draws of a version stay what they are, to the letter."""
    drawn = [draw(name, str(seed)) for seed in range(20)]
    first = msgspec.json.encode([(it.prompt, it.code, it.body, it.explain) for it in drawn])
    assert PINNED[name] == (TEMPLATES[name].version, hashlib.sha256(first).hexdigest()[:12])


def test_version_changes_the_hash() -> None:
    """Another version of a template, and another template, have another hash."""
    newer = [replace(template, version=template.version + 1) for template in ALL]
    assert len({version_hash(template) for template in (*ALL, *newer)}) == 2 * len(ALL)


def test_templates_stand_in_the_areas() -> None:
    """There are 48 templates or more in every area, each with its own id and a known topic."""
    known = areas.load()
    assert len(set(IDS)) == len(ALL) >= 48
    for template in ALL:
        assert re.fullmatch(r"draw(-[a-z0-9]+)+", template.id)
        assert known.has(template.area, template.topic)
    assert {template.area for template in ALL} == {area.slug for area in known.areas}


def test_unknown_template_is_a_key_error() -> None:
    """A name that is no template is refused."""
    with pytest.raises(KeyError):
        draw("draw-nothing", "1")


def test_template_without_usable_draw_is_an_error() -> None:
    """Where misconceptions cannot be told apart, no item is made of it."""
    dull = replace(ALL[0], draw=lambda _: Drawn(1, dict.fromkeys(ALL[0].why, 1), {}))
    with pytest.raises(RuntimeError, match="no usable draw"):
        item(dull, "1")
