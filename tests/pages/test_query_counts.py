"""A page asks the database as often for a county of 321 places as for one of ten."""

from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, square
from tests.pages.addresses import ADDRESSES
from tests.pages.test_methods import of_the_cast
from tests.plans.kept import keep_for
from waywarden.county.councils.models import Body
from waywarden.county.places import lookup
from waywarden.county.places.models import (
    Area,
    AreaCode,
    Boundary,
    BoundarySet,
    Jurisdiction,
    Measure,
    Neighbour,
)
from waywarden.county.services.models import Quantity
from waywarden.county.surveying import boundary_of
from waywarden.devolution.plans import queries as plans
from waywarden.devolution.plans.models import PlannedPlace, PlanRun

pytestmark = pytest.mark.django_db

FEW, MANY = 10, 321
MOST = 40
COUNTED = {name: of_the_cast(address) for name, address in ADDRESSES.items()} | {
    "a county with a service": "/counties/the-county/?service=village-grass",
    "a district with a service": "/counties/the-county/?service=village-grass&district=marlshire",
    "a county's downloads for one service": "/counties/the-county/places.csv?service=village-grass",
}


def grow(cast: Cast, to: int) -> None:
    """Add parishes until the county has as many places, each with all that can be known of one."""
    held = Area.objects.inside(cast.county).lowest().count()
    numbers = range(held, to)
    areas = Area.objects.bulk_create(
        Area(
            key=f"parish-{n}-marlshire",
            name=f"Parish {n}",
            kind="parish",
            within=cast.marlshire,
            county=cast.county,
            extent_milli=1000 * n,
        )
        for n in numbers
    )
    bodies = Body.objects.bulk_create(
        Body(key=f"parish-{n}", name=f"Parish {n} Council", kind="parish") for n in numbers
    )
    Jurisdiction.objects.bulk_create(
        Jurisdiction(body=body, area=area, tier="parish")
        for body, area in zip(bodies, areas, strict=True)
    )
    _describe(cast, areas)


def _describe(cast: Cast, areas: list[Area]) -> None:
    drawn = BoundarySet.objects.get()
    shapes = [boundary_of(area, square(n % 20, 3 + n // 20)) for n, area in enumerate(areas)]
    for shape in shapes:
        shape.boundary_set = drawn
    Boundary.objects.bulk_create(shapes)
    AreaCode.objects.bulk_create(
        AreaCode(area=area, code=f"E{area.pk:08}", source="A list") for area in areas
    )
    facts = {"kind": "population", "reference": "2021", "is_modelled": False}
    said = {"source": "A census", "confidence": "A"}
    Measure.objects.bulk_create(
        Measure(area=area, value=area.pk, **facts, **said) for area in areas
    )
    grass = cast.service("DPS01")
    ends = {"is_estimate": True, "unit": "m2", "source": "A rule", "confidence": "C"}
    Quantity.objects.bulk_create(
        Quantity(
            area=area,
            service=grass,
            amount_milli=n * 1000,
            low_milli=n,
            high_milli=n * 2000,
            **ends,
        )
        for n, area in enumerate(areas, start=1)
    )
    Neighbour.objects.bulk_create(
        Neighbour(a=a, b=b, distance_m=9, is_modelled=True, source="Drawn")
        for a, b in pairwise(areas)
    )


def counted(client: Client, address: str) -> int:
    """Count the queries of a page that nobody has asked for yet."""
    cache.clear()
    lookup._trees.clear()
    plans.forget()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


def test_no_page_asks_more_of_a_large_county_than_of_a_small_one(
    client: Client, cast: Cast
) -> None:
    grow(cast, FEW)
    keep_for(cast)
    of_few = {name: counted(client, address) for name, address in COUNTED.items()}

    grow(cast, MANY)
    # A plan of all of them, kept under the same address by taking the first one away.
    PlannedPlace.objects.all()._raw_delete(connection.alias)
    PlanRun.objects.all()._raw_delete(connection.alias)
    keep_for(cast)

    of_many = {name: counted(client, address) for name, address in COUNTED.items()}
    assert of_many == of_few
    assert max(of_many.values()) <= MOST, of_many
