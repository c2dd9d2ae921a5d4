"""Puts the files of a plan into a folder: all of them or none, and over nobody else's."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from waywarden.planner.answers.recording import FORMAT
from waywarden.planning.answers.keeping import kept
from waywarden.planning.facts import CannotPlan
from waywarden.planning.papers.drawing import Ground
from waywarden.planning.papers.page import plan_page
from waywarden.planning.papers.writing import MADE_BY, plan_csv, plan_geojson, plan_json

JSON, CSV, GEOJSON, PAGE = "plan.json", "plan.csv", "plan.geojson", "plan.html"
NAMES = (PAGE, CSV, GEOJSON, JSON)


def files_of(ground: Ground) -> dict[str, str]:
    """Return the files of a plan by name."""
    return {
        PAGE: plan_page(ground),
        CSV: plan_csv(ground.report, ground.facts),
        GEOJSON: plan_geojson(ground),
        JSON: plan_json(ground.report, kept(ground.report)),
    }


def refuse_folder(folder: Path, names: Sequence[str] = NAMES) -> None:
    """Refuse a folder that cannot be written to, or holds files like ours that are not ours."""
    _refuse_unwritable(folder)
    found = [name for name in names if (folder / name).exists()]
    if found and not _is_ours(folder / JSON):
        raise CannotPlan(
            f"{folder} holds a {found[0]} that this command did not write. "
            "Name another folder with --out."
        )


def _refuse_unwritable(folder: Path) -> None:
    """Try to write: permissions alone do not tell, as where the system keeps files of its own."""
    try:
        if folder.exists() and not folder.is_dir():
            raise CannotPlan(f"{folder} is a file. Name a folder for the plan with --out.")
        there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
        TemporaryDirectory(prefix=".plan-", dir=there).cleanup()
    except OSError as error:
        raise CannotPlan(
            f"Nothing can be written to {folder}. Name another folder with --out."
        ) from error


def _is_ours(file: Path) -> bool:
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
        return bool(written.get("format") == FORMAT or written["about"]["made_by"] == MADE_BY)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder, each complete before the first takes its place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            written = content if isinstance(content, bytes) else content.encode()
            (folder / f".{name}.part").write_bytes(written)
        for name in files:
            (folder / f".{name}.part").replace(folder / name)
    except OSError as error:
        raise CannotPlan(
            f"The plan could not be written to {folder}: {error.strerror}. "
            "Name another folder with --out."
        ) from error
    finally:
        for name in files:
            (folder / f".{name}.part").unlink(missing_ok=True)
