"""What is known here of a council that would go alone, beside each factor, with its source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from waywarden.county.councils.models import Body
from waywarden.county.papers.models import Paper
from waywarden.county.people.models import Office
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.services import queries as catalogue
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.factors import FACTORS, Factor
from waywarden.devolution.clusters.models import Finding, GoingAlone
from waywarden.devolution.offers.costs import Costs, costs_of
from waywarden.devolution.offers.models import Offer
from waywarden.fabric.common.wording import (
    about_pounds,
    about_span,
    amount,
    letter_meaning,
    people,
    pounds,
)

NOT_HELD = "Not held here"
MEETINGS = (Body.Kind.MEETING, Body.Kind.PARISH_OR_MEETING)
CLERKS = (Office.Kind.CLERK, Office.Kind.DEPUTY_CLERK)


@dataclass(frozen=True)
class Fact:
    """One thing that is known, where from, and perhaps where to read it."""

    name: str
    says: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True)
class Beside:
    """A factor with what was found, and what is known about it."""

    factor: Factor
    finding: Finding | None
    facts: list[Fact]


def facts_beside(of: GoingAlone, findings: Iterable[Finding], *, on: date) -> list[Beside]:
    """Return each factor with what was found, and what is known about it on a day."""
    found = {each.factor: each for each in findings}
    areas = queries.places_of([of.body], on=on)[of.body_id]
    known = {
        "capacity": [*_quantities(of, areas)],
        "insurance": [*_certificates(of.body)],
        "money-gap": [*_costs(of, areas), *_tax_base(of.body)],
        "clerk-hours": [*_clerks(of.body, on=on)],
        "continuity": [_standing_of(of.body)],
    }
    return [Beside(factor, found.get(factor.key), known[factor.key]) for factor in FACTORS]


def people_of(body: Body, *, on: date) -> list[Fact]:
    """Return how many live in each parish a council holds."""
    areas = queries.places_of([body], on=on)[body.pk]
    known = places.populations_of(areas)
    found = []
    for area in areas:
        held = known.get(area.pk)
        says = people(held.value, held.is_modelled) if held else NOT_HELD
        source = f"{held.source}, {held.reference}" if held else ""
        found.append(Fact(f"People in {area.name}", says, source, area.get_absolute_url()))
    return found


def _quantities(of: GoingAlone, areas: Sequence[Area]) -> Iterator[Fact]:
    services = list(of.services.order_by("order"))
    held = catalogue.current_quantities(areas, services)
    for service in services:
        for area in areas:
            found = held.get((area.pk, service.pk))
            name = f"{service.name} in {area.name}"
            if found is None or found.amount_milli is None:
                yield Fact(name, NOT_HELD)
                continue
            sure = letter_meaning(found.confidence)
            yield Fact(name, amount(found.amount_milli, found.unit), f"{found.source} ({sure})")


def _certificates(body: Body) -> Iterator[Fact]:
    public = Paper.objects.of(body).there().public().filter(kind=Paper.Kind.INSURANCE)
    url = reverse("papers:papers", args=[body.key])
    titles = list(public.order_by("-pk").values_list("title", flat=True))
    says = "; ".join(titles) or "No certificate is public here"
    yield Fact("Certificates of insurance", says, "The council’s public papers here", url)


def _costs(of: GoingAlone, areas: Sequence[Area]) -> Iterator[Fact]:
    planned = _planned(of, areas)
    if planned is None:
        yield Fact(
            "Cost of these services alone",
            f"{NOT_HELD}: no plan of the county’s offers is of these services alone",
        )
    else:
        low, high = planned.alone.low, planned.alone.high
        says = f"{about_pounds(planned.alone.expected)} a year".capitalize()
        says += f", {about_span(low, high)} between low and high prices: an estimate"
        yield Fact("Cost of these services alone", says, planned.plan, planned.url)
    told = Offer.objects.filter(body=of.body, own_quote_pence__isnull=False)
    if (quoted := told.select_related("round", "body").order_by("-pk").first()) is not None:
        says = f"{pounds(quoted.own_quote_pence or 0)} a year for “{quoted.round.title}”"
        yield Fact("A price it was quoted", says, "Given by the council", quoted.get_absolute_url())


def _planned(of: GoingAlone, areas: Sequence[Area]) -> Costs | None:
    """Return what the plan of the newest offer made to the council says of these services."""
    codes = frozenset(service.code for service in of.services.all())
    offers = Offer.objects.filter(body=of.body, round__plan__isnull=False)
    newest = offers.select_related("round").order_by("-pk").first()
    plan = newest.round.plan if newest else None
    return costs_of(plan, {of.body_id: areas}, codes).get(of.body_id)


def _tax_base(body: Body) -> Iterator[Fact]:
    told = Offer.objects.filter(body=body, tax_base_milli__isnull=False)
    newest = told.select_related("round", "body").order_by("-pk").first()
    if newest is None:
        yield Fact("Precept and tax base", NOT_HELD)
        return
    homes = amount(newest.tax_base_milli or 0, "Band D homes")
    yield Fact("Tax base", homes, "Given by the council", newest.get_absolute_url())
    yield Fact("Precept", NOT_HELD)


def _clerks(body: Body, *, on: date) -> Iterator[Fact]:
    held = Office.objects.in_body(body).as_of(on).filter(kind__in=CLERKS).count()
    says = f"{held} held today" if held else "Nobody holds one here today"
    url = reverse("bodies:body", args=[body.key])
    yield Fact("Offices of clerk and deputy clerk", says, "The offices kept here", url)
    yield Fact("Hours", NOT_HELD)


def _standing_of(body: Body) -> Fact:
    says = str(body.get_kind_display())
    if body.kind in MEETINGS:
        says += (
            ". A parish meeting is no council: it cannot be delegated to under section 101 of the "
            "Local Government Act 1972, and usually has no staff (to be confirmed by the "
            "monitoring officer)"
        )
    return Fact("What it is", says, "The register", reverse("bodies:body", args=[body.key]))
