"""North Yorkshire: a county and seven districts until 31 March 2023, one unitary from 1 April."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.counties import Loader
from tests.loading.questions import tiers_of
from waywarden.arrangements.register.queries import who_delivers
from waywarden.county.councils.models import Body, latest_successor
from waywarden.county.places import queries
from waywarden.county.places.models import Area
from waywarden.county.services.models import Service

pytestmark = pytest.mark.django_db

LAST, FIRST = date(2023, 3, 31), date(2023, 4, 1)


@pytest.fixture(scope="module")
def north_yorkshire(loaded: Loader) -> Iterator[Area]:
    with loaded("North Yorkshire") as county:
        yield county


@pytest.fixture
def thirsk(north_yorkshire: Area) -> Area:
    """A parish that lay in Hambleton."""
    return Area.objects.get(name="Thirsk", kind="parish")


def test_on_its_last_day_the_district_and_the_county_council_answer(
    north_yorkshire: Area, thirsk: Area
) -> None:
    held = tiers_of(north_yorkshire, thirsk, on=LAST)

    assert held["district"].startswith("Hambleton")
    assert held["county"] == "North Yorkshire County Council"


def test_on_its_first_day_the_unitary_answers_for_both(north_yorkshire: Area, thirsk: Area) -> None:
    held = tiers_of(north_yorkshire, thirsk, on=FIRST)

    assert held["county"] == held["district"]
    assert held["county"] not in ("", "North Yorkshire County Council")
    assert held["county"].startswith("North Yorkshire")


def test_the_parish_itself_goes_on(north_yorkshire: Area, thirsk: Area) -> None:
    before, after = (tiers_of(north_yorkshire, thirsk, on=day) for day in (LAST, FIRST))

    assert before["parish"] == after["parish"]


@pytest.mark.parametrize(
    "district",
    ["Craven", "Hambleton", "Harrogate", "Richmondshire", "Ryedale", "Scarborough", "Selby"],
)
def test_the_unitary_took_over_from_each_district(north_yorkshire: Area, district: str) -> None:
    former = Body.objects.get(name__startswith=district, kind="district")

    (heir,) = latest_successor(former, on=FIRST)

    assert former.ends_on == LAST
    assert heir.kind == "unitary"
    assert heir.starts_on == FIRST


def test_every_parish_had_a_district_on_the_last_day(north_yorkshire: Area) -> None:
    tiers = queries.Tiers(north_yorkshire, on=LAST)
    own = queries.parishes_of(north_yorkshire, on=LAST)
    without = [p.name for p in own if "district" not in tiers.of(p)]

    assert without == []


def test_the_register_answers_on_either_side_of_the_change(
    north_yorkshire: Area, thirsk: Area
) -> None:
    litter = Service.objects.get(code="LIT")

    before = who_delivers(service=litter, area=thirsk, on=LAST)
    after = who_delivers(service=litter, area=thirsk, on=FIRST)

    assert before.deliverer.kind == "district"
    assert after.deliverer.kind == "unitary"
