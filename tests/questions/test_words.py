"""From words to areas: phrases, slips, lists, suggestions."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from questions import areas
from questions.areas import Areas, Target
from questions.names import names, targets
from questions.spelling import normal
from questions.words import (
    LONGEST,
    SUGGESTIONS,
    Found,
    Nothing,
    Unsure,
    refused,
    resolve,
    suggest,
)

COMMANDS = frozenset(
    [
        *("quiz", "daily", "leaderboard", "progress", "review", "plan", "interview"),
        *("settings", "challenge", "privacy", "help", "together"),
    ]
)
PHRASES = tuple(
    line.split(" = ")
    for line in Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
KEYS = "qwertyuiop asdfghjkl zxcvbnm"


@pytest.fixture(scope="module")
def known() -> Areas:
    return areas.load()


def said(target: Target) -> str:
    if target.kind == "group":
        return f"group:{target.slug}"
    return f"{target.areas[0]}/{target.slug}" if target.topic else target.slug


@pytest.mark.parametrize(("phrase", "wanted"), PHRASES)
def test_phrase_means(known: Areas, phrase: str, wanted: str) -> None:
    """Every phrase of the table means what stands beside it, commands being reserved."""
    meaning = resolve(phrase, known, COMMANDS)
    assert isinstance(meaning, Found), meaning
    assert " + ".join(map(said, meaning.targets)) == wanted


def test_table_is_large_and_covers_every_area(known: Areas) -> None:
    """There are at least 138 phrases, and each of the 26 areas is meant by one of them."""
    assert len(PHRASES) >= 138
    assert {area.slug for area in known.areas} <= {wanted for _, wanted in PHRASES}


def slips(name: str) -> Iterator[str]:
    """A letter left out, typed twice, exchanged with the next, or replaced by a neighbour."""
    for at, letter in enumerate(name):
        beside = KEYS[(KEYS.find(letter) + 1) % len(KEYS)].strip() or "e"
        yield name[:at] + name[at + 1 :]
        yield name[:at] + letter + name[at:]
        yield name[:at] + beside + name[at + 1 :]
        yield name[: at - 1] + letter + name[at - 1] + name[at + 1 :] if at else name[1:]


def as_near(known: Areas, slip: str, alias: str, meant: Target) -> bool:
    """Whether the slip is read as the same target, or as a name that is spelt as near to it."""
    meaning = resolve(slip, known)
    if not isinstance(meaning, Found):
        return False
    spelt = (name for name, other in names(known).meaning.items() if other == meaning.targets[0])
    nearest = max(fuzz.ratio(normal(slip), name) for name in spelt)
    return meant in meaning.targets or nearest >= fuzz.ratio(normal(slip), normal(alias))


def test_one_letter_slips_are_forgiven(known: Areas) -> None:
    """Of one-letter slips in every fourth alias of five letters or more 99.5 % are understood."""
    named = [
        (alias, target)
        for target, thing in targets(known)
        for alias in thing.aliases
        if sum(letter.isalpha() for letter in alias) >= 5
    ]
    tried = [
        as_near(known, slip, alias, target)
        for alias, target in named[::4]
        for slip in slips(alias)
        if normal(slip)
    ]
    assert len(tried) > 5_000
    assert sum(tried) / len(tried) >= 0.995


def test_every_name_means_its_own_thing(known: Areas) -> None:
    """Each alias, slug and title finds the thing that it names, whatever its case and hyphens."""
    for target, thing in targets(known):
        for name in (*thing.aliases, thing.title.upper(), thing.slug):
            meaning = resolve(name, known)
            assert isinstance(meaning, Found)
            assert meaning.sure
            assert meaning.targets[0].areas == target.areas or target.kind == "group"


@pytest.mark.parametrize("words", ["pizza", "", "+", "?!", "xyzzy", "c++"])
def test_nothing_is_near(known: Areas, words: str) -> None:
    """Words that resemble no name mean nothing; they are not guessed at."""
    assert isinstance(resolve(words, known), Nothing)


def test_unsure_words_name_the_nearest_three(known: Areas) -> None:
    """A word of several titles is not decided: it gives at most three targets, best first."""
    meaning = resolve("keys", known)
    assert isinstance(meaning, Unsure)
    assert 1 < len(meaning.nearest) <= 3
    assert len(set(meaning.nearest)) == len(meaning.nearest)


def test_beginning_of_a_name_is_suggested(known: Areas) -> None:
    """The beginning of a long name is too far from it to be taken, and is suggested first."""
    meaning = resolve("kube", known)
    assert isinstance(meaning, Unsure)
    assert meaning.nearest[0].slug == "kubernetes-workloads"


def test_all_joined_names_must_be_understood(known: Areas) -> None:
    """One name of a `+` list that means nothing makes the whole mean nothing."""
    assert isinstance(resolve("pizza+sql", known), Nothing)
    assert resolve("pizza+sql", known) == Nothing("pizza")


def test_a_misspelling_is_not_sure(known: Areas) -> None:
    """What was read as a misspelt name says so; what was spelt right does not."""
    exact = resolve("python", known)
    assert isinstance(exact, Found)
    assert exact.sure
    for slip in ("pyhton", "pythonn"):
        assert resolve(slip, known) == Found(exact.targets, sure=False)


def test_scope_of_area_topic_and_group(known: Areas) -> None:
    """An area is drawn from as a whole, a topic within its area, a group from all its areas."""
    meaning = resolve("git+joins+data", known)
    assert isinstance(meaning, Found)
    assert meaning.scope == (
        ("git", ""),
        ("sql", "joins"),
        ("sql", ""),
        ("databases", ""),
        ("nosql", ""),
    )


def test_command_words_name_nothing(known: Areas) -> None:
    """A reserved word means nothing by itself, even where an alias is spelt so or nearly so."""
    assert resolve("help", known, COMMANDS) == Nothing("help")
    assert isinstance(resolve("git", known, frozenset({"git"})), Nothing)
    assert isinstance(resolve("git", known), Found)


def test_commands_are_no_aliases(known: Areas) -> None:
    """No alias of the bank is a command word, and one that were would be named."""
    assert refused(known, COMMANDS) == ()
    assert refused(known, frozenset({"linux"})) == ("alias 'linux' of 'linux' is a command",)


def test_suggestions_resolve_and_fit(known: Areas) -> None:
    """At most 25 suggestions, each short enough, each for another target, each exactly a name."""
    for partial in ("", "s", "sql", "kube", "isol", "sql+g", "tranasction", "data", "c#", "ö"):
        found = suggest(partial, known)
        assert len(found) <= SUGGESTIONS
        meanings = [resolve(name, known) for name in found]
        assert all(isinstance(meaning, Found) and meaning.sure for meaning in meanings)
        assert len({meaning.targets for meaning in meanings if isinstance(meaning, Found)}) == len(
            found
        )
        assert all(len(name) <= LONGEST for name in found)


def test_suggestions_begin_with_what_was_typed(known: Areas) -> None:
    """Names that begin with the letters come first, then names with such a word, then slips."""
    assert suggest("kube", known)[0] == "kubernetes workloads"
    assert suggest("isol", known)[:2] == ("isolation levels", "tenant isolation")
    assert suggest("tranasction", known)[0] == "transaction"
    assert suggest("sql+gi", known)[0].startswith("sql+gi")
    assert suggest("", known)[:2] == ("http apis", "api styles")


def test_suggestions_take_less_than_a_millisecond(known: Areas) -> None:
    """The best of some runs, as a person's typing must not be slowed down by the search."""

    def seconds(partial: str) -> float:
        started = time.perf_counter()
        suggest(partial, known)
        return time.perf_counter() - started

    for partial in ("", "s", "kube", "tranasction", "sql+gi"):
        assert min(seconds(partial) for _ in range(20)) < 0.001
