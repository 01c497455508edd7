"""What an answer says of its question: the log row as the calibration of items sees it."""

from __future__ import annotations

import msgspec

from bot.learning import items
from bot.learning.ability import recalling
from bot.learning.items import Params, Showing
from bot.learning.suspicion import suspicion
from bot.store.protocol import Store
from bot.store.rows import Answer, LogRow
from questions.model import Level, Type

_answer = msgspec.json.Decoder(Answer)
CHOSEN: tuple[Type, ...] = ("single", "output")
TOGETHER = 200  # answers in one transaction: presses wait for it
AWAY = 1800.0  # seconds after which somebody was away rather than thinking


async def calibrate(store: Store) -> int:
    """Learn of the questions from all answers that are new; how many."""
    done = 0
    while count := await store.calibrate(fold, TOGETHER):
        done += count
    return done


def fold(params: Params | None, row: LogRow) -> tuple[Params, bool] | None:
    """The question after an answer, and whether it is suspect; None: the answer tells nothing.

    Rows of before the calibration do not say what was believed of the person, and tell nothing.
    Corrections are not looked at: a question whose key was wrong becomes another by its hash.
    """
    answer = _answer.decode(row.data)
    if not answer.telling or not answer.skill_var:
        return None
    after = items.calibrated(params or _prior(answer), _showing(row, answer))
    return after, suspicion(after) is not None


def _prior(answer: Answer) -> Params:
    level: Level = msgspec.convert(answer.level, Level)
    kind: Type = msgspec.convert(answer.type, Type)
    return items.prior(level, kind)


def _showing(row: LogRow, answer: Answer) -> Showing:
    seconds = (row.at - answer.issued).total_seconds()
    picked = answer.response.picks if answer.type in CHOSEN else ()
    return Showing(
        ability=answer.skill,
        ability_var=answer.skill_var,
        guess=recalling(answer.guess, answer.recall),
        credit=answer.verdict.credit,
        chosen=str(picked[0]) if picked else "",
        seconds=seconds if 0 < seconds < AWAY else 0.0,
        hint=answer.hint,
    )
