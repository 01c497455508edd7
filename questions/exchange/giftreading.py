"""GIFT read: its questions with their lines, whoever wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from questions.exchange import giftmarks
from questions.exchange.files import Record, Refused, Taken, counted
from questions.exchange.giftanswers import Answers, answered
from questions.exchange.giftmarks import cut, found, plain
from questions.exchange.markup import words
from questions.exchange.plain import Fields
from questions.mistakes import Mistake

MOST_TEXT = 20_000  # characters of a question
MOST_REFUSED = 100  # questions that are no GIFT; then it is something else
MOST_ANSWERS = 50_000  # of a file; the whole bank has a fifth
MOST_MARKS = 100  # = and ~ that begin its answers
_TAG = re.compile(r"\[(?:tag:(\w+):|(id):)([^\]]*)\]")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]\s*")
_CATEGORY = "$CATEGORY:"
_FENCE = re.compile(r"(.*)\n\n```(\S*)\n(.*)\n```", re.DOTALL)


class _Block(Struct, frozen=True):
    """The lines of a question, and what stood before it."""

    line: int
    lines: list[str]
    tags: dict[str, str]
    category: str


def taken(name: str, text: str) -> Taken:
    """The questions of a file; every one that is not GIFT is refused, all at once."""
    if sum(map(text.count, "=~")) > MOST_ANSWERS:
        raise Refused(name, 1, f"more than {MOST_ANSWERS:,} answers (= or ~): split it")
    refused: list[Mistake] = []
    doubts: list[Mistake] = []

    def each() -> Iterator[Record]:
        for block in _blocks(name, text):
            try:
                yield _record(name, block, doubts)
            except Refused as stop:
                refused.append(stop.mistake)
                if len(refused) == MOST_REFUSED:
                    return

    return Taken(counted(name, each()), tuple(refused), tuple(doubts))


def _blocks(name: str, text: str) -> Iterator[_Block]:
    """Empty lines part questions; a comment's tags are those of the question below it."""
    tags: dict[str, str] = {}
    lines: list[str] = []
    category, start, size = "", 1, 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            tags |= {hit[1] or hit[2]: hit[3] for hit in _TAG.finditer(bare)}
        elif bare.startswith(_CATEGORY):
            category = bare.removeprefix(_CATEGORY).strip()
        elif bare:
            start, size = (start, size + len(line)) if lines else (number, len(line))
            lines.append(line)
            if size + len(lines) > MOST_TEXT:
                raise Refused(name, start, f"a question of more than {MOST_TEXT:,} characters")
        elif lines:
            yield _Block(start, lines, tags, category)
            tags, lines = {}, []


def _record(name: str, block: _Block, doubts: list[Mistake]) -> Record:
    said = "\n".join(block.lines).strip()
    title, said = _title(said)
    form = _FORMAT.match(said)
    asked, inside, after = _parted(name, block, said[form.end() :] if form else said)
    read = words if form is None or form[1] in {"html", "moodle"} else str.strip
    prompt = read(plain(asked.strip()))
    if after.strip():
        prompt = f"{prompt} ____ {read(plain(after.strip()))}"
    inside, feedback, _ = cut(giftmarks.GENERAL, inside)
    if sum(1 for _ in found("=~", inside)) > MOST_MARKS:
        raise Refused(name, block.line, f"a question of more than {MOST_MARKS} answers")
    answers = answered(inside, read)
    doubts += [Mistake(name, block.line, text) for text in answers.doubts]
    made = _fields(block.tags, title, prompt, answers)
    made |= giftmarks.explained(read(plain(feedback.strip())))
    area, _, topic = block.category.rpartition("/")
    return Record(block.line, made, area.rpartition("/")[2], topic)


def _title(said: str) -> tuple[str, str]:
    if not said.startswith("::"):
        return "", said
    title, rest, ended = cut("::", said[2:])
    return (plain(title.strip()), rest) if ended else ("", said)


def _parted(name: str, block: _Block, said: str) -> tuple[str, str, str]:
    """What stands before, within and after the braces; raises Refused."""
    marks = [(at, said[at]) for at in found("{}", said)]
    if not marks:
        raise Refused(name, block.line, "no { } with answers: a description asks nothing")
    if marks[0][1] == "}":
        raise Refused(name, block.line, "a } before any {: write \\} for the character")
    if len(marks) == 1:
        raise Refused(name, block.line, "the answers begin with { and end nowhere: close it by }")
    if [mark for _, mark in marks] != ["{", "}"]:
        raise Refused(name, block.line, "more than one pair of { }: write \\{ for the character")
    (first, _), (last, _) = marks
    return said[:first], said[first + 1 : last], said[last + 1 :]


def _fields(tags: dict[str, str], title: str, prompt: str, answers: Answers) -> Fields:
    """The fields in the order in which authors write them."""
    kind = answers.type
    if kind == "single" and tags.get("type") == "output":
        kind = "output"
    made: Fields = {}
    if name := tags.get("id") or (title if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", title) else ""):
        made["id"] = name
    made |= _named(tags, "level")
    made["type"] = kind
    made |= _named(tags, "minutes", "fixed_order")
    code = _FENCE.fullmatch(prompt) if "language" in tags else None
    made["prompt"] = code[1] if code else prompt
    if code:
        made |= _named(tags, "language", "version")
        made["code"] = code[3]
    made |= answers.fields
    return made | (_named(tags, "unit") if kind == "numeric" else {})


def _named(tags: Mapping[str, str], *names: str) -> Fields:
    """Those of the tags that there are."""
    return {name: tags[name] for name in names if name in tags}
