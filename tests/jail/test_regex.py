"""Learners' patterns in the jail."""

from __future__ import annotations

from jail import Jail, Matches
from tests.jail import attack, benign


async def test_no_pattern_succeeds(jail: Jail) -> None:
    """No pattern takes 2 s or 256 MB or hurts the bot; each is matched, refused or stopped."""
    tried = await attack.regex(jail, attack.PATIENT)
    assert [(one.attack, one.broke) for one in tried if one.broke] == []
    assert jail.peak < attack.KILOBYTES


async def test_patterns_in_earnest_are_matched(jail: Jail) -> None:
    """Every pattern of an interview takes what it should, as a whole, and nothing else."""
    for pattern, taken, refused in benign.PATTERNS:
        found = await jail.regex(pattern, (taken, refused), person="p", community="c")
        assert found == Matches((True, False)), pattern


async def test_a_hopeless_pattern_is_stopped_in_time(jail: Jail) -> None:
    """A pattern that would never end is killed and called too slow."""
    found = await jail.regex("(a+)+b", ("a" * 40,), person="p", community="c")
    assert found == Matches((), stopped="time")


async def test_a_broken_pattern_says_why(jail: Jail) -> None:
    """What is no pattern comes back with Python's words."""
    found = await jail.regex("(a", ("a",), person="p", community="c")
    assert found.stopped == ""
    assert "missing )" in found.error
