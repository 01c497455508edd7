"""Proofs of an order: of all permutations of the steps, only the key keeps the constraints."""

from __future__ import annotations

from itertools import islice, permutations

from questions.model import Item, Order
from questions.proofs.outcome import Outcome, failed, passed
from questions.proofs.runtimes import Runtimes


def prove(item: Item, _: Runtimes) -> Outcome:
    """Try all orders; every mutant is one of them."""
    if not isinstance(item.body, Order):
        return failed("proof 'order' is for items of type order")
    key = tuple(range(1, len(item.body.steps) + 1))
    constraints = item.body.constraints
    feasible = (order for order in permutations(key) if _keeps(order, constraints))
    found = list(islice(feasible, 2))
    if key not in found[:1]:  # permutations come sorted, so that the key is the first
        return failed("the constraints rule the key out", "constraints")
    for other in found[1:]:
        order = " ".join(map(str, other))
        text = f"the order {order} is feasible too: add the constraint that forbids it"
        return failed(text, "constraints")
    return passed("python")


def _keeps(order: tuple[int, ...], constraints: tuple[tuple[int, int], ...]) -> bool:
    place = {step: number for number, step in enumerate(order)}
    return all(place.get(before, 99) < place.get(after, 99) for before, after in constraints)
