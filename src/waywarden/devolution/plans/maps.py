"""What a page needs to show the maps of a plan, and what they are drawn from."""

from typing import Any

from django.urls import reverse

from waywarden.county.places import queries as places
from waywarden.county.places.models import Area, Boundary
from waywarden.devolution.plans.cluster_pages import ClusterPage
from waywarden.devolution.plans.facts import placed_facts
from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.named import Named
from waywarden.devolution.plans.pages import PlanPage
from waywarden.devolution.plans.words import listed
from waywarden.fabric.maps.drawing import Picture
from waywarden.planning.facts import CouncilFacts
from waywarden.planning.papers.drawing import Ground
from waywarden.planning.reports import Report

APPROXIMATE = "Parish shapes are approximate and are not legal boundaries."


def ground_of(run: PlanRun, report: Report, *, service: str = "") -> Ground | None:
    """Return what the maps of a plan are drawn from; none where no shape is held."""
    held = _boundaries(run)
    if not held:
        return None
    parishes = [one for one in held if one.area.kind == Area.Kind.PARISH]
    return Ground(
        report,
        placed_facts(report, run.made_on),
        {one.area.key: one.geometry for one in parishes},
        {one.area.name: one.geometry for one in held if one not in parishes},
        address=Named(run, report).address_of,
        page=_page_of,
        service=service,
    )


def _page_of(council: CouncilFacts) -> str:
    return reverse("register:place", args=[council.key])


def _boundaries(run: PlanRun) -> list[Boundary]:
    there = places.places_of(run.county, on=run.made_on)
    return places.boundaries_of(there, on=run.made_on)


def plan_picture(page: PlanPage) -> Picture | None:
    """Return the map of a plan's clusters."""
    held = _boundaries(page.run)
    if not held:
        return None
    query = f"?service={page.drawn.code}" if page.drawn else ""
    wide, phone, shapes = _addresses("plans:plan-map", [page.run.number], query)
    many = page.clusters_drawn
    name = page.report.county
    return Picture(
        kind="plan",
        wide=wide,
        phone=phone,
        shapes=shapes,
        alt=f"Map of {name} divided into {many} numbered clusters, each with lines from its lead"
        " to its members. The table lists every cluster.",
        label=f"Map of the {many} proposed clusters. The same facts are in the table on this page.",
        caption=_caption(held, page),
    )


def cluster_picture(page: ClusterPage) -> Picture | None:
    """Return the map of one cluster."""
    held = _boundaries(page.run)
    if not held:
        return None
    wide, phone, shapes = _addresses("plans:cluster-map", [page.run.number, page.cluster.key])
    names = listed([page.councils[key].name for key in page.cluster.members])
    return Picture(
        kind="cluster",
        wide=wide,
        phone=phone,
        shapes=shapes,
        alt=f"Map of the cluster of {names}, with lines from {page.lead.name} to each.",
        label=f"Map of the councils in the {page.cluster.name} cluster."
        " The same facts are in the tables on this page.",
        caption=f"Disc: cluster lead. Diamond: leads a service. {_approximate(held)}".strip(),
        is_wide=True,
    )


def _caption(held: list[Boundary], page: PlanPage) -> str:
    name = page.drawn.name.lower() if page.drawn else ""
    drawn = f"The map shows the clusters of {name} alone." if name else ""
    many = page.clusters_drawn
    tints = "Colours only separate neighbours; the number names the cluster." if many else ""
    return " ".join(filter(None, (page.heading + ".", drawn, _approximate(held), tints)))


def _approximate(held: list[Boundary]) -> str:
    return APPROXIMATE if any(one.boundary_set.is_approximate for one in held) else ""


def _addresses(name: str, keys: list[Any], query: str = "") -> tuple[str, str, str]:
    """Return where the wide still, the still for phones and the live map's shapes are."""
    wide, phone = (reverse(f"{name}-svg", args=[*keys, size]) for size in ("wide", "phone"))
    return wide + query, phone + query, reverse(f"{name}-geojson", args=keys) + query
