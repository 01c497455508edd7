"""Starting a game: who may, when and where, what is asked, the first question at once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.chat.begin import read
from bot.chat.cards import Reply, reply
from bot.chat.events import Command, Press
from bot.chat.say import Reader
from bot.chat.tokens import Token
from bot.features.feature import Kit, Mistake
from bot.features.game import choosing, showing
from bot.features.overlay import chosen, drawable_in
from bot.features.quiz import issuing
from bot.features.recording import reader
from bot.store.community import GAME_TYPES, Game
from bot.store.protocol import Tx
from bot.views import game_private as views
from bot.views.quiz import title
from questions.asked import Asked as Said
from questions.model import Item
from questions.words import parse_quiz

DEFAULT_COUNT = 10


def command(event: Command, tx: Tx, kit: Kit) -> Reply:
    """`/quiz together [area] [level] [count]`."""
    named = (event.args.get(name, "") for name in ("words", "area", "level", "count"))
    return begin(" ".join(part for part in named if part), tx, kit)


def again(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Play again: the words stand in the token as in one that begins a quiz."""
    return begin(read(token.part(0)), tx, kit)


def begin(words: str, tx: Tx, kit: Kit) -> Reply:
    """Start a game in this place, or say why not; raises Mistake."""
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
    game = _made(tx, kit, said, words, items)
    for item in items:
        tx.keep(item)  # the bank may change while it runs
    tx.save_game(game)
    showing.ask(tx, kit, game)
    return reply(views.starting(here, said, len(items), wanted))


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
    if len(rules.quiet) == 2 and _quiet(tx, *rules.quiet):  # noqa: PLR2004 - from and to
        raise Mistake(views.quiet(here, *rules.quiet, tx.community.zone))


def _quiet(tx: Tx, since: str, until: str) -> bool:
    """Whether the wall clock of the community's zone stands between these times."""
    now = f"{tx.origin.at.astimezone(ZoneInfo(tx.community.zone)):%H:%M}"
    return since <= now < until if since <= until else now >= since or now < until
