"""The plan of a county of one's own: on a terminal, and as files."""

import math
from collections.abc import Iterator
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from waywarden.fabric.common.wording import whole_pounds
from waywarden.fabric.tables.columns import Column, write_csv
from waywarden.planner import Cluster, Plan
from waywarden.planner.answers.explaining import certainty
from waywarden.planning.words.phrasing import counted
from waywarden.planning.words.wording import proposal, saved_in_words

JSON, CSV, GEOJSON = "plan.json", "councils.csv", "plan.geojson"
NAMES = (JSON, CSV, GEOJSON)

#: A narrower terminal would cut the table of clusters.
TABLE_COLUMNS = 80
NOT_KNOWN = "Not known"

#: The columns of the table of councils, what each means, and what it is called in a plan's rows.
COLUMNS = (
    ("council", "The council", "name"),
    ("service", "The service", "service"),
    ("willingness", "What it has said", "willingness"),
    ("counts as", "What counts in this plan", "counts_as"),
    ("cluster", "The number of its cluster; empty outside all", "cluster"),
    ("lead", "Who does it; empty where it stays as it is", "lead"),
    ("way", "How it is done", "way"),
    ("cost of the cluster", "What its cluster spends on it, pounds a year", "cluster_cost"),
    ("cost alone", "What the council would spend alone, pounds a year", "cost_alone"),
)


def files_of(plan: Plan) -> dict[str, str]:
    """Return the files of a plan by name."""
    columns = [
        Column[dict[str, Any]](name, meaning, "text", lambda row, key=key: _cell(row[key]))  # type: ignore[misc]
        for name, meaning, key in COLUMNS
    ]
    return {
        JSON: plan.to_json(),
        CSV: write_csv(columns, plan.rows()),
        GEOJSON: plan.to_geojson(),
    }


def _cell(value: object) -> object:
    return f"{value:.2f}" if isinstance(value, float) else value


def plan_shown(plan: Plan, names: dict[str, str], columns: int) -> Iterator[RenderableType]:
    """Return what to print of a plan on a terminal of so many columns."""
    yield _costs(plan)
    if plan.clusters:
        yield Text("")
        yield from _clusters(plan, names, columns)
    yield Text("")
    for line in sentences(plan):
        yield Text(line)


def sentences(plan: Plan) -> Iterator[str]:
    """Say what a plan does, what it saves in pounds, and how good it is proven to be."""
    yield proposal([cluster.members for cluster in plan.clusters])
    alone = _alone(plan)
    if plan.clusters and math.isfinite(alone):
        yield saved_in_words(round(100 * (alone - plan.cost)), whole_pounds)
    yield from certainty(plan)


def _alone(plan: Plan) -> float:
    """Return what all councils would spend alone; endless where one of them could not."""
    return sum(cluster.alone_cost for cluster in plan.clusters) + sum(plan.alone.values())


def _costs(plan: Plan) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column("")
    table.add_column("", justify="right", no_wrap=True)
    for name, amount in (
        ("Every council alone, a year", _alone(plan)),
        ("This plan", plan.cost),
        ("Proven bound", plan.bound),
    ):
        table.add_row(name, _pounds(amount))
    return table


def _pounds(amount: float) -> str:
    return whole_pounds(round(100 * amount)) if math.isfinite(amount) else NOT_KNOWN


def _clusters(plan: Plan, names: dict[str, str], columns: int) -> Iterator[RenderableType]:
    if columns < TABLE_COLUMNS:
        for cluster in plan.clusters:
            yield from _lines(cluster, names)
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("", justify="right", no_wrap=True)
    for name in ("Lead", "Who leads what, and how"):
        table.add_column(name)
    for name in ("Councils", "Planned", "Alone"):
        table.add_column(name, justify="right", no_wrap=True)
    for cluster in plan.clusters:
        amounts = f"{len(cluster.members):,}", _pounds(cluster.cost), _pounds(cluster.alone_cost)
        led = Text("; ".join(_led(cluster, names)))
        table.add_row(str(cluster.number), Text(names[cluster.lead]), led, *amounts)
    yield table


def _led(cluster: Cluster, names: dict[str, str]) -> Iterator[str]:
    for service, led in cluster.service_leads.items():
        yield f"{service}: {names[led.lead]}, {led.model}"


def _lines(cluster: Cluster, names: dict[str, str]) -> Iterator[RenderableType]:
    """Return one cluster as lines that wrap between words."""
    councils = counted(len(cluster.members), "council", "councils")
    yield Text(f"{cluster.number} {names[cluster.lead]}: {councils}")
    costs = f"{_pounds(cluster.cost)} planned, {_pounds(cluster.alone_cost)} alone"
    for line in (costs, *_led(cluster, names)):
        yield Padding(Text(line), (0, 0, 0, 2), expand=False)
