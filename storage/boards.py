"""A community's board from kept scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.sql.selectable import FromClause

from bot.store.rows import Board, Member, Rank
from storage.schema import member, score

Ask = Callable[..., Sequence[Any]]  # runs a statement with parameters


def _of(name: str) -> ColumnElement[Any]:
    return bindparam(name)


_board = and_(
    score.c.community == _of("community"),
    score.c.scope == _of("scope"),
    score.c.period == _of("period"),
)
_shown = and_(_board, score.c.hidden.is_(False))
_others = and_(_shown, score.c.person != _of("person"))
_named: FromClause = score.outerjoin(
    member, and_(member.c.community == score.c.community, member.c.person == score.c.person)
)


def _ranks(*more: ColumnElement[bool]) -> Select[Any]:
    columns = (score.c.person, score.c.points, func.coalesce(member.c.name, ""))
    return select(*columns).select_from(_named).where(_shown, *more)


TOP = _ranks().order_by(score.c.points.desc(), score.c.person.desc()).limit(_of("limit"))
OWN = select(score.c.points).where(_board, score.c.person == _of("person"))
# Those with more points, and those as good: two ranges of one index.
ABOVE = select(func.count()).where(_others, score.c.points > _of("points"))
BELOW = select(func.count()).where(_others, score.c.points <= _of("points"))
AHEAD = (
    _ranks(score.c.points > _of("points"), score.c.person != _of("person"))
    .order_by(score.c.points, score.c.person)
    .limit(1)
)
PEOPLE = select(func.count()).where(_shown)


def board(
    ask: Ask, community: str, person: str, me: Member, scope: str, period: str, limit: int
) -> Board:
    """The top `limit`, ties sharing a rank (1, 2, 2, 4), and the asker's own place.

    Who opted out is left out, of the count too; they see their own rank among the others.
    """
    key = {"community": community, "scope": scope, "period": period}
    rows = ask(TOP, **key, limit=limit)
    points = [row[1] for row in rows]
    top = tuple(Rank(1 + points.index(row[1]), row[0], row[2], row[1]) for row in rows)
    own = ask(OWN, **key, person=person)
    if not own:
        return Board(top, None, None, ask(PEOPLE, **key)[0][0])
    mine = {**key, "person": person, "points": own[0][0]}
    above, below = ask(ABOVE, **mine)[0][0], ask(BELOW, **mine)[0][0]
    place = Rank(above + 1, person, me.name, mine["points"])
    next_up = ask(AHEAD, **mine) if above else ()
    # the one who stands just above has as many above as those with yet more points
    ahead = tuple(_rank_of(ask, mine, row) for row in next_up)
    return Board(top, place, ahead[0] if ahead else None, above + below + (not me.hidden))


def _rank_of(ask: Ask, mine: dict[str, Any], row: Any) -> Rank:
    above = ask(ABOVE, **(mine | {"points": row[1]}))[0][0]
    return Rank(above + 1, row[0], row[2], row[1])
