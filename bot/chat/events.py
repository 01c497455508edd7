"""What comes in: a command or a press, with the facts of the verified payload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

Platform = Literal["terminal", "slack", "discord"]
Value = str | tuple[str, ...]


class Origin(Struct, frozen=True, kw_only=True):
    """Who did something where and when, as the platform vouches for it.

    `person`, `place` and `community` are external ids that only adapters build and nobody
    takes apart: `discord:42`, `slack:T1/U2`; a direct conversation has no community ("").
    `at` is UTC-aware, the platform's own time, or ours when `ours` is set.
    `key` names the event for the inbox: the same press delivered twice has the same key.
    `admin` is None where the payload does not say; `zone` is an IANA name the platform proposes.
    `named` tells that `name` is how the platform shows the person, no handle.
    `since` is when the account was made, where the platform says so. A `person` of '' is nobody:
    the bot's own work in a community.
    """

    person: str
    place: str
    community: str = ""
    private: bool = False
    at: datetime
    ours: bool = False
    key: str
    name: str = ""
    named: bool = True
    locale: str = "en"
    zone: str = ""
    admin: bool | None = None
    since: datetime | None = None

    @property
    def platform(self) -> Platform:
        """The platform the external ids begin with."""
        prefix = (self.person or self.community or self.place).partition(":")[0]
        return "slack" if prefix == "slack" else "discord" if prefix == "discord" else "terminal"


class Command(Struct, frozen=True):
    """A command of the table with its arguments by name, as text."""

    origin: Origin
    name: str
    args: Mapping[str, str] = {}


class Press(Struct, frozen=True):
    """A pressed button, a chosen option or a sent form.

    `values` holds what was typed or selected by field id.
    """

    origin: Origin
    token: str
    values: Mapping[str, Value] = {}

    def typed(self, field: str) -> str:
        """The text of a field, or of the first choice of a select; '' if it is missing."""
        value = self.values.get(field, "")
        return value if isinstance(value, str) else (value[0] if value else "")


Event = Command | Press
