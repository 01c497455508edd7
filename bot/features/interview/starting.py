"""The beginning of an interview: its role, its questions; and the way back into one left open."""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Command, Press
from bot.chat.tokens import Token
from bot.features.feature import Kit, Mistake
from bot.features.interview import choosing
from bot.features.interview.seat import Seat, held, seated
from bot.features.overlay import drawable
from bot.features.quiz import issuing
from bot.features.recording import reader
from bot.store.protocol import Tx
from bot.store.rows import Quiz
from bot.views import interview as views
from questions import roles as known_roles
from questions.model import LEVELS, Level
from questions.roles import Role

KEPT = 5  # interviews whose reports can be seen again


def command(event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/interview [role] [level]`; without a role one left open goes on, else roles are shown."""
    words = event.args.get("role", "").split()
    level = next((one for one in LEVELS if one in (event.args.get("level"), *words)), None)
    said = " ".join(word for word in words if word not in LEVELS)
    waits = held(tx, kit)
    if not said:
        return reply(waits.now(back=True) if waits else views.pick(reader(tx), known_roles.ROLES))
    role = known_roles.find(said)
    if role is None:
        near = known_roles.nearest(said)
        return reply(views.unknown(reader(tx), said, near or known_roles.ROLES))
    return reply(_asked_for(tx, kit, waits, role, level))


def _asked_for(tx: Tx, kit: Kit, waits: Seat | None, role: Role, level: Level | None) -> Card:
    if waits is None:
        return begun(tx, kit, role, level)
    if waits.table.quiz.words == role.slug:
        return waits.now(back=True)
    other = known_roles.BY_SLUG[waits.table.quiz.words]
    return views.waits(reader(tx), waits.asking, other, role)


def roles(_press: Press, _token: Token, tx: Tx, _kit: Kit) -> Reply:
    """The menu of roles."""
    return reply(views.pick(reader(tx), known_roles.ROLES))


def chosen(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A role of the menu or by a button; with `anew` one left open ends first."""
    role = known_roles.BY_SLUG.get(token.part(0) or press.typed("value"))
    if role is None:
        return reply(views.pick(reader(tx), known_roles.ROLES))
    waits = held(tx, kit)
    if waits is not None and token.part(1) == "anew":
        if waits.table.quiz.id != token.part(2):
            return reply(waits.now(back=True))  # pressed twice: it has begun already
        tx.save_quiz(replace(waits.table.quiz, state="stopped", touched=tx.origin.at))
        waits = None
    return reply(_asked_for(tx, kit, waits, role, None))


def resumed(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Back into an interview where it was left, or to its report."""
    return reply(seated(token, tx, kit).now(back=True))


def begun(tx: Tx, kit: Kit, role: Role, level: Level | None) -> Card:
    """A new interview at its first question."""
    here, bank = reader(tx), drawable(tx, kit)
    rng = kit.rng(tx.origin.key)
    found = choosing.choose(tx, bank, role, level, rng)
    if not found.items:
        raise Mistake(views.nothing(here))
    quiz = Quiz(
        id=kit.new_id(),
        person=tx.person.id,
        community=tx.community.id,
        place=tx.origin.place,
        state="waiting",
        title=role.title,
        words=role.slug,
        asked=tuple(issuing.asked(item, "new", rng) for item in found.items),
        started=tx.origin.at,
        touched=tx.origin.at,
        kind="interview",
    )
    own = tx.person.settings
    kept = (quiz.id, *own.interviews)[:KEPT]
    tx.save_person(replace(tx.person, settings=replace(own, interviews=kept)))
    welcome = views.welcome(here, role, len(found.items), found.elsewhere)
    return Seat.at(tx, kit, quiz, 0).issued().question(welcome)
