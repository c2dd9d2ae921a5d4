"""A plan on a terminal: what it costs, how good it is proven to be, and its clusters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from waywarden.fabric.common.wording import whole_pounds
from waywarden.planning.reports import Report
from waywarden.planning.words.phrasing import counted, listed
from waywarden.planning.words.pounds import Pounds
from waywarden.planning.words.wording import (
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

#: A narrower terminal would cut the table of clusters.
TABLE_COLUMNS = 80


def costs_table(report: Report) -> Table:
    """Return the three costs with their ranges."""
    table = Table("A year", box=None, pad_edge=False)
    table.add_column("Expected", justify="right", no_wrap=True)
    table.add_column("Low to high prices")
    for name, amount in costs_of(report):
        table.add_row(name, short_pounds(amount.expected), between(amount))
    return table


def clusters_shown(report: Report, columns: int) -> RenderableType:
    """Return the clusters for a terminal of so many columns: a table, or where that is cut, lines.

    Their whole pounds add up to those of all clusters.
    """
    rows = [*_rows(report)]
    if columns >= TABLE_COLUMNS:
        return _table(rows, _total(report))
    total = _total(report)
    return Group("Clusters", *map(_lines, rows), _lines(total))


@dataclass(frozen=True)
class _Row:
    number: str
    name: str
    councils: int
    planned: str
    alone: str
    saved: str
    holds: str


def _rows(report: Report) -> Iterator[_Row]:
    pounds = Pounds(report)
    for cluster in report.clusters:
        yield _Row(
            number=str(cluster.number),
            name=cluster.name,
            councils=len(cluster.members),
            planned=whole_pounds(100 * pounds.clusters_planned[cluster.key]),
            alone=whole_pounds(100 * pounds.clusters_alone[cluster.key]),
            saved=saved_percent(cluster.alone.expected, cluster.planned.expected),
            holds=holds(cluster),
        )


def _total(report: Report) -> _Row:
    planned, alone = Pounds(report).in_clusters
    return _Row(
        number="",
        name="All clusters",
        councils=len({member for cluster in report.clusters for member in cluster.members}),
        planned=whole_pounds(100 * planned),
        alone=whole_pounds(100 * alone),
        saved=saved_percent(alone, planned),
        holds="",
    )


def _table(rows: Sequence[_Row], total: _Row) -> Table:
    table = Table(title="Clusters", box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("Lead")
    for name in ("Councils", "Planned", "Alone", "Saved"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Holds at", no_wrap=True)
    for row in [*rows, total]:
        if row is total:
            table.add_section()
        costs = row.planned, row.alone, row.saved
        table.add_row(row.number, Text(row.name), f"{row.councils:,}", *costs, row.holds)
    return table


def _lines(row: _Row) -> RenderableType:
    """Return one cluster as lines that wrap between words."""
    councils = counted(row.councils, "council", "councils")
    saved = f"Saved: {row.saved}" if row.saved else ""
    held = f"Holds at: {row.holds.lower()}" if row.holds else ""
    told = [f"{row.planned} planned, {row.alone} alone", *filter(None, (saved, held))]
    return Group(
        Text(f"{row.number} {row.name}: {councils}".strip()),
        *(Padding(Text(line), (0, 0, 0, 2), expand=False) for line in told),
    )


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
        yield f"Now: the same work {AT_A_FIRMS_PRICES}: {OUR_ESTIMATE}."
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
