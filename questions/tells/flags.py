"""Flags: defects of single items that a reader would mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from questions.tells.figures import Flag
from questions.tells.guessers import grammar_a_an, odd_format, stem_echo
from questions.tells.rows import Row
from questions.tells.wording import (
    ABSOLUTE,
    ALL_OF_THEM,
    NEGATIVE,
    NEGATIVE_MARKED,
    NONE_OF_THEM,
    jaccard,
    norm,
    toks,
    trigrams,
)

_SHOWN = 200
_MUCH, _MUCH_BY = 1.5, 15  # times and characters by which a key is much the longest
_UNEVEN, _LONG = 4, 40
_ODD = 2
_ECHOES = 2
_KEY = 8  # characters from which a key is recognised in its stem
_EQUAL, _EQUAL_FROM = 0.92, 25
_SHORT_STEM = 4  # words


def bare(prompt: str) -> str:
    """Give the stem without code."""
    return re.sub(r"`[^`]*`", " ", re.sub(r"```.*?```", " ", prompt, flags=re.DOTALL))


def _collective(option: str) -> bool:
    return bool(ALL_OF_THEM.search(option) or NONE_OF_THEM.search(option))


def _question(it: Row) -> str:
    return re.split(r"(?<=[.!])\s", bare(it.prompt).strip())[-1]


def _negative(it: Row) -> bool:
    return bool(NEGATIVE.search(_question(it)))


def _unmarked(it: Row) -> bool:
    return _negative(it) and not NEGATIVE_MARKED.search(_question(it))


def _lengths(it: Row) -> list[int]:
    return [max(1, len(norm(option))) for option in it.options]


def _much_longest(it: Row) -> bool:
    lengths = _lengths(it)
    key, second = lengths[it.key], sorted(lengths)[-2]
    alone = key == max(lengths) and lengths.count(key) == 1
    return alone and key >= _MUCH * second and key - second > _MUCH_BY


def _uneven(it: Row) -> bool:
    lengths = _lengths(it)
    return max(lengths) / min(lengths) >= _UNEVEN and max(lengths) > _LONG


def _alone_without_absolute(it: Row) -> bool:
    absolute = [bool(ABSOLUTE.search(option)) for option in it.options]
    return sum(absolute) == len(absolute) - 1 and not absolute[it.key]


def _odd_key(it: Row) -> bool:
    odd = odd_format(it)
    return odd[it.key] >= _ODD and odd[it.key] == max(odd) and odd.count(max(odd)) == 1


def _echoing_key(it: Row) -> bool:
    echoes = stem_echo(it)
    return echoes[it.key] >= _ECHOES and sum(echoes) == echoes[it.key]


def _printed_key(it: Row) -> bool:
    key = " ".join(toks(it.options[it.key]))
    return len(key) >= _KEY and f" {key} " in f" {' '.join(toks(it.prompt))} "


def _grammatical_key(it: Row) -> bool:
    fitting = grammar_a_an(it)
    return bool(fitting[it.key]) and sum(fitting) == 1


def _nearly_equal(it: Row) -> bool:
    grams = [trigrams(option) for option in it.options]
    return any(
        jaccard(grams[one], grams[other]) > _EQUAL and len(it.options[one]) > _EQUAL_FROM
        for one in range(len(grams))
        for other in range(one)
    )


def _asks_nothing(it: Row) -> bool:
    stem = bare(it.prompt)
    blank = re.search(r"_{2,}|:\s*$|\.\.\.", stem)
    return not re.search(r"[?]", stem) and "```" not in it.prompt and not blank


FLAGS: Mapping[str, Callable[[Row], bool]] = {
    "aota_or_nota": lambda it: any(map(_collective, it.options)),
    "aota_or_nota_is_key": lambda it: _collective(it.options[it.key]),
    "negative_stem": _negative,
    "negative_stem_not_marked": _unmarked,
    "key_much_longest": _much_longest,
    "uneven_lengths": _uneven,
    "only_key_without_absolute": _alone_without_absolute,
    "key_odd_format": _odd_key,
    "only_key_echoes_stem": _echoing_key,
    "key_in_stem": _printed_key,
    "grammar_gives_key": _grammatical_key,
    "nearly_equal_options": _nearly_equal,
    "stem_too_short": lambda it: (
        len(bare(it.prompt).split()) < _SHORT_STEM and "```" not in it.prompt
    ),
    "fill_in_blank_stem": lambda it: bool(re.search(r"(_{2,}|\.\.\.)", bare(it.prompt))),
    "stem_asks_nothing": _asks_nothing,
}


def flags(singles: Sequence[Row]) -> dict[str, Flag]:
    """Give each flag's rows among single-choice rows (at least one)."""
    found = {name: tuple(it.id for it in singles if flagged(it)) for name, flagged in FLAGS.items()}
    return {
        name: Flag(len(ids), len(ids) / len(singles), ids[:_SHOWN]) for name, ids in found.items()
    }
