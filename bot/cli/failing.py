"""An operator's mistakes: a sentence on stderr and exit code 2, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


class Wrong(Exception):
    """A mistake on the command line, in a sentence."""


@contextmanager
def operator_mistakes() -> Iterator[None]:
    """Turn bad settings, an unusable database and an unreadable bank into sentences."""
    from bot.config import BadSettings  # noqa: PLC0415 - pydantic loads where it is needed
    from questions.mistakes import BankErrors  # noqa: PLC0415
    from storage.errors import Unusable  # noqa: PLC0415

    try:
        yield
    except (BadSettings, BankErrors, Unusable, Wrong) as mistake:
        print(mistake, file=sys.stderr)
        raise SystemExit(2) from None
