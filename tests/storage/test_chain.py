"""The chain of a log: any change, loss or swap of a sealed row is found."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.store.rows import LogRow
from questions.model import Ref
from storage import chain

FIRST = LogRow(
    kind="answer",
    instance="q",
    person="p",
    external="discord:1",
    community="c",
    at=datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
    ours=False,
    day=date(2026, 11, 25),
    ref=Ref("", "i", "h"),
    data=b'{"a":"\xc3\xa9"}',
)


def logged(count: int) -> list[LogRow]:
    rows: list[LogRow] = []
    for seq in range(1, count + 1):
        previous = rows[-1].chain if rows else ""
        rows.append(chain.sealed(replace(FIRST, turn=seq), seq, previous))
    return rows


def test_the_seal_of_a_row_is_pinned() -> None:
    """The bytes that are sealed are these for ever, or every chain would break at an upgrade."""
    assert (
        chain.canonical(replace(FIRST, seq=1))
        == (
            '["p",1,"answer","q",0,0,"discord:1","c","2026-11-25T09:00:00.000000+00:00",false,'
            '"2026-11-25",["","i","h",""],"",false,0,true,"{\\"a\\":\\"é\\"}",0]'
        ).encode()
    )
    assert logged(2)[1].chain != chain.link("", replace(logged(2)[1], chain=""))
    assert logged(1)[0].chain.startswith("56ca06560f8a909de8b7")


def test_a_whole_log_is_whole() -> None:
    """Rows as they were sealed have no broken one, an empty log neither."""
    rows = logged(5)
    assert chain.broken(rows, 5, rows[-1].chain) == 0
    assert chain.broken([], 0, "") == 0


@pytest.mark.parametrize(
    "change",
    [
        {"right": True},
        {"points": 9},
        {"day": date(2026, 11, 24)},
        {"at": FIRST.at + timedelta(microseconds=1)},
        {"ref": Ref("", "i", "other")},
        {"ref": None},
        {"data": b"{}"},
        {"counted": False},
        {"external": "discord:2"},
        {"corrects": 1},
    ],
)
def test_a_changed_row_is_found(change: dict[str, object]) -> None:
    """Whatever is changed in a row, its seal no longer fits."""
    rows = logged(5)
    rows[2] = replace(rows[2], **change)
    assert chain.broken(rows, 5, rows[-1].chain) == 3


def test_missing_rows_are_found() -> None:
    """A row taken out, at the end too, is found at its place."""
    rows = logged(5)
    assert chain.broken(rows[:2] + rows[3:], 5, rows[-1].chain) == 3
    assert chain.broken(rows[:4], 5, rows[-1].chain) == 5
