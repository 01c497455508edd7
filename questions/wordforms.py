"""Words of a text and what they have in common: endings, families, two words said as one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("families.txt")
_WORD = re.compile(r"[a-z0-9]+(?:[.+#'/_-]+[a-z0-9]+)*[+#%]*")
_LEFT = 3  # letters that an ending leaves
_KEPT_DOUBLE = frozenset("lsfz")  # called, missed, staffed, buzzed

Idioms = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small letters; idioms (`turned down`) become one word of theirs."""
    words = _WORD.findall(text.lower().replace("\u2019", "'"))
    idioms = _families()[1]
    out: list[str] = []
    at = 0
    while at < len(words):
        size, said = 1, words[at]
        for idiom, head in idioms.get(said, ()):
            if tuple(words[at : at + len(idiom)]) == idiom:
                size, said = len(idiom), head
                break
        out.append(said)
        at += size
    return tuple(out)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What a word has in common with its forms and family: measured, measures, counted are one."""
    bare = _bare(word)
    return _families()[0].get(bare, bare)


def _bare(word: str) -> str:
    """The word without the commonest endings."""
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _LEFT:
            bare = word[: -len(ending)]
            if ending in {"ied", "ies"}:
                return bare + "y"
            double = ending in {"ing", "ed"} and len(bare) > _LEFT and bare[-1] == bare[-2]
            return bare[:-1] if double and bare[-1] not in _KEPT_DOUBLE else bare
    return word


@cache
def _families() -> tuple[dict[str, str], Idioms]:
    """Each stem's family by the stem of its head, and the idioms by their first word."""
    kin: dict[str, str] = {}
    idioms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        head, *others = line.split()
        for word in (head, *others):
            parts = tuple(word.split("_"))
            if len(parts) > 1:
                idioms.setdefault(parts[0], []).append((parts, head))
            else:
                kin[_bare(word)] = _bare(head)
    longest = {
        first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in idioms.items()
    }
    return kin, longest
