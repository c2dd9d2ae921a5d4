"""First estimates of every service's quantity in a county, from the rules in the package."""

from datetime import date
from fractions import Fraction

from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.services.models import Quantity, Service
from waywarden.fabric.common.models import Confidence
from waywarden.rules import estimates
from waywarden.rules.assumptions import Rule, assumptions
from waywarden.rules.estimates import Estimate, Place

SOURCE = "Estimated from people and area by the rules on the page of methods and sources"


def estimates_of(county: Area, *, on: date) -> dict[str, dict[str, Estimate | None]]:
    """Return, by service code and area key, what the rules give for each parish of a county.

    Empty for a county the rules were not written for: their scale rests on
    places of Oxfordshire.
    """
    rules, facts = assumptions().rules, _facts(county, on=on)
    anchors = {key for rule in rules.values() if rule.anchor for key in rule.anchor.places}
    if not anchors <= set(facts):
        return {}
    return {code: estimates.estimates_of(rule, facts) for code, rule in rules.items()}


def scale_of(county: Area, rule: Rule, *, on: date) -> Fraction | None:
    """Return what a rule is multiplied by to meet its published total in this county."""
    return estimates.scale_of(rule, _facts(county, on=on))


def _facts(county: Area, *, on: date) -> dict[str, Place]:
    """Return what the rules need to know of each parish, by its key."""
    areas = places.parishes_of(county, on=on)
    populations = places.populations_of(areas)
    facts = {}
    for area in areas:
        people = populations.get(area.pk)
        is_modelled = people is None or people.is_modelled
        facts[area.key] = Place(people.value if people else None, area.extent_milli, is_modelled)
    return facts


def estimated_quantities(county: Area, *, on: date) -> list[Quantity]:
    """Return an estimate for each parish and service the rules cover, as unsaved quantities."""
    areas = {area.key: area for area in places.parishes_of(county, on=on)}
    services = {service.code: service for service in Service.objects.all()}
    return [
        _quantity(areas[key], services[code], estimate)
        for code, by_key in estimates_of(county, on=on).items()
        for key, estimate in by_key.items()
        if estimate is not None
    ]


def _quantity(area: Area, service: Service, estimate: Estimate) -> Quantity:
    """Keep the expected amount exactly, and the range as it is published: rounded outward."""
    low, high = estimate.rounded_milli
    return Quantity(
        area=area,
        service=service,
        amount_milli=estimate.expected_milli,
        low_milli=low,
        high_milli=high,
        unit=estimate.unit,
        source=SOURCE,
        confidence=Confidence.ESTIMATE,
        is_estimate=True,
    )
