"""Takes pieces one after another, each in a process of its own, until done or out of time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from soak import results
from soak.steps import Step
from soak.stores import adopt_orphans, descendants

ROOT = Path(__file__).absolute().parents[1]
LINES = 6


@dataclass(frozen=True)
class Taken:
    """How a piece went: what it complained of, if it failed."""

    step: Step
    seconds: float
    complaint: str = ""


def to_take(steps: Sequence[Step], folder: Path, *, again: bool = False) -> list[Step]:
    """Return the pieces without a result of their present size, or all of them again."""
    sizes = {one.step: one.options for one in results.read_all(folder)}
    return [step for step in steps if again or sizes.get(step.name) != step.options]


def take(steps: Sequence[Step], folder: Path, *, minutes: float) -> Iterator[Taken]:
    """Take pieces in their order; stop before one that would not end within so many minutes."""
    begun = time.monotonic()
    for number, step in enumerate(steps):
        spent = time.monotonic() - begun
        if minutes and number and spent + step.seconds > 60 * minutes:
            return
        yield taken(step, folder)


def taken(step: Step, folder: Path) -> Taken:
    """Take one piece; one that goes past its limit, or is cut, is ended with all it started."""
    adopt_orphans()
    begun = time.monotonic()
    started = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "soak.child", step.name, str(folder)],
        cwd=ROOT,
        env=dict(os.environ) | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        _, said = started.communicate(timeout=step.limit)
    except BaseException as cut:
        _end(started.pid)
        started.communicate()
        if not isinstance(cut, subprocess.TimeoutExpired):
            raise
        return Taken(step, step.limit, f"It was ended after {step.limit:.0f} seconds.")
    lines = said.strip().splitlines()[-LINES:]
    failed = "\n".join(lines or ["It failed without a word."]) if started.returncode else ""
    return Taken(step, time.monotonic() - begun, failed)


def _end(pid: int) -> None:
    """End a piece with everything below it, its own servers too."""
    for one in [*descendants(pid), pid]:
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            continue
