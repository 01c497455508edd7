"""The manifest: what works is in it, and nothing else."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from adapters.slack import manifest as module
from adapters.slack.manifest import EVENTS, OPTIONAL, SCOPES, manifest
from bot.chat.commands import Table
from bot.cli.manifests import slack_manifest
from bot.features.table import features

TABLE = Table(tuple(spec for feature in features() for spec in feature.commands))
READ = {"im:history", "channels:history", "groups:history"}
NEEDS = {  # scopes by method, from the methods' pages
    "auth_test": set[str](),
    "chat_postMessage": {"chat:write", "chat:write.public"},
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_open": {"im:write"},
    "conversations_history": READ,
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_replies": READ,
    "files_getUploadURLExternal": {"files:write"},
    "files_completeUploadExternal": {"files:write"},
    "users_info": {"users:read"},
    "views_open": set[str](),
    "views_push": set[str](),
    "views_update": set[str](),
    "views_publish": set[str](),
}


def test_quiz_alone_over_socket_mode() -> None:
    """
    By default one command, no address, Socket Mode, a read-only Messages tab and a Home.
    """
    made = manifest(TABLE, all_commands=False, prefix="", url="")
    features_ = made["features"]

    assert [one["command"] for one in features_["slash_commands"]] == ["/quiz"]
    assert features_["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": True,
    }
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"] == {"is_enabled": True}
    assert "url" not in json.dumps(made)


def test_all_commands_with_a_prefix_over_http() -> None:
    """
    One slash command for each command of the table, each with the address.
    """
    made = manifest(TABLE, all_commands=True, prefix="sp-", url="https://bot.example/")
    commands = made["features"]["slash_commands"]

    assert [one["command"] for one in commands] == [f"/sp-{spec.name}" for spec in TABLE.specs]
    assert {one["url"] for one in commands} == {"https://bot.example/slack/events"}
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["interactivity"]["request_url"] == "https://bot.example/slack/events"


def test_the_hint_of_quiz_names_every_other_command() -> None:
    """
    What can be typed behind `/quiz` is said where it is typed.
    """
    (quiz,) = manifest(TABLE, all_commands=False, prefix="", url="")["features"]["slash_commands"]
    for spec in TABLE.specs:
        assert spec.name == "quiz" or spec.name in quiz["usage_hint"]


def test_scopes_are_exactly_those_of_what_is_called() -> None:
    """
    Every method that the code calls has its scope, and no scope is there for nothing.
    """
    used, methods = set[str](), "|".join({name.partition("_")[0] for name in NEEDS})
    for path in Path(module.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and re.match(rf"({methods})_\w+$", node.attr):
                used |= NEEDS[node.attr]

    assert used | {"commands", "app_mentions:read"} == set(SCOPES | OPTIONAL)


def test_nothing_needs_to_read_a_channel() -> None:
    """
    What reads channels may be left out by an admin; every scope says what it is for.
    """
    scopes = manifest(TABLE, all_commands=False, prefix="", url="")["oauth_config"]["scopes"]

    assert scopes["bot_optional"] == ["channels:history", "groups:history"]
    assert set(scopes["bot"]) == set(SCOPES) | set(scopes["bot_optional"])
    assert not [scope for scope in SCOPES if scope.endswith("s:history")]
    assert all((SCOPES | OPTIONAL).values())


def test_events_are_those_that_are_read() -> None:
    """
    Each subscribed event is handled by name in arrivals.
    """
    source = (Path(module.__file__).parent / "arrivals.py").read_text()
    for event in EVENTS:
        assert f'"{event.partition(".")[0]}"' in source


@pytest.mark.parametrize(("prefix", "url"), [("Å", ""), ("a" * 20, ""), ("", "http://x.example")])
def test_what_slack_would_refuse_is_said(
    prefix: str, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A wrong prefix or address ends with 2 and a sentence.
    """
    with pytest.raises(SystemExit) as ended:
        slack_manifest(all_commands=False, prefix=prefix, url=url)
    assert ended.value.code == 2
    assert capsys.readouterr().err.strip()


def test_it_is_printed_as_json() -> None:
    """
    What the command prints is the manifest.
    """
    said = slack_manifest(all_commands=True, prefix="", url="")
    assert json.loads(said) == manifest(TABLE, all_commands=True, prefix="", url="")
