"""Takes steps one after another, each in a process of its own, until done or out of time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import child, results
from benchmarks.steps import Step

ROOT = Path(__file__).parents[1]
#: How much of a failed step's complaint is shown.
LINES = 4


@dataclass(frozen=True)
class Taken:
    """How a step went: its result if it has one, or what it complained of."""

    step: Step
    seconds: float
    complaint: str = ""


def to_take(steps: Sequence[Step], folder: Path, *, again: bool, stale: str = "") -> list[Step]:
    """Return the steps still to be taken: those without a result, or all of them again.

    With ``stale``, the mark of the planner as it is, also those of ours whose
    result is of another planner.
    """
    return [step for step in steps if again or not _is_current(step, folder, stale)]


def _is_current(step: Step, folder: Path, stale: str) -> bool:
    path = results.path_of(step, folder)
    if not path.is_file():
        return False
    is_ours = step.options.get("solver", "waywarden") == "waywarden"
    return not (stale and is_ours and results.read(path).planner != stale)


def take(steps: Sequence[Step], folder: Path, *, minutes: float, is_quick: bool) -> Iterator[Taken]:
    """Take steps in their order; stop before one that would not end within so many minutes.

    One step at least is taken, so that it always goes on. No minutes are no limit.
    """
    begun = time.monotonic()
    for number, step in enumerate(steps):
        spent = time.monotonic() - begun
        if minutes and number and spent + step.seconds > 60 * minutes:
            return
        yield taken(step, folder, is_quick=is_quick)


def taken(step: Step, folder: Path, *, is_quick: bool) -> Taken:
    """Take one step in a process of its own; one that goes past its limit is ended."""
    begun = time.monotonic()
    words = [sys.executable, "-m", "benchmarks.child", step.name, str(folder)]
    started = subprocess.Popen(  # noqa: S603
        words + ["--quick"] * is_quick,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    complaint = _awaited(started, step, folder)
    return Taken(step, time.monotonic() - begun, complaint)


def _awaited(started: subprocess.Popen[str], step: Step, folder: Path) -> str:
    """Wait for a step, and return what it complained of if it failed."""
    end: Callable[[], None] = lambda: os.killpg(started.pid, signal.SIGKILL)  # noqa: E731
    try:
        _, said = started.communicate(timeout=step.limit)
    except subprocess.TimeoutExpired:
        end()
        started.communicate()
        ended = {"status": f"ended after {step.limit:.0f} s", "cpu_seconds": None}
        results.keep(child.result_of(step, ended), results.path_of(step, folder))
        return ""
    except BaseException:
        # Cut in the middle, by hand say: nothing is left running.
        end()
        started.wait()
        raise
    lines = said.strip().splitlines()[-LINES:]
    return "\n".join(lines or ["It failed without a word."]) if started.returncode else ""
