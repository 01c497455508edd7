"""Drawn questions about stores: levels of an index, connections, quorums, arrays, lifetimes."""

from __future__ import annotations

from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template


def _levels(rows: int, fan: int) -> int:
    levels, pages = 1, -(-rows // fan)
    while pages > 1:
        levels, pages = levels + 1, -(-pages // fan)
    return levels


def _index_levels(rng: Random) -> Drawn:
    fan, wanted = rng.choice([50, 80, 100, 150, 200, 250]), rng.randint(2, 4)
    rows = round(fan**wanted * rng.uniform(0.1, 0.9), 1 - wanted * len(str(fan)) // 2)
    rows = max(int(rows) // 100 * 100, 5 * fan)
    levels = _levels(rows, fan)
    return Drawn(
        answer=levels,
        beliefs={
            "index-tree-is-binary": rows.bit_length(),
            "index-look-up-scans-the-leaves": -(-rows // fan),
            "levels-are-rounded-down": levels - 1,
            "table-is-a-level-of-its-index": levels + 1,
        },
        facts={
            "rows": f"{rows:,}",
            "fan": fan,
            "leaves": f"{-(-rows // fan):,}",
            "holds": f"{fan**levels:,}",
            "fewer": levels - 1,
            "too_few": f"{fan ** (levels - 1):,}",
        },
    )


def _connections(rng: Random) -> Drawn:
    copies, workers = rng.randint(3, 12), rng.randint(2, 6)
    pool, more = rng.choice([4, 5, 8, 10]), rng.choice([2, 3, 5, 10])
    surge = rng.randint(1, 3)
    each = pool + more
    return Drawn(
        answer=(copies + surge) * workers * each,
        beliefs={
            "rollout-needs-no-headroom": copies * workers * each,
            "pool-size-is-the-limit": (copies + surge) * workers * pool,
            "workers-share-the-pool-of-their-copy": (copies + surge) * each,
            "pool-is-shared-by-processes": each,
            "overflow-is-counted-once": (copies + surge) * workers * pool + more,
        },
        facts={
            "copies": copies,
            "workers": workers,
            "pool": pool,
            "more": more,
            "surge": surge,
            "most": copies + surge,
            "each": each,
        },
    )


def _quorum(rng: Random) -> Drawn:
    copies = rng.randint(7, 15)
    large = rng.randint(copies // 2 + 1, copies - 1)
    write, read = rng.sample([large, rng.randint(copies - large + 1, large)], 2)
    return Drawn(
        answer=copies - large,
        beliefs={
            "every-quorum-is-a-majority": (copies - 1) // 2,
            "smaller-quorum-decides": copies - min(write, read),
            "overlap-is-the-tolerance": write + read - copies,
            "quorum-taken-for-the-tolerance": large,
        },
        facts={
            "copies": copies,
            "write": write,
            "read": read,
            "both": write + read,
            "large": large,
            "small": min(write, read),
            "half": copies // 2 + 1,
        },
    )


Ops = list[tuple[str, str]]


def _array(values: list[str], ops: Ops, misread: str = "") -> int:
    """Apply updates to an array and give its length; one operator may be misread."""
    held = list(values)
    for name, value in ops:
        if name == "$push" and misread != "$push":
            held.append(value)
        elif name == "$pull":
            at = held.index(value) if value in held else len(held)
            one = [*held[:at], *held[at + 1 :]]
            held = one if misread == "$pull" else [have for have in held if have != value]
        elif name == "$pop":
            held = held if misread == "$pop" else held[:-1]
        elif value not in held or misread == "$addToSet":
            held.append(value)
    return len(held)


def _update_array(rng: Random) -> Drawn:
    words = rng.sample(["new", "sale", "red", "blue", "gift", "eco", "old"], 3)
    held = [*words, *rng.choices(words, k=rng.randint(0, 5))]
    rng.shuffle(held)
    names = [*rng.sample(["$push", "$addToSet", "$pull", "$pop"], 3), "$addToSet", "$push"]
    rng.shuffle(names)
    ops = [(name, rng.choice(words)) for name in names]
    quoted = '"{}"'.format
    lines = (f"{name}: {{ tags: {1 if name == '$pop' else quoted(word)} }}" for name, word in ops)
    steps = [_array(held, ops[:at]) for at in range(1, len(ops) + 1)]
    return Drawn(
        answer=steps[-1],
        beliefs={
            "push-skips-duplicates": _array(held, ops, "$push"),
            "add-to-set-always-adds": _array(held, ops, "$addToSet"),
            "pull-takes-one-match-out": _array(held, ops, "$pull"),
            "pop-reads-without-removing": _array(held, ops, "$pop"),
        },
        facts={"tags": ", ".join(held), "steps": ", ".join(map(str, steps)), "count": len(held)},
        code=Code("\n".join(lines), "javascript"),
    )


TEMPLATES = (
    Template(
        id="draw-db-index-levels",
        area="databases",
        topic="indexes",
        level="mid",
        version=1,
        unit="pages",
        prompt="A B-tree index over {rows} rows is packed: each page, leaf or not, holds {fan}"
        " entries. How many of its pages does a look-up of one key read, from the root to the leaf,"
        " if nothing is cached?",
        explain="Each level multiplies what can be reached by {fan}: {too_few} entries with"
        " {fewer}, {holds} with {answer}, which is enough for {rows}. One page of each level is"
        " read: {answer}.",
        why={
            "index-tree-is-binary": "{value} levels would be those of a binary tree. A page has"
            " {fan} entries, not two.",
            "index-look-up-scans-the-leaves": "{value} is the number of leaf pages. A look-up"
            " reads one of them.",
            "levels-are-rounded-down": "A tree of height {value} reaches {too_few} entries, fewer"
            " than {rows}. Round up.",
            "table-is-a-level-of-its-index": "{value} counts a page of the table, which is read"
            " after the index. Pages of the index are asked for.",
        },
        hint="How far do n levels reach?",
        computed_by="levels counted in whole pages",
        source=Source(
            "PostgreSQL documentation, B-Tree Indexes",
            "65.1.4.1 B-Tree Structure",
            "https://www.postgresql.org/docs/current/btree.html#BTREE-STRUCTURE",
        ),
        draw=_index_levels,
    ),
    Template(
        id="draw-db-connections",
        area="databases",
        topic="connections-and-pools",
        level="senior",
        version=1,
        unit="connections",
        prompt="A service runs {copies} copies; during a rollout there may be {surge} more. Each"
        " copy has {workers} worker processes, and each process a pool of {pool} connections that"
        " may open {more} more under load. How many connections must the database allow it at"
        " most?",
        explain="{copies} + {surge} = {most} copies x {workers} processes x ({pool} + {more})"
        " connections = {answer}. A pool belongs to its process, and the worst moment is a rollout"
        " under load.",
        why={
            "rollout-needs-no-headroom": "{value} reckons with {copies} copies. During a rollout"
            " there are {most}.",
            "pool-size-is-the-limit": "{value} takes {pool} for a pool's limit. Under load it"
            " opens {more} more.",
            "workers-share-the-pool-of-their-copy": "{value} counts one pool for each copy. Each"
            " of its {workers} processes has its own.",
            "pool-is-shared-by-processes": "{value} is a single pool. There are {most} x"
            " {workers} of them.",
            "overflow-is-counted-once": "{value} adds the {more} once. Each pool may open as many"
            " beyond its size.",
        },
        hint="Copies x processes x connections, at the worst moment",
        computed_by="product over copies, processes and pool",
        source=Source(
            "SQLAlchemy documentation, Connection Pooling",
            "QueuePool: pool_size, max_overflow; Using Connection Pools with Multiprocessing",
            "https://docs.sqlalchemy.org/en/20/core/pooling.html#using-connection-pools-with-multiprocessing-or-os-fork",
        ),
        draw=_connections,
    ),
    Template(
        id="draw-quorum-tolerance",
        area="distributed-systems",
        topic="quorums-and-replication",
        level="senior",
        version=1,
        unit="replicas",
        prompt="Data stand on {copies} replicas. A write waits for {write} of them, a read asks"
        " {read}, with no stand-ins for replicas that are down. How many replicas may be down while"
        " both reads and writes still succeed?",
        explain="The larger quorum needs {large} replicas that answer: {copies} - {large} ="
        " {answer} may be down. That {write} + {read} = {both} exceeds {copies} makes reads meet"
        " the last write; it says nothing of outages.",
        why={
            "every-quorum-is-a-majority": "{value} may be down if a majority of {half} were asked"
            " for. Here one side asks for {large}.",
            "smaller-quorum-decides": "With {value} down, {small} are left. That does for one side"
            " alone; the other needs {large}.",
            "overlap-is-the-tolerance": "{write} + {read} - {copies} = {value} is the overlap, the"
            " replicas that a read surely shares with the last write.",
            "quorum-taken-for-the-tolerance": "{value} replicas have to be up; the others may be"
            " down.",
        },
        hint="Which of the two operations fails first?",
        computed_by="replicas less the larger quorum",
        source=Source(
            "DeCandia et al., Dynamo: Amazon's Highly Available Key-value Store (2007)",
            "4.5 Execution of get () and put () operations",
            "https://doi.org/10.1145/1294261.1294281",
        ),
        draw=_quorum,
    ),
    Template(
        id="draw-mongo-array",
        area="nosql",
        topic="mongodb-queries",
        level="mid",
        version=1,
        unit="elements",
        prompt="The tags of a MongoDB document are {tags}. These updates are applied one after the"
        " other, each by a call of updateOne. How many elements does tags have in the end?",
        explain="$push always appends, $addToSet appends what is not there, $pull takes out all"
        " that match, $pop with 1 the last. From {count} elements the length goes to {steps}:"
        " {answer}.",
        why={
            "push-skips-duplicates": "{value} lets $push skip what is there. That is $addToSet;"
            " $push appends in any case.",
            "add-to-set-always-adds": "{value} lets $addToSet append what is there. It leaves the"
            " array as it is then.",
            "pull-takes-one-match-out": "{value} takes one match out. $pull takes out all elements"
            " that match.",
            "pop-reads-without-removing": "{value} lets $pop leave the array as it is. With 1 it"
            " takes the last element out.",
        },
        hint="Which of the operators looks at what is there?",
        computed_by="the updates are applied to a list",
        source=Source(
            "MongoDB manual, Array Update Operators",
            "$addToSet, $pop, $pull, $push",
            "https://www.mongodb.com/docs/manual/reference/operator/update-array/",
        ),
        draw=_update_array,
    ),
)
