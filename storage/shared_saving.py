"""What a handler saves of the community it is bound to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from bot.store.community import (
    Alias,
    Appeal,
    Audit,
    Challenge,
    Daily,
    Game,
    Hidden,
    Posting,
    Proposal,
    Report,
)
from bot.store.rules import PlaceRules
from storage import shared_reads as reads
from storage import shared_values as stored
from storage.errors import Already
from storage.looking import Look
from storage.values import written
from storage.writes import Sheet


class SharedSaving(Look):
    """The saving half of `bot.store.shared.Shared`; nothing is written before the end."""

    _sheet: Sheet

    def save_place_rules(self, rules: PlaceRules) -> None:
        if rules.place in self._place_rules:
            # they are read at every command, so they are locked only here
            stands = self._one(stored.place_rules, reads.PLACE_RULES_LOCKED, place=rules.place)
            if stands != self._place_rules[rules.place]:
                raise Already("place_rules")
        self._sheet.put("place_rules", **self._here, place=rules.place, body=written(rules))

    def save_challenge(self, challenge: Challenge) -> None:
        self._ours(challenge)
        self._challenges[challenge.id] = challenge
        self._sheet.put("challenge", **stored.challenge_row(challenge))

    def save_daily(self, daily: Daily) -> None:
        self._ours(daily)
        self._dailies[daily.id] = daily
        self._sheet.put("daily", **stored.daily_row(daily))

    def save_posting(self, posting: Posting) -> None:
        self._ours(posting)
        self._postings[posting.challenge, posting.place, posting.day] = posting
        self._sheet.put("posting", **stored.posting_row(posting))

    def save_game(self, game: Game) -> None:
        self._ours(game)
        self._games[game.id] = game
        self._sheet.put("game", **stored.game_row(game))

    def save_report(self, report: Report) -> None:
        self._ours(report)
        self._only(report.person == self.person.id, "another person's report")
        self._sheet.put("report", **stored.report_row(report))

    def hide(self, hidden: Hidden) -> None:
        self._ours(hidden)
        self._sheet.take("hidden-", (hidden.community, hidden.owner, hidden.item))
        self._sheet.put("hidden", **stored.hidden_row(hidden))

    def show_again(self, owner: str, item: str) -> None:
        self._sheet.take("hidden", (self.community.id, owner, item))
        self._sheet.put("hidden-", **self._here, owner=owner, item=item)

    def reviewed(self, owner: str, item: str, at: datetime) -> None:
        asked = {"owner": owner, "item": item, "at": at}
        for report in self._all(stored.report, reads.REPORTS_UNTIL, **asked):
            self._sheet.put("report", **stored.report_row(replace(report, reviewed=True)))

    def save_proposal(self, proposal: Proposal) -> None:
        self._ours(proposal)
        self._sheet.put("proposal", **stored.proposal_row(proposal))

    def save_appeal(self, appeal: Appeal) -> None:
        self._ours(appeal)
        self._sheet.put("appeal", **stored.appeal_row(appeal))

    def save_alias(self, alias: Alias) -> None:
        self._ours(alias)
        self._sheet.put("alias", **stored.alias_row(alias))

    def note(self, audit: Audit) -> None:
        self._ours(audit)
        self._sheet.put("audit", **stored.audit_row(audit))

    def _ours(self, value: Any) -> None:
        what = f"another community's {type(value).__name__.lower()}"
        self._only(value.community == self.community.id, what)
