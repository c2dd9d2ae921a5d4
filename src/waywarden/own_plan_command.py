"""The part of the plan command that plans a county of somebody's own, from a spreadsheet."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from waywarden.plan_command import Tell, Wishes
    from waywarden.planner import Plan, Problem

#: A file with everything wrong in it should still be read to the end of a screen or two.
MOST_COMPLAINTS = 50


def write_blank(path: str) -> None:
    """Write a blank spreadsheet to fill in, and say how to go on."""
    from waywarden.planning.own.blank import write_blank as write

    write(Path(path))
    _say(Console(), f"Wrote {path}. Fill it in, then: waywarden plan --from {path}")


def read(path: str) -> "Problem":
    """Read a spreadsheet; what is wrong in it is printed, and nothing planned."""
    from waywarden.planning.own.posing import CannotRead, own_problem

    try:
        return own_problem(Path(path))
    except CannotRead as error:
        console = Console(stderr=True)
        for complaint in error.complaints[:MOST_COMPLAINTS]:
            _say(console, str(complaint))
        if len(error.complaints) > MOST_COMPLAINTS:
            _say(console, f"{len(error.complaints) - MOST_COMPLAINTS} more are not shown.")
        raise


def planned(problem: "Problem", wishes: "Wishes", tell: "Tell") -> "Plan":
    """Plan a problem as was wished."""
    from waywarden import planner
    from waywarden.planning.facts import CannotPlan
    from waywarden.planning.words.phrasing import without_rows

    try:
        return planner.plan(
            problem, shape=wishes.shape, effort=wishes.effort, seed=wishes.seed, progress=tell
        )
    except planner.Infeasible as error:
        raise CannotPlan(without_rows(str(error))) from error


def refuse_folder(folder: Path) -> None:
    """Refuse a folder that the files cannot be written to, before anything is planned."""
    from waywarden.planning.own.telling import NAMES
    from waywarden.planning.papers import filing

    filing.refuse_folder(folder, NAMES)


def tell_and_write(plan: "Plan", folder: Path | None, *, as_json: bool) -> None:
    """Write the files of a plan, if a folder is named, and print the plan or its JSON."""
    from waywarden.planning.own import telling
    from waywarden.planning.papers import filing
    from waywarden.planning.words.phrasing import listed

    if folder:
        filing.write_files(folder, telling.files_of(plan))
    if as_json:
        print(plan.to_json(), end="")
        return
    console = Console()
    names = {lead.key: lead.name for lead in plan.problem.leads}
    for part in telling.plan_shown(plan, names, console.width):
        console.print(part)
    if folder:
        _say(console, f"Wrote {listed(telling.NAMES)} in {folder}.")


def _say(console: Console, line: str) -> None:
    printable = "".join(sign if sign.isprintable() else " " for sign in line)
    console.print(printable, markup=False, highlight=False, soft_wrap=True)
