"""What is particular to each type of question, built from its fields."""

from __future__ import annotations

from collections.abc import Callable

from questions.fields import Fields
from questions.model import (
    Body,
    Case,
    Choice,
    Fixture,
    KnownWrong,
    Match,
    MustFail,
    NearMiss,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Pitfall,
    Point,
    Regex,
    Short,
    Sql,
    Step,
)


def _option(fields: Fields) -> Option:
    right = "right" in fields.table.cells
    if right == ("wrong" in fields.table.cells):
        fields.wrong(fields.table.line, "an option has one of 'right' and 'wrong'")
    text = fields.text("right" if right else "wrong", optional=True)
    fields.known |= {"right", "wrong", "why"}
    why = fields.text("why", optional=True)
    if "why" not in fields.table.cells:
        fields.wrong(fields.table.line, f"option '{text}' does not say why: add 'why'")
    slug = fields.text("misconception", optional=right)
    if right and slug:
        fields.wrong(fields.at("misconception"), "a right option has no misconception: take it out")
    fields.close()
    return Option(text, right, why, slug)


def _options(fields: Fields) -> tuple[Option, ...]:
    return tuple(_option(entry) for entry in fields.tables("options", "an option"))


def _choice(fields: Fields) -> Choice:
    return Choice(_options(fields))


def _multi(fields: Fields) -> Choice:
    return Choice(_options(fields), many=True)


def _known_wrong(fields: Fields) -> KnownWrong:
    made = KnownWrong(fields.text("value"), fields.text("why"), fields.text("misconception"))
    fields.close()
    return made


def _number(fields: Fields) -> Number:
    return Number(
        fields.text("answer"),
        fields.text("tolerance"),
        fields.text("unit", optional=True, blank=True),
        tuple(_known_wrong(entry) for entry in fields.tables("known_wrong", "a known wrong value")),
    )


def _near_miss(fields: Fields) -> NearMiss:
    made = NearMiss(fields.texts("answers"), fields.text("why"), fields.text("misconception"))
    fields.close()
    return made


def _short(fields: Fields) -> Short:
    misses = fields.tables("near_misses", "a near miss")
    return Short(fields.texts("answers"), tuple(map(_near_miss, misses)))


def _pitfall(fields: Fields) -> Pitfall:
    made = Pitfall(fields.pair("swap"), fields.text("why"), fields.text("misconception"))
    fields.close()
    return made


def _order(fields: Fields) -> Order:
    return Order(
        fields.texts("steps"),
        fields.pairs("constraints"),
        tuple(_pitfall(entry) for entry in fields.tables("pitfalls", "a pitfall")),
    )


def _pair(fields: Fields) -> Pair:
    made = Pair(fields.text("left"), fields.text("right"))
    fields.close()
    return made


def _match(fields: Fields) -> Match:
    pairs = tuple(_pair(entry) for entry in fields.tables("pairs", "a pair"))
    return Match(pairs, fields.texts("extra_right"))


def _fixture(fields: Fields) -> Fixture:
    made = Fixture(fields.text("name"), fields.text("rows"))
    fields.close()
    return made


def _must_fail(fields: Fields) -> MustFail:
    made = MustFail(fields.text("query"), fields.text("why"), fields.text("misconception"))
    fields.close()
    return made


def _must_fails(fields: Fields) -> tuple[MustFail, ...]:
    return tuple(_must_fail(entry) for entry in fields.tables("must_fail", "a wrong query"))


def _sql(fields: Fields) -> Sql:
    return Sql(
        schema=fields.text("schema"),
        fixtures=tuple(_fixture(entry) for entry in fields.tables("fixtures", "a fixture")),
        ordered=fields.flag("ordered", optional=False),
        solution=fields.text("solution"),
        must_fail=_must_fails(fields),
        dialect=fields.text("dialect", optional=True) or "sqlite",
    )


def _regex(fields: Fields) -> Regex:
    return Regex(
        fields.texts("accept"), fields.texts("reject"), fields.text("solution"), _must_fails(fields)
    )


def _point(fields: Fields) -> Point:
    made = Point(
        fields.text("point"),
        fields.whole("weight"),
        fields.texts("phrasings"),
        fields.texts("anchors", optional=True),
        fields.texts("misconceptions", optional=True),
    )
    fields.close()
    return made


def _open(fields: Fields) -> Open:
    return Open(
        tuple(_point(entry) for entry in fields.tables("rubric", "a point")),
        fields.texts("red_flags"),
        fields.text("model_answer"),
        fields.texts("follow_ups"),
        story=fields.flag("story"),
    )


def _step(fields: Fields) -> Step:
    made = Step(fields.text("ask"), _options(fields))
    fields.close()
    return made


def _case(fields: Fields) -> Case:
    return Case(tuple(_step(entry) for entry in fields.tables("steps", "a step")))


# By the `type` of an item; each reads the fields that only this type has.
BODIES: dict[str, Callable[[Fields], Body]] = {
    "single": _choice,
    "multi": _multi,
    "output": _choice,
    "numeric": _number,
    "short": _short,
    "order": _order,
    "match": _match,
    "sql": _sql,
    "regex": _regex,
    "open": _open,
    "case": _case,
}
