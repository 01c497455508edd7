"""The end card, and the settings it asks once, each skippable."""

from __future__ import annotations

from msgspec.structs import replace

from bot import streaks
from bot.chat.cards import Card, Reply, reply
from bot.chat.events import Press
from bot.chat.say import paragraphs, say
from bot.chat.tokens import Token
from bot.features import news
from bot.features.feature import Kit, Mistake
from bot.features.recording import moment, reader, zone
from bot.features.settings import chosen
from bot.store.protocol import Tx
from bot.store.rows import Quiz
from bot.views import ending as views
from bot.views import shown

COMING = 4  # topics named on the end card


def end_card(quiz: Quiz, tx: Tx, kit: Kit) -> Card:
    """What a finished or stopped quiz came to."""
    on_board = not tx.community.personal and not tx.member.hidden
    card = views.end_card(
        reader(tx),
        views.Ended(
            quiz=quiz,
            stand=streaks.stand(tx.person.streak, moment(tx)),
            settings=tx.person.settings,
            zone=zone(tx),
            coming=_coming(quiz, tx, kit),
            member=tx.member,
            on_board=on_board,
        ),
    )
    if on_board and not tx.member.told:
        tx.save_member(replace(tx.member, told=True))
    return replace(card, text=paragraphs(card.text, news.told(tx)))


def _coming(quiz: Quiz, tx: Tx, kit: Kit) -> tuple[str, ...]:
    areas = kit.bank(tx.community.id).areas
    missed = [
        one
        for one in quiz.asked
        if one.comes_back and one.verdict and one.verdict.mark in ("wrong", "partly", "unknown")
    ]
    names = []
    for one in missed:
        item = kit.bank(tx.community.id).find(one.ref) or tx.item(one.ref)
        if item is not None:
            names.append(shown.topic(areas, item.area, item.topic))
    return tuple(dict.fromkeys(names))[:COMING]


def pressed(_press: Press, token: Token, tx: Tx, kit: Kit) -> Reply:
    """One of the questions of the end card is answered."""
    quiz = tx.quiz(token.part(0).partition(".")[0])
    if quiz is None or quiz.person != tx.person.id:
        raise Mistake(say(reader(tx), "This is somebody else's card. Type `/quiz`."))
    said = chosen(tx, token.part(1), token.part(2))
    card = end_card(quiz, tx, kit)
    return reply(replace(card, text=f"{said}\n\n{card.text}"))
