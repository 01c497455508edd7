"""What is typed behind a slash command, read with the table of commands. Pure."""

from __future__ import annotations

import re
from typing import Final

from adapters.slack import words
from adapters.slack.arrivals import Arrival
from bot.chat.cards import Card
from bot.chat.commands import Table
from bot.chat.events import Command

# messaging/formatting-message-text: how Slack writes what was chosen from its list
CHANNEL: Final = re.compile(r"<#([A-Z0-9]{1,40})(?:\|[^>]*)?>")
PERSON: Final = re.compile(r"<@([A-Z0-9]{1,40})(?:\|[^>]*)?>")


def called(table: Table, arrival: Arrival) -> Command | Card:
    """The command of the table, whatever prefix its slash command was given.

    Channels and people become external ids. The app does not ask Slack for ids (`should_escape`),
    so a channel is mostly written as its name, which nobody can look up: then a card says so.
    """
    fitting = [spec.name for spec in table.specs if arrival.name.endswith(spec.name)]
    name = max(fitting, key=len, default=words.START)
    line = arrival.text if name == words.START else f"{name} {arrival.text}"
    name, args = table.read(line)
    spec = table.find(name)
    kinds = {arg.name: arg.kind for arg in spec.args} if spec else {}
    for arg, text in args.items():
        if kinds.get(arg) not in ("channel", "person"):
            continue
        shape = CHANNEL if kinds[arg] == "channel" else PERSON
        if found := shape.fullmatch(text):
            args[arg] = f"slack:{arrival.team}/{found[1]}"
        elif text.startswith("#"):
            return words.elsewhere(text)
    return Command(arrival.origin, name, args)
