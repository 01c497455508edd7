"""Contrasts, denials and alternatives in an answer."""

from __future__ import annotations

import re

_NOT = (
    r"(?:(?:and|but)\s+)?(?:definitely |certainly |surely )?"
    r"(?:not|rather than|instead of|as opposed to|unlike)"
)
_A_NOT_B = re.compile(rf"[\s,;:(.-]{_NOT}\b\s*", re.IGNORECASE)
_NOT_B_BUT_A = re.compile(
    r"^(?:(?:it|that|this) is )?(?:not|instead of|rather than|unlike|(?:it |that |this )?isn't)\s+"
    r"(?P<denied>[^,;]+?)"
    r"(?:\s*[,;]\s*(?:but(?: rather| instead)?\s+)?|\s+but(?: rather| instead)?\s+|\s+-\s+|\.\s+)"
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
    r"rather than|instead of|unlike|\w+n't|"
    r"(?:is|are|was|do|does|did|ca|wo|would|could|should|must|have|has)nt)\b",
    re.IGNORECASE,
)
_OR = (
    r"\b(?:and/or|or|vs|versus|maybe|perhaps|possibly|alternatively|otherwise|probably|and|"
    r"also known as|aka|also called|i\.?e\.?|depending on|depends)\b\.?"
)
_BETWEEN = re.compile(rf"\s*(?:{_OR}|[|,;?()=&]|\s/\s|(?<=\w)/(?=\w))\s*", re.IGNORECASE)
_BETWEEN_CODE = re.compile(rf"\s+(?:{_OR}|/)\s+|\s*[;?]\s+", re.IGNORECASE)
_EITHER = re.compile(
    r"^(?:either|both|could be|might be|can be|it could be|it is)\s+", re.IGNORECASE
)


def contrast(text: str) -> tuple[str, str] | None:
    """Give (said, denied) of `A, not B` or `not B but A`; what is said is '' in `A, not`."""
    first = _NOT_B_BUT_A.match(text)
    if first is not None:
        said, denied = first["said"].strip(" ,;:("), _closed(first["denied"])
        empty = NEGATION.search(said)
    else:
        match = _A_NOT_B.search(text)
        if match is None:
            return None
        said, denied = text[: match.start()].strip(" ,;:("), _closed(text[match.end() :])
        empty = _BE.search(said) or NEGATION.search(said) or NEGATION.search(denied)
    if empty or _NOTHING.fullmatch(denied):
        return "", said or denied
    return said, denied


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


def alternatives(text: str, *, code: bool = False) -> tuple[str, ...]:
    """Give what stands between `or`, `/`, `maybe`, commas and `and`; one part if there is none.

    In code only words and `;` part answers.
    """
    split = (_BETWEEN_CODE if code else _BETWEEN).split(text)
    parts = (_EITHER.sub("", part.strip(" .-")) for part in split)
    return tuple(part for part in parts if part)
