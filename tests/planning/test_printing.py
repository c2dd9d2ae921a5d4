"""A plan on a terminal of eighty columns."""

from dataclasses import replace

from rich.console import Console

from tests.planning import examples
from waywarden.planning import printing
from waywarden.planning.reports import Report


def printed(report: Report) -> str:
    console = Console(width=80, force_terminal=False, file=None, record=True)
    with console.capture() as caught:
        for line in [*printing.opening(report), *printing.closing(report)]:
            console.print(line, markup=False, highlight=False)
        console.print(printing.costs_table(report))
        console.print(printing.clusters_table(report))
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


def test_a_name_cannot_steer_the_terminal() -> None:
    report = examples.report()
    cluster = replace(report.clusters[0], name="[red]Wychbourne[/red]")

    assert "[red]Wychbourne" in printed(replace(report, clusters=(cluster,)))


def test_where_nobody_takes_part_it_says_how_to_see_an_illustration() -> None:
    said = printed(examples.nobody())

    assert "No council has said that it would take part." in said
    assert "--everyone" in said
    assert "cheaper" not in said
