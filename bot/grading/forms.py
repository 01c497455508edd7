"""The normal form of an answer: two people who gave the same one have the same form."""

from __future__ import annotations

import hashlib
import re

from bot.grading.verdict import Response

_ARTICLE = re.compile(r"^(?:the|an?) (?=\S)")
LONGEST = 120  # characters of a form; of a longer one its hash stands for it


def form(kind: str, response: Response) -> str:
    """The form of an answer to a question of this type; '' where nothing was answered."""
    if response.picks:
        picks = sorted(response.picks) if kind == "multi" else response.picks
        return ",".join(map(str, picks))
    said = _typed(kind, response.text)
    return said if len(said) <= LONGEST else hashlib.sha256(said.encode()).hexdigest()


def words(text: str) -> str:
    """A typed answer without what stands around it, as it is added to the accepted ones."""
    from bot.grading import coded, plain  # noqa: PLC0415 - read with the first typed answer

    said = plain.cleaned(text)
    return said if coded.is_code(said) else plain.bare(said) or said


def _typed(kind: str, text: str) -> str:
    from bot.grading import coded, plain  # noqa: PLC0415 - as above

    if kind in ("sql", "regex"):
        return " ".join(text.split())
    said = plain.cleaned(text)
    if kind == "short" and coded.is_code(said):
        return coded.form(said)
    bare = plain.key(plain.bare(said)) or plain.key(said)
    return _ARTICLE.sub("", bare) if kind == "short" else bare
