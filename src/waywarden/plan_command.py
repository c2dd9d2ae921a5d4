"""The command that plans a county from the open data in the package or from the site.

What takes long to load is loaded only once a plan is asked for: every other
command stays quick.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from waywarden import own_plan_command, starting
from waywarden.data.names import did_you_mean, nearest, shown, slug

if TYPE_CHECKING:
    from waywarden.planning.asking import Asked, Wanted
    from waywarden.planning.facts import CountyFacts
    from waywarden.planning.reports import Report

SHAPES = ("shared", "per-service")
EFFORTS = ("quick", "standard", "careful")

Tell = Callable[[str, float, float, float], None]


County = Annotated[str, typer.Option(help="A county whose quantities are known.")]
Services = Annotated[
    str | None, typer.Option(help="Codes of services, such as DPS01,ROW; without it all of them.")
]
Shape = Annotated[
    str, typer.Option(help="shared: clusters share all services; per-service: each by itself.")
]
EffortName = Annotated[str, typer.Option(help="How long to try: quick, standard or careful.")]
Seed = Annotated[str, typer.Option(metavar="N", help="The same seed gives the same plan.")]
Everyone = Annotated[
    bool, typer.Option("--everyone", help="An illustration: every council takes part.")
]
Out = Annotated[str, typer.Option(metavar="DIR", help="The folder for the files: plan-COUNTY.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone; files only with --out.")]


From = Annotated[
    str,
    typer.Option(
        "--from", metavar="FILE", help="Plan your own county: a workbook, or a folder of CSVs."
    ),
]
Blank = Annotated[
    str, typer.Option(metavar="FILE", help="Write a blank one to fill in: county.xlsx or a folder.")
]
Together = Annotated[
    list[str], typer.Option(metavar="A,B", help="Two councils to be in one cluster; repeatable.")
]
Apart = Annotated[
    list[str], typer.Option(metavar="A,B", help="Two that may not be in one; repeatable.")
]
Lock = Annotated[
    list[str],
    typer.Option(
        metavar="A,SERVICE,LEAD",
        help="LEAD does SERVICE for council A, in whatever cluster that makes; repeatable.",
    ),
]
Exclude = Annotated[
    list[str], typer.Option(metavar="A", help="A council to leave out of clusters; repeatable.")
]
Keep = Annotated[
    bool, typer.Option("--keep", help="Plan from the site's own register, and show it there.")
]


@dataclass(frozen=True)
class Wishes:
    """What was asked of a plan, as `planner` and the site take it."""

    services: list[str]
    shape: str
    effort: str
    seed: int
    everyone: bool


def plan(
    county: County = "oxfordshire",
    services: Services = None,
    shape: Shape = "shared",
    effort: EffortName = "standard",
    seed: Seed = "0",
    everyone: Everyone = False,
    keep: Keep = False,
    out: Out = "",
    as_json: AsJson = False,
    together: Together = [],  # noqa: B006 - typer makes a new list each time
    apart: Apart = [],  # noqa: B006
    lock: Lock = [],  # noqa: B006
    exclude: Exclude = [],  # noqa: B006
    own: From = "",
    blank: Blank = "",
) -> None:
    """Plan which councils could share services and who would lead; councils decide.

    Without --from it plans a county from the open data in the package. The files go into the
    folder plan-COUNTY, or that of --out: the plan as JSON, tables, a map and a page to read.

    waywarden plan --everyone

    waywarden plan --everyone --services DPS01,ROW --out two-services

    waywarden plan --everyone --lock Thame,ROW,Didcot

    waywarden plan --blank county.xlsx

    waywarden plan --from county.xlsx
    """
    from waywarden.planning.asking import Wanted

    if blank:
        return own_plan_command.write_blank(blank)
    wanted = Wanted(together, apart, lock, exclude)
    wishes = Wishes(
        services=_codes(services),
        shape=_one_of("shape", shape, SHAPES).replace("-", "_"),
        effort=_one_of("effort", effort, EFFORTS),
        seed=_seed(seed),
        everyone=everyone,
    )
    if own:
        _refuse_beside_own(services, wanted, keep=keep, everyone=everyone)
        _plan_their_own(own, wishes, out=out, as_json=as_json)
    elif keep:
        _refuse_beside_keep(wanted)
        _plan_the_site(county, wishes, out=out, as_json=as_json)
    else:
        _plan_the_package(county, wishes, wanted, out=out, as_json=as_json)
    return None


def _plan_the_package(
    county: str, wishes: Wishes, wanted: "Wanted", *, out: str, as_json: bool
) -> None:
    """Plan from the open data in the package, and write files unless only JSON is wanted."""
    from waywarden.planning.asking import asked_of
    from waywarden.planning.papers import filing
    from waywarden.planning.papers.cells import shipped_ground
    from waywarden.planning.shipped import shipped_facts
    from waywarden.planning.words.phrasing import listed

    facts = shipped_facts(county)
    asked = asked_of(facts, wanted, wishes.services)
    folder = Path(out or f"plan-{slug(facts.county)}")
    if out or not as_json:
        filing.refuse_folder(folder)
    with _telling(facts.county, is_silent=as_json) as tell:
        report = _planned(facts, wishes, asked, tell)
    if out or not as_json:
        filing.write_files(folder, filing.files_of(shipped_ground(report, facts)))
    _print(report, as_json=as_json)
    if not as_json:
        _say(f"Wrote {listed(filing.NAMES)} in {folder}.")


def _planned(facts: "CountyFacts", wishes: Wishes, asked: "Asked", tell: Tell) -> "Report":
    from waywarden import planner
    from waywarden.planning.answers.reporting import report_of
    from waywarden.planning.facts import CannotPlan
    from waywarden.planning.posing import problem_of
    from waywarden.planning.words.phrasing import without_rows

    try:
        problem = problem_of(facts, wishes.services, everyone=wishes.everyone, asked=asked)
        _get_ready(tell)
        found = planner.plan(
            problem, shape=wishes.shape, effort=wishes.effort, seed=wishes.seed, progress=tell
        )
    except planner.Infeasible as error:
        raise CannotPlan(without_rows(str(error))) from error
    return report_of(facts, found, effort=wishes.effort)


def _plan_the_site(county: str, wishes: Wishes, *, out: str, as_json: bool) -> None:
    """Plan from the site's own register and keep the plan there, where its pages show it."""
    from waywarden.planning.facts import CannotPlan

    if out:
        raise CannotPlan("--keep shows the plan on the site and writes no files. Leave out --out.")
    starting.start(_say if not as_json else _unsaid)
    from waywarden import planner
    from waywarden.devolution.plans import queries, running
    from waywarden.fabric.common.subjects import COMMAND_LINE

    area = running.county_called(county)
    try:
        with _telling(area.name, is_silent=as_json) as tell:
            _get_ready(tell)
            run = running.run_and_keep(
                county=area, **asdict(wishes), progress=tell, by=COMMAND_LINE, today=date.today()
            )
    except planner.Infeasible as error:
        raise CannotPlan(str(error)) from error
    _print(queries.report_of(run), as_json=as_json)
    if not as_json:
        _say(f"{run} is kept on the site, at {run.get_absolute_url()}.")


