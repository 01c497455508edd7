r"""The marks of GIFT: which characters it escapes, and where text of ours ends in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from questions.exchange.plain import Fields, tables, text

FEEDBACK, GENERAL, ARROW = "#", "####", "->"
SOURCES, MODEL = "Sources:", "Model answer:"
_SPECIAL = re.compile(r"[~=#{}:\\]")
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_SLUG = re.compile(r" \[([a-z0-9]+(?:-[a-z0-9]+)*)\]$")
_SOURCE = re.compile(r"\* \[(.*?)\]\((\S+)\) (.*)")


def escaped(said: str) -> str:
    r"""Text as GIFT has it: its marks behind a backslash, line ends as `\n`."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], said).replace("\n", "\\n")


def plain(said: str) -> str:
    """What such text means."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], said)


def found(marks: str, said: str) -> Iterator[int]:
    """Where one of these marks stands without a backslash before it."""
    for hit in re.finditer(rf"\\.|[{re.escape(marks)}]", said, re.DOTALL):
        if not hit[0].startswith("\\"):
            yield hit.start()


def cut(mark: str, said: str) -> tuple[str, str, bool]:
    """Text before and after the first such mark, and whether there is one."""
    for at in found(mark[0], said):
        if said.startswith(mark, at):
            return said[:at], said[at + len(mark) :], True
    return said, "", False


def reason(why: str, misconception: str) -> str:
    """A reason with the misconception that it answers, in brackets at the end."""
    return f"{why} [{misconception}]" if misconception else why


def reasoned(feedback: str, *, right: bool = False) -> dict[str, str]:
    """The same read again; a right answer has no misconception."""
    slug = None if right else _SLUG.search(feedback)
    why = feedback[: slug.start()] if slug else feedback
    return {
        key: value
        for key, value in (("why", why), ("misconception", slug[1] if slug else ""))
        if value
    }


def general(item: Fields) -> str:
    """The feedback to everybody: the model answer, the explanation and the sources."""
    model = text(item, "model_answer")
    parts = [f"{MODEL}\n{model}\n\n"] if model else []
    sources = [
        f"* [{text(one, 'title')}]({text(one, 'url')}) {text(one, 'section')}"
        for one in tables(item.get("sources"))
    ]
    return "".join([*parts, text(item, "explain"), f"\n\n{SOURCES}\n", "\n".join(sources)])


def explained(feedback: str) -> Fields:
    """The fields that such feedback holds."""
    said, _, listed = feedback.rpartition(f"\n\n{SOURCES}\n")
    hits = [_SOURCE.fullmatch(line) for line in listed.split("\n")]
    if not said or not all(hits):
        return {"explain": feedback} if feedback else {}
    made: Fields = {}
    if said.startswith(f"{MODEL}\n") and "\n\n" in said:
        answer, _, said = said.rpartition("\n\n")
        made["model_answer"] = answer.removeprefix(f"{MODEL}\n")
    made["explain"] = said
    made["sources"] = [
        {"title": hit[1], "section": hit[3], "url": hit[2]} for hit in hits if hit is not None
    ]
    return made
