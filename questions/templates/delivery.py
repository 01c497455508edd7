"""Drawn questions about deliveries: retries that multiply, repeats after a crash, a backlog."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from random import Random

from questions.model import Source
from questions.templates.template import Drawn, Template

_NAMES = ("app", "gateway", "order service", "stock service")


def _layers(rng: Random) -> Drawn:
    count = rng.choice([2, 3, 3])
    retries = [rng.randint(2, 6) for _ in range(count)]
    names = _NAMES[:count]
    attempts = prod(retry + 1 for retry in retries)
    return Drawn(
        answer=attempts,
        beliefs={
            "only-the-last-layer-retries": retries[-1] + 1,
            "retries-counted-without-first-try": prod(retries),
            "retries-are-counted-once-in-all": sum(retries) + 1,
            "attempts-of-layers-add-up": sum(retries) + count,
        },
        facts={
            "chain": ", ".join(
                f"the {name} makes up to {retry} retries"
                for name, retry in zip(names, retries, strict=True)
            ),
            "last": names[-1],
            "product": " x ".join(f"({retry} + 1)" for retry in retries),
            "plain": " x ".join(map(str, retries)),
            "sum": " + ".join(map(str, retries)),
            "count": count,
        },
    )


def _backoff(rng: Random) -> Drawn:
    base, cap = rng.choice([100, 200, 250, 300, 500]), rng.choice([1500, 2000, 3000, 5000])
    retries, factor = rng.randint(4, 7), rng.choice([2, 2, 3])
    waits = [min(cap, base * factor**at) for at in range(retries)]
    return Drawn(
        answer=sum(waits),
        beliefs={
            "backoff-has-no-cap": sum(base * factor**at for at in range(retries)),
            "first-try-waits-as-well": sum(waits) + min(cap, base * factor**retries),
            "backoff-grows-linearly": sum(min(cap, base * at) for at in range(1, retries + 1)),
            "last-wait-is-the-whole": waits[-1],
            "every-wait-is-the-first": base * retries,
        },
        facts={
            "base": base,
            "cap": cap,
            "retries": retries,
            "grows": "doubles" if factor == len("xx") else "triples",
            "waits": " + ".join(map(str, waits)),
        },
    )


def _repeats(rng: Random) -> Drawn:
    every, start = rng.randint(7, 40), rng.randint(20, 900) * 10
    done = every * rng.randint(2, 8) + rng.randint(2, every - 2)
    repeated = done % every
    return Drawn(
        answer=repeated,
        beliefs={
            "each-message-is-committed-at-once": 0,
            "crash-repeats-a-whole-batch": every,
            "restart-begins-at-the-beginning": done,
            "complement-taken-for-answer": every - repeated,
            "message-in-hand-is-repeated-alone": 1,
        },
        facts={
            "every": every,
            "start": start,
            "done": done,
            "last": start + done - 1,
            "committed": start + done - repeated,
            "commits": done // every,
        },
    )


def _catch_up(rng: Random) -> Drawn:
    inflow = rng.randint(4, 20) * 10
    spare = rng.choice([20, 30, 40, 50, 60, 80])
    minutes = rng.randint(15, 90)
    backlog = spare * 60 * minutes
    work = inflow + spare
    return Drawn(
        answer=minutes,
        beliefs={
            "inflow-stops-during-catch-up": round(Fraction(backlog, 60 * work)),
            "rates-add-up-in-catch-up": round(Fraction(backlog, 60 * (work + inflow))),
            "inflow-decides-catch-up": round(Fraction(backlog, 60 * inflow)),
            "per-minute-taken-for-per-second": minutes * 60,
        },
        facts={"inflow": inflow, "work": work, "backlog": f"{backlog:,}", "spare": spare},
    )


def _idle(rng: Random) -> Drawn:
    partitions, members = rng.randint(6, 40), rng.randint(3, 24)
    busiest = -(-partitions // members)
    groups = rng.randint(2, 4)
    return Drawn(
        answer=busiest,
        beliefs={
            "groups-share-the-partitions": -(-partitions // (members * groups)),
            "partitions-are-divided-down": partitions // members,
            "group-delivers-to-every-member": partitions,
            "each-member-reads-one-partition": 1,
            "partitions-of-all-groups-add-up": busiest * groups,
        },
        facts={
            "partitions": partitions,
            "members": members,
            "groups": groups,
            "all": members * groups,
            "exact": f"{partitions / members:.3g}",
        },
    )


TEMPLATES = (
    Template(
        id="draw-retry-layers",
        area="distributed-systems",
        topic="timeouts-and-retries",
        level="senior",
        version=1,
        unit="calls",
        prompt="Calls go down a chain to a database. When a call fails, {chain}; each layer repeats"
        " its call to the next one. The database fails every time. How many calls reach it for one"
        " action of a user?",
        explain="A layer with r retries makes r + 1 attempts, and each of them sets off all"
        " attempts below: {product} = {answer}. Retry in one layer, and with a budget.",
        why={
            "only-the-last-layer-retries": "{value} calls come from the {last} for one call to it."
            " It is called several times as well.",
            "retries-counted-without-first-try": "{plain} = {value} leaves out the first attempt of"
            " each layer.",
            "retries-are-counted-once-in-all": "{sum} + 1 = {value} adds the retries. Each attempt"
            " above sets off all attempts below.",
            "attempts-of-layers-add-up": "{value} adds the attempts of {count} layers. They"
            " multiply.",
        },
        hint="How many attempts does one attempt above set off?",
        computed_by="product of the attempts of the layers",
        source=Source(
            "Google, Site Reliability Engineering, Addressing Cascading Failures",
            "Retries",
            "https://sre.google/sre-book/addressing-cascading-failures/",
        ),
        draw=_layers,
    ),
    Template(
        id="draw-backoff-total",
        area="distributed-systems",
        topic="timeouts-and-retries",
        level="junior",
        version=1,
        unit="ms",
        prompt="A client retries a failed call up to {retries} times. Before the first retry it"
        " waits {base} ms; the wait {grows} with each further retry, but is never longer than {cap}"
        " ms. How many ms does it wait in all if every attempt fails at once?",
        explain="{waits} = {answer} ms: {retries} waits, none above {cap} ms. Nothing is waited"
        " before the first attempt.",
        why={
            "backoff-has-no-cap": "{value} ms lets the wait grow beyond {cap} ms.",
            "first-try-waits-as-well": "{value} ms counts one wait more than there are retries:"
            " {retries}.",
            "backoff-grows-linearly": "{value} ms adds {base} ms each time. The wait is multiplied,"
            " not lengthened by the same amount.",
            "last-wait-is-the-whole": "{value} ms is the last wait alone. {retries} waits add up.",
            "every-wait-is-the-first": "{retries} x {base} = {value} ms lets the wait stay as it"
            " is at first.",
        },
        hint="Write down the waits one by one",
        computed_by="the waits are added up",
        source=Source(
            "AWS Builders' Library, Timeouts, retries and backoff with jitter",
            "Retries and backoff",
            "https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
        ),
        draw=_backoff,
    ),
    Template(
        id="draw-kafka-repeats",
        area="messaging",
        topic="kafka",
        level="senior",
        version=1,
        unit="messages",
        prompt="A Kafka consumer starts at offset {start} of its one partition, handles message"
        " after message and commits after every {every} of them. It crashes when the message at"
        " offset {last} has been handled, and is started again. How many messages does it handle a"
        " second time?",
        explain="{done} were handled, and {commits} commits made; the last one says to go on at"
        " {committed}. From {committed} to {last} all are handled again: {answer}. At least once"
        " means repeats.",
        why={
            "each-message-is-committed-at-once": "{value} would need a commit after each message."
            " They come after every {every}.",
            "crash-repeats-a-whole-batch": "{value} is the distance of two commits. Only what came"
            " after the last of them, at {committed}, is repeated.",
            "restart-begins-at-the-beginning": "{value} is all that was handled since {start}. The"
            " group's committed offset is kept: {committed}.",
            "complement-taken-for-answer": "{value} messages were missing to the next commit. They"
            " have not been handled yet.",
            "message-in-hand-is-repeated-alone": "{value} would be the message in hand. All that"
            " follows offset {committed} comes again.",
        },
        hint="Which offset was committed last?",
        computed_by="messages since the last whole batch",
        source=Source(
            "Apache Kafka documentation, Design",
            "4.6 Message Delivery Semantics",
            "https://kafka.apache.org/documentation/#semantics",
        ),
        draw=_repeats,
    ),
    Template(
        id="draw-lag-catch-up",
        area="messaging",
        topic="consumer-groups-and-lag",
        level="mid",
        version=1,
        unit="minutes",
        prompt="After an outage a consumer group lags by {backlog} messages. Producers go on adding"
        " {inflow} a second; the consumers, all back again, handle {work} a second. After how many"
        " minutes is the lag gone?",
        explain="The lag shrinks by {work} - {inflow} = {spare} a second: {backlog} / {spare} / 60"
        " = {answer} minutes.",
        why={
            "inflow-stops-during-catch-up": "{value} minutes would do if nothing came in. {inflow}"
            " a second still do.",
            "rates-add-up-in-catch-up": "{value} minutes adds {inflow} to {work}. What comes in"
            " works against what is handled.",
            "inflow-decides-catch-up": "{value} minutes divides by {inflow}, the rate of the"
            " producers.",
            "per-minute-taken-for-per-second": "{value} are seconds. Minutes are asked for.",
        },
        hint="By how much does the lag shrink in a second?",
        computed_by="backlog over the spare rate",
        source=Source(
            "Apache Kafka documentation, Design",
            "4.5 The Consumer, Push vs. pull",
            "https://kafka.apache.org/documentation/#design_pull",
        ),
        draw=_catch_up,
    ),
    Template(
        id="draw-kafka-share",
        area="messaging",
        topic="ordering-and-partitions",
        level="junior",
        version=1,
        unit="partitions",
        prompt="A topic has {partitions} partitions. {groups} consumer groups read it, each with"
        " {members} members, and the partitions are spread as evenly as possible. From how many"
        " partitions does a member read that has the most to do?",
        explain="Each group reads all {partitions} partitions, and a partition belongs to one"
        " member of the group: {partitions} / {members} = {exact}, so the busiest has {answer}.",
        why={
            "groups-share-the-partitions": "{value} shares the partitions among {all} members. Each"
            " group gets all of them anew.",
            "partitions-are-divided-down": "{value} each would leave partitions without a reader:"
            " {partitions} / {members} is {exact}.",
            "group-delivers-to-every-member": "{value} would mean that each member reads"
            " everything. Within a group a partition has one reader.",
            "each-member-reads-one-partition": "{value} each does not cover {partitions} partitions"
            " with {members} members.",
            "partitions-of-all-groups-add-up": "{value} adds up members of {groups} groups. A"
            " member belongs to one group.",
        },
        hint="Groups do not share; members do",
        computed_by="partitions over members, rounded up",
        source=Source(
            "Apache Kafka documentation, Design",
            "4.5 The Consumer",
            "https://kafka.apache.org/documentation/#theconsumer",
        ),
        draw=_idle,
    ),
)
