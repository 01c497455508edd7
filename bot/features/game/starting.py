"""Starting a game: who may, when and where, what is asked, the first question at once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.chat.begin import read
from bot.chat.cards import Reply, reply
from bot.chat.events import Command, Press
from bot.chat.say import Reader
from bot.chat.tokens import Token, make
from bot.features import lacking
from bot.features.feature import Kit, Mistake
from bot.features.game import choosing, showing
from bot.features.overlay import chosen, drawable_in
from bot.features.quiz import issuing
from bot.features.recording import reader
from bot.store.community import GAME_TYPES, Game
from bot.store.protocol import Tx
from bot.store.rules import hushed
from bot.views import game_private as views
from bot.views.quiz import title
from questions.asked import Asked as Said
from questions.model import Item
from questions.words import parse_quiz

DEFAULT_COUNT = 10


def command(event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/quiz together [area] [level] [count]`."""
    named = (event.args.get(name, "") for name in ("words", "area", "level", "count"))
    return _ready(" ".join(part for part in named if part), tx, kit)


def again(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Play again: the words stand in the token as in one that begins a quiz."""
    return _ready(read(token.part(0)), tx, kit)


def begun(press: Press, _token: Token, tx: Tx, kit: Kit) -> Reply:
    """What is lacking is known: start the game in this place, or say why not."""
    words = press.typed("words")
    plan = _plan(words, tx, kit)
    if not isinstance(plan, Plan):
        return plan
    if lacking.forbidden(press):
        raise Mistake(views.lacks(reader(tx), lacking.missing(press)))
    return _begin(plan, words, tx, kit)


class Plan(Struct, frozen=True):
    """What was asked for, and the questions that will be."""

    said: Said
    wanted: int
    items: tuple[Item, ...]


def _ready(words: str, tx: Tx, kit: Kit) -> Reply:
    """Ask the platform what is lacking here, if a game can begin at all; raises Mistake."""
    plan = _plan(words, tx, kit)
    if not isinstance(plan, Plan):
        return plan
    return lacking.asking(make("game-begun"), (tx.origin.place,), words=words)


def _plan(words: str, tx: Tx, kit: Kit) -> Plan | Reply:
    """What a game here would ask, or the one that runs; raises Mistake where there can be none."""
    here = reader(tx)
    _may(tx, here)
    running = tx.running_game(tx.origin.place)
    if running is not None:
        return reply(views.running(here, running))
    bank = drawable_in(tx, kit, tx.origin.place)
    said = parse_quiz(words, bank.areas, frozenset(kit.words))
    if said.problems:
        raise Mistake(views.not_understood(here, said))
    if not set(said.types) <= set(GAME_TYPES):
        raise Mistake(views.presses_only(here, said.types))
    wanted = said.count or DEFAULT_COUNT
    items = choosing.choose(tx, bank, said, wanted, kit.rng(tx.origin.key))
    if not items:
        raise Mistake(views.nothing(here, said))
    return Plan(said, wanted, items)


def _begin(plan: Plan, words: str, tx: Tx, kit: Kit) -> Reply:
    game = _made(tx, kit, plan.said, words, plan.items)
    for item in plan.items:
        tx.keep(item)  # the bank may change while it runs
    tx.save_game(game)
    showing.ask(tx, kit, game)
    return reply(views.starting(reader(tx), plan.said, len(plan.items), plan.wanted))


def _made(tx: Tx, kit: Kit, said: Said, words: str, items: tuple[Item, ...]) -> Game:
    rng = kit.rng(f"{tx.origin.key}/orders")
    return Game(
        id=kit.new_id(),
        community=tx.community.id,
        place=tx.origin.place,
        starter=tx.person.id,
        starter_name=tx.member.name,
        title=title(said),
        words=words,
        asked=tuple(issuing.asked(item, "shared", rng) for item in items),
        started=tx.origin.at,
    )


def _may(tx: Tx, here: Reader) -> None:
    """Raise Mistake where no game may begin: here, now, or by this person."""
    alone = tx.origin.private and here.platform != "terminal"
    if tx.community.personal or alone:
        raise Mistake(views.elsewhere(here))
    rules = chosen(tx, tx.origin.place)
    if rules.starters == "admins" and not tx.origin.admin:
        raise Mistake(views.admins_start(here))
    now = f"{tx.origin.at.astimezone(ZoneInfo(tx.community.zone)):%H:%M}"
    if hushed(rules.quiet, now):
        since, until = rules.quiet
        raise Mistake(views.quiet(here, since, until, tx.community.zone))
