"""``python -m benchmarks.child STEP FOLDER [--quick]``: take one step and keep its result."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine, results
from benchmarks.answers import Figures, megabytes
from benchmarks.steps import Step, every_step, quick_steps


def main(name: str, folder: str, *flags: str) -> None:
    """Measure a step by its name."""
    steps = quick_steps() if "--quick" in flags else every_step()
    [step] = [one for one in steps if one.name == name]
    results.keep(result_of(step, measured(step)), results.path_of(step, Path(folder)))


def measured(step: Step) -> Figures:
    """Take a step with every loop compiled beforehand, or, for compiling itself, with none."""
    if step.options.get("solver") == "CP-SAT":
        # It brings a HiGHS of its own, beside which the one we plan with cannot be loaded.
        return step.measure()
    if step.trial != "compiling":
        from waywarden.planner.warming import warm

        warm()
        return step.measure()
    with tempfile.TemporaryDirectory(prefix="waywarden-compiled-") as empty:
        # Read when the planner is first imported, which is only now.
        os.environ["NUMBA_CACHE_DIR"] = empty
        return step.measure()


def result_of(step: Step, figures: Figures) -> results.Result:
    """Return a step's figures with the circumstances they were measured in."""
    return results.Result(
        step=step.name,
        bar=step.bar,
        options=step.options,
        figures=figures,
        megabytes=round(megabytes(), 1),
        machine=machine.described(),
        planner=machine.planner_digest(),
        load=round(os.getloadavg()[0], 2),
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