def _plan_their_own(path: str, wishes: Wishes, *, out: str, as_json: bool) -> None:
    """Plan a county from a spreadsheet, and write files unless only JSON is wanted."""
    name = Path(path).stem or "county"
    folder = Path(out or f"plan-{slug(name)}") if out or not as_json else None
    problem = own_plan_command.read(path)
    if folder:
        own_plan_command.refuse_folder(folder)
    with _telling(name, is_silent=as_json) as tell:
        _get_ready(tell)
        found = own_plan_command.planned(problem, wishes, tell)
    own_plan_command.tell_and_write(found, folder, as_json=as_json)


def _refuse_beside_own(
    services: str | None, wanted: "Wanted", *, keep: bool, everyone: bool
) -> None:
    """Refuse options that a spreadsheet says itself, or that need the package's data."""
    from waywarden.planning.facts import CannotPlan

    if services is not None:
        raise CannotPlan("--from plans every service of the spreadsheet. Leave out --services.")
    if keep:
        raise CannotPlan("--from keeps nothing on the site. Leave out --keep.")
    if everyone:
        raise CannotPlan("--from: write “everyone” and “yes” in the sheet settings instead.")
    if not wanted.is_empty:
        raise CannotPlan("--from: write such rules in the sheet rules instead.")


def _refuse_beside_keep(wanted: "Wanted") -> None:
    from waywarden.planning.facts import CannotPlan

    if not wanted.is_empty:
        raise CannotPlan(
            "--keep plans what the site itself knows, which holds no such rules. Leave out --keep, "
            "or the rules."
        )


