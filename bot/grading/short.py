"""Typed words: the nine steps from an answer to a verdict (docs/grading.md)."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from bot.grading import clauses, coded, growth, lexicon
from bot.grading.accepted import STOP, Accepted, Alias, prepared
from bot.grading.align import Fit, Row
from bot.grading.plain import bare, cleaned, is_surrender, key
from bot.grading.slips import singular
from bot.grading.tokens import folded, raw_tokens, tokens
from bot.grading.verdict import Verdict
from questions.model import Item, NearMiss, Short

_LONGEST = 400  # characters that are taken apart; the longest alias is far shorter
_MOST_PARTS = 6  # alternatives of one answer that are read


class Found(Struct, frozen=True):
    """What an answer was taken for: an accepted alias, or a near miss."""

    alias: Alias
    fit: Fit
    miss: NearMiss | None = None


def short(item: Item, body: Short, text: str) -> Verdict:
    """Grade a typed word or command; never raises, reads 2,000 characters at most.

    `close` where only the kind of the thing was named ("an index"): the caller asks once more.
    """
    known = prepared(item.prompt, body)
    said = cleaned(text)
    if not said:
        return Verdict(mark="wrong", reason="empty")
    found = _exactly(said, known)
    if found is None and is_surrender(said):
        return Verdict(mark="unknown")
    if found is not None:
        return _verdict(found)
    if len(said) > _LONGEST:
        return Verdict(mark="wrong", reason="unrelated")
    return _judged(bare(said), known)


def _judged(said: str, known: Accepted) -> Verdict:
    """Judge what is left of an answer when the words around it are taken off."""
    found = _whole(said, known)
    if found is not None and not found.fit.real:
        beside = None if found.miss else _beside_a_miss(said, known)
        return beside or _verdict(found)
    return (
        _contrasted(said, known)
        or _hedged(said, known)
        or _explained(found, said, known)
        or Verdict(mark="wrong", reason="unrelated")
    )


def _beside_a_miss(said: str, known: Accepted) -> Verdict | None:
    """Words of the question may stand around an answer, but not as a listed wrong alternative."""
    parts = clauses.alternatives(said)
    if len(parts) < 2 or _exactly(said, known) is not None:  # noqa: PLR2004 one answer is no choice
        return None
    found = (_exactly(bare(part), known) for part in parts[:_MOST_PARTS])
    missed = next((one for one in found if one is not None and one.miss is not None), None)
    return Verdict(mark="wrong", reason="hedge", matched=missed.alias.text) if missed else None


def _verdict(found: Found) -> Verdict:
    if found.miss is not None:
        return Verdict(
            mark="wrong",
            reason="near-miss",
            matched=found.alias.text,
            why=found.miss.why,
            misconception=found.miss.misconception,
        )
    return Verdict(
        mark="right",
        credit=1.0,
        reason="typo" if found.fit.slips else "alias",
        matched=found.alias.text,
        forgiven=found.fit.slips,
    )


def _exactly(said: str, known: Accepted) -> Found | None:
    """Compare letter by letter, then in code form, then without case."""
    row = known.literal.get(said) or known.keyed.get(key(said))
    if row is None and known.coded:
        row = known.coded.get(coded.form(said))
    return _found(row)


def _found(row: tuple[Alias, NearMiss | None] | None) -> Found | None:
    return None if row is None else Found(row[0], Fit(), row[1])


def _whole(said: str, known: Accepted) -> Found | None:
    """Take the whole text for one answer: exactly, as code, as a cost, or word by word."""
    found = _exactly(said, known)
    if found is None and known.coded:
        rows = (known.coded.get(form) for form in coded.forms(said))
        found = _found(next(filter(None, rows), None))
    if found is not None:
        return found
    if known.costs and (cost := growth.canonical(said)):
        return _found(known.by_cost.get(cost))
    return _as_words(said, known)


def _as_words(said: str, known: Accepted) -> Found | None:
    words, short = tokens(said), folded(said)
    found = _nearest(said, words, known)
    if short == words or (found is not None and found.fit.cost == (0, 0)):
        return found
    other = _nearest(said, short, known)
    return min((one for one in (found, other) if one is not None), key=_rank, default=None)


def _nearest(said: str, words: tuple[str, ...], known: Accepted) -> Found | None:
    """Give the alias that the words fit best, or the near miss that they fit as well."""
    named = _named(words, known)
    row = Row(words, known.asked, named)
    if not words or (_echoes(said, words, known) and not _is_joined(row, known)):
        return None
    best = _best(row, known.rows)
    if best is not None and best.fit.cost == (0, 0):
        return best
    nearest = _best(Row(words, known.asked, frozenset()) if named else row, known.misses)
    if (
        nearest is not None
        and not nearest.fit.real
        and (best is None or _rank(nearest) <= _rank(best))
    ):
        return nearest
    return None if best is not None and _carries(words, best.alias, known) else best


def _best(row: Row, rows: tuple[tuple[Alias, NearMiss | None], ...]) -> Found | None:
    fits = (Found(alias, fit, miss) for alias, miss in rows if (fit := row.fit(alias)) is not None)
    return min(fits, key=_rank, default=None)


def _is_joined(row: Row, known: Accepted) -> bool:
    return any(alias.joined == row.joined for alias in known.aliases)


def _rank(found: Found) -> tuple[bool, int, int]:
    return (found.fit.real, *found.fit.cost)


def _named(words: tuple[str, ...], known: Accepted) -> frozenset[str]:
    """Give the words of all aliases that stand in the answer as a whole (`201 created`)."""
    given = frozenset(words)
    whole = (alias.tokens for alias in known.aliases if given.issuperset(alias.tokens))
    return frozenset(word for row in whole for word in row) - STOP


def _carries(words: tuple[str, ...], alias: Alias, known: Accepted) -> bool:
    """Whether a near miss stands in the words that are too many."""
    spare = Counter(words) - Counter(alias.tokens)
    return any(spare.keys() >= set(row) for row in known.missed)


def _echoes(said: str, words: tuple[str, ...], known: Accepted) -> bool:
    """Whether it only repeats the question."""
    extras, scenes = lexicon.listed("extras"), lexicon.listed("context")
    given = [word for word in raw_tokens(said) if word not in extras and word not in scenes]
    if not given or not known.asked.literal.issuperset(given):
        return False
    spare = min(
        (
            len(set(given) - set(alias.tokens))
            for alias in known.aliases
            if frozenset(words).issuperset(alias.tokens)
        ),
        default=len(given),
    )
    return spare > 0


def _contrasted(said: str, known: Accepted) -> Verdict | None:
    """Grade A in "A, not B" and in "not B but A"; a denial of the answer is wrong."""
    parts = clauses.contrast(said)
    if parts is not None:
        claimed, denied = (bare(part) for part in parts)
        if not claimed or _accepts(denied, known):
            return Verdict(mark="wrong", reason="negated")
        found = _whole(claimed, known)
        if found is not None and not found.fit.real:
            return _verdict(found)
        return _hedged(claimed, known) or _explained(found, claimed, known)
    if clauses.denies(said):
        denied = bare(clauses.affirmed(said))
        return Verdict(mark="wrong", reason="negated" if _accepts(denied, known) else "unrelated")
    return None


def _accepts(said: str, known: Accepted) -> bool:
    found = _whole(said, known) if said else None
    return found is not None and found.miss is None


def _hedged(said: str, known: Accepted) -> Verdict | None:
    """Grade alternatives: each that is named must be right."""
    parts = clauses.alternatives(said, code=coded.is_code(said))
    if len(parts) < 2:  # noqa: PLR2004 one answer is no choice
        return None
    found = [_whole(bare(part), known) for part in parts[:_MOST_PARTS]]
    sure = [one for one in found if one is not None and not one.fit.real]
    right = [one for one in sure if one.miss is None]
    if len(right) == len(parts):
        return _verdict(right[0])
    if right:
        return Verdict(mark="wrong", reason="hedge", matched=right[0].alias.text)
    return _verdict(sure[0]) if sure else None


def _explained(found: Found | None, said: str, known: Accepted) -> Verdict | None:
    """Say why an answer that fits nothing is wrong, or ask which kind was meant."""
    if found is not None:
        return Verdict(mark="wrong", reason="word")
    words = tokens(said)
    if words and _echoes(said, words, known):
        return Verdict(mark="wrong", reason="echo")
    return Verdict(mark="close", reason="which", matched=said) if _is_kind(words, known) else None


def _is_kind(words: tuple[str, ...], known: Accepted) -> bool:
    """Whether only the kind was named: the last words of an alias, and not the question's own."""
    telling = tuple(singular(word) for word in words)
    if not telling or known.asked.words.issuperset(telling):
        return False
    return any(
        len(telling) < len(alias.tokens)
        and tuple(map(singular, alias.tokens[-len(telling) :])) == telling
        for alias in known.aliases
        if not alias.code
    )
