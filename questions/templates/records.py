"""Drawn questions about records: queries of an ORM, events replayed, points of a sprint."""

from __future__ import annotations

from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template


def _orm(rng: Random) -> Drawn:
    rows, kinds = rng.randint(12, 60), rng.randint(4, 9)
    joined = rng.choice([True, False])
    more = 'orders = orders.select_related("customer")\n' if joined else ""
    program = (
        f"orders = Order.objects.all()\n{more}for order in orders:\n"
        "    name = order.customer.name\n"
        "    for line in order.lines.all():\n        show(name, line.quantity)"
    )
    lookups = 0 if joined else rows
    return Drawn(
        answer=1 + rows + lookups,
        beliefs={
            "list-query-forgotten": rows + lookups,
            "one-relation-counted": 1 + rows if not joined else 1 + rows + lookups,
            "lazy-loading-batches": 2 if joined else 3,
            "equal-rows-are-loaded-once": 1 + rows + min(lookups, kinds),
            "select-related-takes-collections": 1 if joined else 1 + rows + lookups,
            "joined-relation-is-queried-again": 1 + 2 * rows,
        },
        facts={
            "rows": rows,
            "kinds": kinds,
            "lookups": lookups,
            "sum": f"1 + {rows}" if joined else f"1 + {rows} + {rows}",
        },
        code=Code(program, "python", "3"),
    )


def _replay(rng: Random) -> Drawn:
    first, start = rng.randint(20, 60), rng.randint(10, 90) * 5
    changes = [rng.choice([-1, 1]) * rng.randrange(5, 60, 5) for _ in range(6)]
    events = list(enumerate(changes, first))
    held = first + rng.randint(1, 2)
    twice = events[rng.randint(3, 4)]
    stream = [*events[:5], twice, events[5]]
    counted = sum(change for number, change in events if number > held)
    everything = sum(changes)
    return Drawn(
        answer=start + counted,
        beliefs={
            "snapshot-comes-before-all-events": start + everything,
            "event-at-the-snapshot-counts": start + counted + dict(events)[held],
            "repeated-event-counts-twice": start + counted + twice[1],
            "snapshot-is-ignored-in-a-replay": everything,
            "snapshot-is-the-state": start,
        },
        facts={
            "start": start,
            "held": held,
            "events": ", ".join(f"{number}: {change:+}" for number, change in stream),
            "twice": twice[0],
            "sum": " ".join(f"{change:+}" for number, change in events if number > held),
            "next": held + 1,
        },
    )


