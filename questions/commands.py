"""What authors run on their files; every command prints what to mend and gives an exit code."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from questions import areas
from questions.beginning import NotBegun, begin
from questions.checks import everything
from questions.counting import as_json, as_page, counted
from questions.exchange.files import FORMS as TAKEN
from questions.exchange.importing import Order
from questions.exchange.running import exporting, importing
from questions.exchange.writing import FORMS
from questions.export import draws
from questions.loading import Entry, load
from questions.mistakes import Mistake, shown
from questions.mistakes import counted as many
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
            return exported(root, given.paths, given.format, given.output)
        case "import":
            order = Order(given.area, given.topic, given.to, given.draft)
            return importing(root, given.file, given.format, order)
        case "new":
            return begun(root, given)
        case "stats":
            return told_counts(root, given.format)
        case _:
            return showed(root, given.ids)


def checked(root: Path, paths: Iterable[Path] = ()) -> int:
    """Print the mistakes of the chosen files; 0 when there is none, else 1."""
    wanted = chosen(root, paths)
    found = everything(root)
    mine = [mistake for mistake in found.mistakes if within(mistake.path, wanted)]
    count = sum(within(entry.path, wanted) for entry in found.entries)
    _say([*mine, f"{many(count, 'item')}, {many(len(mine), 'mistake')}"])
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


def told(root: Path, paths: Collection[Path], offenders: int) -> int:
    """Print how far the chosen items give their answers away; 1 when a gate is missed."""
    from questions.tells import report  # noqa: PLC0415 training the guesser needs much

    text, passed = report(_measured(root, paths), most=offenders)
    _say([text])
    return 0 if passed else 1


def exported(
    root: Path, paths: Collection[Path], form: str = "jsonl", output: Path | None = None
) -> int:
    """Write the chosen items in a format of other programs; 1 when the file is there already.

    The JSON lines are what measures of tells read: they have draws of the templates too.
    """
    if form == "jsonl":
        return exporting(_measured(root, paths), form, output)
    return exporting(_chosen(root, paths), form, output)


def begun(root: Path, given: argparse.Namespace) -> int:
    """Add a skeleton to the bank; 1 where it has no place there."""
    try:
        _say([begin(root, given.area, given.topic, given.type, given.id, given.level)])
    except NotBegun as sentence:
        _say([sentence])
        return 1
    return 0


def told_counts(root: Path, form: str) -> int:
    """Print what the bank holds, as a page or as JSON; gives 0."""
    stats = counted(_chosen(root, ()), areas.load(root / "areas.yaml"))
    _say([as_json(stats)] if form == "json" else as_page(stats))
    return 0


def _chosen(root: Path, paths: Iterable[Path]) -> list[Item]:
    wanted = chosen(root, paths)
    return [entry.item for entry in load(root / "bank").entries if within(entry.path, wanted)]


def _measured(root: Path, paths: Collection[Path]) -> list[Item]:
    """The chosen items; the whole bank comes with draws of its templates."""
    items = _chosen(root, paths)
    return items if paths else [*items, *draws()]


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
    proving.add_argument(
        "--strict", action="store_true", help="what has no proof, or one reader, fails"
    )
    telling = commands.add_parser("tells", help="measure how far the answers are given away")
    telling.add_argument("--offenders", type=int, default=5, help="how many to name for each tell")
    writing = commands.add_parser("export", help="write items for other programs")
    writing.add_argument("--format", choices=FORMS, default="jsonl")
    writing.add_argument("--output", type=Path, help="a file that is not there yet")
    for command in (checking, proving, telling, writing):
        command.add_argument("paths", nargs="*", type=Path, help="files or areas, else the bank")
    showing = commands.add_parser("show", help="print items with their key")
    showing.add_argument("ids", nargs="+", help="ids of items")
    _add_makers(commands)
    return parser


def _add_makers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands that begin, count and bring in items."""
    counting = commands.add_parser("stats", help="count items, templates and misconceptions")
    counting.add_argument("--format", choices=["page", "json"], default="page")
    beginning = commands.add_parser("new", help="begin an item: a skeleton in its file")
    for name in ("area", "topic", "type"):
        beginning.add_argument(name)
    for name in ("--id", "--level"):
        beginning.add_argument(name, default="")
    taking = commands.add_parser("import", help="bring in items of other programs, unproven")
    taking.add_argument("file", type=Path)
    taking.add_argument("--format", choices=TAKEN, help="else by the name of the file")
    for name in ("--area", "--topic"):
        taking.add_argument(name, default="", help="where all of them belong")
    taking.add_argument("--to", type=Path, help="a new file or a folder, not the bank")
    taking.add_argument("--draft", action="store_true", help="write what breaks rules too")


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
