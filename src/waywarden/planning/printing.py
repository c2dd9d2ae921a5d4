"""A plan on a terminal: what it costs, how good it is proven to be, and its clusters."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from waywarden.planning.phrasing import counted, listed, whole_pounds
from waywarden.planning.reports import Report
from waywarden.planning.wording import (
    AT_A_FIRMS_PRICES,
    OUR_ESTIMATE,
    between,
    costs_of,
    heading,
    holds,
    proof,
    rules,
    saved_percent,
    saving,
    sentence,
    short_pounds,
    summary,
    takes_part,
)


def costs_table(report: Report) -> Table:
    """Return the three costs with their ranges."""
    table = Table("A year", box=None, pad_edge=False)
    table.add_column("Expected", justify="right")
    table.add_column("Low to high prices")
    for name, amount in costs_of(report):
        table.add_row(name, short_pounds(amount.expected), between(amount))
    return table


def clusters_table(report: Report) -> Table:
    """Return the clusters, each a line that fits eighty columns."""
    table = Table(title="Clusters", box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("Lead")
    for name in ("Councils", "Planned", "Alone", "Saved"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Holds at", no_wrap=True)
    for cluster in report.clusters:
        planned, alone = cluster.planned.expected, cluster.alone.expected
        table.add_row(
            str(cluster.number),
            Text(cluster.name),
            str(len(cluster.members)),
            whole_pounds(planned),
            whole_pounds(alone),
            saved_percent(alone, planned),
            holds(cluster),
        )
    table.add_section()
    table.add_row("", "All clusters", *_total(report))
    return table


def _total(report: Report) -> list[str]:
    councils = len({member for cluster in report.clusters for member in cluster.members})
    planned = sum(cluster.planned.expected for cluster in report.clusters)
    alone = sum(cluster.alone.expected for cluster in report.clusters)
    costs = [whole_pounds(planned), whole_pounds(alone), saved_percent(alone, planned)]
    return [f"{councils:,}", *costs, ""]


def opening(report: Report) -> Iterator[str]:
    """Say what was planned."""
    yield f"{heading(report)}."
    names = ", ".join(service.name.lower() for service in report.services)
    yield f"{report.county}, {counted(len(report.services), 'service', 'services')}: {names}."
    if takes_part(report):
        yield summary(report)


def closing(report: Report) -> Iterator[str]:
    """Say how good the plan is proven to be, or how to see one where nobody takes part."""
    if takes_part(report):
        yield f"Now: the same work {AT_A_FIRMS_PRICES} {OUR_ESTIMATE}."
    if report.clusters:
        yield f"{saving(report)} {proof(report)}"
        if bound_to := rules(report):
            yield bound_to
        yield f"Proven bound: {whole_pounds(report.bound)} a year. {sentence(report.bound_is)}"
    if not takes_part(report):
        yield "So the county goes on as now."
        yield "To see what could be if every council took part, add --everyone."
    by_reason: dict[str, list[str]] = {}
    for name, reason in report.left_out:
        by_reason.setdefault(reason, []).append(name)
    for reason, names in by_reason.items():
        yield f"Left out: {listed(names)}. {sentence(reason)}"
