"""Proofs of what a program prints: it is run, and its output is the key and no other option."""

from __future__ import annotations

from questions.model import Choice, Code, Item
from questions.proofs.outcome import Outcome, failed, not_run, passed
from questions.proofs.python import script
from questions.proofs.runtimes import Ran, Runtimes
from questions.rules.words import clip

_FILES = {
    "python": ("python", ("-I",), "main.py"),
    "javascript": ("node", (), "main.js"),
    "java": ("java", ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), "Main.java"),
    "bash": ("bash", (), "main.sh"),
}
# What the shell of SQLite prints in list mode.
_SQLITE = """
import json, sqlite3, sys
base = sqlite3.connect(":memory:", isolation_level=None)
text = ""
for line in json.load(sys.stdin).splitlines(keepends=True):
    text += line
    if sqlite3.complete_statement(text):
        for row in base.execute(text):
            print("|".join("" if value is None else str(value) for value in row))
        text = ""
if text.strip():
    for row in base.execute(text):
        print("|".join("" if value is None else str(value) for value in row))
"""


def prove(item: Item, runtimes: Runtimes) -> Outcome:
    """Run the item's program once; white space around the output does not count."""
    if item.code is None or not isinstance(item.body, Choice):
        return failed("proof 'run' needs a program in 'code' and options")
    needed = _FILES.get(item.code.language, ("python",))[0]
    if not runtimes.has(needed):
        return not_run(needed)
    ran = _ran(item.code, runtimes)
    if ran.status is None:
        return failed(f"the program {ran.reason}")
    printed = plain(ran.out)
    for number, option in enumerate(item.body.options):
        if option.right and plain(option.text) != printed:
            said = f" and says {ran.reason!r}" if ran.err else ""
            text = f"the program prints '{clip(printed, 80)}'{said}"
            text = f"{text}, the key says '{clip(option.text, 80)}'"
            return failed(text, "options", number)
        if not option.right and plain(option.text) == printed:
            text = f"the wrong option '{clip(option.text, 80)}' is what the program prints"
            return failed(text, "options", number)
    return passed(needed if item.code.language != "sql" else "sqlite")


def plain(text: str) -> str:
    """An output without white space at its ends and at the ends of its lines."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def _ran(code: Code, runtimes: Runtimes) -> Ran:
    if code.language == "sql":
        return script(runtimes, _SQLITE, code.text)
    command, flags, name = _FILES[code.language]
    return runtimes.run([command, *flags, name], files={name: code.text + "\n"})
