"""The results of steps: one file each, so that a measurement can be cut and gone on with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.answers import Figures
from benchmarks.steps import Step

FOLDER = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Result:
    """What came of a step: its figures, and the circumstances they were measured in."""

    step: str
    bar: str
    options: dict[str, Any]
    figures: Figures
    megabytes: float
    machine: Figures
    planner: str
    load: float
    measured_at: str

    @property
    def is_finished(self) -> bool:
        """Whether the step came to its end, and was not ended."""
        return not str(self.figures["status"]).startswith("ended")


def path_of(step: Step, folder: Path) -> Path:
    """Return where the result of a step is kept."""
    return folder / f"{step.name}.json"


def keep(result: Result, path: Path) -> None:
    """Write a result whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.write_text(json.dumps(vars(result), indent=1) + "\n", encoding="utf-8")
    half.replace(path)


def read(path: Path) -> Result:
    """Read a result back."""
    return Result(**json.loads(path.read_text(encoding="utf-8")))


def every_result(steps: list[Step], folder: Path) -> Iterator[Result]:
    """Give the results there are of some steps, in the order of the steps."""
    for step in steps:
        path = path_of(step, folder)
        if path.is_file():
            yield read(path)
