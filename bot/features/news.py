"""What changed for a person while they were away: kept until their next card tells it, once."""

from __future__ import annotations

from msgspec.structs import replace

from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.store.rows import News
from bot.views import appeal as views

MOST = 5  # what is older is told no more


def keep(tx: Tx, about: str, points: int) -> None:
    """Keep that an answer of theirs to this question counts as right now."""
    settings = tx.person.settings
    kept = (*settings.news, News(about, points))[-MOST:]
    tx.save_person(replace(tx.person, settings=replace(settings, news=kept)))


def told(tx: Tx) -> str:
    """What waits to be told, '' if nothing does; it is told by this."""
    waiting = tx.person.settings.news
    if waiting:
        tx.save_person(replace(tx.person, settings=replace(tx.person.settings, news=())))
    return views.news(reader(tx), waiting)
