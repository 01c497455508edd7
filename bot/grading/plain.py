"""What somebody typed without its wrapping: fences, marks, quotes and the words around it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from bot.grading import lexicon

LONGEST = 2000  # characters of a short answer that are read
_FENCE = re.compile(r"^\s*```[ \t]*(?:[\w+#-]*[ \t]*\n)?(.*?)\n?```\s*$", re.DOTALL)
_WRAPS = ("`", "**", "__", "*", '"', "'", "~~")
_QUOTES = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u00a0": " ",
        "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None, "\u00d7": "*",
        "\u00b7": "*", "\u22c5": "*",
    }
)  # fmt: skip
_EXPONENT = re.compile("[\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u207f]+")
_SPACE = re.compile(r"\s+")
_PICTURE = re.compile("[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+")
_CONTRACTED = re.compile(r"\b(it|that|this|what)(?:'s|s(?= (?:a|an|the|called)\b))")
_ARROW = re.compile(r"^(?:=>|->|=|-)\s+")
_IDK = re.compile(
    r"(?:(?:sorry|uh|um|hmm+|well)[ ,]*)?(?:idk|dunno|no (?:idea|clue)|not sure|unsure|"
    r"(?:i )?(?:do not|don't|dont|don t) know.*|(?:i )?have no (?:idea|clue).*|i forgot.*|skip|"
    r"pass|none|nothing|n/?a|\?+|-+|\.+|next|help|i am not sure|i'm not sure|can't remember|"
    r"i can't remember|no answer|give up|i give up)[.!? ]*"
)


def cleaned(text: str) -> str:
    """Take off marks, quotes, fences, spare white space and Unicode exponents; case stays."""
    text = _EXPONENT.sub(_raised, text[:LONGEST])
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    fenced = _FENCE.match(text)
    text = _SPACE.sub(" ", fenced[1] if fenced else text).strip()
    return _unwrapped(text).replace("`", "")


def _raised(match: re.Match[str]) -> str:
    return "^" + unicodedata.normalize("NFKC", match[0])


def _unwrapped(text: str) -> str:
    """Take off what stands on both sides and nowhere between."""
    for _ in range(4):
        bare = text.strip(" ")
        for mark in _WRAPS:
            inner = bare[len(mark) : -len(mark)]
            whole = len(bare) > 2 * len(mark) and bare.startswith(mark) and bare.endswith(mark)
            if whole and mark not in inner:
                bare = inner
        if bare == text:
            break
        text = bare
    return text


def key(text: str) -> str:
    """Give the form in which two spellings of one answer are the same text."""
    return text.casefold().strip().rstrip(".,;:!?\u2026 ")


def is_surrender(text: str) -> bool:
    """Whether a cleaned answer says only that the person does not know."""
    return _IDK.fullmatch(text.casefold()) is not None


def bare(text: str) -> str:
    """Take off the words that stand around an answer (`it's`, `I think`, `right?`)."""
    said = _PICTURE.sub(" ", text)
    said = _CONTRACTED.sub(r"\1 is", _lowered(said))
    leading, trailing = _around()
    said = said.strip(" .,;:!?\u2026")
    for _ in range(4):
        before = said
        if (match := leading.match(said)) is not None:
            said = said[match.end() :]
        if (match := trailing.search(said)) is not None:
            said = said[: match.start()]
        said = _unwrapped(_ARROW.sub("", said.strip(" ,;:!?\u2026")))
        said = said[1:-1].strip() if _parenthesised(said) else said.rstrip(".")
        if said == before:
            break
    return said


def _lowered(text: str) -> str:
    """Make the pattern's words small without touching what may be an answer's capitals."""
    return re.sub(
        r"^(?:I|It|That|This|My|The|You|We|Well|So|Yes|Use)\b", lambda m: m[0].lower(), text
    )


def _parenthesised(text: str) -> bool:
    return text.startswith("(") and text.endswith(")") and "(" not in text[1:] and len(text) > 2  # noqa: PLR2004 two marks


@cache
def _around() -> tuple[re.Pattern[str], re.Pattern[str]]:
    first = sorted(lexicon.lines("leading"), key=len, reverse=True)
    last = sorted(lexicon.lines("trailing"), key=len, reverse=True)
    before = "|".join(re.escape(one) for one in first)
    after = "|".join(re.escape(one) for one in last)
    return (
        re.compile(rf"(?:{before})(?:\s*[:,.\u2026=]+\s*|\s+-\s+|\s+)(?=\S)", re.IGNORECASE),
        re.compile(rf"(?:[\s,.;(-]+)(?:{after})[\s.!?)]*$", re.IGNORECASE),
    )
