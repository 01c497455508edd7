"""How a game ends, by itself or by hand, and what each person sees of it afterwards."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from bot.chat.cards import Reply, reply
from bot.chat.events import Press
from bot.chat.posts import Post
from bot.chat.tokens import Token
from bot.features.feature import Kit, Mistake
from bot.features.game import showing, standings
from bot.features.noting import note
from bot.features.recording import reader
from bot.store.community import Game, GameState
from bot.store.protocol import Tx
from bot.store.rows import Answer, LogRow
from bot.views import game as views
from bot.views import game_private as private


def stop(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """Stop the game: its starter and admins may."""
    here = reader(tx)
    game = tx.game(token.part(0), lock=True)
    if game is None or game.state != "open":
        raise Mistake(private.over(here))
    mine = game.starter == tx.person.id
    if not mine and not tx.origin.admin:
        raise Mistake(private.not_yours(here, game.starter_name))
    if not mine:
        note(tx, "game-stopped", game.title)
    finish(tx, kit, game, "stopped", by=tx.member.name)
    return reply(private.stopped(here))


def finish(tx: Tx, kit: Kit, game: Game, state: GameState, why: str = "", *, by: str = "") -> None:
    """End the game as it stands; whoever answered keeps their points."""
    over = replace(game, state=state, closed=True)
    asked = showing.round_of(tx, kit, over, over.at)
    unsaid = not game.closed or why == "silent"  # its split was not shown yet
    if asked and unsaid and game.opened is not None:
        rows = tx.answers([showing.instance(over, over.at)])
        showing.explain(tx, over, asked, showing.split(rows))
    close(tx, over, why or state, by)


def close(tx: Tx, game: Game, why: str, by: str = "") -> None:
    """Show the final standings and wait for nothing any more."""
    tx.save_game(game)
    tx.unschedule(showing.due_id(game.id))
    if game.message is not None:
        ranks = standings.ranks(tx, standings.answers(tx, game))
        showing.edit(tx, game, "over", views.over(showing.public(tx), game, ranks, why, by))


def tell(tx: Tx, game: Game, why: str) -> None:
    """Tell whoever started a game, once, that it cannot be shown: the channel cannot say it."""
    starter = tx.external_of(game.starter)
    if starter:
        tx.post(
            Post(
                dedupe=f"game.{game.id}.unshown",
                where="direct",
                target=starter,
                card=private.unshown(showing.public(tx), game, why),
                community=tx.origin.community,
            )
        )


def mine(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """My answers: what I chose, what is right, where I stand; of questions that are over."""
    here = reader(tx)
    game = tx.game(token.part(0))
    if game is None:
        raise Mistake(private.over(here))
    rows = standings.answers(tx, game)
    own = {row.instance: row for row in rows if row.person == tx.person.id}
    if not own:
        raise Mistake(private.not_played(here))
    ranks = standings.ranks(tx, rows)
    rank = next(one for one in ranks if one.person == tx.person.id)
    last = game.at + (1 if game.closed or game.state != "open" else 0)
    lines = [_line(tx, kit, game, n, own.get(showing.instance(game, n))) for n in range(last)]
    told = tuple(line for line in lines if line)
    return reply(private.mine(here, told, rank, len(ranks), hidden=tx.member.hidden))


def _line(tx: Tx, kit: Kit, game: Game, n: int, row: LogRow | None) -> private.Own | None:
    asked = showing.round_of(tx, kit, game, n)
    if asked is None:
        return None
    answer = msgspec.json.decode(row.data, type=Answer) if row else None
    return private.Own(asked, answer, row.points if row else 0)
