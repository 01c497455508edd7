"""Roles people interview for: their names, and the areas that such an interview asks about."""

from __future__ import annotations

from msgspec import Struct
from rapidfuzz import fuzz, process

from questions.spelling import normal

NEAR = 80  # similarity from which a name is taken for the role it is like
ALIKE = 45  # from which it is offered as what may have been meant
OFFERED = 3
SHORT = 3  # letters of a name in which a slip makes another word


# Topics that are one stack alone: who prepares for another one is asked them last.
STACKS = frozenset(
    (
        *("ruby", "dotnet-csharp", "php", "javascript-node", "go"),
        *("django", "flask-fastapi", "laravel", "spring", "rails", "aspnet-core", "express-nest"),
    )
)


class Role(Struct, frozen=True):
    """A role: the areas it is asked about, the most telling first.

    `stack` are the topics of `STACKS` that are its own; with none they are all alike to it.
    """

    slug: str
    title: str
    aliases: tuple[str, ...]
    areas: tuple[str, ...]
    stack: tuple[str, ...] = ()

    def foreign(self, topic: str) -> bool:
        """Whether a topic belongs to other stacks alone."""
        return bool(self.stack) and topic in STACKS and topic not in self.stack


ROLES = (
    Role(
        "backend",
        "Backend developer",
        ("back end", "server side", "api developer", "software engineer", "developer", "swe"),
        (
            "databases", "concurrency", "http-apis", "system-design", "sql", "security", "caching",
            "distributed-systems", "architecture", "testing", "frameworks", "messaging",
        ),
    ),
    Role(
        "python",
        "Python developer",
        ("python backend", "django developer", "flask developer", "py"),
        (
            "python", "databases", "http-apis", "concurrency", "testing", "security", "sql",
            "frameworks", "data-structures",
        ),
        ("django", "flask-fastapi"),
    ),
    Role(
        "java",
        "Java developer",
        ("java backend", "jvm developer", "spring developer", "kotlin developer"),
        (
            "java", "concurrency", "databases", "frameworks", "messaging", "sql", "architecture",
            "testing", "data-structures",
        ),
        ("spring",),
    ),
    Role(
        "dotnet",
        ".NET developer",
        (".net", "dot net", "c#", "csharp", "asp.net developer", ".net backend"),
        (
            "languages", "frameworks", "databases", "sql", "http-apis", "concurrency",
            "architecture", "testing", "security", "messaging",
        ),
        ("dotnet-csharp", "aspnet-core"),
    ),
    Role(
        "php",
        "PHP developer",
        ("php backend", "laravel developer", "symfony developer"),
        (
            "languages", "frameworks", "databases", "sql", "http-apis", "security", "caching",
            "testing", "architecture",
        ),
        ("php", "laravel"),
    ),
    Role(
        "node",
        "Node.js developer",
        ("node.js", "nodejs", "node backend", "express developer", "typescript developer"),
        (
            "languages", "http-apis", "frameworks", "concurrency", "databases", "api-styles",
            "security", "testing", "caching", "nosql",
        ),
        ("javascript-node", "express-nest"),
    ),
    Role(
        "data",
        "Data engineer",
        ("data engineering", "database", "dba", "etl", "analytics", "data platform"),
        (
            "databases", "sql", "nosql", "messaging", "distributed-systems", "python",
            "data-structures", "caching",
        ),
    ),
    Role(
        "devops",
        "DevOps engineer",
        ("dev ops", "operations", "ops", "cloud engineer", "release engineer", "sysadmin"),
        (
            "cloud", "linux", "observability", "networking", "git", "security",
            "distributed-systems",
        ),
    ),
    Role(
        "platform",
        "Platform or reliability engineer",
        ("sre", "site reliability", "platform engineer", "infrastructure", "infra", "reliability"),
        (
            "observability", "distributed-systems", "system-design", "cloud", "linux",
            "networking", "caching", "messaging",
        ),
    ),
    Role(
        "architect",
        "Architect or tech lead",
        ("software architect", "solution architect", "tech lead", "lead", "staff", "principal"),
        (
            "system-design", "architecture", "distributed-systems", "databases", "messaging",
            "caching", "security", "observability", "api-styles",
        ),
    ),
    Role(
        "fullstack",
        "Full-stack developer",
        ("full stack", "web developer", "frontend", "front end", "javascript developer"),
        (
            "frontend", "http-apis", "databases", "security", "languages", "accessibility",
            "testing", "frameworks", "api-styles",
        ),
    ),
    Role(
        "security",
        "Security engineer",
        ("appsec", "application security", "security engineer", "devsecops"),
        ("security", "http-apis", "networking", "linux", "cloud", "observability"),
    ),
    Role(
        "quality",
        "Quality engineer",
        ("qa", "tester", "test engineer", "sdet", "quality assurance", "test automation"),
        ("testing", "http-apis", "git", "observability", "databases", "concurrency"),
    ),
)  # fmt: skip
BY_SLUG = {role.slug: role for role in ROLES}
_NAMES = {normal(name): role for role in ROLES for name in (role.slug, role.title, *role.aliases)}
_FILLING = frozenset(("engineer", "developer", "dev", "role", "interview", "position", "job"))


def find(words: str) -> Role | None:
    """The role that these words name, a slip aside; None where it is not clear."""
    said = normal(words)
    bare = " ".join(word for word in said.split() if word not in _FILLING)
    for name in (said, bare):
        if name in _NAMES:
            return _NAMES[name]
    best = process.extractOne(bare or said, _NAMES.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return _NAMES[best[0]] if best and len(said) > SHORT else None


def nearest(words: str) -> tuple[Role, ...]:
    """At most three roles whose names are like these words, the likest first."""
    found = process.extract(
        normal(words), _NAMES.keys(), scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=len(_NAMES)
    )
    return tuple(dict.fromkeys(_NAMES[name] for name, _, _ in found))[:OFFERED]


def suggest(partial: str) -> tuple[str, ...]:
    """Roles whose name or title begins as what was typed; all of them where nothing was."""
    said = normal(partial)
    return tuple(
        role.slug
        for role in ROLES
        if any(normal(name).startswith(said) for name in (role.slug, role.title, *role.aliases))
    )
