"""A plan as GeoJSON: councils and providers as points, and lines from leads to those they serve.

GeoJSON is in degrees on WGS84 (RFC 7946, 2016), so that positions are taken to
be kilometres on the British National Grid, and turned into degrees right to
about five metres (`gridding`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from waywarden.planner.answers.gridding import degrees_of
from waywarden.planner.councils import Council, Provider
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem

if TYPE_CHECKING:
    from waywarden.planner.answers.plans import Plan

#: Decimals of a degree: about a metre.
DECIMALS = 5


def geojson_of(plan: Plan) -> str:
    """Return a plan as GeoJSON.

    Raises ValueError where there are no positions, as in a `Location`, or one
    is not on the British National Grid.
    """
    if isinstance(plan.problem, Location):
        raise ValueError("A Location has no positions to draw. Plan a Problem to have a map.")
    places = {one.key: _position(one) for one in plan.problem.leads}
    features = [
        *(_council(plan, plan.problem, one, places) for one in plan.problem.councils),
        *(
            _feature("Point", places[one.key], what="provider", key=one.key, name=one.name)
            for one in plan.problem.providers
        ),
        *_lines(plan, places),
    ]
    whole = {"type": "FeatureCollection", "name": "plan", "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _position(place: Council | Provider) -> list[float]:
    try:
        degrees = degrees_of(1_000 * place.east_km, 1_000 * place.north_km)
    except ValueError as error:
        raise ValueError(
            f"{place.name}: {error} Give its position in kilometres on that grid to have a map."
        ) from None
    return [round(degree, DECIMALS) for degree in degrees]


def _council(
    plan: Plan, problem: Problem, council: Council, places: dict[str, list[float]]
) -> dict[str, Any]:
    services = [service.key for service in problem.services]
    found = {service: plan.cluster_of(council.key, service) for service in services}
    leads = {service: plan.lead_of(council.key, service) for service in services}
    return _feature(
        "Point",
        places[council.key],
        what="council",
        key=council.key,
        name=council.name,
        clusters=sorted({cluster.number for cluster in found.values() if cluster}),
        leads=[service for service in services if found[service] and leads[service] == council.key],
        alone=[service for service in services if (council.key, service) in plan.alone],
        led_by={service: lead for service, lead in leads.items() if lead},
    )


def _lines(plan: Plan, places: dict[str, list[float]]) -> list[dict[str, Any]]:
    """Return a line from each lead to each council it serves, with the services it does there."""
    services: dict[tuple[int, str, str], list[str]] = {}
    for cluster in plan.clusters:
        for service, led in cluster.service_leads.items():
            for member in cluster.members:
                if member != led.lead and plan.cluster_of(member, service) is cluster:
                    services.setdefault((cluster.number, led.lead, member), []).append(service)
    return [
        _feature(
            "LineString",
            [places[lead], places[member]],
            what="leads for",
            cluster=number,
            lead=lead,
            member=member,
            services=led,
        )
        for (number, lead, member), led in services.items()
    ]


def _feature(kind: str, coordinates: list[Any], **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}
