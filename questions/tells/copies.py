"""Near-copies: items of one area worded alike, equal stems, and keys that another stem prints."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from questions.tells.figures import Duplicates
from questions.tells.rows import Row
from questions.tells.wording import norm, toks

ALIKE = 92.0  # fuzz.token_sort_ratio of stem and options from which two rows are near-copies
STEM = 40  # characters from which an equal stem is a repetition
KEY_WORDS = 3  # words from which a key is recognised in another stem
_SHOWN, _HINGES_SHOWN = 50, 30

Pair = tuple[float, str, str]


def duplicates(rows: Sequence[Row], singles: Sequence[Row]) -> Duplicates:
    """Count repetitions among all rows (at least one), and hinged keys among the singles."""
    pairs = sorted(_pairs(rows), reverse=True)
    hinged = list(_hinges(singles))
    ids = Counter(it.id for it in rows)
    touched = {name for pair in pairs for name in pair[1:]}
    return Duplicates(
        ids=sum(count - 1 for count in ids.values()),
        pairs=len(pairs),
        pair_share=len(touched) / len(rows),
        same_stem_groups=_same_stems(rows),
        examples=tuple(pairs[:_SHOWN]),
        hinged=len(hinged),
        hinged_share=len({name for name, _ in hinged}) / max(1, len(singles)),
        hinged_examples=tuple(hinged[:_HINGES_SHOWN]),
    )


def _by_area(rows: Sequence[Row]) -> dict[str | None, list[Row]]:
    found: dict[str | None, list[Row]] = defaultdict(list)
    for it in rows:
        found[it.area].append(it)
    return found


def _pairs(rows: Sequence[Row]) -> Iterator[Pair]:
    for group in _by_area(rows).values():
        texts = [_sorted_words(it) for it in group]
        for at, it in enumerate(group):
            rest = texts[at + 1 :]
            # token_sort_ratio is the ratio of the sorted words, which are sorted only once here
            for _, score, behind in process.extract(
                texts[at], rest, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
            ):
                other = group[at + 1 + behind]
                if not (it.family and it.family == other.family):
                    yield score, it.id, other.id


def _sorted_words(it: Row) -> str:
    options = " | ".join(sorted(norm(option).lower() for option in it.options))
    return " ".join(sorted(f"{norm(it.prompt).lower()} | {options}".split()))


def _same_stems(rows: Sequence[Row]) -> int:
    stems = Counter(norm(it.prompt).lower() for it in rows if not it.family)
    return sum(count > 1 and len(stem) >= STEM for stem, count in stems.items())


def _hinges(singles: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for group in _by_area(singles).values():
        stems = [(it.id, f" {' '.join(toks(it.prompt))} ") for it in group]
        for it in group:
            words = toks(it.options[it.key])
            needle = f" {' '.join(words)} "
            if len(words) >= KEY_WORDS:
                yield from (
                    (it.id, name) for name, stem in stems if name != it.id and needle in stem
                )
