"""``python -m soak``: try what must hold, piece by piece, and write down what was found."""

from __future__ import annotations

import argparse
import signal
import sys

from rich.console import Console

from soak import page, results, running
from soak.steps import every_step

out = Console(highlight=False)


def main() -> int:
    """Take the pieces that are to be taken; 1 where one failed or something did not hold."""
    asked = _asked()
    # Told to end, it ends the piece it has begun as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if asked.page:
        out.print(f"Written: {page.write(results.read_all())}")
        return 0
    steps = [step for step in every_step() if asked.only in step.name]
    waiting = running.to_take(steps, results.FOLDER, again=asked.again)
    failed = 0
    for number, one in enumerate(running.take(waiting, results.FOLDER, minutes=asked.minutes), 1):
        out.print(f"{number:4} of {len(waiting)}  {one.seconds:6.1f} s  {one.step.name}")
        if one.complaint:
            out.print(one.complaint, style="red", markup=False)
            failed += 1
    left = len(running.to_take(steps, results.FOLDER))
    out.print(
        f"{left} of {len(steps)} pieces are left. Run the same again to go on."
        if left
        else "All pieces have a result."
    )
    faults = page.faults(results.read_all())
    for fault in faults:
        out.print(fault, style="red", markup=False)
    return 1 if failed or faults else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    add = parser.add_argument
    add("--minutes", type=float, default=0, help="stop, to be gone on with, after so many")
    add("--again", action="store_true", help="try again what has a result")
    add("--only", default="", metavar="WORD", help="only pieces with this in their name")
    add("--page", action="store_true", help="write docs/reference/reliability.md from the results")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
