"""Drawn questions: every draw usable, every answer found again by another route."""

from __future__ import annotations

import ast
import calendar
import hashlib
import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest

from questions import areas
from questions.model import Item, Number
from questions.tells.grounds import listed
from questions.templates import ALL, TEMPLATES, draw
from questions.templates.template import Drawn, item, version_hash

DRAWS = 300
IDS = tuple(template.id for template in ALL)


def body(drawn: Item) -> Number:
    assert isinstance(drawn.body, Number)
    return drawn.body


def code(drawn: Item) -> str:
    assert drawn.code
    return drawn.code.text


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


@pytest.fixture(scope="module", params=IDS)
def draws(request: pytest.FixtureRequest) -> list[Item]:
    return [draw(request.param, str(seed)) for seed in range(DRAWS)]


# The answer again, from nothing but what is printed, and by another method than the template's.
def notes_left(drawn: Item) -> int:
    last = {path: method for method, path in map(str.split, code(drawn).splitlines())}
    posts: int = code(drawn).splitlines().count("POST /notes")
    return posts + sum(method == "PUT" for method in last.values())


def freshness(drawn: Item) -> int:
    stay, max_age, s_maxage, age = numbers(drawn.prompt)
    return (s_maxage if "shared" in drawn.prompt else max_age) - stay - age


def left_join_rows(drawn: Item) -> int:
    customers, orders = re.findall(r"holds ([\dNUL, ]+)[.;]", drawn.prompt)
    placed = orders.split(", ")
    return sum(max(1, placed.count(customer)) for customer in customers.split(", "))


def lost_update(drawn: Item) -> int:
    found = re.search(r"holds (\d+)\..*T2 writes.*?(plus|less) (\d+)", drawn.prompt)
    assert found
    return int(found[1]) + int(found[3]) * (1 if found[2] == "plus" else -1)


def default_list(drawn: Item) -> int:
    calls = [node for node in ast.walk(ast.parse(code(drawn))) if isinstance(node, ast.Call)]
    added = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "add"]
    return sum(int(ast.unparse(call.args[0])) for call in added if len(call.args) == 1)


def tree_height(drawn: Item) -> int:
    def height(keys: list[int]) -> int:
        if not keys:
            return 0
        root, *rest = keys
        below = ([key for key in rest if key < root], [key for key in rest if key > root])
        return 1 + max(map(height, below))

    return height(numbers(drawn.prompt))


def usable_hosts(drawn: Item) -> int:
    return (1 << 32 - numbers(drawn.prompt)[4]) - 2


def cron_days(drawn: Item) -> int:
    line, name = (
        re.findall(r"`(.*?)`", drawn.prompt)[0],
        re.findall(r"in (\w+) (\d+)\?", drawn.prompt),
    )
    _, _, dates, month, weekday, _ = line.split(" ")
    ((month_name, year),) = name
    assert calendar.month_name[int(month)] == month_name
    day, count = date(int(year), int(month), 1), 0
    assert (
        f"begins on a {day:%A}; weekday {weekday} is {calendar.day_name[int(weekday) - 1]}"
        in drawn.prompt
    )
    while day.month == int(month):
        count += str(day.day) in dates.split(",") or day.strftime("%w") == weekday
        day += timedelta(days=1)
    assert f"has {(day - timedelta(days=1)).day} days" in drawn.prompt
    return count


def rolling_pods(drawn: Item) -> int:
    replicas, surge, _ = numbers(drawn.prompt)
    return replicas + next(up for up in range(replicas) if 100 * up >= surge * replicas)


def token_bucket(drawn: Item) -> int:
    held, rate, one, gap, two = numbers(drawn.prompt)
    tokens, accepted = held, 0
    arrivals = {0: one, gap: two}
    for second in range(gap + 1):
        tokens = min(held, tokens + rate) if second else tokens
        for _ in range(arrivals.get(second, 0)):
            accepted, tokens = (accepted + 1, tokens - 1) if tokens else (accepted, tokens)
    return accepted


def latency_percentile(drawn: Item) -> int:
    times = numbers(drawn.prompt.partition("ms: ")[2].partition(".")[0])
    wanted = numbers(drawn.prompt.partition("What is")[2])[0]
    assert len(times) == 20
    return min(x for x in times if 100 * sum(y <= x for y in times) >= wanted * len(times))


def worker_count(drawn: Item) -> int:
    rate, busy, most = numbers(drawn.prompt)
    return next(n for n in range(1, 10_000) if rate * busy * 100 <= n * most * 1000)


ROUTES: dict[str, Callable[[Item], int]] = {
    "draw-http-notes-left": notes_left,
    "draw-http-freshness": freshness,
    "draw-sql-left-join-rows": left_join_rows,
    "draw-db-lost-update": lost_update,
    "draw-python-default-list": default_list,
    "draw-tree-height": tree_height,
    "draw-net-usable-hosts": usable_hosts,
    "draw-linux-cron-days": cron_days,
    "draw-k8s-rolling-pods": rolling_pods,
    "draw-token-bucket": token_bucket,
    "draw-latency-percentile": latency_percentile,
    "draw-worker-count": worker_count,
}

# The first draws of each version. A template that draws otherwise needs a new version here and in
# its file: attempts keep the version's hash, and an old draw must not be graded by a new key.
PINNED: dict[str, tuple[int, str]] = {
    "draw-http-notes-left": (1, "c861eace948a"),
    "draw-http-freshness": (1, "de69a8a25eb7"),
    "draw-sql-left-join-rows": (1, "78caa94c3790"),
    "draw-db-lost-update": (1, "49d275e71503"),
    "draw-python-default-list": (1, "27bb206b9557"),
    "draw-tree-height": (1, "790c3c931ff7"),
    "draw-net-usable-hosts": (1, "e6a86486811a"),
    "draw-linux-cron-days": (1, "0e03cdc7c222"),
    "draw-k8s-rolling-pods": (1, "37a9932c5297"),
    "draw-token-bucket": (1, "d5ecfce6aa8b"),
    "draw-latency-percentile": (1, "f23fbe913c76"),
    "draw-worker-count": (1, "b4ef53d9271a"),
}


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
    """There are twelve templates or more, each with an id of its own and a topic that exists."""
    known = areas.load()
    assert len(set(IDS)) == len(ALL) >= 12
    for template in ALL:
        assert re.fullmatch(r"draw(-[a-z0-9]+)+", template.id)
        assert known.has(template.area, template.topic)
    assert len({template.area for template in ALL}) >= 10


def test_unknown_template_is_a_key_error() -> None:
    """A name that is no template is refused."""
    with pytest.raises(KeyError):
        draw("draw-nothing", "1")


def test_template_without_usable_draw_is_an_error() -> None:
    """Where misconceptions cannot be told apart, no item is made of it."""
    dull = replace(ALL[0], draw=lambda _: Drawn(1, dict.fromkeys(ALL[0].why, 1), {}))
    with pytest.raises(RuntimeError, match="no usable draw"):
        item(dull, "1")
