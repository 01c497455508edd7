"""Eighty-one texts that want to be more than text, and what Discord would make live of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

TEXTS: tuple[str, ...] = (
    # mentions
    "@everyone", "@here", "hi @everyone!", "@\u200beveryone @everyone", "<@41>", "<@!41>", "<@&6>",
    "<#300>", "<@41><@&6><#300>", "</quiz:7>", "</sparring review:8>", "<id:customize>",
    "<id:guide>",
    "\\<@41>", "\\\\<@41>", "\\@everyone", "\\\\@everyone", "<\\@41>", "`<@41>", "<@41>`",
    "**<@41>**", "||<@41>||", "> <@41>", "# @here", "[@everyone](https://evil.example)",
    # time and emoji
    "<t:1700000000:R>", "<t:1700000000>", ":smile:", "<:pepe:123>", "<a:party:123>", ":a::b:",
    "a:smile:b",
    # addresses
    "https://evil.example", "http://evil.example/?q=<@41>", "<https://evil.example>",
    "(https://evil.example)", "[free nitro](https://evil.example)", "[x](<https://evil.example>)",
    "[x](https://evil.example 'title')", "[x]\n(https://evil.example)", "![x](https://evil.example)",
    "[[x](https://a.example)](https://b.example)", "steam://run/1", "<mailto:a@b.example>",
    "<tel:+4930123456>", "https\\://evil.example", "[a\\](https://evil.example)", "discord.gg/evil",
    "https://discord.gg/evil", "HTTPS://EVIL.EXAMPLE", "x:https://evil.example",
    # marks
    "**bold**", "***both***", "_under_", "__under__", "~~gone~~", "||spoiler||", "`code`",
    "``code``",
    "**un`closed", "*", "**", "a*b*c", "snake_case_name", "\\", "\\\\", "\\*x*",
    # blocks
    "```\ncode\n```", "```", "x```y", "```sql\nselect 1", "# heading", "## heading", "-# small",
    "> quote", ">>> quote", "- list", "* list", "1. list", "   - nested", "a\n# b\n> c\n- d\n-# e",
)  # fmt: skip

_ANYWHERE = re.compile(
    r"<@[!&]?\d+>|<#\d+>|</[^>]+:\d+>|<a?:\w+:\d+>|<t:-?\d+(:\w)?>|<id:\w+>|<(mailto|tel):"
    r"|@everyone|@here|(https?|steam)://|:[\w+-]+:|\*\*|\*\S|__|_\S|~~|\|\||\[[^\]]*\]\s*\(",
    re.IGNORECASE,
)
_LINE = re.compile(r"[ \t]*(#{1,3} |-# |>{1,3}|[-*] |\d+\. )")
_CODE = re.compile(
    r"```(?:[a-z0-9_+\-.#]+?\n)?\n*[^\n].*?\n*```|(`+)[^`].*?(?<!`)\1(?!`)", re.DOTALL
)


def live(text: str) -> list[str]:
    """What of this message text Discord would not show as it is; code hides everything."""
    return list(_live(text))


def _live(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        if text[at] == "\\" and re.match(r"[^0-9A-Za-z\s]", text[at + 1 : at + 2]):
            at += 2
            continue
        if code := _CODE.match(text, at):
            at = code.end()
            continue
        starts = at == 0 or text[at - 1] == "\n"
        found = (_LINE.match(text, at) if starts else None) or _ANYWHERE.match(text, at)
        if found or text[at] == "`":
            yield found[0] if found else "`"
        at = found.end() if found else at + 1
