from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from tests.parity.channel import (
    PEOPLE,
    START,
    ZONE,
    How,
    Seen,
    Step,
    Town,
    items,
    questions,
    secrets,
)
from tests.parity.channel_day import LACKING, three_days
from tests.parity.channel_faces import DiscordFace, SlackFace, opened
from tests.stage import Stage
from tests.stores import Server

Urls = Callable[[str], str]
Row = tuple[str, str, int]
OPEN = ("A", "Answer", "Choose")  # buttons of a question that can be answered
COUNTED = re.compile(r"\d+ answered$")
BOARDS = ("Today · ", "This week · ")
LOST = re.compile(r"^\d+ \w+ -\d+$")
PAUSE = re.compile(r"(Next question|Final standings) in \d+ s\.$")
TOKEN = re.compile(
    r"[!~]?(daily|game|report)-[a-z]+(:[a-z0-9]+)(:unknown|:\d)?(:[A-E]{1,5})?(#\d+)?"
)


class Played(Struct, frozen=True):
    """Everything that came of three days."""

    steps: tuple[Step, ...]
    public: tuple[Seen, ...]
    ledger: dict[str, list[Row]]
    boards: dict[str, list[tuple[int, str, int]]]
    requests: tuple[Any, ...] = ()

    def shown(self, how: How) -> list[Seen]:
        return [one for one in self.public if one.how == how]

    def words(self, how: How) -> list[tuple[str, tuple[str, ...]]]:
        """What they say, however lines are broken, and their buttons."""
        return [(one.text, one.buttons) for one in self.shown(how)]


@pytest.fixture(params=["sqlite", "postgres"])
def urls(request: pytest.FixtureRequest, tmp_path: Path, guarded: None) -> Iterator[Urls]:
    """A database for each name."""
    given: list[str] = []
    server: Server | None = None
    if request.param == "postgres":
        server = request.getfixturevalue("server")

    def make(name: str) -> str:
        if server is None:
            return str(tmp_path / f"{name}.db")
        given.append(server.database())
        return given[-1]

    yield make
    for url in given:
        if server:
            server.give_back(url)


async def played(name: str, url: str, *, restarts: bool = False) -> Played:
    """Let three days pass on a face."""
    stage = Stage(url, questions(), zone=ZONE)
    stage.clock.at = START
    try:
        async with opened(name, stage) as face:
            town = Town(stage, face, restarts=restarts)
            await three_days(town)
            sent: tuple[Any, ...] = ()
            if isinstance(face, SlackFace):
                sent = tuple(body for _, body in face.wire.requests)
            if isinstance(face, DiscordFace):
                sent = tuple(one.body for one in face.wire.requests)
            return Played(
                tuple(one for one in town.steps if one.did != LACKING),
                face.public(),
                {person: await town.ledger(person) for person in PEOPLE},
                {period: await town.board("all", period) for period in PERIODS},
                sent,
            )
    finally:
        await stage.store.close()


PERIODS = ("d2026-11-23", "d2026-11-24", "d2026-11-25", "w2026-48", "m2026-11", "all")


def is_printed(one: Seen) -> bool:
    """Whether a terminal shows it: no new count, and a board only to its presser."""
    counted = one.how == "edit" and COUNTED.search(one.text)
    return not counted and not one.lines[0].startswith(BOARDS)


def same_as_printed(printed: tuple[Seen, ...], other: tuple[Seen, ...]) -> None:
    """A terminal prints the same; of a question that is over it repeats no more than the title."""
    for how in ("post", "edit", "thread"):
        mine = [one for one in printed if one.how == how]
        theirs = [one for one in other if one.how == how and is_printed(one)]
        assert [one.lines[0] for one in mine] == [one.lines[0] for one in theirs]
        for one, two in zip(mine, theirs, strict=True):
            assert one.buttons == two.buttons
            if PAUSE.search(two.text):
                assert two.text.endswith(" ".join(one.lines[1:]))
                assert "%" in one.text
            else:
                assert one.text == two.text


async def test_three_days_are_the_same_on_all_faces(urls: Urls) -> None:
    """A community sees the same posts, verdicts, points and boards on Slack, Discord, terminal."""
    terminal = await played("terminal", urls("terminal"))
    discord = await played("discord", urls("discord"))
    slack = await played("slack", urls("slack"))

    for other in (discord, slack):
        assert other.ledger == terminal.ledger
        assert other.boards == terminal.boards
        for mine, theirs in zip(terminal.steps, other.steps, strict=True):
            assert mine == theirs
        same_as_printed(terminal.public, other.public)
    for how in ("post", "edit", "thread"):  # each kind in its order: Slack waits between messages
        assert slack.words(how) == discord.words(how)
    assert [len(slack.shown(how)) for how in ("post", "thread")] == [8, 8]
    for one in slack.public:  # nobody is shown to have been wrong
        assert not [line for line in one.lines if LOST.search(line)], one


