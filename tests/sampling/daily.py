"""Samples of the views of daily."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from bot.chat.cards import Card, Form
from bot.chat.say import Reader
from bot.grading.grade import grade
from bot.grading.verdict import Response, Verdict
from bot.store.community import Daily
from bot.store.rows import Asked
from bot.views import daily, daily_answer, daily_closed, daily_today, places
from bot.views.daily import Before, Given, Posted, Tally
from questions.model import Item
from tests import bank
from tests.sampling.asked import AREAS, NOW, asking

DAY = date(2026, 11, 25)
REVEAL = NOW + timedelta(days=1)


def one_of(item: Item, day: date = DAY, **facts: object) -> Daily:
    """A daily with this question."""
    known = {
        "id": "d7f3k9q2xz4hnt",
        "challenge": "c1",
        "community": "c1",
        "day": day,
        "asked": replace(asking(item).asked, issued=NOW),
        "area": item.area,
        "posted": NOW,
    }
    return Daily(**(known | facts))  # type: ignore[arg-type]  # facts replace what it says


def post(item: Item = bank.SINGLE, **facts: object) -> Posted:
    """A post with this question, its daily as the facts say."""
    return Posted(one_of(item, **facts), item, AREAS, REVEAL)  # type: ignore[arg-type]  # the same


def yesterday() -> Before:
    """A daily that 9 of 14 had right."""
    before = DAY - timedelta(days=1)
    closed = one_of(bank.OUTPUT, before, id="d2", state="closed", answered=14, right=9)
    return Before(closed, bank.OUTPUT)


def skipped() -> Before:
    """The same of Friday, and two days on which the bot was not running."""
    friday = replace(yesterday().daily, day=DAY - timedelta(days=5))  # type: ignore[type-var]  # there is one
    missed = (DAY - timedelta(days=2), DAY - timedelta(days=1))
    days = tuple(Daily(**_row(one)) for one in missed)  # type: ignore[arg-type]  # facts of a row
    return Before(friday, bank.OUTPUT, days)


def gaps() -> Before:
    """Two dates without a question that fits, then two on which the bot was not running."""
    ago = ((4, "empty"), (3, "empty"), (2, "late"), (1, "late"))
    gone = (Daily(**_row(DAY - timedelta(days=n), why)) for n, why in ago)  # type: ignore[arg-type]  # facts of a row
    return Before(skipped=tuple(gone))


def _row(day: date, why: str = "late") -> dict[str, object]:
    facts = {"id": "d3", "challenge": "c1", "community": "c1", "state": "skipped", "why": why}
    return {**facts, "day": day, "posted": NOW}


def tally(item: Item, picks: tuple[int, ...]) -> Tally:
    """A split: each number is an authored index that was picked, -1 who did not know."""
    given = tuple(
        Given((pick,), grade(item, Response((pick,)))) if pick >= 0 else Given((), _unknown())
        for pick in picks
    )
    return Tally(given, (("Ada", 14), ("Ben", 7)))


def _unknown() -> Verdict:
    return Verdict(mark="unknown")


def decided(item: Item, response: Response, outcome: Verdict | None = None) -> Asked:
    """The question as a person answered it."""
    one = asking(item).asked
    back = NOW + timedelta(days=2)
    verdict = outcome or grade(item, response)
    return replace(one, response=response, verdict=verdict, comes_back=back)


def cards(here: Reader) -> dict[str, Card]:
    """One sample of every card."""
    return {**_posts(here), **_private(here), **_around(here)}


def _posts(here: Reader) -> dict[str, Card]:
    picks = (0,) * 11 + (1,) * 3 + (2,) * 4 + (-1,)
    split = tally(bank.SINGLE, picks)
    numbers = tuple(
        Given((), grade(bank.NUMERIC, Response(text=text))) for text in ("50", "50", "40", "32")
    )
    withdrawn = post(state="withdrawn", why="Two options are right since PostgreSQL 18.")
    return {
        "daily-open": daily.posted(here, replace(post(), before=yesterday(), answered=14)),
        "daily-first": daily.posted(here, post(bank.OUTPUT)),
        "daily-numeric": daily.posted(here, replace(post(bank.NUMERIC), before=skipped())),
        "daily-gaps": daily.posted(here, replace(post(), before=gaps())),
        "daily-revealed": daily_closed.closed(here, post(state="closed"), split),
        "daily-nobody": daily_closed.closed(here, post(state="closed"), Tally(())),
        "daily-withdrawn-post": daily_closed.closed(here, withdrawn, split),
        "daily-split": daily_closed.split(here, post(state="closed"), split),
        "daily-split-numeric": daily_closed.split(
            here, post(bank.NUMERIC, state="closed"), Tally(numbers)
        ),
    }


def _private(here: Reader) -> dict[str, Card]:
    wrong, right = decided(bank.SINGLE, Response((1,))), decided(bank.SINGLE, Response((0,)))
    first = daily_answer.Counted(points=10, first=True)
    young = daily_answer.Counted(young=3)
    tried = daily_answer.Counted(tried=True)
    near = decided(bank.SHORT, Response(text="a log"), Verdict(mark="close", reason="which"))
    withdrawn = post(state="withdrawn", why="Two options are right since PostgreSQL 18")
    return {
        "daily-asked": daily_answer.asked(here, post()),
        "daily-asked-again": daily_answer.asked(here, post(state="closed"), tried=True),
        "daily-chosen": daily_answer.chosen(here, post(), "C"),
        "daily-chosen-multi": daily_answer.chosen(here, post(bank.MULTI), "AC"),
        "daily-unknowing": daily_answer.unknowing(here, post()),
        "daily-verdict": daily_answer.decided(here, post(), right, first, NOW),
        "daily-verdict-wrong": daily_answer.decided(
            here, post(), wrong, daily_answer.Counted(points=3), NOW
        ),
        "daily-verdict-young": daily_answer.decided(here, post(), right, young, NOW),
        "daily-verdict-tried": daily_answer.decided(here, post(state="closed"), wrong, tried, NOW),
        "daily-verdict-withdrawn": daily_answer.decided(
            here,
            withdrawn,
            wrong,
            daily_answer.Counted(points=10, withdrawn=withdrawn.daily.why),
            NOW,
        ),
        "daily-close": daily_answer.close(here, post(bank.SHORT), near),
        "daily-over": daily_answer.over(here, post(state="closed")),
        "daily-over-withdrawn": daily_answer.over(here, withdrawn),
        "daily-explained": daily_answer.explanation(here, post(state="closed"), mine=True),
    }


def _around(here: Reader) -> dict[str, Card]:
    missed = tuple(post(item, state="closed") for item in (bank.OUTPUT, bank.SHORT))
    gone = "I was removed from that channel"
    return {
        "daily-waiting": daily_today.waiting(
            here, daily_answer.asked(here, post()), (post(bank.SHORT),)
        ),
        "daily-list": daily_today.overview(here, (post(),), missed),
        "daily-none": daily_today.nothing(here, running=False),
        "daily-quiet": daily_today.nothing(here, running=True),
        "daily-lost": daily_closed.lost(
            here, "Wed 25 Nov", places.name(here, "discord:814"), gone, gone=True
        ),
        "daily-late": daily_closed.lost(
            here, "Wed 25 Nov", places.name(here, "discord:814"), "no answer", gone=False
        ),
        "daily-empty": daily_closed.empty(here, "Wed 25 Nov"),
        "daily-withdrawn": daily_answer.withdrawn(
            here, one_of(bank.SINGLE, state="withdrawn", why="Two options are right"), 14
        ),
        "review-none": daily_today.nothing_due(here, NOW + timedelta(days=2), NOW),
        "review-empty": daily_today.nothing_due(here, None, NOW),
    }


def forms(here: Reader) -> dict[str, Form]:
    """One sample of every form."""
    return {
        "form-withdraw-daily": daily_answer.withdraw_form(here, one_of(bank.SINGLE), bank.SINGLE),
    }
