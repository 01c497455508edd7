"""`sparring manifest`: what a platform has to be told."""

from __future__ import annotations

import json

from adapters.slack.manifest import manifest
from bot.chat.commands import Table
from bot.cli.failing import Wrong, operator_mistakes
from bot.features.table import features


def slack_manifest(*, all_commands: bool, prefix: str, url: str) -> str:
    """The manifest of the Slack app as JSON, to be pasted at api.slack.com/apps.

    A prefix or an address that Slack would refuse ends with 2 and a sentence.
    """
    table = Table(tuple(spec for feature in features() for spec in feature.commands))
    with operator_mistakes():
        try:
            made = manifest(table, all_commands=all_commands, prefix=prefix, url=url)
        except ValueError as error:
            raise Wrong(str(error)) from None
    return json.dumps(made, indent=2, ensure_ascii=False)
