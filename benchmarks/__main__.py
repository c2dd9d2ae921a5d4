"""``python -m benchmarks``: measure the planner, the fair shares and the pages, step by step."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import machine, results, running, showing
from benchmarks.steps import Step, every_step, quick_steps

out = Console(highlight=False)


def main() -> int:
    """Take the steps that are to be taken, and show what was found; 1 where a step failed."""
    asked = _asked()
    # Told to end, it ends the step it has begun as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    every = quick_steps() if asked.quick else every_step()
    folder = results.FOLDER / ("quick" if asked.quick else "full")
    if asked.page:
        return _write_page(every, folder)
    if asked.quick and not running.to_take(every, folder, again=False):
        # The last one came to its end: this is a new one.
        shutil.rmtree(folder)
    steps = [step for step in every if asked.only in step.name]
    stale = machine.planner_digest() if asked.stale else ""
    waiting = running.to_take(steps, folder, again=asked.again, stale=stale)
    failed = _run(waiting, folder, asked)
    showing.show(out, list(results.every_result(every, folder)))
    _close(steps, folder, failed, asked)
    return 1 if failed else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--quick", action="store_true", help="a few of all, one seed each, in eight minutes")
    add("--minutes", type=float, default=0, help="stop, to be gone on with, after so many")
    add("--again", action="store_true", help="measure again what has a result")
    add("--stale", action="store_true", help="measure again what an older planner did")
    add("--only", default="", metavar="WORD", help="only steps with this in their name, as in b3")
    add("--page", action="store_true", help="write the pages of docs/ from the results there are")
    return parser.parse_args()


def _run(waiting: Sequence[Step], folder: Path, asked: argparse.Namespace) -> list[running.Taken]:
    """Take steps, saying how each went, and return those that failed."""
    failed = []
    took = running.take(waiting, folder, minutes=asked.minutes, is_quick=asked.quick)
    for number, one in enumerate(took, 1):
        out.print(f"{number:4} of {len(waiting)}  {one.seconds:6.1f} s  {one.step.name}")
        if one.complaint:
            out.print(one.complaint, style="red", markup=False)
            failed.append(one)
    return failed


def _close(
    steps: Sequence[Step], folder: Path, failed: Sequence[running.Taken], asked: argparse.Namespace
) -> None:
    """Say what is left to do."""
    left = len(running.to_take(steps, folder, again=False)) - len(failed)
    if failed:
        out.print(f"{len(failed)} steps failed: {', '.join(one.step.name for one in failed)}.")
    if left > 0:
        out.print(f"{left} of {len(steps)} steps are left. Run the same again to go on.")
    elif asked.quick:
        out.print("This was the short measurement: few instances, one seed. `make bench` is whole.")
    else:
        out.print("All steps have a result. `python -m benchmarks --page` writes the pages.")


def _write_page(every: Sequence[Step], folder: Path) -> int:
    from benchmarks import page

    for path in page.write(list(results.every_result(list(every), folder)), every):
        out.print(f"Written: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
