"""The table of commands: what can be said, from which help, manifests and parsers follow."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

ArgKind = Literal[
    "words", "number", "person", "channel", "role", "time", "zone", "date", "choice", "type"
]


class Arg(Struct, frozen=True, kw_only=True):
    """One argument; `suggests` asks `Door.suggest` while the person types."""

    name: str
    kind: ArgKind
    about: str
    choices: tuple[str, ...] = ()
    suggests: bool = False
    least: int = 0
    most: int = 0


class Spec(Struct, frozen=True, kw_only=True):
    """One command.

    `usage` is how it is typed, for help. `top` commands stand alone on Discord, the others under
    `/sparring`. In Slack and the terminal the first word after `/quiz` may be a command; the rest
    of the line goes to the argument `words` or to the first argument.
    """

    name: str
    about: str
    usage: str
    args: tuple[Arg, ...] = ()
    top: bool = False
    admin: bool = False


class Table(Struct, frozen=True):
    """All commands that work, in the order of help."""

    specs: tuple[Spec, ...]

    def find(self, name: str) -> Spec | None:
        """The command of this name."""
        return next((spec for spec in self.specs if spec.name == name), None)

    @property
    def words(self) -> frozenset[str]:
        """Names that an alias of an area may not have."""
        return frozenset(spec.name for spec in self.specs)

    def read(self, line: str, default: str = "quiz") -> tuple[str, dict[str, str]]:
        """Split what stands after `/quiz` in Slack: a command's name and its arguments.

        A first word that is no command belongs to `default`.
        """
        first, _, rest = line.strip().partition(" ")
        spec = self.find(first.casefold().lstrip("/"))
        if spec is None:
            return default, {"words": line.strip()} if line.strip() else {}
        rest = rest.strip()
        if not rest or not spec.args:
            return spec.name, {}
        return spec.name, {spec.args[0].name: rest}
