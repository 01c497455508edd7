"""Logging: one line an event on stderr, with everything that looks like a secret masked."""

from __future__ import annotations

import logging
import re

SECRETS = re.compile(
    r"xox[abeprs]-[\w-]+"  # Slack's bot, user and refresh tokens
    r"|xapp-[\w-]+"
    r"|[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}"  # Discord's bot tokens
    r"|https://hooks\.slack(?:-gov)?\.com/\S+"  # whoever has a response_url may post with it
    r"|(?<=/webhooks/)\d+/[\w-]{20,}|(?<=/interactions/)\d+/[\w-]{20,}"
    r"|v0=[0-9a-f]{64}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # a database's user and password
)
LONGEST = 4000  # characters of one line: a request's body is never wanted whole


class Redacting(logging.Formatter):
    """Formats a record and masks secrets in all of it, the traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        """One line and, for an exception, its traceback."""
        text = SECRETS.sub("[secret]", super().format(record))
        return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def configure(level: str) -> None:
    """Log to stderr at this level; libraries that print bodies speak from WARNING on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("slack_bolt", "slack_sdk", "aiohttp", "discord.http", "apscheduler", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
