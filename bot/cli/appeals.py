"""`sparring appeals`: what waits for a decision anywhere, the decision, and patches of the bank."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.app import BANK, bank, kit, now
from bot.chat.say import count
from bot.cli import operator
from bot.cli.failing import Wrong
from bot.config import Settings, load
from bot.features.appeal import deciding
from bot.features.appeal.deciding import Group
from bot.features.feature import Kit
from bot.features.moderation import naming
from bot.store.protocol import Tx
from bot.views.appeal import answered
from questions.showing import page
from storage.appeals import Filed, accepted, filed
from storage.communities import Home

Decide = Callable[[Tx, Kit, Group], None]
DONE = "Whoever gave this answer is put right when the bot runs."


def listed(*, every: bool) -> Iterator[str]:
    """A line for each appeal that waits, or for all; what waits too long says so."""
    at = now()
    shown = [one for one in filed(load().url) if every or one.appeal.state == "open"]
    for one in shown:
        yield _line(one, at)
    if not shown:
        yield "No appeal waits."


def _line(one: Filed, at: datetime) -> str:
    held = one.appeal
    state = f"{held.state}, overdue" if held.late and held.state == "open" else held.state
    where = one.within or "in private"
    days = count((at - held.at).days, "day", "days")
    given = held.response.text or f"chose {held.form}"
    return f"{held.id}  {state}, {days}, {where}  {held.ref.id}: {' '.join(given.split())}"


def shown(name: str) -> Iterator[str]:
    """An appeal in full: the question, its key, the answer, the reason."""
    one = _found(name)
    held = one.appeal
    found = bank(load().data / "cache").find(held.ref)
    yield _line(one, now())
    yield f"Answered: {answered(found, held.response)}"
    yield f"Reason: {held.reason or 'none given'}"
    if held.why:
        yield f"Decided: {held.why}"
    yield page(found) if found else "The bank no longer has this version of the question."


def uphold(name: str) -> str:
    """Uphold an appeal with all others of the same answer there."""
    return _decided(name, "upheld", deciding.uphold)


def decline(name: str, why: str) -> str:
    """Decline an appeal; raises Wrong without a reason."""
    if not why.strip():
        raise Wrong("Say why: --reason TEXT. Whoever appealed reads it.")
    return _decided(name, "refused", lambda tx, held, group: deciding.decline(tx, held, group, why))


def export() -> tuple[str, tuple[str, ...]]:
    """A patch that adds what was upheld to the bank, and what it leaves out."""
    from questions.amending import accepting  # noqa: PLC0415 - reads the whole bank

    more: dict[str, tuple[str, ...]] = {}
    left: list[str] = []
    for one in accepted(load().url):
        if one.ref.owner:
            left.append(f"{one.ref.id}: a community's own question")
        elif one.ref.seed or not one.text:
            left.append(f"{one.ref.id}: {one.text or one.form} is no typed answer of the bank's")
        else:
            more[one.ref.id] = tuple(dict.fromkeys((*more.get(one.ref.id, ()), one.text)))
    made = accepting(BANK / "bank", more)
    return made.patch, (*left, *made.left)


def _found(name: str) -> Filed:
    """The appeal whose id begins so; raises Wrong where it is not one."""
    found = [one for one in filed(load().url) if one.appeal.id.startswith(name)]
    if len(found) != 1:
        raise Wrong(f"There is no appeal {name}. See them with: sparring appeals list --all")
    return found[0]


def _decided(name: str, what: str, decide: Decide) -> str:
    one = _found(name)
    if one.appeal.state != "open":
        raise Wrong(f"This appeal is {one.appeal.state} already.")
    _decide(load(), one, what, decide)
    return DONE


def _decide(settings: Settings, one: Filed, what: str, decide: Decide) -> None:
    given = kit(bank(settings.data / "cache"))

    def work(tx: Tx) -> None:
        held = tx.appeal(one.appeal.id, lock=True)
        groups = deciding.grouped(tx.appeals("open")).values()
        group = next((each for each in groups if held in each), None)
        if group is None:
            raise Wrong("This appeal is decided already.")
        decide(tx, given, group)
        operator.note(tx, what, naming.asked(tx, given, one.appeal.ref))

    person = "" if one.within else one.appeal.external
    operator.act(settings, (Home(one.within, person),), work)
