"""The composition root: settings become a store, a bank, the door, adapters and due work."""

from __future__ import annotations

import random
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.door import Door
from bot.due import Clockwork
from bot.features import reminder
from bot.features.feature import Kit
from bot.features.table import features
from bot.replay import derive

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.chat.posts import Poster
    from bot.config import Settings
    from bot.store.protocol import Store
    from questions.collection import Collection

BANK = Path(__file__).parents[1] / "questions"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's, without look-alikes
ID_LENGTH = 14  # 70 bits: no two in any log


def now() -> datetime:
    """The only reader of the clock."""
    return datetime.now(UTC)


def new_id() -> str:
    """An id nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))


def bank(cache: Path) -> Collection:
    """The questions, from the compiled cache if nothing changed; raises BankErrors."""
    from questions.cache import load  # noqa: PLC0415 - the root loads what it needs
    from questions.collection import Collection  # noqa: PLC0415

    loaded = load(BANK, cache)
    return Collection(loaded.items, loaded.areas)


def door(store: Store, questions: Collection) -> Door:
    """The core over a store and a bank."""
    known = features()
    words = frozenset(spec.name for one in known for spec in one.commands)
    kit = Kit(bank=lambda _community: questions, rng=random.Random, new_id=new_id, words=words)
    return Door(store, known, kit)


def clockwork(store: Store, questions: Collection, posters: Mapping[str, Poster]) -> Clockwork:
    """Due work over a store and the adapters' posters."""
    kit = Kit(bank=lambda _community: questions, rng=random.Random, new_id=new_id, words=())
    handlers = {"reminder": lambda due, tx: reminder.remind(due, tx, kit)}
    return Clockwork(store, handlers, posters, now)


def open_store(settings: Settings) -> Store:
    """The database of these settings, at head; raises storage.errors.Unusable."""
    from storage import open_store as opened  # noqa: PLC0415 - SQLAlchemy loads here

    settings.data.mkdir(parents=True, exist_ok=True)
    return opened(settings.url, clock=now, ids=new_id, zone=settings.zone)


__all__ = ["BANK", "bank", "clockwork", "derive", "door", "new_id", "now", "open_store"]
