"""The part of the plan command that plans a county of somebody's own, from a spreadsheet."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from waywarden.data.names import slug
from waywarden.plan_options import Wishes
from waywarden.plan_progress import get_ready, planning, with_costs
from waywarden.progress import Tell

if TYPE_CHECKING:
    from waywarden.planner import Plan, Problem
    from waywarden.planning.asking import Wanted

#: A file with everything wrong in it should still be read to the end of a screen or two.
MOST_COMPLAINTS = 50


def write_blank(path: str) -> None:
    """Write a blank spreadsheet to fill in, and say how to go on."""
    from waywarden.planning.own.blank import write_blank as write

    write(Path(path))
    _say(Console(), f"Wrote {path}. Fill it in, then: waywarden plan --from {path}")


def plan(
    path: str, wishes: Wishes, wanted: "Wanted", *, keep: bool, out: str, as_json: bool
) -> None:
    """Plan a county from a spreadsheet, and write files unless only JSON is wanted."""
    from waywarden.planning.own.posing import own_problem

    _refuse_beside(wishes, wanted, keep=keep)
    name = name_of(path)
    folder = Path(out or f"plan-{slug(name)}") if out or not as_json else None
    with complaints_told():
        problem = own_problem(Path(path))
    if folder:
        _refuse_folder(folder)
    with planning(name, is_silent=as_json) as tell:
        get_ready(tell)
        found = _planned(problem, wishes, tell)
    if folder:
        _write(found, folder, Path(path))
    _tell(found, folder, as_json=as_json)


def name_of(path: str) -> str:
    """Return what a county is called that a spreadsheet describes: as the file or folder is."""
    return Path(path).resolve().stem or "county"


def _refuse_beside(wishes: Wishes, wanted: "Wanted", *, keep: bool) -> None:
    """Refuse options that a spreadsheet says itself, or that need the package's data."""
    from waywarden.planning.facts import CannotPlan

    if wishes.services:
        raise CannotPlan("--from plans every service of the spreadsheet. Leave out --services.")
    if keep:
        raise CannotPlan("--from keeps nothing on the site. Leave out --keep.")
    if wishes.everyone:
        raise CannotPlan("--from: write “everyone” and “yes” in the sheet settings instead.")
    if not wanted.is_empty:
        raise CannotPlan("--from: write such rules in the sheet rules instead.")


@contextmanager
def complaints_told() -> Iterator[None]:
    """Print all that is wrong in a spreadsheet that is read here, and go no further."""
    from waywarden.planning.own.posing import CannotRead

    try:
        yield
    except CannotRead as error:
        console = Console(stderr=True)
        for complaint in error.complaints[:MOST_COMPLAINTS]:
            _say(console, str(complaint))
        if len(error.complaints) > MOST_COMPLAINTS:
            _say(console, f"{len(error.complaints) - MOST_COMPLAINTS} more are not shown.")
        raise


def _planned(problem: "Problem", wishes: Wishes, tell: Tell) -> "Plan":
    from waywarden import planner
    from waywarden.planning.words.refusing import refused_plainly

    in_pence = with_costs(tell)
    with refused_plainly():
        return planner.plan(
            problem,
            shape=wishes.shape,
            effort=wishes.effort,
            seed=wishes.seed,
            # A spreadsheet's amounts are in pounds.
            progress=lambda stage, done, cost, bound: in_pence(
                stage, done, 100 * cost, 100 * bound
            ),
        )


def _refuse_folder(folder: Path) -> None:
    """Refuse a folder that the files cannot be written to, before anything is planned."""
    from waywarden.planning.own.copies import copies_in
    from waywarden.planning.own.telling import NAMES
    from waywarden.planning.papers import filing

    filing.refuse_folder(folder, [*NAMES, *(copy.name for copy in copies_in(folder))])


def _write(plan: "Plan", folder: Path, path: Path) -> None:
    """Write the files of a plan, with a copy of the spreadsheet that it was made from."""
    from waywarden.planning.own import copies
    from waywarden.planning.own.telling import files_of
    from waywarden.planning.papers import filing

    name, content = copies.copied(path)
    filing.write_files(folder, {**files_of(plan), name: content})
    copies.keep_only(name, folder)


def _tell(plan: "Plan", folder: Path | None, *, as_json: bool) -> None:
    from waywarden.planning.own import telling
    from waywarden.planning.own.copies import copies_in
    from waywarden.planning.words.phrasing import listed

    if as_json:
        print(plan.to_json(), end="")
        return
    console = Console()
    names = {lead.key: lead.name for lead in plan.problem.leads}
    for part in telling.plan_shown(plan, names, console.width):
        console.print(part)
    if folder:
        written = listed([*telling.NAMES, *(copy.name for copy in copies_in(folder))])
        _say(console, f"Wrote {written} in {folder}.")


def _say(console: Console, line: str) -> None:
    printable = "".join(sign if sign.isprintable() else " " for sign in line)
    console.print(printable, markup=False, highlight=False, soft_wrap=True)
