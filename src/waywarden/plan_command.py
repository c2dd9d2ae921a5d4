"""The command that plans a county from the open data in the package or from the site.

What takes long to load is loaded only once a plan is asked for: every other
command stays quick.
"""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from waywarden import own_plan_command
from waywarden import plan_options as options
from waywarden.data.names import slug
from waywarden.plan_options import Wishes, wishes_of
from waywarden.plan_progress import get_ready, planning, with_costs
from waywarden.progress import Tell
from waywarden.upkeep import beginning

if TYPE_CHECKING:
    from waywarden.planning.asking import Asked, Wanted
    from waywarden.planning.facts import CountyFacts
    from waywarden.planning.reports import Report

HELP = """Plan which councils could share services and who would lead; councils decide.

Without --from it plans a county from the open data in the package. The files go into the folder \
plan-COUNTY, or that of --out: a page to read, tables, a map, and the plan as JSON.

What every council would do if it took part, all services, in half a minute:

waywarden plan --everyone

Two services, into a folder of their own:

waywarden plan --everyone --services DPS01,ROW --out two-services

The same, where Cholsey clears the paths of Wallingford:

waywarden plan --everyone --services DPS01,ROW --lock Wallingford,ROW,Cholsey

A county of your own: write a blank spreadsheet, fill it in, then plan it:

waywarden plan --blank county.xlsx

waywarden plan --from county.xlsx
"""


def plan(
    county: options.County = "oxfordshire",
    services: options.Services = [],  # noqa: B006 - typer makes a new list each time
    shape: options.Shape = "shared",
    effort: options.EffortName = "standard",
    seed: options.Seed = "0",
    everyone: options.Everyone = False,
    keep: options.Keep = False,
    out: options.Out = "",
    as_json: options.AsJson = False,
    together: options.Together = [],  # noqa: B006
    apart: options.Apart = [],  # noqa: B006
    lock: options.Lock = [],  # noqa: B006
    exclude: options.Exclude = [],  # noqa: B006
    own: options.From = "",
    blank: options.Blank = "",
) -> None:
    """Plan which councils could share services and who would lead."""
    from waywarden.planning.asking import Wanted

    if blank:
        return own_plan_command.write_blank(blank)
    wanted = Wanted(together, apart, lock, exclude)
    wishes = wishes_of(services, shape, effort, seed, everyone=everyone)
    if own:
        return own_plan_command.plan(own, wishes, wanted, keep=keep, out=out, as_json=as_json)
    if keep:
        return _plan_the_site(county, wishes, wanted, out=out, as_json=as_json)
    return _plan_the_package(county, wishes, wanted, out=out, as_json=as_json)


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
    with planning(facts.county, is_silent=as_json) as tell:
        report = _planned(facts, wishes, asked, tell)
    if out or not as_json:
        filing.write_files(folder, filing.files_of(shipped_ground(report, facts)))
    _print(report, as_json=as_json)
    if not as_json:
        _say(f"Wrote {listed(filing.NAMES)} in {folder}.")


def _planned(facts: "CountyFacts", wishes: Wishes, asked: "Asked", tell: Tell) -> "Report":
    from waywarden import planner
    from waywarden.planning.answers.reporting import report_of
    from waywarden.planning.posing import problem_of
    from waywarden.planning.words.refusing import refused_plainly

    with refused_plainly():
        problem = problem_of(facts, wishes.services, everyone=wishes.everyone, asked=asked)
        get_ready(tell)
        found = planner.plan(
            problem,
            shape=wishes.shape,
            effort=wishes.effort,
            seed=wishes.seed,
            progress=with_costs(tell),
        )
    return report_of(facts, found, effort=wishes.effort)


def _plan_the_site(
    county: str, wishes: Wishes, wanted: "Wanted", *, out: str, as_json: bool
) -> None:
    """Plan from the site's own register and keep the plan there, where its pages show it."""
    _refuse_beside_keep(wanted, out)
    beginning.start(_unsaid if as_json else _say)
    from waywarden.devolution.plans import queries, running
    from waywarden.fabric.common.subjects import COMMAND_LINE
    from waywarden.planning.words.refusing import refused_plainly

    area = running.county_called(county)
    with refused_plainly(), planning(area.name, is_silent=as_json) as tell:
        get_ready(tell)
        run = running.run_and_keep(
            county=area,
            **asdict(wishes),
            progress=with_costs(tell),
            by=COMMAND_LINE,
            today=date.today(),
        )
    _print(queries.report_of(run), as_json=as_json)
    if not as_json:
        _say(f"{run} is kept on the site, at {run.get_absolute_url()}.")


def _refuse_beside_keep(wanted: "Wanted", out: str) -> None:
    from waywarden.planning.facts import CannotPlan

    if not wanted.is_empty:
        raise CannotPlan(
            "--keep plans what the site itself knows, which holds no such rules. Leave out --keep, "
            "or the rules."
        )
    if out:
        raise CannotPlan("--keep shows the plan on the site and writes no files. Leave out --out.")


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


def _unsaid(line: str) -> None:
    """Say nothing, where JSON alone is wanted."""
