"""Changes to the bank's files as a patch: answers that people gave and that are right too."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from questions.loading import Entry, files, read
from questions.model import Short
from questions.yamltext import Series


class Amended(Struct, frozen=True):
    """A unified diff (`git apply` takes it), and a sentence for each answer it leaves out."""

    patch: str
    left: tuple[str, ...]


def accepting(bank: Path, more: Mapping[str, Collection[str]]) -> Amended:
    """Add answers, by the id of their question, to what is accepted; no file is changed."""
    patch: list[str] = []
    left: list[str] = []
    found: set[str] = set()
    for path in files(bank):
        data = path.read_bytes()
        place = path.relative_to(bank)
        entries, _ = read(path.name, place, data)
        wanted = [one for one in entries if one.item.id in more]
        found |= {one.item.id for one in wanted}
        if wanted:
            text, wrong = _amended(data.decode(), place, wanted, more)
            left += wrong
            patch += _diff(data.decode(), text, f"questions/{bank.name}/{place.as_posix()}")
    left += [f"{name}: no longer in the bank" for name in more if name not in found]
    return Amended("".join(patch), tuple(left))


def _amended(
    text: str, place: Path, entries: list[Entry], more: Mapping[str, Collection[str]]
) -> tuple[str, list[str]]:
    """The file with the answers, those of the last question first: lines above stay."""
    left: list[str] = []
    for entry in sorted(entries, key=lambda one: -one.node.line):
        body = entry.item.body
        if not isinstance(body, Short):
            left.append(f"{entry.item.id}: a {entry.item.type} question has no list of answers")
            continue
        for answer in more[entry.item.id]:
            if answer in body.answers:
                continue
            changed = _added(text, entry, answer)
            if _has(changed, place, entry.item.id, answer):
                text = changed
            else:
                left.append(f"{entry.item.id}: add {answer!r} by hand")
            left += _missed(entry.item.id, body, answer)
    return text, left


def _missed(name: str, body: Short, answer: str) -> Iterator[str]:
    missed = {text.casefold() for miss in body.near_misses for text in miss.answers}
    if answer.casefold() in missed:
        yield f"{name}: {answer!r} is a near miss too, take it out there"


def _added(text: str, entry: Entry, answer: str) -> str:
    """The file with one answer more at the end of the question's list."""
    answers = entry.node.cells["answers"]
    if not isinstance(answers, Series) or not answers.entries:
        return text
    rows = text.split("\n")
    at = answers.entries[-1].line - 1
    quoted = json.dumps(answer, ensure_ascii=False)
    if rows[at].lstrip().startswith("- ") and "[" not in rows[at].partition("- ")[0]:
        indent = rows[at][: len(rows[at]) - len(rows[at].lstrip())]
        rows.insert(at + 1, f"{indent}- {quoted}")
        return "\n".join(rows)
    for n in range(at, len(rows)):
        if rows[n].rstrip().endswith("]"):
            rows[n] = f"{rows[n].rstrip()[:-1].rstrip().rstrip(',')}, {quoted}]"
            break
    return "\n".join(rows)


def _has(text: str, place: Path, name: str, answer: str) -> bool:
    """Whether the changed file is read as before, with the answer at the end of that list."""
    entries, mistakes = read(place.name, place, text.encode())
    found = next((one.item.body for one in entries if one.item.id == name), None)
    return not mistakes and isinstance(found, Short) and found.answers[-1] == answer


def _diff(before: str, after: str, name: str) -> list[str]:
    was, now = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return list(difflib.unified_diff(was, now, f"a/{name}", f"b/{name}"))
