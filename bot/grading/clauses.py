"""Contrasts, denials and alternatives in an answer."""

from __future__ import annotations

import re

_NOT = r"(?:(?:and|but)\s+)?(?:definitely |certainly |surely )?(?:not|rather than|instead of|as opposed to|unlike)"
_A_NOT_B = re.compile(rf"^(?P<said>.+?)[\s,;:(.-]+{_NOT}\s+(?P<denied>.+)$", re.IGNORECASE)
_NOT_B_BUT_A = re.compile(
    r"^(?:(?:it|that|this) is )?(?:not|instead of|rather than|unlike|(?:it |that |this )?isn't)\s+"
    r"(?P<denied>[^,;]+?)(?:\s*[,;]\s*(?:but(?: rather| instead)?\s+)?|\s+but(?: rather| instead)?\s+|\s+-\s+|\.\s+)"
    r"(?P<said>.+)$",
    re.IGNORECASE,
)
_BE = re.compile(
    r"\b(?:is|are|was|were|be|do|does|did|can|could|should|would|will|might|may|must|am|it|that|"
    r"has|have|if|sure|probably|maybe|certainly|definitely)\W*$",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:really|sure|at all|correct|right|true|it|exactly|this|that|so|the (?:right )?answer|here|"
    r"entirely|quite|necessarily|always|completely|what .*|the one|certain|possible|valid|"
    r"applicable|used|allowed|good|fully|ever|anymore|working|too sure|so sure|very sure|100.*|"
    r"really sure|\W*)[\s.!?]*",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"\b(?:not|no|nor|never|neither|none|without|cannot|non|nope|wrong|false|incorrect|except|"
    r"excluding|opposite|anything|other than|far from|doubt|hardly|unlikely|impossible|"
    r"rather than|instead of|unlike|\w+n't|(?:is|are|was|do|does|did|ca|wo|would|could|should|must|have|has)nt)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:\b(?:and/or|or|vs|versus|maybe|perhaps|possibly|alternatively|otherwise|probably|and|"
    r"also known as|aka|also called|i\.?e\.?|depending on|depends)\b\.?|[|,;?()=&]|\s/\s|(?<=\w)/(?=\w))\s*",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"^(?:either|both|could be|might be|can be|it could be|it is)\s+", re.IGNORECASE
)


def contrast(text: str) -> tuple[str, str] | None:
    """Give (what is said, what is denied) of `A, not B` or `not B but A`; said is '' in `A, not`."""
    for pattern in (_NOT_B_BUT_A, _A_NOT_B):
        match = pattern.match(text)
        if match is None:
            continue
        said, denied = match["said"].strip(" ,;:("), _closed(match["denied"])
        if _NOTHING.fullmatch(denied) or (pattern is _A_NOT_B and _BE.search(said)):
            return "", said
        if NEGATION.search(said) or (NEGATION.search(denied) and pattern is _A_NOT_B):
            return "", said
        return said, denied
    return None


def _closed(text: str) -> str:
    """Take off a bracket that was opened before the text."""
    return text.strip(" )") if text.count(")") > text.count("(") else text.strip()


def denies(text: str) -> bool:
    """Whether there is a word in it that denies."""
    return NEGATION.search(text) is not None


def affirmed(text: str) -> str:
    """Give the text without the words that deny."""
    return re.sub(r"\b(?:it|that|this|is|an|a|the|but)\b", " ", NEGATION.sub(" ", text)).strip(
        " ,.;-"
    )


def alternatives(text: str) -> tuple[str, ...]:
    """Give what stands between `or`, `/`, `maybe`, commas and `and`; one part if there is none."""
    parts = (_EITHER.sub("", part.strip(" .-")) for part in _BETWEEN.split(text))
    return tuple(part for part in parts if part)
