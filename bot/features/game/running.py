"""How a game goes on by itself: a question's end, the pause, the next one.

Every wake-up looks at the row alone and does what it says is next, so that one that comes late,
twice, or after a restart does no harm.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.chat.posts import Outcome
from bot.chat.tokens import Token
from bot.features.feature import Kit
from bot.features.game import ending, showing, standings, timing
from bot.store.community import Game
from bot.store.protocol import Tx
from bot.store.rows import Due, LogRow
from bot.views import game as views

SILENT = 5  # questions in a row that nobody answers end a game


def shown(outcome: Outcome, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The platform has shown a question, or never will: its time begins, or the game is over."""
    game = tx.game(token.part(0), lock=True)
    if game is None:
        return Reply()
    if outcome.message is None:
        _refused(game, outcome, tx)
        return Reply()
    other = game.message is None or game.message.id != outcome.message.id
    # one posted anew stands below a deleted one; an edit leaves its message what it is
    anew = game.message is None or (other and outcome.post.edits is None)
    known = replace(game, message=outcome.message) if anew else game
    question = bool(token.part(1))
    if question and game.state != "open":
        if game.message is None:  # stopped before anybody could see it
            ending.close(tx, known, "stopped")
    elif token.part(1) == str(game.at) and game.opened is None:
        _open(known, outcome, tx, kit)
    elif known != game:
        tx.save_game(known)
    return Reply()


def _refused(game: Game, outcome: Outcome, tx: Tx) -> None:
    """Post anew what a deleted message should show; where nothing is taken the game is over."""
    post = outcome.post
    if post.edits is None or outcome.gone:
        if game.state == "open":
            tx.save_game(replace(game, state="stopped", closed=True))
            tx.unschedule(showing.due_id(game.id))
        ending.tell(tx, game, outcome.why)
        return
    # one that was posted anew meanwhile stands below the deleted one
    deleted = game.message is None or game.message.id == post.edits.id
    message = None if deleted else game.message
    tx.save_game(replace(game, message=message))
    until = outcome.at + showing.WAITED
    tx.post(replace(post, dedupe=f"{post.dedupe}.anew", edits=message, until=until))


def _open(game: Game, outcome: Outcome, tx: Tx, kit: Kit) -> None:
    """Points go by the platform's clock alone; ours, however wrong, decides when to look."""
    asked = showing.round_of(tx, kit, game, game.at)
    told = outcome.message.at if outcome.message else None
    ahead = (told - outcome.at).total_seconds() if told else game.ahead
    ends = outcome.at + (asked.whole if asked else timedelta())
    opened = told or outcome.at + timedelta(seconds=ahead)
    tx.save_game(replace(game, opened=opened, ends=ends, ahead=ahead))
    showing.wake(tx, game, ends)


def due(row: Due, tx: Tx, kit: Kit) -> Reply:
    """A wake-up: the planned one, or one of a person who may have been the last to answer."""
    game = tx.game(row.id.split(".")[1], lock=True)
    planned = game is not None and row.id == showing.due_id(game.id)
    if game is None or game.state != "open":
        return Reply()
    if game.closed:
        _after(game, tx, kit)
    elif game.opened is None or game.ends is None:
        if planned:  # the question never came
            ending.finish(tx, kit, game, "stopped", "lost")
            if game.message is None:
                ending.tell(tx, game, "")
    elif tx.origin.at >= game.ends or everybody(tx, game):
        _close(game, tx, kit)
    elif planned:
        showing.wake(tx, game, game.ends)
    return Reply()


def everybody(tx: Tx, game: Game) -> bool:
    """Whether all who answered one of the last two questions have answered this one."""
    recent = range(max(0, game.at - 2), game.at)
    if not recent:
        return False
    rows = tx.answers([showing.instance(game, n) for n in (*recent, game.at)])
    before = {who for n in recent for who in _people(rows, game, n)}
    return bool(before) and before <= _people(rows, game, game.at)


def _close(game: Game, tx: Tx, kit: Kit) -> None:
    """Show the split; the log's rows until now are what counts."""
    n, total = game.at, len(game.asked)
    told = timing.standings_follow(n, total)
    near = [showing.instance(game, one) for one in (n - 1, n) if one >= 0]
    rows = standings.answers(tx, game) if told else tx.answers(near)
    now = _people(rows, game, n)
    active = now | _people(rows, game, n - 1)
    silent = 0 if now else game.silent + 1
    over = replace(game, closed=True, ends=tx.origin.at, silent=silent, players=len(active))
    if silent >= SILENT:
        ending.finish(tx, kit, over, "done", "silent")
        return
    tx.save_game(over)
    if asked := showing.round_of(tx, kit, over, n):
        split = showing.split(row for row in rows if row.instance == showing.instance(game, n))
        ranks = standings.ranks(tx, rows) if told else ()
        until = timing.pause(n, total)
        card = views.split(showing.public(tx), asked, split, ranks, until)
        showing.edit(tx, over, f"{n}.split", card)
        showing.explain(tx, over, asked, split)
    showing.wake(tx, over, tx.origin.at + timing.pause(n, total))


def _after(game: Game, tx: Tx, kit: Kit) -> None:
    """The pause: its rest, then the next question or the end."""
    until = pause_ends(game)
    if tx.origin.at < until:
        showing.wake(tx, game, until)
    elif game.at + 1 >= len(game.asked):
        ending.finish(tx, kit, game, "done")
    else:
        ahead = replace(game, at=game.at + 1, closed=False, opened=None, ends=None)
        tx.save_game(ahead)
        showing.ask(tx, kit, ahead)


def pause_ends(game: Game) -> datetime:
    """When the pause after a closed question is over, on our clock."""
    return (game.ends or game.started) + timing.pause(game.at, len(game.asked))


def _people(rows: tuple[LogRow, ...], game: Game, n: int) -> set[str]:
    return {row.person for row in rows if row.instance == showing.instance(game, n)}
