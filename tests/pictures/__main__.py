"""Draw every picture of docs/gallery: `make gallery`."""

from __future__ import annotations

import subprocess
import sys

FACES = ("slack", "discord")

if __name__ == "__main__":
    codes = [
        subprocess.run([sys.executable, "-m", f"tests.pictures.{face}"], check=False).returncode
        for face in FACES
    ]
    sys.exit(max(codes))
