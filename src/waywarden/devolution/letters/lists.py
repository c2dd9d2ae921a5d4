"""The letters of a plan as a list: how each column is sorted, filtered and shown."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html

from waywarden.devolution.plans.queries import PlacedCouncil
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed


def _address(placed: PlacedCouncil, kind: str = "letter") -> str:
    return reverse(f"letters:{kind}", args=[placed.run.number, placed.council.key])


def where(placed: PlacedCouncil) -> str:
    """Say in which clusters the plan puts a council, or what else becomes of it."""
    if placed.clusters:
        return ", ".join(f"Cluster {cluster.number}" for cluster in placed.clusters)
    return "Alone" if placed.council.alone_models else "Stays with the county"


def _files(placed: PlacedCouncil) -> str:
    one = '<a href="{}">{}<span class="govuk-visually-hidden"> to {}</span></a>'
    name = placed.council.name
    pdf, word = _address(placed, "letter-pdf"), _address(placed, "letter-word")
    return format_html(f"<span>{one}, {one}</span>", pdf, "PDF", name, word, "Word", name)


LETTERS: list[Listed[PlacedCouncil]] = [
    Listed(
        "council",
        "The council it is to",
        "text",
        lambda placed: placed.council.name,
        heading="Council",
        leads=_address,
        filtered="text",
    ),
    Listed(
        "in_the_plan",
        "In which clusters the plan puts it",
        "text",
        where,
        heading="In the plan",
        filtered="text",
    ),
    Listed(
        "letter",
        "The address of its letter on this site",
        "text",
        _address,
        heading="To download",
        cell=_files,
        starts="",
    ),
]


def letters_list(
    placed: Sequence[PlacedCouncil], asked: Mapping[str, str]
) -> ListPage[PlacedCouncil]:
    """Return the letters of a plan as an address asks for them, by council."""
    return listed(LETTERS, placed, asked, what="letters")
