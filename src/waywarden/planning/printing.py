"""A plan on a terminal: what it costs, how good it is proven to be, and its clusters."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from waywarden.planning.reports import Range, Report
from waywarden.planning.wording import (
    between,
    counted,
    heading,
    holds,
    proof,
    saved_percent,
    saving,
    short_pounds,
    summary,
    whole_pounds,
)


def costs_table(report: Report) -> Table:
    """Return the three costs with their ranges."""
    table = Table("A year", box=None, pad_edge=False)
    table.add_column("Expected", justify="right")
    table.add_column("Low to high prices")
    for name, amount in costs_of(report):
        table.add_row(name, short_pounds(amount.expected), between(amount))
    return table


def costs_of(report: Report) -> list[tuple[str, Range]]:
    """Return the costs a plan sets side by side, with their names."""
    costs = [("Now, at the funded level", report.now), ("Each council alone", report.alone)]
    return [*costs, ("This plan", report.planned)] if report.clusters else costs


def clusters_table(report: Report) -> Table:
    """Return the clusters, each a line that fits eighty columns."""
    table = Table(title="Clusters, by number and lead")
    table.add_column("", justify="right")
    table.add_column("Lead", overflow="ellipsis", no_wrap=True)
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
    return table


def opening(report: Report) -> Iterator[str]:
    """Say what was planned."""
    yield f"{heading(report)}."
    names = ", ".join(service.name.lower() for service in report.services)
    yield f"{report.county}, {counted(len(report.services), 'service')}: {names}."
    yield summary(report)


def closing(report: Report) -> Iterator[str]:
    """Say how good the plan is proven to be, or how to see one where nobody takes part."""
    if report.clusters:
        yield f"{saving(report)} {proof(report)}"
        yield f"Proven bound: {whole_pounds(report.bound)} a year. {report.bound_is}"
    if not report.clusters and not report.is_everyone:
        yield "No council has said that it would take part, so the county goes on as now."
        yield "To see what could be if every council took part, add --everyone."
    for name, reason in report.left_out:
        yield f"{name} is left out. {reason}"
