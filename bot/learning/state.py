"""What is believed of a person: evidence on the whole, of each area and of each topic."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Evidence(Struct, frozen=True, array_like=True):
    """What answers said of one part, as a normal likelihood of its ability (logits).

    `weight` is its precision, `pull` precision x mean; `n` answers, the newest at `at` (seconds
    since the epoch). Beliefs follow from it in closed form (bot/learning/ability.py).
    """

    weight: float = 0.0
    pull: float = 0.0
    n: int = 0
    at: int = 0


class Area(Struct, frozen=True, array_like=True):
    """The evidence of an area, that of its topics included, and how its answers went.

    `right` sums the credits; `expected` what would have been right at the person's own ability,
    were the area like the others.
    """

    weight: float = 0.0
    pull: float = 0.0
    n: int = 0
    at: int = 0
    right: float = 0.0
    expected: float = 0.0
    topics: Mapping[str, Evidence] = {}


class Fade(Struct, frozen=True, array_like=True):
    """What a person loses per e-fold of days without practice (logits): a mean and a variance."""

    mean: float = -0.05
    var: float = 0.0025


class Ability(Struct, frozen=True, omit_defaults=True):
    """A person's state: ability on the whole, areas and in them topics as they differ from it.

    `misconceptions` counts the answers that held one, by its slug.
    """

    whole: Evidence = Evidence()
    areas: dict[str, Area] = {}
    fade: Fade = Fade()
    misconceptions: dict[str, int] = {}
