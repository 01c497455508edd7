"""Text of foreign markup as plain text: its tags are taken off, its entities read."""

from __future__ import annotations

import html
import re

# Neither goes back over what it has read, whatever is in the text.
_BREAK = re.compile(r"<(?:br|/?(?:p|div|li|tr|pre))(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def words(text: str) -> str:
    """What a reader sees of HTML; line ends where its blocks end."""
    if "<" not in text and "&" not in text:
        return text.strip()
    bare = html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\N{NO-BREAK SPACE}", " ")
    lines = (line.strip() for line in bare.split("\n"))
    return "\n".join(line for line in lines if line)