def _get_ready(tell: Tell) -> None:
    """Compile the planner's loops, which takes a while the first time only."""
    from waywarden.planner.warming import warm

    tell("getting ready, half a minute the first time", 0.0, math.inf, -math.inf)
    warm()


def _unsaid(line: str) -> None:
    """Say nothing, where JSON alone is wanted."""


def _one_of(what: str, given: str, choices: Sequence[str]) -> str:
    from waywarden.planning.facts import CannotPlan

    plain = given.strip().lower().replace("_", "-")
    if plain not in choices:
        asked = did_you_mean(nearest(given, choices)) or f"Use {' or '.join(choices)}."
        raise CannotPlan(f"“{shown(given)}” is no {what} of a plan. {asked}")
    return plain


def _seed(given: str) -> int:
    from waywarden.planning.facts import CannotPlan

    if not given.strip().isascii() or not given.strip().isdigit() or len(given) > 18:
        raise CannotPlan(
            f"“{shown(given)}” is no seed. Use a whole number of at least 0, such as 1."
        )
    return int(given)


def _codes(given: str | None) -> list[str]:
    from waywarden.planning.facts import CannotPlan

    codes = [] if given is None else [code.strip() for code in given.split(",")]
    if not any(codes) and given is not None:
        raise CannotPlan(
            "--services names no service. Write codes as in DPS01,ROW, or leave it out for all."
        )
    if not all(codes):
        raise CannotPlan("--services has a blank in it. Write codes with commas, as in DPS01,ROW.")
    return codes


def _print(report: "Report", *, as_json: bool) -> None:
    from waywarden.planning.answers.keeping import kept
    from waywarden.planning.papers import printing, writing

    if as_json:
        print(writing.plan_json(report, kept(report)), end="")
        return
    console = Console()
    for line in printing.opening(report):
        console.print(line, markup=False, highlight=False)
    console.print()
    console.print(printing.costs_table(report))
    if report.clusters:
        console.print()
        console.print(printing.clusters_shown(report, console.width))
    console.print()
    for line in printing.closing(report):
        console.print(line, markup=False, highlight=False)


def _say(line: str) -> None:
    Console().print(line, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _telling(county: str, *, is_silent: bool) -> Iterator[Tell]:
    """Show how far a plan is: a bar on a terminal, a line for each stage elsewhere."""
    console = Console(stderr=is_silent)
    if console.is_terminal:
        with _bar(console, county) as tell:
            yield tell
    else:
        yield _silent if is_silent else _lines(console, county)


def _silent(stage: str, done: float, cost: float, bound: float) -> None:
    """Tell nobody."""


def _lines(console: Console, county: str) -> Tell:
    said: list[str] = []

    def tell(stage: str, done: float, cost: float, bound: float) -> None:
        if stage not in said:
            said.append(stage)
            line = f"Planning {county}: {stage}"
            console.print(line, markup=False, highlight=False, soft_wrap=True)

    return tell


@contextmanager
def _bar(console: Console, county: str) -> Iterator[Tell]:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TextColumn("{task.fields[best]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"Planning {county}", total=1.0, best="")

        def tell(stage: str, done: float, cost: float, bound: float) -> None:
            bar.update(task, completed=done, description=stage, best=_so_far(cost, bound))

        yield tell


def _so_far(cost: float, bound: float) -> str:
    """Say the best cost and the bound so far, where they are known."""
    from waywarden.planning.words.wording import short_pounds

    told = [("best", cost), ("bound", bound)]
    known = [f"{name} {short_pounds(round(p))}" for name, p in told if math.isfinite(p) and p > 0]
    return ", ".join(known)
