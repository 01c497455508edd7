"""An upgrade from the schema before the learning engine keeps what people have learned."""

from __future__ import annotations

from bot.replay import derive
from bot.store.protocol import Tx
from storage.doctor import findings
from storage.engine import Database
from tests import bank
from tests.core.moderating import seen
from tests.core.test_supply import use
from tests.stage import Stage

OLDER = (
    "DROP INDEX ix_memory_person_due_owner_item",
    "CREATE INDEX ix_memory_person_due ON memory (person, due)",
    "DROP TABLE answered",
    "DROP TABLE applied",
    "DROP TABLE calibration",
    "ALTER TABLE memory DROP COLUMN missed",
    "ALTER TABLE memory DROP COLUMN recalls",
    """UPDATE person SET ability = '{"overall":{"mean":0.3,"var":0.5,"n":4},"parts":{}}'""",
    "UPDATE memory SET stability = 1.5, difficulty = 5.0",
    "UPDATE alembic_version SET version_num = '0004'",
)


async def test_what_was_learned_is_derived_anew(url: str) -> None:
    """After the migration abilities and memories are what the logs say; streaks stay."""
    stage = Stage(url)
    ada = stage.person("ada")
    use(stage, bank.collection(bank.many(20)))
    for _ in range(2):
        await ada.says("type:single 4")
        for number in range(4):
            await ada.presses("ABC"[number % 3])
            await ada.presses("Next" if number < 3 else "Finish")
        stage.clock.forward(days=1)
    before = await seen(ada, _known)
    store = stage.store
    assert isinstance(store, Database)
    with store.engine.connect() as connection:
        for sql in OLDER:
            connection.exec_driver_sql(sql)
        connection.commit()
    await stage.restart()
    assert await seen(ada, _known) == before
    found = [one for one in findings(url, replay=derive) if one.what in ("chains", "caches")]
    assert [one.level for one in found] == ["ok", "ok"]
    await stage.close()


def _known(tx: Tx) -> tuple[object, ...]:
    return tx.person.ability, tx.person.streak, tx.person.answers