@pytest.mark.parametrize("name", ["terminal", "discord", "slack"])
async def test_nobody_notices_a_restart(urls: Urls, name: str) -> None:
    """New processes in the middle of a daily and of a game's question change nothing."""
    whole = await played(name, urls(f"{name}-whole"))
    broken = await played(name, urls(f"{name}-broken"), restarts=True)

    assert broken.ledger == whole.ledger
    assert broken.boards == whole.boards
    assert broken.steps == whole.steps
    if name != "terminal":
        assert broken.public == whole.public
        return
    for one, two in zip(broken.public, whole.public, strict=True):
        assert one.text.endswith(" ".join(two.lines[1:]))  # a new process repeats the question


async def test_verdicts_and_points_are_as_the_product_says(tmp_path: Path) -> None:
    """Right 10, tried 3, late and second presses nothing, no points after the reveal."""
    slack = await played("slack", str(tmp_path / "x.db"))
    dailies = {
        who: [(mark, points) for name, mark, points in rows if not _of_game(slack, name)]
        for who, rows in slack.ledger.items()
    }
    assert dailies == {
        "Ada": [("right", 10)] * 3,
        "Ben": [("wrong", 3), ("wrong", 3)],
        "Cem": [("unknown", 3), ("unknown", 3)],
        "Dan": [("right", 10), ("wrong", 3)],
        "Eve": [("right", 10)],
    }
    said = {one.did: one.saw for one in slack.steps}
    assert "You did not answer this one: it closed before." in said["Boss: again"]
    assert "No points: this one was closed." in said["late"]
    assert said["Dan: [D] on a post"].startswith("Too late by 2.0 s")
    assert "Only Ben or an admin can stop this game." in said["Cem: [Stop the game] on a post"]
    assert [one.text for one in slack.shown("edit") if "5 answered" in one.text]
    assert any("Yesterday: 3 of 5 right, answer" in one.text for one in slack.shown("post"))


def _of_game(slack: Played, item: str) -> bool:
    daily = {row[0] for row in slack.ledger["Eve"] + slack.ledger["Dan"]}
    return item not in daily and item != "sample-short"


@pytest.mark.parametrize("name", ["discord", "slack"])
async def test_no_payload_of_an_open_question_tells_its_key(tmp_path: Path, name: str) -> None:
    """What stands around an open question holds no explanation, no name, no readable token."""
    found = await played(name, str(tmp_path / "x.db"))
    known = {secret for item in items() for secret in secrets(item)}
    asking = [one for one in found.requests if _asks(one)]
    assert len(asking) > 20
    for body in asking:
        written = json.dumps(body, ensure_ascii=False)
        assert [one for one in known if one in written] == []
        for token in _tokens(body):
            assert TOKEN.fullmatch(token), token
    keys = {_key(one) for one in found.shown("edit") if "closed" in one.lines[0] or "%" in one.text}
    assert len(keys - {""}) > 2  # it does not stand in one place


def _asks(body: Any) -> bool:
    labels = set(_labels(body))
    return bool(labels & set(OPEN)) or any(label.startswith("Lock in") for label in labels)


def _labels(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(label := node.get("label"), str):
            yield label
        if node.get("type") == "button":
            yield node["text"]["text"]
        for value in node.values():
            yield from _labels(value)
    elif isinstance(node, list):
        for value in node:
            yield from _labels(value)


def _tokens(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "button":
            yield node["value"]
        elif "custom_id" in node and node.get("type") == 2:
            yield node["custom_id"]
        for value in node.values():
            yield from _tokens(value)
    elif isinstance(node, list):
        for value in node:
            yield from _tokens(value)


def _key(one: Seen) -> str:
    """The letter of what is right on a post that is over."""
    found = [re.match(r"✓ (?:\d+ % · )?([A-E])\)", line) for line in one.lines]
    return next((match[1] for match in found if match), "")


def test_what_is_compared_can_differ() -> None:
    """Another word, another button, or a message that is seen twice is found."""
    one = Seen(how="post", lines=("Daily", "Which?"), buttons=("A",))
    for other in ((Seen(how="post", lines=("Daily", "What?")),), (one, one), ()):
        with pytest.raises(AssertionError):
            same_as_printed((one,), other)
    same_as_printed((one,), (one,))
