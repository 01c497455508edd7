"""What a feature is: commands and actions with their handlers, and what they are given."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from bot.chat.cards import Form, Reply
from bot.chat.commands import Spec
from bot.chat.events import Command, Press
from bot.chat.posts import Outcome
from bot.chat.tokens import Token
from bot.store.protocol import Tx
from bot.store.rows import Due
from questions.areas import Areas
from questions.model import Item, Level, Ref, Type


class Mistake(Exception):
    """Something a person did that cannot be done; its text says what to do instead."""


class Bank(Protocol):
    """The questions of a community: the bank, its own questions, less what is hidden."""

    areas: Areas

    def get(self, item_id: str) -> Item | None:
        """The current version of an authored item that may be drawn."""

    def find(self, ref: Ref) -> Item | None:
        """An item or a draw by reference, if the bank still has that very version."""

    def is_template(self, item_id: str) -> bool:
        """Whether this names a template."""

    def draw(self, template_id: str, seed: str) -> Item:
        """A draw of a template."""

    def items(self, area: str, topic: str = "") -> tuple[Item, ...]:
        """Authored items that may be drawn."""

    def pools(
        self, area: str, topic: str, levels: Sequence[Level], types: Sequence[Type]
    ) -> tuple[Sequence[Item], ...]:
        """The same of these levels and types (none: of all); each is yet to be allowed."""

    def allows(self, item: Item) -> bool:
        """Whether it may be drawn."""

    def betraying(self, misconception: str) -> tuple[Item, ...]:
        """Questions that may be drawn and have a wrong answer for this misconception."""

    def types(self) -> frozenset[Type]:
        """The types that can be drawn."""

    def says(self, misconception: str) -> str:
        """What a misconception is called to a person who holds it: a sentence."""

    def templates(self, area: str, topic: str = "") -> tuple[tuple[str, Level], ...]:
        """Ids and levels of the templates of an area or topic."""


class Kit(Struct, frozen=True):
    """What handlers are given besides the event and the transaction."""

    bank: Callable[[str], Bank]  # by community id
    rng: Callable[[str], random.Random]  # seeded by the event key: a replayed event draws the same
    new_id: Callable[[], str]
    words: Collection[str]  # of commands


OnCommand = Callable[[Command, Tx, Kit], Reply]
OnPress = Callable[[Press, Token, Tx, Kit], Reply]
OnForm = Callable[[Token, Tx, Kit], Form]
OnSuggest = Callable[[str, str, Kit], tuple[str, ...]]
OnDue = Callable[[Due, Tx, Kit], Reply]
OnOutcome = Callable[[Outcome, Token, Tx, Kit], Reply]


class Feature(Struct, frozen=True):
    """One module: adding a feature adds a file, not a branch.

    `on_due` handles due work by kind, whose row is gone unless it is scheduled again; `on_outcome`
    what became of posts by the verb of their `back`; `on_job` what came of a job, by the verb of
    its token: nobody can press such a token.
    `admin` are the verbs that only admins may press, besides commands whose spec says so;
    `asks` the commands and verbs whose handlers want to know `origin.admin`. The door sees to both.
    """

    commands: tuple[Spec, ...] = ()
    on_command: Mapping[str, OnCommand] = {}
    on_press: Mapping[str, OnPress] = {}
    on_form: Mapping[str, OnForm] = {}
    on_job: Mapping[str, OnPress] = {}
    on_suggest: Mapping[str, OnSuggest] = {}  # "command/option"
    on_due: Mapping[str, OnDue] = {}
    on_outcome: Mapping[str, OnOutcome] = {}
    admin: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset()
