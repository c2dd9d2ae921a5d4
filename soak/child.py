"""``python -m soak.child STEP FOLDER``: take one piece on its own site, and keep its result."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from soak import machine, results
from soak.harnesses import HARNESSES
from soak.sites import opened
from soak.steps import Step, every_step
from soak.stores import adopt_orphans


def main(name: str, folder: str) -> None:
    """Take a piece by its name."""
    [step] = [one for one in every_step() if one.name == name]
    results.keep(taken(step), Path(folder))


def taken(step: Step) -> results.Result:
    """Take a piece in a folder of its own, and give what came of it."""
    adopt_orphans()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="waywarden-soak-") as folder:
        os.chmod(folder, 0o755)  # noqa: S103 (PostgreSQL may run as another user)
        harness = HARNESSES[step.harness]
        with opened(Path(folder), step.store, is_empty=harness.is_empty) as site:
            figures = harness.run(site, **step.options)
            described = machine.described(step.store)
    return results.Result(
        step=step.name,
        harness=step.harness,
        store=step.store,
        options=step.options,
        figures=figures,
        machine=described,
        load=round(os.getloadavg()[0], 1),
        seconds=round(time.monotonic() - begun, 1),
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
