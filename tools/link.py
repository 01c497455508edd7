"""Make `sparring` in the environment run this checkout: no build step, no package to install."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """#!{python}
import sys
from bot.cli import main
sys.exit(main())
"""


def main() -> None:
    """Write a .pth file with the checkout's path, and the console script."""
    Path(sysconfig.get_path("purelib"), "sparring.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    script = Path(sys.prefix, "bin", "sparring")
    script.write_text(SCRIPT.format(python=sys.executable), encoding="utf-8")
    script.chmod(0o755)


if __name__ == "__main__":
    main()
