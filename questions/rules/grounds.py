"""Rules about explanations, sources and proofs: why should a reader believe this (rules 11, 12)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

from questions.model import (
    UNPROVEN,
    Case,
    Choice,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Regex,
    Short,
    Sql,
)
from questions.rules.stems import Fault, Place
from questions.rules.words import clip, count

MAX_EXPLAIN = 60  # words
MIN_WHY = 5
# The kinds of proof that need code of the author, and the one kind of some types.
CODED = frozenset({"python", "bash", "node", "postgres"})
KINDS = frozenset({"run", "sqlite", "regex", "order", "rubric", "read", UNPROVEN}) | CODED
UNRUN = frozenset({"read", UNPROVEN})  # no program establishes the key
OF_TYPE = {"output": "run", "sql": "sqlite", "regex": "regex", "open": "rubric"}
_TYPE_OF = {kind: name for name, kind in OF_TYPE.items()} | {"order": "order"}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def grounds(item: Item, hosts: Mapping[str, str]) -> Iterator[Fault]:
    """Breaches of rules 11 and 12; `hosts` maps primary hosts to whose manual each is."""
    if count(item.explain) > MAX_EXPLAIN:
        size = count(item.explain)
        yield ("explain",), f"the explanation has {size} words: cut it to {MAX_EXPLAIN}"
    for place, name, why, slug in _reasons(item):
        if why and count(why) < MIN_WHY:
            yield (*place, "why"), f"'{clip(name)}' does not say why: use {MIN_WHY} words or more"
        if slug and not SLUG.fullmatch(slug):
            yield (*place, "misconception"), f"misconception '{slug}': small letters and hyphens"
    yield from _sources(item, hosts)
    yield from _proof(item)


def primary(url: str, hosts: Mapping[str, str]) -> bool:
    """Whether the address belongs to a primary host, or to a part of one that is listed."""
    parts = urlsplit(url)
    labels = (parts.hostname or "").split(".")
    names = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    folder = parts.path.strip("/").split("/")[0]
    return any(name in hosts or f"{name}/{folder}" in hosts for name in names)


def _sources(item: Item, hosts: Mapping[str, str]) -> Iterator[Fault]:
    for number, source in enumerate(item.sources):
        parts = urlsplit(source.url)
        if source.url and (parts.scheme != "https" or "." not in (parts.hostname or "")):
            yield ("sources", number, "url"), "a source needs an https address"
    if not item.sources:
        yield ("sources",), "name a primary source: a standard, an official manual or a paper"
    elif item.sources[0].url and not primary(item.sources[0].url, hosts):
        host = urlsplit(item.sources[0].url).hostname or "the first source"
        yield (
            ("sources", 0, "url"),
            f"{host} is no primary host: put the manual first, or add it to questions/hosts.yaml",
        )


def _proof(item: Item) -> Iterator[Fault]:
    proof = item.proof
    at = ("proof", "kind")
    if proof.kind and proof.kind not in KINDS:
        yield at, f"proof '{proof.kind}' is none of {', '.join(sorted(KINDS))}"
        return
    wanted = OF_TYPE.get(item.type) if proof.kind != UNPROVEN else None
    if wanted and proof.kind and proof.kind != wanted:
        yield at, f"an item of type {item.type} is proved by '{wanted}', not '{proof.kind}'"
    elif not wanted and proof.kind in _TYPE_OF and _TYPE_OF[proof.kind] != item.type:
        yield at, f"proof '{proof.kind}' is for items of type {_TYPE_OF[proof.kind]}"
    if proof.kind in CODED and not proof.code:
        yield at, f"proof '{proof.kind}' needs 'code' that derives the answer from KEY"
    if proof.kind and proof.kind not in CODED and proof.code:
        yield ("proof", "code"), f"proof '{proof.kind}' takes no 'code': take it out"
    if proof.kind == "read":
        yield from _reading(item)


def _reading(item: Item) -> Iterator[Fault]:
    proof = item.proof
    if not proof.readers:
        yield ("proof",), "a proof by reading names its 'readers'"
    if len(set(proof.readers)) < len(proof.readers):
        yield ("proof", "readers"), "one reader stands twice: two different people read"
    if not proof.section:
        yield ("proof",), "a proof by reading names the 'section' that was read"
    try:
        date.fromisoformat(proof.date)
    except ValueError:
        yield ("proof", "date"), "a proof by reading has a 'date' such as \"2026-11-22\""


def _reasons(item: Item) -> Iterator[tuple[Place, str, str, str]]:  # noqa: C901 one case a type
    """Place, name, why and misconception of everything that explains itself."""
    body = item.body
    match body:
        case Choice():
            yield from _of_options((), body.options)
        case Case():
            for number, step in enumerate(body.steps):
                yield from _of_options(("steps", number), step.options)
        case Number():
            for number, known in enumerate(body.known_wrong):
                yield ("known_wrong", number), known.value, known.why, known.misconception
        case Short():
            for number, miss in enumerate(body.near_misses):
                name = (*miss.answers, "")[0]
                yield ("near_misses", number), name, miss.why, miss.misconception
        case Order():
            for number, pit in enumerate(body.pitfalls):
                yield ("pitfalls", number), f"pitfall {number + 1}", pit.why, pit.misconception
        case Sql() | Regex():
            for number, fail in enumerate(body.must_fail):
                yield ("must_fail", number), fail.misconception, fail.why, fail.misconception
        case Match() | Open():
            return


def _of_options(place: Place, options: tuple[Option, ...]) -> Iterator[tuple[Place, str, str, str]]:
    for number, option in enumerate(options):
        yield (*place, "options", number), option.text, option.why, option.misconception
