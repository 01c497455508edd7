"""What a transaction may ask for of its community; each statement names the community."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from storage.schema import due, external, log, member, memory, quiz, score
from storage.shared_schema import (
    alias,
    appeal,
    audit,
    challenge,
    daily,
    game,
    hidden,
    place_rules,
    posting,
    proposal,
    report,
)


def _of(name: str) -> ColumnElement[Any]:
    return bindparam(name)


def _any_of(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))


def _is(condition: str) -> ColumnElement[Any]:
    """A condition as a partial index has it."""
    return literal_column(condition)


def locked(statement: Select[Any]) -> Select[Any]:
    """Nobody else changes these rows before the transaction ends (SQLite has one writer)."""
    return statement.with_for_update(key_share=True)


_HERE = "community"


def _by_id(table: Table, *columns: ColumnElement[Any]) -> Select[Any]:
    """A row of the community, or these columns of it."""
    here = table.c.community == _of(_HERE)
    return select(*(columns or (table,))).where(here, table.c.id == _of("id"))


def _in_state(table: Table) -> Select[Any]:
    """Rows of the community that are in a state, the oldest first."""
    return (
        select(table)
        .where(table.c.community == _of(_HERE), table.c.state == _of("state"))
        .order_by(table.c.at, table.c.id)
        .limit(_of("limit"))
    )


PLACE_RULES = select(place_rules.c.body).where(
    place_rules.c.community == _of(_HERE), place_rules.c.place == _of("place")
)
PLACE_RULES_LOCKED = locked(PLACE_RULES)
ALL_PLACE_RULES = (
    select(place_rules.c.body)
    .where(place_rules.c.community == _of(_HERE))
    .order_by(place_rules.c.place)
)

CHALLENGE = _by_id(challenge)
CHALLENGE_LOCKED = locked(CHALLENGE)
CHALLENGES = select(challenge).where(challenge.c.community == _of(_HERE), ~challenge.c.ended)

DAILY = _by_id(daily, daily.c.body)
DAILY_LOCKED = locked(DAILY)
DAILY_ON = select(daily.c.body).where(
    daily.c.community == _of(_HERE),
    daily.c.challenge == _of("challenge"),
    daily.c.day == _of("day"),
)
DAILIES = select(daily.c.body).where(
    daily.c.community == _of(_HERE),
    daily.c.day >= _of("since"),
    or_(_of("all"), daily.c.challenge == _of("challenge")),
)

POSTINGS = (
    select(posting)
    .where(posting.c.community == _of(_HERE), posting.c.daily == _of("daily"))
    .order_by(posting.c.challenge, posting.c.place)
)
POSTINGS_LOCKED = locked(POSTINGS)

GAME = _by_id(game)
GAME_LOCKED = locked(GAME)
_open_game = _is("game.state = 'open'")
RUNNING_GAME = select(game).where(
    game.c.community == _of(_HERE), game.c.place == _of("place"), _open_game
)
RUNNING_GAME_LOCKED = locked(RUNNING_GAME)
GAMES = (
    select(game)
    .where(game.c.community == _of(_HERE))
    .order_by(game.c.started.desc(), game.c.id)
    .limit(_of("limit"))
)
RUNNING_GAMES = (
    select(game).where(game.c.community == _of(_HERE), _open_game).order_by(game.c.place)
)
# Each member's own by the index of open quizzes, which begins with the person.
RUNNING_QUIZZES = (
    select(quiz.c.body)
    .select_from(member.join(quiz, quiz.c.person == member.c.person))
    .where(member.c.community == _of(_HERE), quiz.c.community == _of(_HERE))
    .where(_is("quiz.state = 'open'"), quiz.c.touched >= _of("since"))
    .order_by(quiz.c.id)
)
PLANNED = _by_id(due)

# The unique index of the log begins with the instance.
_answers = and_(log.c.community == _of(_HERE), _is("log.kind = 'answer'"))
ANSWERS = select(log).where(_any_of(log.c.instance, "instances"), _answers).order_by(log.c.seq)
_later = log.alias("later")
_people = select(log.c.person).where(_any_of(log.c.instance, "instances"), _answers)
CORRECTIONS = (
    select(_later)
    .where(_later.c.community == _of(_HERE), _later.c.person.in_(_people))
    .where(_is("later.corrects > 0"), _is("later.kind = 'correction'"))
    .order_by(_later.c.seq)
)
ANSWERED = select(func.count(log.c.person.distinct())).where(
    log.c.instance == _of("instance"), _answers
)
DRAFT_OF = (
    select(log)
    .where(log.c.instance == _of("instance"), log.c.person == _of("person"))
    .where(_is("log.kind = 'draft'"))
    .order_by(log.c.seq.desc())
    .limit(1)
)
# No index of the log is for this, which every answer would pay: who answered a question remembers
# it, and of those alone the log is read.
_remembered = (
    select(func.count())
    .where(memory.c.person == member.c.person)
    .where(memory.c.owner == _of("owner"), memory.c.item == _of("item"))
    .correlate(member)
    .scalar_subquery()
)
REMEMBERING = (  # a count is looked up for each member; a join could read what all remember
    select(member.c.person)
    .where(member.c.community == _of(_HERE), _remembered > 0)
    .order_by(member.c.person)
)
ANSWERERS = (
    select(log.c.person, func.max(log.c.external))
    .where(_any_of(log.c.person, "people"), _answers)
    .where(log.c.owner == _of("owner"), log.c.item == _of("item"))
    .group_by(log.c.person)
    .order_by(log.c.person)
)
EXTERNALS = (
    select(external.c.id)
    .join(member, member.c.person == external.c.person)
    .where(member.c.community == _of(_HERE), external.c.person == _of("person"))
    .order_by(external.c.id)
)
REFUSALS = (
    select(log.c.person, log.c.external, log.c.data)
    .where(_any_of(log.c.person, "people"), _answers, ~log.c.right)
    .where(log.c.owner == _of("owner"), log.c.item == _of("item"))
    .order_by(log.c.person, log.c.seq)
)
MEMBERS = select(member).where(member.c.community == _of(_HERE), _any_of(member.c.person, "people"))

WITHHELD = union_all(
    select(daily.c.owner, daily.c.item).where(
        daily.c.community == _of(_HERE), _is("daily.state = 'open'"), daily.c.item != ""
    ),
    select(hidden.c.owner, hidden.c.item).where(hidden.c.community == _of(_HERE)),
)
UNREVEALED = select(daily.c.owner, daily.c.item).where(
    _is("daily.state = 'open'"),
    daily.c.item != "",
    daily.c.community.in_(select(member.c.community).where(member.c.person == _of("person"))),
)
OWN_ITEMS = (
    select(proposal.c.item)
    .where(proposal.c.community == _of(_HERE), proposal.c.state == "accepted")
    .order_by(proposal.c.at, proposal.c.id)
)
HIDDEN = (
    select(hidden)
    .where(hidden.c.community == _of(_HERE))
    .order_by(hidden.c.at.desc(), hidden.c.owner, hidden.c.item)
)
REPORTS = (
    select(report)
    .where(report.c.community == _of(_HERE), _is("NOT report.reviewed"))
    .order_by(report.c.at, report.c.owner, report.c.item, report.c.person)
    .limit(_of("limit"))
)
_the_item = and_(report.c.owner == _of("owner"), report.c.item == _of("item"))
REPORTS_OF = REPORTS.where(_the_item)
REPORTS_UNTIL = locked(
    select(report)
    .where(report.c.community == _of(_HERE), _the_item, _is("NOT report.reviewed"))
    .where(report.c.at <= _of("at"))
    .order_by(report.c.person)
)
PROPOSALS = _in_state(proposal)
PROPOSAL = _by_id(proposal)
PROPOSAL_LOCKED = locked(PROPOSAL)
APPEALS = _in_state(appeal)
APPEAL = _by_id(appeal)
APPEAL_LOCKED = locked(APPEAL)
ALIASES = (
    select(alias)
    .where(alias.c.community == _of(_HERE))
    .where(alias.c.owner == _of("owner"), alias.c.item == _of("item"))
    .order_by(alias.c.at, alias.c.form)
)
AUDITS = (
    select(audit)
    .where(audit.c.community == _of(_HERE), or_(_of("all"), audit.c.id < _of("before")))
    .order_by(audit.c.id.desc())
    .limit(_of("limit"))
)


def _totals() -> Select[Any]:
    """From one scope to the next by the primary key, in whatever order the database sorts text."""
    found = select(func.min(score.c.scope).label("scope")).where(score.c.community == _of(_HERE))
    scopes = found.cte("scopes", recursive=True)
    after = (
        select(func.min(score.c.scope))
        .where(score.c.community == _of(_HERE), score.c.scope > scopes.c.scope)
        .correlate(scopes)
        .scalar_subquery()
    )
    scopes = scopes.union_all(select(after).where(scopes.c.scope.is_not(None)))
    begins = func.substr(scopes.c.scope, 1, func.length(_of("prefix"))) == _of("prefix")
    sums = (func.sum(score.c.answers), func.sum(cast(score.c.right, Integer)))
    return (
        select(score.c.scope, func.count(), *sums)
        .select_from(scopes.join(score, score.c.scope == scopes.c.scope))
        .where(score.c.community == _of(_HERE), score.c.period == _of("period"))
        .where(score.c.answers > 0, begins)
        .group_by(score.c.scope)
        .order_by(score.c.scope)
    )


TOTALS = _totals()
