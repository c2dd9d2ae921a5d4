"""Opens a plan that `waywarden plan` wrote, to share it out: of the package, or of one's own."""

import json
from pathlib import Path
from typing import Any

from waywarden.planner.answers.recording import FORMAT
from waywarden.planning.facts import CannotPlan
from waywarden.planning.papers.filing import JSON
from waywarden.planning.papers.writing import MADE_BY
from waywarden.planning.splits.bills import Bill
from waywarden.planning.splits.own_bills import own_bill
from waywarden.planning.splits.reposing import report_bill


def bill_in(place: Path, made_from: Path | None = None) -> Bill:
    """Return what is to be shared of a plan, from its file or its folder.

    A plan of a county of one's own was ``made_from`` a spreadsheet; without it,
    from the copy that lies beside the plan. Raises `CannotPlan` where there is
    no plan, or it does not follow from what it was made from.
    """
    file = place / JSON if place.is_dir() else place
    text = _text(file, f"--from {made_from}" if made_from else "--everyone")
    found = _json(file, text)
    if found.get("format") == FORMAT:
        return own_bill(file, text, made_from)
    if not _is_report(found):
        raise CannotPlan(f"{file} is not a plan that this command wrote. Name a {JSON}.")
    if made_from is not None:
        raise CannotPlan(
            f"{file} was planned from the package, and not from a spreadsheet. Leave out --from."
        )
    return report_bill(found["plan"])


def _text(file: Path, how: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CannotPlan(f"{file} is not a plan: it is not JSON. Name a {JSON}.") from error
    except OSError as error:
        raise CannotPlan(
            f"There is no plan at {file}. Make one with: waywarden plan {how}"
        ) from error


def _json(file: Path, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CannotPlan(f"{file} is not a plan: it is not JSON. Name a {JSON}.") from error
    return found if isinstance(found, dict) else {}


def _is_report(found: dict[str, Any]) -> bool:
    about = found.get("about")
    return (
        isinstance(found.get("plan"), dict)
        and isinstance(about, dict)
        and about.get("made_by") == MADE_BY
    )
