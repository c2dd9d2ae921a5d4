"""Devon: two tiers, a city without parishes, and two unitaries beside."""

from collections.abc import Iterator

import pytest

from tests.counties import DAY, Loader
from tests.loading.questions import a_place_in, tiers_of
from waywarden.arrangements.register.queries import who_delivers
from waywarden.county.places import queries
from waywarden.county.places.models import Area
from waywarden.county.services.models import Quantity, Service
from waywarden.fabric.journal import queries as journal

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def devon(loaded: Loader) -> Iterator[Area]:
    with loaded("devon") as county:
        yield county


def test_it_has_eight_districts_and_two_unitaries_beside(devon: Area) -> None:
    parts = {part.name: part.kind for part in queries.districts_of(devon, on=DAY)}

    assert {name for name, kind in parts.items() if kind == "unitary"} == {
        "Plymouth",
        "Torbay",
    }
    assert {name for name, kind in parts.items() if kind == "district"} == {
        "East Devon",
        "Exeter",
        "Mid Devon",
        "North Devon",
        "South Hams",
        "Teignbridge",
        "Torridge",
        "West Devon",
    }


def test_exeter_and_plymouth_have_one_place_each_without_a_parish(devon: Area) -> None:
    places = queries.places_of(devon, on=DAY)

    for city in ("Exeter", "Plymouth"):
        inside = [place for place in places if place.within.name == city]
        assert [place.kind for place in inside] == ["unparished"]


def test_in_east_devon_the_county_answers_for_roads_and_the_district_for_litter(
    devon: Area,
) -> None:
    held = tiers_of(devon, a_place_in(devon, "East Devon"))

    assert held["county"] == "Devon County Council"
    assert held["district"].startswith("East Devon")


@pytest.mark.parametrize("unitary", ["Torbay", "Plymouth"])
def test_a_unitary_beside_answers_for_both_tiers_itself(devon: Area, unitary: str) -> None:
    held = tiers_of(devon, a_place_in(devon, unitary))

    assert held["county"] == held["district"]
    assert held["county"].startswith(unitary)


@pytest.mark.parametrize(("code", "parts"), [("DPS01", 1), ("LIT", 1), ("FLY", 1)])
def test_a_unitary_is_named_once_for_each_service(devon: Area, code: str, parts: int) -> None:
    service = Service.objects.get(code=code)

    answer = who_delivers(service=service, area=a_place_in(devon, "Torbay"), on=DAY)

    assert len(answer.deliveries) == parts
    assert answer.deliverer.name.startswith("Torbay")


def test_its_quantities_are_not_known_because_the_rules_are_oxfordshires(devon: Area) -> None:
    assert not Quantity.objects.exists()


def test_its_journal_holds(devon: Area) -> None:
    assert journal.faults() == []
