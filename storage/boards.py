"""A community's board from kept scores, and ranks from their histogram."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, Dialect, text

from bot.store.scores import Board, Rank
from storage.driver import rows
from storage.prepared import Prepared


def _board(table: str) -> str:
    names = ("community", "scope", "period")
    return " AND ".join(f"{table}.{name} = :given_{name}" for name in names)


def _people(where: str) -> str:
    return (
        f"coalesce((SELECT sum(histogram.people) FROM histogram WHERE {_board('histogram')}"  # noqa: S608 words of ours, as below
        f" AND {where}), 0)"
    )


_RANKS = f"""
SELECT score.person, score.points, score."right" AS hits, coalesce(member.name, '') AS name
FROM score
LEFT JOIN member ON member.community = score.community AND member.person = score.person
WHERE {_board("score")} AND score.hidden = false
"""  # noqa: S608
TOP = f"{_RANKS} ORDER BY score.points DESC, score.person DESC LIMIT :given_limit"
# One row whoever asks; `| 63` gives the last of the buckets that one coarser bucket holds.
OWN = f"""
WITH me AS (
    SELECT score.points FROM score WHERE {_board("score")} AND score.person = :given_person
), ahead AS (
    {_RANKS} AND score.points > (SELECT points FROM me)
    ORDER BY score.points, score.person LIMIT 1
)
SELECT
    {_people("coarse = 2")},
    me.points,
    {_people("coarse = 0 AND bucket > me.points AND bucket <= (me.points | 63)")}
    + {_people("coarse = 1 AND bucket > (me.points >> 6) AND bucket <= (me.points >> 6 | 63)")}
    + {_people("coarse = 2 AND bucket > (me.points >> 12)")},
    ahead.person,
    ahead.name,
    ahead.points,
    ahead.hits,
    {_people("coarse = 0 AND bucket = ahead.points")}
FROM (SELECT 1 AS one) AS anybody LEFT JOIN me ON true LEFT JOIN ahead ON true
"""  # noqa: S608


class Standing(NamedTuple):
    """What stands about the asker; without points of theirs there is `people` alone."""

    people: int
    points: int | None
    above: int
    ahead: str | None
    ahead_name: str
    ahead_points: int
    ahead_right: int
    as_good: int  # as the one ahead, who is among them


class Asker(NamedTuple):
    """Whose place on which board."""

    community: str
    scope: str
    period: str
    person: str
    name: str


def board(connection: Connection, asker: Asker, limit: int) -> Board:
    """The top `limit` and the asker's own place.

    Who opted out is left out, of the count too; they see their own rank among the others.
    """
    own, ahead, people = place(connection, asker)
    return Board(top(connection, asker, limit), own, ahead, people)


def top(connection: Connection, asker: Asker, limit: int) -> tuple[Rank, ...]:
    """The first lines of the board, ties sharing a rank: 1, 2, 2, 4."""
    ranks: list[Rank] = []
    rank, before = 0, None
    where = {"community": asker.community, "scope": asker.scope, "period": asker.period}
    found = rows(connection, _statements(connection.dialect)[0], **where, limit=limit)
    for n, (person, points, right, name) in enumerate(found, 1):
        if points != before:
            rank, before = n, points
        ranks.append(Rank(rank, person, name, points, right))
    return tuple(ranks)


def place(connection: Connection, asker: Asker) -> tuple[Rank | None, Rank | None, int]:
    """The asker's own line, that of who stands just above, and how many people there are."""
    statement = _statements(connection.dialect)[1]
    found = Standing(*rows(connection, statement, **asker._asdict())[0])
    if found.points is None:
        return None, None, found.people
    own = Rank(found.above + 1, asker.person, asker.name, found.points)
    if found.ahead is None:
        return own, None, found.people
    rank = found.above - found.as_good + 1
    ahead = Rank(rank, found.ahead, found.ahead_name, found.ahead_points, found.ahead_right)
    return own, ahead, found.people


@lru_cache(maxsize=8)
def _statements(dialect: Dialect) -> tuple[Prepared, Prepared]:
    return _prepared(TOP, dialect), _prepared(OWN, dialect)


def _prepared(sql: str, dialect: Dialect) -> Prepared:
    return Prepared(text(sql), dialect)
