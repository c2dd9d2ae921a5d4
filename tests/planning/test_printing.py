"""A plan on a terminal of eighty columns."""

import re
from dataclasses import replace

import pytest
from rich.console import Console

from tests.planning import examples
from waywarden.planning.papers import printing
from waywarden.planning.reports import Range, Report


def printed(report: Report, columns: int = 80) -> str:
    console = Console(width=columns, force_terminal=False, file=None, record=True)
    with console.capture() as caught:
        for line in [*printing.opening(report), *printing.closing(report)]:
            console.print(line, markup=False, highlight=False)
        console.print(printing.costs_table(report))
        console.print(printing.clusters_shown(report, columns))
    return caught.get()


def test_costs_and_clusters_fit_eighty_columns_uncut() -> None:
    said = printed(examples.report())

    assert max(len(line) for line in said.splitlines()) <= 80
    assert "…" not in said
    # Five councils at an example 4,000 pounds alone, and 3,000 together.
    assert "Wallingford" in said
    assert "£15,000" in said and "£20,000" in said and "25%" in said
    assert "Every price" in said
    assert (
        "No plan of shared clusters under these prices and rules can be more than 2% cheaper."
        in " ".join(said.split())
    )


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_no_name_or_number_is_cut_however_narrow_the_terminal(columns: int) -> None:
    made = examples.report()
    [cluster] = made.clusters
    long = "Sydenham and Kingston Blount with Crowell"
    dear = {"planned": examples.spread(1_473_521), "alone": examples.spread(1_953_267)}
    clusters = (replace(cluster, name=long, holds_at=("expected", "high"), **dear),)
    said = printed(replace(made, clusters=clusters), columns)
    words = said.split()

    assert max(len(line) for line in said.splitlines()) <= columns
    assert "…" not in said
    assert set(long.split()) <= {word.rstrip(":") for word in words}
    # Once for the cluster, once for all clusters.
    assert words.count("£1,473,521") == words.count("£1,953,267") == 2
    assert "expected and high" in " ".join(words).lower()


@pytest.mark.parametrize("columns", [40, 80])
def test_the_clusters_shown_add_up_to_the_pounds_shown_for_all(columns: int) -> None:
    # Three clusters of £10,000.50 are £30,001.50: rounded up each by itself they would be £30,003.
    made = examples.report([examples.WALLINGFORD[:2], examples.WALLINGFORD[2:4]])
    half = Range(1_000_050, 1_000_050, 1_000_050)
    clusters = [*made.clusters, replace(made.clusters[0], number=3, key="third")]
    odd = tuple(replace(one, planned=half) for one in clusters)
    said = printed(replace(made, clusters=odd, planned=half + half + half), columns)

    found = [int(pounds.replace(",", "")) for pounds in re.findall(r"£(10,00\d|30,00\d)\b", said)]
    assert sum(found[:3]) == found[3] == 30_002


def test_a_name_cannot_steer_the_terminal() -> None:
    report = examples.report()
    cluster = replace(report.clusters[0], name="[red]Wychbourne[/red]")

    assert "[red]Wychbourne" in printed(replace(report, clusters=(cluster,)))


def test_where_nobody_takes_part_it_says_how_to_see_an_illustration() -> None:
    said = printed(examples.nobody())

    assert "No council has said that it would take part." in said
    assert "--everyone" in said
    assert "cheaper" not in said
