"""A guesser that reads everything of a payload but the visible words of the options."""

from __future__ import annotations

import json
import math
import random
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from msgspec import Struct

ROOM = 1 << 14  # hashed features
EPOCHS = 6
RATE = 0.15


class Seen(Struct, frozen=True):
    """A payload with its options blanked, and the position of the key among them."""

    payload: str
    tokens: tuple[str, ...]
    key: int


def blanked(payload: Any, options: tuple[str, ...]) -> str:
    """The payload as JSON, the words of every option replaced by the same blank."""
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    for option in sorted(options, key=len, reverse=True):
        for shown in (json.dumps(option, ensure_ascii=False)[1:-1], option):
            text = text.replace(shown, "_")
    return text


def features(seen: Seen, position: int) -> Iterator[int]:
    """Hashed: place, token, its parts and characters, and how they meet with the rest."""
    token = seen.tokens[position]
    stem = _stem(seen.payload)
    raw = [f"at {position}", f"of {len(seen.tokens)} at {position}", f"len {len(token)}"]
    raw += [f"stem {stem} {position}", f"size {len(seen.payload) % 64} {position}"]
    raw += [f"part {n} {part}" for n, part in enumerate(token.split(":"))]
    raw += [f"char {token[n : n + 2]}" for n in range(len(token) - 1)]
    raw += [f"sum {sum(map(ord, token)) % 7}", f"crc {zlib.crc32(token.encode()) % 5}"]
    around = seen.payload.find(token)
    raw += [f"around {seen.payload[max(0, around - 24) : around]}"]
    for feature in raw:
        yield zlib.crc32(feature.encode()) % ROOM


@lru_cache(maxsize=8)
def _stem(payload: str) -> str:
    found = islice(re.finditer(r"[\w.+-]{2,}", payload), 12)
    return " ".join(word[0] for word in found)


def _scores(weights: list[float], rows: list[list[int]]) -> list[float]:
    return [sum(weights[feature] for feature in row) for row in rows]


def trained(examples: list[Seen], seed: int = 1) -> list[float]:
    """Weights of a conditional logit, by stochastic gradient descent."""
    weights = [0.0] * ROOM
    rng = random.Random(seed)
    prepared = [([list(features(e, p)) for p in range(len(e.tokens))], e.key) for e in examples]
    for _ in range(EPOCHS):
        rng.shuffle(prepared)
        for rows, key in prepared:
            scores = _scores(weights, rows)
            top = max(scores)
            odds = [math.exp(score - top) for score in scores]
            total = sum(odds)
            for position, row in enumerate(rows):
                step = RATE * ((position == key) - odds[position] / total)
                for feature in row:
                    weights[feature] += step / len(row)
    return weights


def lift(weights: list[float], examples: list[Seen]) -> float:
    """Share of right guesses minus chance."""
    hits = chance = 0.0
    for example in examples:
        rows = [list(features(example, p)) for p in range(len(example.tokens))]
        scores = _scores(weights, rows)
        best = [p for p, score in enumerate(scores) if score == max(scores)]
        hits += (example.key in best) / len(best)
        chance += 1 / len(scores)
    return (hits - chance) / len(examples)
