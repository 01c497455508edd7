"""How words are made comparable: one spelling for every way of writing the same name."""

from __future__ import annotations

import re
import unicodedata

# '.', '#', '+', '@' and '$' stay: .net, c#, n+1, @transactional and $set are names.
_OTHER = re.compile(r"[^\w.#+@$]+|_+")


def normal(text: str) -> str:
    """Give the compatible, case-folded words of `text`, joined by single spaces ('' if none)."""
    words = _OTHER.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split()
    return " ".join(kept for word in words if (kept := word.rstrip(".")))
