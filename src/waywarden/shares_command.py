"""The command that shares out what a plan costs: one cluster by its rules, or the whole county.

What takes long to load is loaded only once shares are asked for: every other
command stays quick.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from waywarden.data.names import shown, slug
from waywarden.own_plan_command import complaints_told, name_of
from waywarden.progress import telling

if TYPE_CHECKING:
    from waywarden.planning.splits.bills import Bill

PlanFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="PLAN",
        show_default=False,
        help="The folder that waywarden plan wrote, or its plan.json; without it plan-oxfordshire.",
    ),
]
ClusterNumber = Annotated[
    str, typer.Option("--cluster", metavar="N", help="Share out the cluster of this number.")
]
Rule = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="all, or one of: allocation, equal, alone, scrb, shapley, nucleolus, "
        "per_capita_nucleolus.",
    ),
]
From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="The spreadsheet that a plan of your own county was made from, if it does not lie in "
        "the plan's folder.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone, money in pence.")]

USUAL = "allocation"
MOST_DIGITS = 10
HERE = Path("plan-oxfordshire")

HELP = """Share out what a plan costs, and say who would be better off without the others.

With --cluster, what each member of that cluster would pay beside what it pays alone, to the \
penny; whether some of them would be better off by themselves, and by how much; and the nearest \
split under which nobody would. Without it, how much of the county's plan can be paid by shares \
that no group of councils would leave, and the grant that is then missing.

The rules: allocation, from each one's county allocation, the saving by cost alone;

equal, as much for everyone; alone, in proportion to what each pays alone;

scrb, what each adds to the cost, and the rest in proportion to what it would save;

shapley, what each adds on average, in whatever order they join;

nucleolus, the group with the most to complain of has as little as can be;

per_capita_nucleolus, the same, its complaint counted for each member.

First make a plan, which takes half a minute; then share out its cluster 2, by one rule and by all:

waywarden plan --everyone

waywarden shares plan-oxfordshire --cluster 2

waywarden shares plan-oxfordshire --cluster 2 --rule all

The whole county:

waywarden shares plan-oxfordshire

A plan of your own county, made with waywarden plan --from county.xlsx:

waywarden shares plan-county --cluster 1
"""


def shares(
    plan: PlanFile = None,
    cluster: ClusterNumber = "",
    rule: Rule = USUAL,
    own: From = None,
    as_json: AsJson = False,
) -> None:
    """Share out what a plan costs, and say who would be better off without the others."""
    from waywarden.planning.facts import CannotPlan
    from waywarden.planning.splits.opening import bill_in
    from waywarden.planning.splits.splitting import chosen_rules

    if not cluster and rule != USUAL:
        raise CannotPlan("--rule needs --cluster, the number of the cluster to share out.")
    rules, number = chosen_rules(rule), _number(cluster)
    place, source = _place(plan, own)
    with complaints_told():
        bill = bill_in(place, source)
    if number is None:
        _share_the_county(bill, as_json=as_json)
    else:
        _share_a_cluster(bill, number, rules, as_json=as_json)


def _number(cluster: str) -> int | None:
    from waywarden.planning.facts import CannotPlan

    plain = cluster.strip()
    if plain and not (plain.isascii() and plain.isdigit() and len(plain) < MOST_DIGITS):
        raise CannotPlan(
            f"“{shown(cluster)}” is no number of a cluster. Write it as in the plan, such as 2."
        )
    return int(plain) if plain else None


def _place(plan: Path | None, own: Path | None) -> tuple[Path, Path | None]:
    """Return where the plan is, and the spreadsheet it was made from, where that is named.

    A folder named as the spreadsheet that holds a plan is the plan itself.
    """
    from waywarden.planning.papers.filing import JSON

    if own is None:
        return plan or HERE, None
    if (own / JSON).is_file():
        return plan or own, None
    return plan or Path(f"plan-{slug(name_of(str(own)))}"), own


def _share_a_cluster(bill: "Bill", number: int, rules: tuple[str, ...], *, as_json: bool) -> None:
    from waywarden.planning.splits import shown
    from waywarden.planning.splits.splitting import splits_of

    cluster = bill.cluster_numbered(number)
    console = Console(stderr=as_json)
    with telling(f"Sharing out cluster {number}", console, is_silent=True) as tell:
        found = splits_of(bill, cluster, rules, tell)
    if as_json:
        return _print_json(shown.as_json(found, bill.names))
    _say(f"Cluster {cluster.number}, {cluster.name}, at expected prices.")
    console = Console()
    for part in shown.tables(found, bill.names, console.width):
        console.print(part)
    for line in shown.sentences(found, bill.names):
        _say(line)
    return None


def _share_the_county(bill: "Bill", *, as_json: bool) -> None:
    from waywarden.planning.splits import shown
    from waywarden.planning.splits.splitting import stable_pence, steadied

    console = Console(stderr=as_json)
    with telling(f"Sharing out {bill.county}", console, is_silent=as_json) as tell:
        tell("about a minute the first time", 0.0)
        stable = steadied(bill, lambda done, total, ceiling: tell("looking for groups", done))
    if as_json:
        return _print_json(shown.county_json(stable, stable_pence(stable)))
    for line in shown.county_sentences(stable, bill):
        _say(line)
    return None


def _print_json(found: dict[str, object]) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=1))


def _say(line: str) -> None:
    Console().print(line, markup=False, highlight=False, soft_wrap=False)
