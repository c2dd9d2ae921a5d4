"""The lists of plans and of the clusters in one: how each column is sorted, filtered and shown."""

from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html

from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.pages import ClusterRow, PlanPage
from waywarden.devolution.plans.queries import PlacedCouncil
from waywarden.devolution.plans.templatetags.plan_words import chip, in_percent, in_pounds
from waywarden.fabric.common.wording import whole_pounds
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed
from waywarden.planning.comparisons.comparing import Payer

SOURCE = "Plans made from the register; every sum is an estimate, and each plan says from what."

# A large plan takes a tenth of a second to read, so that few are shown at once.
PLANS_ON_A_PAGE = 10

PLANS: list[Listed[PlanRun]] = [
    Listed(
        "number",
        "The plan's number",
        "whole number",
        lambda run: run.number,
        heading="Newest",
        starts="most",
    ),
    Listed("made_on", "The day it was made", "date", lambda run: run.made_on, starts=""),
    Listed("county", "The county planned", "text", lambda run: run.county.name, starts=""),
    Listed(
        "shape",
        "Whether all services share one set of clusters",
        "text",
        lambda run: run.get_shape_display(),
        heading="Clusters",
        filtered="choice",
        starts="",
    ),
    Listed("effort", "How long it was searched", "text", lambda run: run.effort, starts=""),
    Listed(
        "services_planned",
        "How many services it plans",
        "whole number",
        lambda run: len(run.services),
        heading="Services planned",
        starts="most",
    ),
    Listed(
        "is_everyone",
        "Whether councils that have not answered count as willing",
        "yes or no",
        lambda run: run.is_everyone,
        starts="",
    ),
    Listed(
        "is_trial",
        "Whether it was made to try something out",
        "yes or no",
        lambda run: run.is_trial,
        starts="",
    ),
    Listed("address", "Its page", "text", lambda run: run.get_absolute_url(), starts=""),
]


def plans_list(runs: Sequence[PlanRun], asked: Mapping[str, str]) -> ListPage[PlanRun]:
    """Return a county's plans as they are asked for."""
    return listed(PLANS, runs, asked, what="plans", usual_rows=PLANS_ON_A_PAGE)


def _council(placed: PlacedCouncil) -> object:
    address = reverse("plans:council", args=[placed.run.number, placed.council.key])
    return format_html('<a href="{}">{}</a>', address, placed.council.name)


def _saving(placed: PlacedCouncil) -> int:
    return placed.council.alone.expected - placed.council.together.expected


COUNCILS: list[Listed[PlacedCouncil]] = [
    Listed(
        "place",
        "The council's place",
        "text",
        lambda placed: placed.council.name,
        heading="Council",
        cell=_council,
        filtered="text",
    ),
    Listed(
        "clusters",
        "The numbers of its clusters; none where it goes alone",
        "text",
        lambda placed: " ".join(str(one.number) for one in placed.clusters),
        heading="Cluster",
    ),
    Listed(
        "saving_expected_estimate",
        "What it would pay less than alone, pounds a year at expected prices: an estimate",
        "pence",
        _saving,
        heading="Pays less than alone, a year (estimate)",
        cell=lambda placed: whole_pounds(_saving(placed)),
        starts="most",
    ),
    Listed(
        "why",
        "Why it is here",
        "text",
        lambda placed: " ".join(placed.council.why),
        heading="Why here",
        cell=lambda placed: placed.council.why[0] if placed.council.why else "It goes alone.",
        starts="",
    ),
]


def councils_list(
    placed: Sequence[PlacedCouncil], asked: Mapping[str, str]
) -> ListPage[PlacedCouncil]:
    """Return a plan's councils as they are asked for."""
    return listed(COUNCILS, placed, asked, what="councils")


PAYERS: list[Listed[Payer]] = [
    Listed(
        "place",
        "The council's place",
        "text",
        lambda one: one.name,
        heading="Council",
        filtered="text",
    ),
    Listed(
        "first_estimate",
        "What it would pay in the first plan, pounds a year: an estimate",
        "pence",
        lambda one: round(100 * one.before),
        heading="In the first, a year (estimate)",
        cell=lambda one: whole_pounds(round(100 * one.before)),
        starts="most",
    ),
    Listed(
        "second_estimate",
        "What it would pay in the second plan, pounds a year: an estimate",
        "pence",
        lambda one: round(100 * one.after),
        heading="In the second, a year (estimate)",
        cell=lambda one: whole_pounds(round(100 * one.after)),
        starts="most",
    ),
    Listed(
        "saving_estimate",
        "How much less it would pay in the second, pounds a year: an estimate",
        "pence",
        lambda one: round(100 * one.saving),
        heading="Less in the second, a year (estimate)",
        cell=lambda one: whole_pounds(round(100 * one.saving)),
        starts="most",
    ),
]


def payers_list(payers: Sequence[Payer], asked: Mapping[str, str]) -> ListPage[Payer]:
    """Return the councils that would pay another amount as they are asked for."""
    return listed(PAYERS, payers, asked, what="councils")


def _cluster(row: ClusterRow) -> object:
    link = format_html('<a href="{}">{}</a>', row.address, row.cluster.name)
    return format_html("<span>{} {}</span>", chip(row.cluster), link)


def _pounds(
    name: str, says: str, heading: str, value: Callable[[ClusterRow], int]
) -> Listed[ClusterRow]:
    return Listed(
        name,
        says,
        "whole number",
        value,
        heading=f"{heading}, a year (estimate)",
        cell=lambda row: in_pounds(value(row)),
        starts="most",
    )


CLUSTERS: list[Listed[ClusterRow]] = [
    Listed(
        "number",
        "Its number on the map",
        "text",
        lambda row: row.cluster.number,
        heading="Cluster and lead",
        cell=_cluster,
    ),
    Listed(
        "councils",
        "How many are in it",
        "whole number",
        lambda row: len(row.cluster.members),
        heading="Councils",
        starts="most",
    ),
    Listed(
        "leads",
        "How many of them lead a service",
        "whole number",
        lambda row: row.leads,
        heading="Service leads",
        starts="most",
        is_wide=True,
    ),
    _pounds("planned", "What it costs a year", "Planned", lambda row: row.planned),
    _pounds("alone", "What its members would pay alone", "Alone", lambda row: row.alone),
    Listed(
        "saved",
        "What part of that is saved",
        "whole number",
        lambda row: row.saved_percent,
        heading="Saved",
        cell=lambda row: in_percent(row.saved_percent),
        starts="most",
    ),
    Listed(
        "holds",
        "At how many prices it costs no more than its members alone",
        "text",
        lambda row: len(row.holds_at),
        heading="Holds at",
        cell=lambda row: row.holds_at,
        starts="most",
    ),
]


def clusters_list(page: PlanPage, asked: Mapping[str, str]) -> ListPage[ClusterRow]:
    """Return a plan's clusters as they are asked for."""
    carried = {"service": page.drawn.code} if page.drawn and asked.get("service") else {}
    return listed(
        CLUSTERS,
        page.rows,
        asked,
        what="clusters",
        carried=carried,
        usual_rows=500,
        anchor="clusters",
    )
