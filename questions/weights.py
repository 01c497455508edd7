"""What interviews ask: how much each area weighs for a role and a level, and whence each figure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct

from questions.areas import Areas, Levels
from questions.model import Level
from questions.roles import Role


class Asked(Struct, frozen=True):
    """The share of interviews in which an area came up, and whence that is known."""

    share: float
    source: str


# 303 recorded Java backend interviews of one community, a Russian market: the strongest evidence
# there is, not the last word ("What interviews ask" of the notes on the question bank).
STUDY: Mapping[str, Asked] = {
    "frameworks": Asked(0.79, "framework 79 %, in it ORM 45 %, bean scopes 27 %, N+1 21 %"),
    "sql": Asked(0.72, "SQL 72 %"),
    "java": Asked(0.66, "language core 66 %, exceptions 29 %, streams 27 %"),
    "python": Asked(0.66, "language core 66 %, of the language that the role works in"),
    "languages": Asked(0.66, "language core 66 %, of the language that the role works in"),
    "data-structures": Asked(0.55, "collections 55 %, array list or linked list 17 %"),
    "concurrency": Asked(0.47, "threads 47 %, optimistic and pessimistic locks 17 %"),
    "databases": Asked(
        0.46,
        "isolation levels 25 %, query optimisation 22 %, indexes 20 %, locks 17 %, in general "
        "17 %: between the most frequent and their union, were they independent (68 %)",
    ),
    "messaging": Asked(0.45, "message brokers 45 %, Kafka 26 %"),
    "architecture": Asked(0.28, "patterns 20 %, SOLID 20 %: between one and their union (36 %)"),
    "distributed-systems": Asked(0.24, "microservices 24 %"),
    "system-design": Asked(0.24, "microservices 24 %"),
    "http-apis": Asked(0.22, "web 22 %"),
    "cloud": Asked(0.13, "Kubernetes and Docker 12-13 % each, deployment 10 %"),
    "testing": Asked(0.11, "testing 11 %"),
    "nosql": Asked(0.1, "NoSQL 4 %, kept above it: expected of a backend developer"),
    "accessibility": Asked(0.1, "not counted, kept above it: expected of a backend developer"),
    "api-styles": Asked(0.1, "SOAP not counted, kept above it: expected of a backend developer"),
    "career": Asked(0.1, "own work 85 %, but told and not answered: /interview is where it is"),
    "caching": Asked(0.1, "not counted; among the areas of most roles"),
    "security": Asked(0.1, "not counted; among the areas of most roles"),
    "git": Asked(0.05, "not counted"),
    "linux": Asked(0.05, "not counted"),
    "networking": Asked(0.05, "not counted"),
    "observability": Asked(0.05, "not counted"),
    "frontend": Asked(0.05, "not counted"),
}
TONGUES = ("java", "python", "languages")  # of which a role has its own or none
UNCOUNTED = 0.05
FIRST, LAST = 0.7, 0.3  # what the first and last area of a role's list weigh at least: our
# judgement of job descriptions, since only one kind of interview was ever counted
ELSEWHERE = 0.5  # of its share, an area that the role does not list
LOW = 0.1  # under which nobody begins an area shortly before the day


@lru_cache(maxsize=64)
def weighed(role: Role, level: Level, areas: Areas) -> Mapping[str, float]:
    """The weight of every area for an interview of this role at this level (1.0 is: always asked).

    What was counted or, if more, the place in the role's list, turned by how much of an area lies
    at that level: the wanted counts of areas.yaml.
    """
    usual = _share([area.levels for area in areas.areas], level)
    return MappingProxyType(
        {
            area.slug: round(_asked(role, area.slug) * _turn(area.levels, level, usual), 3)
            for area in areas.areas
        }
    )


def most(weights: Mapping[str, float], count: int) -> tuple[str, ...]:
    """The areas that weigh most, the heaviest first."""
    return tuple(sorted(weights, key=lambda area: -weights[area])[:count])


def _asked(role: Role, area: str) -> float:
    counted = STUDY[area].share if area in STUDY else UNCOUNTED
    if area not in role.areas:
        # of other languages nobody asks whoever works in one
        foreign = area in TONGUES and any(one in TONGUES for one in role.areas)
        return UNCOUNTED if foreign else counted * ELSEWHERE
    place = role.areas.index(area) / max(1, len(role.areas) - 1)
    return max(counted, FIRST - (FIRST - LAST) * place)


def _turn(levels: Levels, level: Level, usual: float) -> float:
    return _share([levels], level) / usual if usual else 1.0


def _share(levels: list[Levels], level: Level) -> float:
    everything = sum(one.total for one in levels)
    return sum(getattr(one, level) for one in levels) / everything if everything else 0.0
