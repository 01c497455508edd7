"""`sparring db`: the schema."""

from __future__ import annotations

from bot.app import open_store
from bot.config import load


def upgrade() -> str:
    """Bring the database to head; gives the sentence that says so."""
    import asyncio  # noqa: PLC0415 - only to close it

    settings = load()
    store = open_store(settings)  # migrates, with a backup, where it is older
    asyncio.run(store.close())
    return "The database is at the newest schema."
