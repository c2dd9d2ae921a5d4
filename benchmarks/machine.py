"""What a measurement was made on, and of which state of the code."""

from __future__ import annotations

import hashlib
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.answers import Figures

SOURCES = Path(__file__).parents[1] / "src" / "waywarden" / "planner"
PACKAGES = ("numpy", "scipy", "numba", "highspy", "ortools", "spopt", "pulp", "coopgame-py")


def described() -> Figures:
    """Return the processor, the memory and the versions, none of them a name of the machine."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gigabytes": round(_memory_bytes() / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
    }


def planner_digest() -> str:
    """Return a short mark of the planner's sources, which changes when they do."""
    marks = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*.py")):
        marks.update(path.relative_to(SOURCES).as_posix().encode() + path.read_bytes())
    return marks.hexdigest()[:12]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
