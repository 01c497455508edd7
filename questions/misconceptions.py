"""The misconceptions that wrong answers to a question betray."""

from __future__ import annotations

from questions.model import Case, Choice, Item, Number, Order, Regex, Short, Sql


def betrayed(item: Item) -> frozenset[str]:
    """Every misconception that a verdict on an answer to this question may name."""
    match item.body:
        case Choice(options=wrong):
            named = {one.misconception for one in wrong}
        case Case(steps=steps):
            named = {one.misconception for step in steps for one in step.options}
        case Number(known_wrong=values):
            named = {one.misconception for one in values}
        case Short(near_misses=misses):
            named = {one.misconception for one in misses}
        case Order(pitfalls=pitfalls):
            named = {one.misconception for one in pitfalls}
        case Sql(must_fail=queries) | Regex(must_fail=queries):
            named = {one.misconception for one in queries}
        case _:
            named = set()
    return frozenset(named - {""})
