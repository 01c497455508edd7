"""Reports: what people say is wrong with a question, and what three of them bring about."""

from __future__ import annotations

from bot.chat.cards import Form, Reply, reply
from bot.chat.events import Press
from bot.chat.say import Reader
from bot.chat.tokens import Token, make
from bot.features.feature import Kit, Mistake
from bot.features.moderation import naming
from bot.features.recording import reader
from bot.store.community import Audit, Hidden, Report
from bot.store.protocol import Tx
from bot.views import question
from bot.views import reporting as views
from questions.model import Item, Ref

ENOUGH = 3  # people whose unreviewed reports take a question out
LONGEST = 500  # characters of a reason
REPORTED = "reported"  # why it is hidden


def report_form(here: Reader, item: Item, token: str) -> Form:
    """The form that asks what is wrong with a question; sending it presses `token`."""
    return question.report_form(here, item, token)


def form(token: Token, tx: Tx, kit: Kit) -> Form:
    """The form behind a Report button that names what was asked in a daily or a game."""
    here = reader(tx)
    item = naming.whole(tx, kit, _asked(token, tx))
    if item is None:
        raise Mistake(views.gone(here))
    return report_form(here, item, make("report-it", *token.parts, form=True))


def sent(press: Press, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """A sent form of such a button."""
    return report(tx, _asked(token, tx), press.typed("reason"))


def _asked(token: Token, tx: Tx) -> Ref:
    """What was asked: of a daily by its id, of a game by its id and a number already shown."""
    name, number = token.part(0), token.part(1)
    if (daily := tx.daily(name)) and daily.ref:
        return daily.ref
    game = tx.game(name)
    shown = (game.at if game.opened is None else game.at + 1) if game else 0
    if game is None or number not in map(str, range(min(shown, len(game.asked)))):
        raise Mistake(views.gone(reader(tx)))
    return game.asked[int(number)].ref


def report(tx: Tx, ref: Ref, reason: str) -> Reply:
    """Keep a report of the person in the community and thank for it in a private card.

    Without a reason it is an error beside the field `reason`, and nothing is kept. It is there
    once for each person and question: a later one replaces the reason. The third person's takes
    the question out of future draws; a daily that is open stays open.
    """
    said = reason.strip()[:LONGEST]
    if not said:
        return Reply(errors=views.no_reason(reader(tx)))
    # the community's row is taken first: of two at a time the second sees the first one's report
    tx.hold_community()
    before = {one.person for one in tx.reports(ref)}
    tx.save_report(
        Report(
            person=tx.person.id,
            community=tx.community.id,
            ref=ref,
            reason=said,
            at=tx.origin.at,
        )
    )
    if len(before | {tx.person.id}) >= ENOUGH:
        _take_out(tx, ref)
    return reply(views.reported(reader(tx)))


def by_reports(hidden: Hidden) -> bool:
    """Whether reports took a question out, and not an admin."""
    return hidden.why == REPORTED and not hidden.by


def _take_out(tx: Tx, ref: Ref) -> None:
    if any((one.owner, one.item) == (ref.owner, ref.id) for one in tx.hidden()):
        return
    community, at = tx.community.id, tx.origin.at
    tx.hide(Hidden(community=community, owner=ref.owner, item=ref.id, why=REPORTED, at=at))
    item = tx.item(ref)
    about = naming.label(item) if item else ref.id
    tx.note(Audit(community=community, person="", at=at, what="reported", about=about))
