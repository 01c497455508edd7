"""The proofs that hold, one a line, each bound to a hash of what it proves; kept in git."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from questions.model import Item

_HEAD = "# Written by `questions prove`: id, hash of item and proof, kind, result, runtime.\n"
_FIELDS = 5


class Held(Struct, frozen=True, order=True):
    """A proof that held: `result` is passed or read, `runtime` what it ran on, or a dash."""

    id: str
    hash: str
    kind: str
    result: str
    runtime: str = "-"

    def __str__(self) -> str:
        return f"{self.id} {self.hash} {self.kind} {self.result} {self.runtime or '-'}"


def proof_hash(item: Item) -> str:
    """16 hex digits of SHA-256 over the content of an item and its proof, less the notes on it."""
    proof = item.proof
    what = (item.hash, proof.kind, proof.code, proof.readers, proof.date, proof.section)
    return hashlib.sha256(msgspec.json.encode(what)).hexdigest()[:16]


def held(path: Path) -> dict[str, Held]:
    """The lines of a lock by id; a missing file and broken lines count as nothing proved."""
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    parts = [row.split() for row in rows if not row.startswith("#")]
    return {row[0]: Held(*row) for row in parts if len(row) == _FIELDS}


def keep(path: Path, changes: Mapping[str, Held | None], known: Iterable[str] | None) -> None:
    """Put changed lines into a lock (None takes one out); leave out ids that are not known.

    The file is read again just before, so that two people may prove different files at a time.
    """
    before = held(path)
    after = {name: line for name, line in (before | dict(changes)).items() if line is not None}
    wanted = set(after if known is None else known)
    lines = sorted(line for name, line in after.items() if name in wanted)
    text = _HEAD + "".join(f"{line}\n" for line in lines)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)
