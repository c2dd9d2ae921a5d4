"""Lay out every template of the project, or with ``--check`` say which need it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DJANGO = "5.2"


def main(arguments: list[str]) -> int:
    """Run djade over all templates, and give its exit code."""
    templates = sorted(map(str, (ROOT / "src").glob("**/templates/**/*.html")))
    if not templates:
        return 0
    djade = Path(sys.executable).with_name("djade")
    command = [str(djade), "--target-version", DJANGO, *arguments, *templates]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
