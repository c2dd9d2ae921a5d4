"""The command that shares out what a plan costs: one cluster by its rules, or the whole county.

What takes long to load is loaded only once shares are asked for: every other
command stays quick.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

if TYPE_CHECKING:
    from waywarden.planning.reports import Report

PlanFile = Annotated[
    Path,
    typer.Argument(metavar="PLAN", help="A plan.json that `waywarden plan` wrote, or its folder."),
]
ClusterNumber = Annotated[
    int | None, typer.Option("--cluster", metavar="N", help="Share out the cluster of this number.")
]
Rule = Annotated[
    str,
    typer.Option(
        help="all, or one of: allocation, equal, alone, scrb, shapley, nucleolus, "
        "per_capita_nucleolus."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone, money in pence.")]

USUAL = "allocation"

Tell = Callable[[float], None]


def shares(
    plan: PlanFile = Path("plan-oxfordshire"),
    cluster: ClusterNumber = None,
    rule: Rule = USUAL,
    as_json: AsJson = False,
) -> None:
    """Share out what a plan costs, and say who would be better off without the others.

    With --cluster, what each member of that cluster would pay beside what it pays alone, to
    the penny; whether some of them would be better off by themselves, and by how much; and the
    nearest split under which nobody would. Without it, how much of the county's plan can be paid
    by shares that no group of councils would leave, and the grant that is then missing.

    Plans of a county of your own, made with --from, are shared out in Python instead, as "Share
    the cost of a cluster" in the documentation shows.

    The rules: allocation, from each one's county allocation, the saving by cost alone;

    equal, as much for everyone; alone, in proportion to what each pays alone;

    scrb, what each adds to the cost, and the rest in proportion to what it would save;

    shapley, what each adds on average, in whatever order they join;

    nucleolus, the group with the most to complain of has as little as can be;

    per_capita_nucleolus, the same, its complaint counted for each member.

    First make a plan: waywarden plan --everyone

    waywarden shares plan-oxfordshire --cluster 3

    waywarden shares plan-oxfordshire --cluster 3 --rule all

    waywarden shares plan-oxfordshire
    """
    from waywarden.planning.facts import CannotPlan
    from waywarden.planning.splits.reposing import report_in

    if cluster is None and rule != USUAL:
        raise CannotPlan("--rule needs --cluster, the number of the cluster to share out.")
    report = report_in(plan)
    if cluster is None:
        _share_the_county(report, as_json=as_json)
    else:
        _share_a_cluster(report, cluster, rule, as_json=as_json)


def _share_a_cluster(report: "Report", number: int, rule: str, *, as_json: bool) -> None:
    from waywarden.planning.splits import shown
    from waywarden.planning.splits.reposing import facts_of, problem_again
    from waywarden.planning.splits.splitting import chosen_rules, cluster_numbered, splits_of

    rules, cluster = chosen_rules(rule), cluster_numbered(report, number)
    problem = problem_again(report, facts_of(report))
    found = splits_of(problem, report, cluster, rules)
    names = {council.key: council.name for council in report.councils}
    if as_json:
        return _print_json(shown.as_json(found, names))
    _say(f"Cluster {cluster.number}, {cluster.name}, at expected prices.")
    console = Console()
    for part in shown.tables(found, names, console.width):
        console.print(part)
    for line in shown.sentences(found, names):
        _say(line)
    return None


def _share_the_county(report: "Report", *, as_json: bool) -> None:
    from waywarden.planning.facts import CannotPlan
    from waywarden.planning.splits import shown
    from waywarden.planning.splits.reposing import facts_of
    from waywarden.planning.splits.splitting import stable_pence, steadied

    facts = facts_of(report)
    if not report.clusters:
        raise CannotPlan("This plan has no clusters, so there is nothing to share.")
    with _telling(report.county, is_silent=as_json) as tell:
        stable = steadied(report, facts, lambda done, total, ceiling: tell(done))
    if as_json:
        return _print_json(shown.county_json(stable, stable_pence(stable)))
    for line in shown.county_sentences(stable, report):
        _say(line)
    return None


def _print_json(found: dict[str, object]) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=1))


def _say(line: str) -> None:
    Console().print(line, markup=False, highlight=False, soft_wrap=False)


@contextmanager
def _telling(county: str, *, is_silent: bool) -> Iterator[Tell]:
    """Show how far it is: a bar on a terminal, one line elsewhere."""
    console, what = Console(stderr=is_silent), f"Sharing out {county}"
    if not console.is_terminal:
        if not is_silent:
            _say(f"{what}: half a minute the first time")
        yield _silent
        return
    columns = TextColumn("{task.description}"), BarColumn(bar_width=20), TaskProgressColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda done: bar.update(task, completed=done)


def _silent(done: float) -> None:
    """Tell nobody."""
