"""Drawn questions about programs: a default that is kept, the shape of a search tree."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from questions.model import Code, Source
from questions.templates.template import Drawn, Template

_HEAD = "def add(x, seen=[]):\n    seen.append(x)\n    return sum(seen)\n"


def printed(program: str) -> int:
    """Run a program of ours and give the number that it prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        exec(program, {})  # noqa: S102 the program is written a few lines below
    return int(out.getvalue())


def _default_list(rng: Random) -> Drawn:
    values = rng.sample(range(1, 20), rng.randint(4, 5))
    own = rng.randrange(1, len(values) - 1)
    calls = [f"add({x}, [])" if at == own else f"add({x})" for at, x in enumerate(values)]
    program = "\n".join([_HEAD, *calls[:-1], f"print({calls[-1]})"])
    answer = printed(program)
    kept = (x for at, x in enumerate(values) if at != own)
    return Drawn(
        answer=answer,
        beliefs={
            "default-is-made-for-each-call": values[-1],
            "all-calls-share-one-list": sum(values),
            "sum-is-taken-before-the-append": answer - values[-1],
            "argument-replaces-the-default": sum(values[own + 1 :]),
        },
        facts={"total": " + ".join(map(str, kept)), "own": values[own], "last": values[-1]},
        code=Code(program, "python", "3"),
    )


@dataclass(slots=True)
class _Node:
    key: int
    left: _Node | None = None
    right: _Node | None = None

    def insert(self, key: int) -> None:
        """Put a key below this node."""
        child = self.left if key < self.key else self.right
        if child:
            child.insert(key)
        elif key < self.key:
            self.left = _Node(key)
        else:
            self.right = _Node(key)

    def height(self) -> int:
        """Count the nodes of the longest path downwards."""
        return 1 + max((child.height() for child in (self.left, self.right) if child), default=0)


def _height(keys: list[int]) -> int:
    root = _Node(keys[0])
    for key in keys[1:]:
        root.insert(key)
    return root.height()


def _tree_height(rng: Random) -> Drawn:
    keys = rng.sample(range(1, 60), rng.randint(8, 11))
    height = _height(keys)
    return Drawn(
        answer=height,
        beliefs={
            "edges-are-counted": height - 1,
            "every-search-tree-is-balanced": len(keys).bit_length(),
            "unbalanced-means-a-list": len(keys),
            "right-branch-alone-is-followed": len(set(accumulate(keys, max))),
        },
        facts={
            "keys": ", ".join(map(str, keys)),
            "count": len(keys),
            "root": keys[0],
            "largest": max(keys),
        },
    )


TEMPLATES = (
    Template(
        id="draw-python-default-list",
        area="python",
        topic="names-and-mutability",
        level="junior",
        version=1,
        unit="",
        prompt="Which number does this Python 3 program print?",
        explain="The default list is made once, when def runs, and every call without a second"
        " argument appends to that same list: {total} = {answer}. The {own} went into the list"
        " that its call brought along.",
        why={
            "default-is-made-for-each-call": "{value} needs a new list for each call. The default"
            " is evaluated once and still holds what the calls before {last} appended.",
            "all-calls-share-one-list": "{value} counts the {own} too. That call was given a list"
            " of its own, so the default list never saw it.",
            "sum-is-taken-before-the-append": "{value} leaves out the {last} of the last call;"
            " append comes before sum.",
            "argument-replaces-the-default": "{value} starts anew after add({own}, []). An argument"
            " stands in for the default in that one call and leaves it as it is.",
        },
        hint="How often is [] in the def line evaluated?",
        computed_by="Python runs the program",
        source=Source(
            "The Python Language Reference",
            "Function definitions",
            "https://docs.python.org/3/reference/compound_stmts.html#function-definitions",
        ),
        draw=_default_list,
    ),
    Template(
        id="draw-tree-height",
        area="data-structures",
        topic="trees",
        level="mid",
        version=1,
        unit="nodes",
        prompt="The keys {keys} are inserted in this order into an empty binary search tree that"
        " never rebalances. How many nodes does its longest path from the root to a leaf have, both"
        " ends counted?",
        explain="Each key goes down from {root}, left at a larger and right at a smaller key,"
        " and becomes a leaf. The order of insertion alone decides the shape: here the deepest leaf"
        " is the {answer}th node of its path.",
        why={
            "edges-are-counted": "{value} is the number of edges. A path of {value} edges has"
            " {answer} nodes.",
            "every-search-tree-is-balanced": "{value} is the least height that {count} keys allow."
            " Without rebalancing it is reached by luck alone; here it is {answer}.",
            "unbalanced-means-a-list": "{value} would be a chain of all keys, as sorted input"
            " gives. Here at least one node has two children.",
            "right-branch-alone-is-followed": "Going right alone, the path from {root} ends at"
            " {largest} with node {value}. Another path has {answer} nodes.",
        },
        hint="Draw the tree: smaller to the left, larger to the right",
        computed_by="the keys are inserted into a tree",
        source=Source(
            "NIST Dictionary of Algorithms and Data Structures",
            "binary search tree",
            "https://xlinux.nist.gov/dads/HTML/binarySearchTree.html",
        ),
        draw=_tree_height,
    ),
)
