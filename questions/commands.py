"""What authors run on their files; every command prints what to mend and gives an exit code."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from questions.checks import everything
from questions.export import draws, rows
from questions.loading import Entry, load
from questions.mistakes import Mistake, shown
from questions.model import UNPROVEN, Item
from questions.proofs import lock as locks
from questions.proofs.proving import Proved, prove_all, unchanged
from questions.proofs.read import stale
from questions.proofs.runtimes import Runtimes
from questions.rules.grounds import UNRUN
from questions.showing import page

HERE = Path(__file__).parent


def main(arguments: Sequence[str], root: Path = HERE) -> int:
    """Run one command on the bank below `root`; 0 when nothing is to be mended, else 1."""
    given = _parser().parse_args(arguments)
    match given.command:
        case "check":
            return checked(root, given.paths)
        case "prove":
            with Runtimes.found() as runtimes:
                return proved(root, given.paths, runtimes, again=given.all, strict=given.strict)
        case "tells":
            return told(root, given.paths, given.offenders)
        case "export":
            return exported(root, given.paths)
        case _:
            return showed(root, given.ids)


def checked(root: Path, paths: Iterable[Path] = ()) -> int:
    """Print the mistakes of the chosen files; 0 when there is none, else 1."""
    wanted = chosen(root, paths)
    entries, mistakes = everything(root)
    mine = [mistake for mistake in mistakes if within(mistake.path, wanted)]
    count = sum(within(entry.path, wanted) for entry in entries)
    _say([*mine, f"{count} items, {len(mine)} mistakes"])
    return 1 if mine else 0


def proved(
    root: Path,
    paths: Iterable[Path],
    runtimes: Runtimes,
    *,
    again: bool = False,
    strict: bool = False,
) -> int:
    """Prove what changed in the chosen files and keep `proofs.lock`; 0 when all of it holds.

    `again` runs unchanged proofs too; with `strict` an unproven item, and a reading that waits for
    its second reader, fail. Items whose form has mistakes are not proved.
    """
    wanted = chosen(root, paths)
    loaded = load(root / "bank")
    broken = [mistake for mistake in loaded.mistakes if within(mistake.path, wanted)]
    _say(broken)
    lock = locks.held(root / "proofs.lock")
    mine = [entry for entry in loaded.entries if entry.sound and within(entry.path, wanted)]
    todo = [entry for entry in mine if again or not unchanged(entry.item, lock)]
    found = []
    for result in prove_all(todo, runtimes, lock):
        found.append(result)
        _say([result.note] if result.note else [])
    ids = None if loaded.mistakes else [entry.item.id for entry in loaded.entries]
    changes = {one.entry.item.id: one.line for one in found if not one.skipped}
    locks.keep(root / "proofs.lock", changes, ids)
    _say([*_stale(mine), _summary(mine, found)])
    waiting = strict and any(one.open for one in found)
    return 1 if broken or waiting or any(one.wrong for one in found) else 0


def told(root: Path, paths: Iterable[Path], offenders: int) -> int:
    """Print how far the chosen items give their answers away; 1 when a gate is missed."""
    from questions.tells import report  # noqa: PLC0415 training the guesser needs much

    text, passed = report(_measured(root, paths), most=offenders)
    _say([text])
    return 0 if passed else 1


def exported(root: Path, paths: Iterable[Path]) -> int:
    """Print the chosen items as JSON lines, in the form that measures of tells read; gives 0."""
    _say(json.dumps(row, ensure_ascii=False) for row in rows(_measured(root, paths)))
    return 0


def _measured(root: Path, paths: Iterable[Path]) -> list[Item]:
    """The chosen items; the whole bank comes with draws of its templates."""
    wanted = chosen(root, paths)
    items = [entry.item for entry in load(root / "bank").entries if within(entry.path, wanted)]
    return [*items, *draws()] if wanted is None else items


def showed(root: Path, ids: Iterable[str]) -> int:
    """Print items with their key, as an author wants to see them; 1 when one does not exist."""
    entries = {entry.item.id: entry for entry in load(root / "bank").entries}
    found = [entries.get(name) for name in ids]
    for name, entry in zip(ids, found, strict=True):
        _say([page(entry.item) if entry else f"{name}: no item of the bank has this id"])
    return 0 if all(found) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="questions", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="read every item and check the rules")
    proving = commands.add_parser("prove", help="run the proofs of what changed")
    proving.add_argument("--all", action="store_true", help="run unchanged proofs as well")
    proving.add_argument("--strict", action="store_true", help="what has no proof, or one reader, fails")
    telling = commands.add_parser("tells", help="measure how far the answers are given away")
    telling.add_argument("--offenders", type=int, default=5, help="how many to name for each tell")
    exporting = commands.add_parser("export", help="print items as the measures read them")
    exporting.add_argument("--format", choices=["jsonl"], default="jsonl")
    for command in (checking, proving, telling, exporting):
        command.add_argument("paths", nargs="*", type=Path, help="files or areas, else the bank")
    showing = commands.add_parser("show", help="print items with their key")
    showing.add_argument("ids", nargs="+", help="ids of items")
    return parser


def chosen(root: Path, paths: Iterable[Path]) -> list[str] | None:
    """The files and folders meant by `paths` as they are shown; None for the whole bank.

    A path may be a file, a folder or the slug of an area; SystemExit names one that is none.
    """
    found = []
    for path in paths:
        options = (path.resolve(), (root / "bank" / path).resolve())
        real = next((option for option in options if option.exists()), None)
        if real is None:
            raise SystemExit(f"{path}: neither a file nor a folder nor an area of the bank")
        found.append(shown(real))
    return found or None


def within(path: str, wanted: Iterable[str] | None) -> bool:
    """Whether a shown path is one of the files, or in one of the folders; None means all."""
    if wanted is None:
        return True
    return any(path == name or path.startswith(name.rstrip("/") + "/") for name in wanted)


def _stale(entries: Iterable[Entry]) -> list[Mistake]:
    today = datetime.now(UTC).date()
    text = "read more than 18 months ago, read it again (a warning)"
    return [entry.mistake(("proof",), text) for entry in entries if stale(entry.item, today)]


def _summary(mine: Sequence[Entry], found: Sequence[Proved]) -> str:
    # what is unproven was not run either; why not, its own line says
    named = {UNPROVEN: "not run"}
    states = Counter(named.get(one.outcome.state, one.outcome.state) for one in found)
    parts = [f"{count} {state}" for state, count in sorted(states.items())]
    run = sum(entry.item.proof.kind not in UNRUN for entry in mine)
    share = f"{run} of {len(mine)} items have a proof that runs"
    return ", ".join([f"{len(mine) - len(found)} unchanged", *parts, share])


def _say(lines: Iterable[object]) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 the answer of a command
