from __future__ import annotations

import pytest

from tests.learning.exam import SIMULATE, learnt, setting, simulator
from tests.learning.plug import factory

pytest.importorskip("numpy", reason="simulate.py wants numpy")
if not SIMULATE.exists():
    pytest.skip("../shared/learning/simulate.py is not here", allow_module_level=True)


def test_own_questions_find_the_weakest_areas() -> None:
    """In small; the goals are held to by `python -m tests.learning.exam`."""
    given = setting(5, 40)
    given.answers = 60
    found = simulator().exam_weak(factory, given, "adaptive")[60]
    assert found["p_at_3"] > 0.42
    assert found["logloss"] < 0.70


def test_own_questions_teach_more_than_random_ones() -> None:
    """In small, in one model of learners."""
    gain, success = learnt(simulator(), setting(5, 12), "flat")
    assert gain > 1.1
    assert success > 0.55
