"""What a transaction reads and saves of the community it is bound to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from bot.store.community import (
    Alias,
    Appeal,
    AppealState,
    Audit,
    Challenge,
    Daily,
    Game,
    Hidden,
    Posting,
    Proposal,
    ProposalState,
    Refusal,
    Report,
    Total,
)
from bot.store.rows import Due, LogRow, Member, Quiz
from bot.store.rules import PlaceRules
from questions.model import Item, Ref


class Shared(Protocol):
    """The half of `Tx` that concerns everybody in the community.

    Who means to change a challenge, daily or game reads it with `lock`: nobody else changes it
    before this transaction ends. Saving replaces the row of the same key.
    """

    def place_rules(self, place: str) -> PlaceRules | None:
        """What differs in this place (an external id)."""

    def all_place_rules(self) -> tuple[PlaceRules, ...]:
        """Every place with rules of its own."""

    def challenges(self) -> tuple[Challenge, ...]:
        """The challenges of this community that have not ended, the oldest first."""

    def challenge(self, challenge_id: str, *, lock: bool = False) -> Challenge | None: ...

    def daily(self, daily_id: str, *, lock: bool = False) -> Daily | None: ...

    def daily_on(self, challenge_id: str, day: date) -> Daily | None:
        """What the ledger has of this challenge and local date."""

    def dailies(self, since: date, challenge_id: str = "") -> tuple[Daily, ...]:
        """Dailies of this community (of one challenge) since this date, the newest first."""

    def postings(self, daily_id: str) -> tuple[Posting, ...]:
        """Where a daily is posted, by place."""

    def game(self, game_id: str, *, lock: bool = False) -> Game | None: ...

    def running_game(self, place: str) -> Game | None:
        """The open game of a place."""

    def games(self, limit: int = 10) -> tuple[Game, ...]:
        """The games of this community, the newest first."""

    def running_games(self) -> tuple[Game, ...]:
        """The open games of all places."""

    def running_quizzes(self, since: datetime) -> tuple[Quiz, ...]:
        """The open quizzes of this community's members that were touched since then."""

    def planned(self, due_id: str) -> Due | None:
        """Due work of this community, as it is planned now."""

    def answers(self, instances: Collection[str]) -> tuple[LogRow, ...]:
        """The newest answer of each person in this community to each of these asked questions.

        Drafts are none, a correction stands in the place of what it corrects.
        """

    def answered(self, instance: str) -> int:
        """How many people have answered this asked question."""

    def draft_of(self, instance: str) -> LogRow | None:
        """The newest draft of an answer of the transaction's person."""

    def answerers(self, owner: str, item: str) -> tuple[tuple[str, str], ...]:
        """Person and external ids of those here who answered this question at any time."""

    def external_of(self, person: str) -> str:
        """The external id of a member with this person id; '' where there is none any more."""

    def members(self, people: Collection[str]) -> Mapping[str, Member]:
        """The members with these person ids."""

    def withheld(self) -> frozenset[tuple[str, str]]:
        """(owner, id) of questions that may not be drawn here: of open dailies, and hidden ones."""

    def unrevealed(self) -> frozenset[tuple[str, str]]:
        """(owner, id) of the questions of open dailies, in any community of this person."""

    def own_items(self) -> tuple[Item, ...]:
        """The community's own questions, accepted from proposals."""

    def hidden(self) -> tuple[Hidden, ...]:
        """Questions that are not drawn here, the newest first."""

    def reports(self, ref: Ref | None = None, limit: int = 50) -> tuple[Report, ...]:
        """Reports nobody has reviewed, of this question (any version) or of all, oldest first."""

    def proposals(self, state: ProposalState, limit: int = 50) -> tuple[Proposal, ...]:
        """Proposed questions in this state, the oldest first."""

    def proposal(self, proposal_id: str, *, lock: bool = False) -> Proposal | None: ...

    def appeals(self, state: AppealState, limit: int = 500) -> tuple[Appeal, ...]:
        """Appeals in this state, the oldest first."""

    def appeal(self, appeal_id: str, *, lock: bool = False) -> Appeal | None: ...

    def aliases(self, owner: str, item: str) -> tuple[Alias, ...]:
        """What is accepted here besides for this question, in any of its versions."""

    def refusals(self, owner: str, item: str) -> tuple[Refusal, ...]:
        """The answers of people here to this question that were not right when given."""

    def audits(self, before: int = 0, limit: int = 10) -> tuple[Audit, ...]:
        """What admins did here, the newest first; before this id."""

    def totals(self, prefix: str, period: str) -> tuple[Total, ...]:
        """Kept scores by scope, of the scopes that begin with this, summed over people."""

    def hold_community(self) -> None:
        """Let nobody else's press that holds the community run beside this one."""

    def save_place_rules(self, rules: PlaceRules) -> None: ...
    def save_challenge(self, challenge: Challenge) -> None: ...
    def save_daily(self, daily: Daily) -> None: ...
    def save_posting(self, posting: Posting) -> None: ...
    def save_game(self, game: Game) -> None: ...
    def save_report(self, report: Report) -> None: ...
    def hide(self, hidden: Hidden) -> None: ...
    def show_again(self, owner: str, item: str) -> None:
        """Let a hidden question be drawn again."""

    def reviewed(self, owner: str, item: str, at: datetime) -> None:
        """All reports of this question until then have been looked at."""

    def save_proposal(self, proposal: Proposal) -> None: ...
    def save_appeal(self, appeal: Appeal) -> None: ...
    def save_alias(self, alias: Alias) -> None: ...
    def note(self, audit: Audit) -> None:
        """Append to the audit log."""
