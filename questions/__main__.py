"""The authors' commands: `python -m questions check|prove [PATHS]`."""

from __future__ import annotations

import sys

from questions.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
