"""The misconceptions by name: what each says to a person who holds it, and where it is at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from questions.fields import Fields
from questions.loading import Entry
from questions.misconceptions import betrayed
from questions.mistakes import Mistake, shown
from questions.rules.grounds import SLUG
from questions.yamltext import Series, Table, parse

FOLDER = "misconceptions"
LONGEST = 90  # characters of a sentence: it stands in a line of /progress


class Belief(Struct, frozen=True):
    """A misconception: the sentence that names it, and the file and line where it stands."""

    id: str
    says: str
    path: str
    line: int


Beliefs = Mapping[str, Belief]


def load(folder: Path) -> tuple[dict[str, Belief], list[Mistake]]:
    """All misconceptions of `<area>.yaml` in a folder, and every mistake; () where there is none.

    A file is a list of tables with `id` and `says`; a misconception stands in one file, that of the
    area where it is most at home.
    """
    found: dict[str, Belief] = {}
    mistakes: list[Mistake] = []
    for path in sorted(folder.glob("*.yaml")):
        name = shown(path)
        root, wrong = parse(name, path.read_bytes())
        mistakes += wrong
        if not isinstance(root, Series):
            mistakes += [] if wrong else [Mistake(name, 1, "misconceptions are a list of tables")]
            continue
        for node in root.entries:
            if isinstance(node, Table):
                mistakes += _taken(Fields(name, node, "a misconception", mistakes), found)
            else:
                mistakes.append(Mistake(name, node.line, "a misconception has 'id' and 'says'"))
    return found, mistakes


def _taken(fields: Fields, found: dict[str, Belief]) -> Iterator[Mistake]:
    name, line = fields.path, fields.table.line
    belief = Belief(fields.text("id"), fields.text("says"), name, line)
    fields.close()
    yield from (Mistake(name, line, text) for text in _breaches(belief))
    first = found.setdefault(belief.id, belief)
    if first is not belief:
        yield Mistake(name, line, f"'{belief.id}' stands in {first.path}:{first.line} already")


def _breaches(belief: Belief) -> Iterator[str]:
    if belief.id and not SLUG.fullmatch(belief.id):
        yield "an id is words of small letters and digits with hyphens"
    if belief.says and not (belief.says.startswith("You") and belief.says.endswith(".")):
        yield f"'{belief.id}' is said to a person: begin with 'You', end with a full stop"
    if len(belief.says) > LONGEST:
        yield f"'{belief.id}' says {len(belief.says)} characters, {LONGEST} at most: cut it"


def unused(beliefs: Beliefs, entries: Iterable[Entry], drawn: Iterable[str]) -> Iterator[Mistake]:
    """Breaches of use: what an item names and no file has, and what a file has and nothing names.

    `drawn` are the misconceptions of the templates, which no line of a file names.
    """
    used = set(drawn)
    for slug in sorted(used - beliefs.keys()):
        yield Mistake(f"{FOLDER}/", 1, f"a template names '{slug}', which no file has: add it")
    for entry in entries:
        named = betrayed(entry.item)
        used |= named
        for slug in sorted(named - beliefs.keys()):
            yield entry.mistake(
                ("id",), f"'{slug}' stands in no file of questions/{FOLDER}: add it"
            )
    for belief in beliefs.values():
        if belief.id not in used:
            text = f"no question betrays '{belief.id}': take it out, or ask for it"
            yield Mistake(belief.path, belief.line, text)
