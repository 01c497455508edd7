"""The table of commands as slash commands."""

from __future__ import annotations

import pytest

from adapters.discord import limits
from adapters.discord.arrivals import Data, Option
from adapters.discord.commands import GROUP, arguments, called, fingerprint, suggestions, tree
from bot.chat.commands import Arg, Spec, Table
from bot.features.table import features
from tests.adapters.discord.drill import COMMANDS
from tests.adapters.discord.rules import DOCUMENT, complaints

TABLE = Table(COMMANDS)
ANYWHERE = {"integration_types": [0, 1], "contexts": [0, 1]}


def test_top_commands_stand_alone_and_the_rest_together() -> None:
    """
    `/quiz` and its like are commands, everything else is a subcommand of `/sparring`.
    """
    drawn = {command["name"]: command for command in tree(TABLE)}

    assert list(drawn) == ["quiz", "daily", "leaderboard", "progress", "sparring"]
    assert [one["name"] for one in drawn["sparring"]["options"]] == [
        "challenge",
        "settings",
        "review",
    ]
    assert drawn["daily"] == {"name": "daily", "description": "Today's challenge"} | ANYWHERE


def test_arguments_have_types() -> None:
    """
    Numbers have bounds, choices are listed, channels are text channels, words are completed.
    """
    quiz, _, board, _, group = tree(TABLE)
    words, count = quiz["options"]
    channel, role, helper, at = group["options"][0]["options"]

    assert (words["type"], words["autocomplete"], words["required"]) == (3, True, False)
    assert (count["type"], count["min_value"], count["max_value"]) == (4, 1, 20)
    assert [one["value"] for one in board["options"][0]["choices"]] == ["day", "week", "all"]
    assert (channel["type"], channel["channel_types"]) == (7, [0, 5])
    assert [role["type"], helper["type"], at["type"]] == [8, 6, 3]


def test_a_command_for_admins() -> None:
    """
    An admin's command that stands alone is hidden from others and needs the server's consent.
    """
    [command] = tree(Table((Spec(name="post", about="Post", usage="", top=True, admin=True),)))

    assert command["default_member_permissions"] == "32"
    assert (command["integration_types"], command["contexts"]) == ([0], [0])


@pytest.mark.skipif(not DOCUMENT.exists(), reason="../shared/platforms is not there")
def test_discord_would_take_them() -> None:
    """
    The tree is accepted, also where names of the table are as long as they can be.
    """
    choices = tuple(f"{'c' * 90}{n:02}" for n in range(25))
    long = Spec(
        name="x" * 32,
        about="a" * 300,
        usage="",
        top=True,
        args=(
            Arg(name="y" * 32, kind="choice", about="b" * 300, choices=choices),
            Arg(name="many", kind="choice", about="b", choices=(*choices, "one more")),
        ),
    )
    for table in (TABLE, Table((long,)), Table(())):
        assert complaints("PUT", "/applications/1/commands", tree(table)) == []


def test_all_our_commands_fit() -> None:
    """
    Every command of the real table is there, within Discord's 25 subcommands and 8,000 characters.
    """
    table = Table(tuple(spec for feature in features() for spec in feature.commands))
    drawn = tree(table)
    [group] = [command for command in drawn if command["name"] == GROUP]
    alone = [command["name"] for command in drawn if command is not group]
    below = [one["name"] for one in group["options"]]

    assert complaints("PUT", "/applications/1/commands", drawn) == []
    assert sorted(alone + below) == sorted(table.words)
    for spec in table.specs:
        assert len(spec.args) <= limits.OPTIONS
    assert "default_member_permissions" not in group  # most of it is everybody's


def test_too_many_commands() -> None:
    """
    A command that would find no place in the group is told at once, not left out in silence.
    """
    specs = tuple(Spec(name=f"c{n}", about="x", usage="") for n in range(26))
    with pytest.raises(ValueError, match="c25"):
        tree(Table(specs))


def test_the_fingerprint_tells_trees_and_applications_apart() -> None:
    """
    It changes with the commands and with the application, and with nothing else.
    """
    one = fingerprint("1", tree(TABLE))

    assert one == fingerprint("1", tree(Table(COMMANDS)))
    assert one != fingerprint("2", tree(TABLE))
    assert one != fingerprint("1", tree(Table(COMMANDS[1:])))


def test_what_was_called() -> None:
    """
    A subcommand is called by its own name; values arrive as text, people as external ids.
    """
    given = (
        Option("channel", "300"),
        Option("role", None),
        Option("helper", "42"),
        Option("at", "09:00"),
    )
    data = Data(name="sparring", options=(Option("challenge", options=given),))
    name, options = called(data)

    assert (name, arguments(TABLE, name, options)) == (
        "challenge",
        {"channel": "discord:300", "helper": "discord:42", "at": "09:00"},
    )
    assert called(Data(name="quiz")) == ("quiz", ())
    assert called(Data(name="sparring")) == ("sparring", ())
    assert arguments(TABLE, "gone", (Option("a", value=True), Option("b", 3))) == {
        "a": "true",
        "b": "3",
    }


def test_suggestions_that_can_be_sent_back() -> None:
    """
    At most 25 are offered, and none that Discord would cut.
    """
    offered = suggestions(("", "x" * 101, *map(str, range(40))))["choices"]

    assert [one["value"] for one in offered] == [str(n) for n in range(25)]
