"""Answers in a game: the first counts, its time is the platform's, nobody learns what is right."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot import scoring
from bot.chat.cards import Form, Reply, reply
from bot.chat.events import Press
from bot.chat.say import Reader, paragraphs
from bot.chat.tokens import Token
from bot.features.feature import Kit, Mistake
from bot.features.game import showing
from bot.features.overlay import upheld
from bot.features.recording import Worth, on_boards, reader, record, young
from bot.grading.grade import grade
from bot.grading.verdict import Response
from bot.store.community import Game
from bot.store.protocol import Tx
from bot.store.rows import Answer
from bot.views import game as views
from bot.views import game_private as private
from bot.views import shown, streak

AT_ONCE = 10  # so many others, or half of all, may be answering at the same moment


class Seat(Struct, frozen=True):
    """A person at the question that is open, and how long they took."""

    tx: Tx
    here: Reader
    asked: views.Round
    took: timedelta

    @property
    def game(self) -> Game:
        """The game as it was read: presses never change it, so they never wait for each other."""
        return self.asked.game


def pick(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """A letter on the post."""
    seat = _seat(token, tx, kit)
    return _answer(seat, (token.part(2),))


def form(token: Token, tx: Tx, kit: Kit) -> Form:
    """Several letters are chosen in a form; the time runs on."""
    seat = _seat(token, tx, kit)
    return private.form(seat.here, seat.asked)


def chosen(press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """The form was sent."""
    seat = _seat(token, tx, kit)
    picked = press.values.get("picks", ())
    letters = (picked,) if isinstance(picked, str) else picked
    if not any(letters):
        return Reply(errors={"picks": private.choose_some(seat.here)})
    return _answer(seat, letters)


def moment(tx: Tx, game: Game) -> datetime:
    """When it was pressed, on the platform's clock."""
    ahead = timedelta(seconds=game.ahead) if tx.origin.ours else timedelta()
    return tx.origin.at + ahead


def _seat(token: Token, tx: Tx, kit: Kit) -> Seat:
    """Raises Mistake where this question takes no answer of this person now."""
    here = reader(tx)
    game = tx.game(token.part(0))
    number = token.part(1)
    if game is None or not number.isdecimal() or int(number) >= len(game.asked):
        raise Mistake(private.over(here))
    n = int(number)
    asked = showing.round_of(tx, kit, game, n)
    if asked is None:
        raise Mistake(private.over(here))
    if row := tx.answer_of(showing.instance(game, n)):
        answer = msgspec.json.decode(row.data, type=Answer)
        raise Mistake(private.already(here, views.letters(asked, answer.response.picks)))
    if game.state != "open":
        raise Mistake(private.over(here))
    if n != game.at:
        raise Mistake(private.question_over(here, n))
    return Seat(tx, here, asked, _took(tx, here, asked))


def _took(tx: Tx, here: Reader, asked: views.Round) -> timedelta:
    game = asked.game
    if game.opened is None or game.ends is None:
        raise Mistake(private.not_yet(here))
    at = moment(tx, game)
    took = max(timedelta(), at - game.opened)
    if took > asked.whole:
        raise Mistake(private.late(here, took - asked.whole))
    # closed for all had answered: what is right can be read since
    if game.closed and at > game.ends + timedelta(seconds=game.ahead):
        raise Mistake(private.question_over(here, asked.n))
    return took


def _answer(seat: Seat, letters: tuple[str, ...]) -> Reply:
    tx, asked, game = seat.tx, seat.asked, seat.game
    things = {thing.letter: thing for thing in shown.things(asked.item, asked.asked)}
    if not set(letters) <= things.keys():
        raise Mistake(private.no_letter(seat.here, ", ".join(letters)))
    picks = tuple(sorted(things[letter].index for letter in set(letters)))
    response = Response(picks=picks)
    verdict = upheld(tx, asked.item, response, grade(asked.item, response))
    points = scoring.game(right=verdict.right, took=seat.took, whole=asked.whole)
    issued = replace(asked.asked, issued=game.opened)
    name = showing.instance(game, asked.n)
    done = record(tx, name, issued, asked.item, response, verdict, Worth(points))
    _perhaps_all(seat, name)
    counts = on_boards(tx)
    new = counts and not tx.member.told and not tx.member.hidden
    if new:
        tx.save_member(replace(tx.member, told=True))
    card = private.taken(
        seat.here, views.letters(asked, picks), seat.took, new=new, young=0 if counts else young(tx)
    )
    return reply(replace(card, text=paragraphs(card.text, streak.told(seat.here, done.changes))))


def _perhaps_all(seat: Seat, name: str) -> None:
    """Whoever may be the last to answer has the game looked at: it goes on when all have."""
    tx, game = seat.tx, seat.game
    others = max(AT_ONCE, game.players // 2)
    if game.closed or not game.players or tx.answered(name) + 1 + others < game.players:
        return
    ours = moment(tx, game) - timedelta(seconds=game.ahead)
    showing.wake(tx, game, ours, about=f"{game.at}.{tx.person.id}")
