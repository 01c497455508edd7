"""One pattern on its subjects, each as a whole."""

from __future__ import annotations

import re
import unicodedata  # noqa: F401 - \N{...} wants it when no file can be opened any more
import warnings
from collections.abc import Iterator
from typing import Any

ERROR = 200  # characters


def run(job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One outcome: `found`, a truth a subject, or `error` and what `stopped` it."""
    warnings.simplefilter("ignore")  # about patterns that will mean something else one day
    try:
        pattern = re.compile(job["pattern"])
        yield {"found": [pattern.fullmatch(one) is not None for one in job["subjects"]]}
    except MemoryError:
        yield {"error": "out of memory", "stopped": "memory"}
    except RecursionError:
        yield {"error": "the pattern is nested too deeply", "stopped": "size"}
    except (re.error, ValueError, OverflowError) as error:
        yield {"error": str(error)[:ERROR], "stopped": ""}
