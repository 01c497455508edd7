"""The command line; each command loads what it needs when it runs."""

from __future__ import annotations

import gc
import sys

MISTAKE = 2  # the exit code


def main() -> int:
    """Run `sparring`; a mistake of the operator ends with 2 and a sentence."""
    # `play` is what people wait for: it goes past the command line library (60 ms)
    arguments = sys.argv[1:]
    if arguments[:1] == ["play"] and not {"--help", "-h"} & set(arguments):
        gc.disable()  # imports leave nothing to collect; looking for it is a sixth of the way
        from bot.cli.play import main as play  # noqa: PLC0415 - each command loads its own

        return play(arguments[1:])
    from bot.cli.commands import app  # noqa: PLC0415

    try:
        app()
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
            return MISTAKE
        return int(ended.code or 0)
    return 0
