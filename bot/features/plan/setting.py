"""`/plan`: what a person prepares for, set by words or a form, shown, changed and forgotten."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from bot.chat.cards import Form, Reply, reply
from bot.chat.events import Command, Press
from bot.chat.tokens import Token
from bot.features.feature import Kit
from bot.features.plan import reading
from bot.features.plan.mixing import mixed
from bot.features.plan.outlook import outlook
from bot.features.plan.reading import AHEAD, Said
from bot.features.planned import ahead
from bot.features.recording import reader, today
from bot.store.protocol import Tx
from bot.store.rows import Plan
from bot.views import plan as views
from bot.views import plan_asking
from questions import roles
from questions.model import LEVELS, Level
from questions.roles import BY_SLUG
from questions.weights import most

MOST_ASKED = 3  # areas that the card names


def command(event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/plan role date` in any order; without words the plan as it stands."""
    given = event.args
    words = f"{given.get('level', '')} {given.get('role', '')}".strip()
    when = given.get("date", "").strip()
    if not words and not when:
        return standing(tx, kit)
    return _said(tx, kit, reading.read(words, when, today(tx)))


def _said(tx: Tx, kit: Kit, said: Said) -> Reply:
    here, held = reader(tx), tx.person.settings.plan
    role = said.role or (BY_SLUG.get(held.role) if held and not said.words else None)
    level = said.level or _level(tx)
    if role is None:
        near = roles.nearest(said.words) if said.words else ()
        return reply(plan_asking.unknown(here, said.words, near, level, said.on))
    if said.on is None and not said.when and held and held.on >= today(tx):
        return _kept(tx, kit, replace(held, role=role.slug, level=level))
    wrong = _wrong(said.on, said.when, tx)
    if wrong or said.on is None:
        return reply(plan_asking.when(here, role, level, wrong, said.when))
    return _kept(tx, kit, Plan(role.slug, level, said.on, today(tx)))


def _level(tx: Tx) -> Level:
    own = tx.person.settings
    return (own.plan.level if own.plan else own.level) or "mid"


def _wrong(on: date | None, said: str, tx: Tx) -> str:
    """The word for what is wrong with a date: "dates", "past", "far", '' for nothing."""
    if on is None:
        return "dates" if said else ""
    if on < today(tx):
        return "past"
    return "far" if on > today(tx) + AHEAD else ""


def form(token: Token, tx: Tx, _kit: Kit) -> Form:
    """Role, level and date; what the token names is chosen already."""
    held = tx.person.settings.plan
    role = token.part(0) or (held.role if held else "backend")
    level = token.part(1) or _level(tx)
    on = held.on if held and held.on >= today(tx) else None
    return plan_asking.form(reader(tx), roles.ROLES, role, level, token.part(2) or _iso(on))


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def sent(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The sent form."""
    role = BY_SLUG.get(press.typed("role") or token.part(0))
    level = next((one for one in LEVELS if one == press.typed("level")), None) or _level(tx)
    said = press.typed("date").strip()
    on = reading.day(said, today(tx))
    wrong = _wrong(on, said or "?", tx)
    if role is None:
        return reply(plan_asking.ask(reader(tx)))
    if wrong or on is None:
        return Reply(errors={"date": plan_asking.wrong(reader(tx), wrong, said)})
    return _kept(tx, kit, Plan(role.slug, level, on, today(tx)))


def _kept(tx: Tx, kit: Kit, plan: Plan) -> Reply:
    tx.save_person(replace(tx.person, settings=replace(tx.person.settings, plan=plan)))
    return standing(tx, kit)


def opened(_press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """A button to the plan as it stands."""
    return standing(tx, kit)


def standing(tx: Tx, kit: Kit) -> Reply:
    """The plan as it stands: none yet, to come, or over."""
    here, plan, coming = reader(tx), tx.person.settings.plan, ahead(tx)
    if coming is not None:
        mix, bank = mixed(tx, kit, coming), kit.bank(tx.community.id)
        looked = outlook(tx, bank, coming, len(mix.drawn))
        titles = {area.slug: area.title for area in bank.areas.areas}
        asked = tuple(titles[slug] for slug in most(coming.weights(bank), MOST_ASKED))
        session = views.Session(
            due=mix.due,
            weak=mix.weak,
            area=titles.get(mix.area, mix.area),
            new=mix.new,
            minutes=max(1, round(mix.seconds / 60)),
            done=mix.done,
        )
        return reply(views.card(here, looked, session, asked, cram=coming.cramming))
    if plan is not None and (role := BY_SLUG.get(plan.role)):
        return reply(views.over(here, plan, role))
    return reply(plan_asking.ask(here))


def forgotten(_press: Press, _token: Token, tx: Tx, _kit: Kit) -> Reply:
    """Forget it: no interview, no date."""
    tx.save_person(replace(tx.person, settings=replace(tx.person.settings, plan=None)))
    return reply(views.forgotten(reader(tx)))