def _sprints(rng: Random) -> Drawn:
    done = [rng.randint(12, 36) for _ in range(3)]
    done.append(-sum(done) % 4 + 4 * rng.randint(3, 8))
    mean = sum(done) // 4
    added = rng.randint(2, mean - 6)
    sprints = rng.randint(4, 15)
    points = (mean - added) * sprints - rng.randint(1, mean - added - 1)
    return Drawn(
        answer=sprints,
        beliefs={
            "scope-stands-still": -(-points // mean),
            "mean-of-good-days": -(-points // (max(done) - added)),
            "rounded-down": sprints - 1,
            "new-work-is-added-once": -(-(points + added) // mean),
            "last-sprint-decides": -(-points // max(1, done[-1] - added)),
        },
        facts={
            "done": ", ".join(map(str, done)),
            "mean": mean,
            "added": added,
            "points": points,
            "net": mean - added,
            "exact": f"{points / (mean - added):.3g}",
            "best": max(done),
            "last": done[-1],
        },
    )


TEMPLATES = (
    Template(
        id="draw-orm-queries",
        area="frameworks",
        topic="orm-and-n-plus-one",
        level="mid",
        version=1,
        unit="queries",
        prompt="There are {rows} orders by {kinds} different customers, and each order has lines."
        " show sends no SQL. How many SQL queries does this Django code send?",
        explain="One query finds the orders, and each order asks for its lines. Customers cost"
        " {lookups} more: a plain access asks once for each order, select_related joins them. {sum}"
        " = {answer}. prefetch_related would gather the lines.",
        why={
            "list-query-forgotten": "{value} leaves out the query that finds the {rows} orders.",
            "one-relation-counted": "1 + {rows} = {value} counts one of the two relations. The"
            " customers are asked for as well.",
            "lazy-loading-batches": "{value} sends one query for each kind of object. Without"
            " prefetch_related each order asks for itself.",
            "equal-rows-are-loaded-once": "{value} asks once for each of {kinds} customers. Orders"
            " do not share what they have loaded.",
            "select-related-takes-collections": "{value} query would bring the lines along."
            " select_related follows single references.",
            "joined-relation-is-queried-again": "{value} asks for customers that the join has"
            " brought along already.",
        },
        hint="What does one turn of the loop send?",
        computed_by="queries counted by turn of the loop",
        source=Source(
            "Django documentation, QuerySet API reference",
            "select_related(), prefetch_related()",
            "https://docs.djangoproject.com/en/stable/ref/models/querysets/#select-related",
        ),
        draw=_orm,
    ),
    Template(
        id="draw-event-replay",
        area="architecture",
        topic="cqrs-and-events",
        level="mid",
        version=1,
        unit="",
        prompt="An account is rebuilt from events. A snapshot holds {start} and includes event"
        " {held}. The stream delivers, as number: change, {events}. Events that are in the snapshot"
        " or were applied before are skipped. Which balance comes out?",
        explain="The snapshot stands for all events up to {held}. From {next} on each number counts"
        " once: {start} {sum} = {answer}.",
        why={
            "snapshot-comes-before-all-events": "{value} applies all events of the stream. Those"
            " up to {held} are in the snapshot.",
            "event-at-the-snapshot-counts": "{value} applies event {held} again. The snapshot"
            " includes it.",
            "repeated-event-counts-twice": "{value} applies event {twice} both times. Its number"
            " tells that it was applied.",
            "snapshot-is-ignored-in-a-replay": "{value} starts from 0. The events before {held} are"
            " in the snapshot.",
            "snapshot-is-the-state": "{value} is the snapshot. Events after {held} change it.",
        },
        hint="Which numbers are new?",
        computed_by="new events added up by number",
        source=Source(
            "Martin Fowler, Event Sourcing",
            "How it Works: application state from events, snapshots",
            "https://martinfowler.com/eaaDev/EventSourcing.html",
        ),
        draw=_replay,
    ),
    Template(
        id="draw-sprint-forecast",
        area="career",
        topic="estimation-and-planning",
        level="junior",
        version=1,
        unit="sprints",
        prompt="A team finished {done} points in its last four sprints. {points} points are open,"
        " and in each sprint {added} more are added. If it goes on like that on average, how many"
        " sprints does it take until nothing is open?",
        explain="On average {mean} points are finished a sprint and {added} added, so {net} fewer"
        " are open: {points} / {net} = {exact}, so {answer} sprints.",
        why={
            "scope-stands-still": "{value} sprints forget the {added} points that are added in each"
            " of them.",
            "mean-of-good-days": "{value} sprints reckon with {best} points, the best of the four."
            " The average is {mean}.",
            "rounded-down": "After {value} sprints something is left: {points} / {net} is {exact}.",
            "new-work-is-added-once": "{value} sprints count the {added} points once. They come in"
            " each sprint.",
            "last-sprint-decides": "{value} sprints reckon with the last sprint alone, {last}"
            " points. The average is {mean}.",
        },
        hint="How many points fewer are open after an average sprint?",
        computed_by="open points over the net average, rounded up",
        source=Source(
            "Microsoft Learn, Azure Boards",
            "Forecast your product backlog: team velocity",
            "https://learn.microsoft.com/en-us/azure/devops/boards/sprints/forecast",
        ),
        draw=_sprints,
    ),
)
