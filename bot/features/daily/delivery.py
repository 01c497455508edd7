"""What became of a daily's posts: their messages, their clock, and the places that are lost."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from bot.chat.cards import Reply
from bot.chat.posts import Outcome
from bot.chat.tokens import Token
from bot.features.daily.posting import rescheduled, tell
from bot.features.daily.showing import hashed, redrawn, show_closed
from bot.features.daily.table import held, host, question
from bot.features.feature import Kit
from bot.store.community import Challenge, Posting
from bot.store.protocol import Tx
from bot.views import daily_closed, places
from bot.views.daily import date_words

TOO_LONG = ("late", "tried too often")  # what bot.due says where the platform was away


def posted(outcome: Outcome, token: Token, tx: Tx, kit: Kit) -> Reply:
    """What became of a post: the ledger keeps its message, or that the place refused it."""
    found = held(tx, token.part(0))
    posting = _posting(outcome, token, tx)
    if found is None or posting is None:
        return Reply()
    challenge, daily = found
    if outcome.message is None:
        _lost(tx, challenge, posting, outcome)
        return Reply()
    posting = replace(posting, state="posted", message=outcome.message)
    tx.save_posting(posting)
    told = outcome.message.at
    ahead = (told - outcome.at) / timedelta(seconds=1) if told else daily.ahead
    item = question(tx, kit, daily)
    if daily.state == "open" or item is None:
        tx.save_daily(replace(daily, ahead=ahead))
    else:  # it was closed while the post was on its way
        daily = redrawn(replace(daily, ahead=ahead))
        tx.save_daily(daily)
        show_closed(tx, kit, challenge, daily, item, (posting,))
    return Reply()


def counted(outcome: Outcome, token: Token, tx: Tx, _kit: Kit) -> Reply:
    """A post shows this number of answers now; one that does not is looked at again."""
    posting = _posting(outcome, token, tx)
    if posting is not None and outcome.message is not None:
        tx.save_posting(replace(posting, shown=int(token.part(1))))
    return Reply()


def _posting(outcome: Outcome, token: Token, tx: Tx) -> Posting | None:
    place = outcome.post.target
    return next((one for one in tx.postings(token.part(0)) if one.place == place), None)


def _lost(tx: Tx, challenge: Challenge, posting: Posting, outcome: Outcome) -> None:
    """Keep that a place did not take the post, and tell whoever changed the challenge last, once.

    A place that was taken off the list meanwhile is nobody's trouble.
    """
    tx.save_posting(replace(posting, state="lost"))
    if posting.place not in challenge.places or posting.place in challenge.lost:
        return
    if outcome.gone:
        challenge = replace(challenge, lost=(*challenge.lost, posting.place))
        tx.save_challenge(challenge)
        rescheduled(tx, challenge)
    late = outcome.why in TOO_LONG
    said = "the platform took nothing for too long" if late else outcome.why
    here = host(tx, challenge)
    where = places.name(here, posting.place)
    card = daily_closed.lost(here, date_words(posting.day), where, said, gone=outcome.gone)
    tell(tx, challenge, f"lost.{posting.day}.{hashed(posting.place)}", card)
