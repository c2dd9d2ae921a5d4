"""The results of pieces: one file each, so that a run can be cut and gone on with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Result:
    """What came of a piece, and the circumstances."""

    step: str
    harness: str
    store: str
    options: dict[str, Any]
    figures: dict[str, Any]
    machine: dict[str, Any]
    load: float
    seconds: float
    measured_at: str


def path_of(name: str, folder: Path = FOLDER) -> Path:
    """Return where the result of a piece is kept."""
    return folder / f"{name}.json"


def keep(result: Result, folder: Path = FOLDER) -> None:
    """Write a result whole or not at all."""
    path = path_of(result.step, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.write_text(json.dumps(vars(result), indent=1) + "\n", encoding="utf-8")
    half.replace(path)


def read_all(folder: Path = FOLDER) -> list[Result]:
    """Read back every result there is."""
    return [Result(**json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))]
