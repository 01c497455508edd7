"""Today's fifteen minutes: what is due, the weakest area that is asked for, and what is new."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from math import exp

from msgspec import Struct
from msgspec.structs import replace

from bot.features.feature import Bank, Kit
from bot.features.overlay import drawable
from bot.features.planned import Ahead
from bot.features.quiz import choosing, pool, returning, selecting
from bot.features.quiz.wanted import BACK, Drawn, Taking, Wanted
from bot.features.recording import today
from bot.learning.items import TIMED, Params
from bot.learning.standing import standing
from bot.store.protocol import Tx
from questions.model import LEVELS, Item, Type
from questions.weights import LOW

SESSION = 15 * 60.0  # seconds
MOST = 20  # questions of a quiz
FIRST = 5  # answers under which everything is pressed, and what is easy comes first
WEAK_SHARE = 0.25  # of the time for the weakest area
NEAR_DONE = 0.8  # of it, which is as good as all
WORDS_A_SECOND = 4.0  # of prose that is read once
LINE = 2.0  # seconds for a line of a program
# seconds to think and answer, until five answers have timed a question: our estimate
THINK: dict[Type, float] = {
    "single": 15,
    "output": 20,
    "multi": 25,
    "order": 35,
    "match": 40,
    "case": 75,
    "short": 20,
    "numeric": 60,
    "sql": 180,
    "regex": 120,
    "open": 180,
}


class Mix(Struct, frozen=True):
    """The questions of today, how many of each kind, and about how long they take.

    `area` is the weak one, '' where none is surely weak; `done` says that today had its time.
    """

    drawn: tuple[Drawn, ...]
    due: int
    weak: int
    area: str
    seconds: float
    done: bool

    @property
    def new(self) -> int:
        """How many were never asked, beside those of the weak area."""
        return len(self.drawn) - self.due - self.weak


def mixed(tx: Tx, kit: Kit, coming: Ahead) -> Mix:
    """Fifteen minutes of questions by their usual times, `MOST` at most.

    The same for the card and for the button under it, until the next answer.
    """
    bank = drawable(tx, kit)
    day = today(tx)
    rng = kit.rng(f"plan/{tx.person.id}/{day}/{tx.person.answers}")
    session = _Session(tx, bank)
    session.take(returning.due(tx, bank, session.wanted, rng), selecting.share(tx))
    due = len(session.drawn)
    area = _weakest(tx, coming.weights(bank))
    if area:
        session.take(_weak(tx, bank, session, area, rng), session.used + WEAK_SHARE)
    weak = len(session.drawn) - due
    session.take(_new(tx, bank, session, rng), 1.0)
    session.take(returning.due(tx, bank, session.wanted, rng), 1.0)
    back = sum(one.why in BACK for one in session.drawn)
    given = sum(row.answered for row in tx.days(day))
    each = session.seconds / len(session.drawn) if session.drawn else 0.0
    done = given >= MOST or (given * each >= SESSION * NEAR_DONE if each else given > 0)
    return Mix(_eased(tx, session.drawn), back, weak, area if weak else "", session.seconds, done)


def _eased(tx: Tx, drawn: list[Drawn]) -> tuple[Drawn, ...]:
    """For a new person what is easy first, the first few not to be picked anew."""
    left = FIRST - tx.person.answers
    if left <= 0:
        return tuple(drawn)
    eased = sorted(drawn, key=lambda one: LEVELS.index(one.item.level))
    return (*(replace(one, why="start") for one in eased[:left]), *eased[left:])


class _Session:
    """The session as it fills."""

    def __init__(self, tx: Tx, bank: Bank) -> None:
        self.wanted = Wanted(count=MOST, press_only=tx.person.answers < FIRST)
        self._tx = tx
        self._bank = bank
        self._taking = Taking(tx, self.wanted, ())
        self.known: dict[tuple[str, str], Params | None] = {}
        self.seconds = 0.0

    @property
    def drawn(self) -> list[Drawn]:
        """What was taken."""
        return self._taking.drawn

    @property
    def used(self) -> float:
        """The share of the time that is used up."""
        return self.seconds / SESSION

    def take(self, candidates: Iterable[Drawn], share: float) -> None:
        """Take in until so much of the time is used up."""
        for one in candidates:
            if self.used >= share or self._taking.full:
                return
            if self._taking.take(one):
                self.seconds += usual(one.item, self._params(one.item))

    def _params(self, item: Item) -> Params | None:
        key = (item.owner, item.id)
        if key not in self.known:
            self.known[key] = self._tx.calibrated(item.ref)
        return self.known[key]


def usual(item: Item, params: Params | None) -> float:
    """Seconds from being asked to having read why: as people took, else by its length."""
    why = len(item.explain.split()) / WORDS_A_SECOND
    if params is not None and params.n >= TIMED and params.median:
        return exp(params.median) + why
    words = sum(len(text.split()) for text in (item.prompt, *(one.text for one in item.options)))
    lines = len(item.code.text.splitlines()) if item.code else 0
    return THINK[item.type] + words / WORDS_A_SECOND + lines * LINE + why


def _weakest(tx: Tx, weights: Mapping[str, float]) -> str:
    """The surely weak area that interviews for the role ask most about, '' where there is none."""
    weak = [one.area for one in standing(tx.person.ability).weak]
    asked = [area for area in weak if weights.get(area, 0.0) >= LOW]
    return max(asked, key=lambda area: weights[area], default="")


def _weak(tx: Tx, bank: Bank, session: _Session, area: str, rng: random.Random) -> Iterator[Drawn]:
    wanted = replace(session.wanted, scope=((area, ""),))
    found = pool.fresh(tx, bank, wanted, rng)
    session.known |= found.calibrated
    now = choosing.field(tx, bank)
    for one in choosing.ordered(tx, bank, wanted, found, now, rng):
        yield replace(one, why="plan")


def _new(tx: Tx, bank: Bank, session: _Session, rng: random.Random) -> Iterator[Drawn]:
    now = choosing.field(tx, bank)
    found, _ = selecting.fresh(tx, bank, session.wanted, now, rng)
    session.known |= found.calibrated
    yield from choosing.ordered(tx, bank, session.wanted, found, now, rng)
