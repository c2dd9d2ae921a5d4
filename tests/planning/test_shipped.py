"""The facts in the package are those of a register that has just been loaded."""

from dataclasses import replace

import pytest
from django.db.models import Q

from tests.counties import DAY
from waywarden import data
from waywarden.county.councils.models import Body
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area, Neighbour
from waywarden.county.services.models import Quantity
from waywarden.planning.facts import CannotPlan, CountyFacts
from waywarden.planning.grid import national_grid
from waywarden.planning.shipped import page_of, shipped_facts

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def facts() -> CountyFacts:
    return shipped_facts("oxfordshire")


@pytest.fixture
def areas(oxfordshire: Area) -> dict[str, Area]:
    """The parishes of the register that have a position, by their keys."""
    parishes = places.parishes_of(oxfordshire, on=DAY)
    return {area.key: area for area in parishes if area.latitude is not None}


def test_two_of_323_parishes_are_left_out_for_nothing_is_known_of_them(facts: CountyFacts) -> None:
    assert len(facts.councils) == 321
    assert [one.name for one in facts.left_out] == ["Heyford Park", "Western Valley"]
    assert facts.left_out[0].reason == "Position, area and population are not known."


def test_councils_stand_in_the_order_of_their_keys(facts: CountyFacts) -> None:
    keys = [council.key for council in facts.councils]

    assert keys == sorted(set(keys))


def test_keys_names_districts_and_codes_are_those_of_the_register(
    facts: CountyFacts, areas: dict[str, Area]
) -> None:
    codes = places.current_codes_of(areas.values())

    register = {key: (area.name, str(area.within), codes[area.pk]) for key, area in areas.items()}

    assert {one.key: (one.name, one.district, one.code) for one in facts.councils} == register


def test_kinds_of_council_are_those_of_the_register(
    facts: CountyFacts, oxfordshire: Area, areas: dict[str, Area]
) -> None:
    tiers = places.Tiers(oxfordshire, on=DAY)

    register = {key: tiers.of(area)["parish"].kind for key, area in areas.items()}

    assert {one.key: one.kind for one in facts.councils} == register
    assert list(register.values()).count(Body.Kind.TOWN) == 15


def test_populations_are_those_of_the_register_the_official_first(
    facts: CountyFacts, areas: dict[str, Area]
) -> None:
    populations = places.populations_of(areas.values())

    register = {
        key: (populations[area.pk].value, populations[area.pk].is_modelled)
        for key, area in areas.items()
    }

    known = {one.key: (one.population, one.population_is_modelled) for one in facts.councils}
    assert known == register
    assert known["cholsey-south-oxfordshire"] == (4404, False)


def test_amounts_are_those_of_the_register_to_the_thousandth(
    facts: CountyFacts, oxfordshire: Area
) -> None:
    rows = Quantity.objects.filter(area__county=oxfordshire).values_list(
        "area__key", "service__code", "low_milli", "amount_milli", "high_milli", "is_estimate"
    )

    ours = {
        (one.key, code, amount.low_milli, amount.expected_milli, amount.high_milli, True)
        for one in facts.councils
        for code, amount in one.amounts.items()
    }

    assert ours == set(rows)
    assert len(ours) == 321 * 8


def test_neighbours_are_those_of_the_register(
    facts: CountyFacts, oxfordshire: Area, areas: dict[str, Area]
) -> None:
    inside = Q(a__key__in=areas, b__key__in=areas)
    rows = Neighbour.objects.filter(inside).values_list("a__key", "b__key")

    assert set(facts.neighbours) == {(min(pair), max(pair)) for pair in rows}
    assert len(facts.neighbours) == 846


def test_addresses_are_those_of_the_site(facts: CountyFacts, areas: dict[str, Area]) -> None:
    assert {page_of(one.key) for one in facts.councils} == {
        area.get_absolute_url() for area in areas.values()
    }


def test_longitude_and_latitude_of_the_register_give_the_same_position(
    facts: CountyFacts, areas: dict[str, Area]
) -> None:
    for council in facts.councils:
        area = areas[council.key]
        assert area.longitude is not None
        assert area.latitude is not None

        position = national_grid(area.longitude, area.latitude)

        assert position == (council.easting_m, council.northing_m)


def test_positions_are_within_two_metres_of_the_published_ones() -> None:
    # Cape Cornwall to Berwick: every parish of England, its centre given both ways.
    for parish in data.english_parishes():
        place = parish.position

        easting, northing = national_grid(place.longitude, place.latitude)

        assert abs(easting - place.easting) < 2
        assert abs(northing - place.northing) < 2


def test_a_county_without_quantities_is_refused_with_what_to_do() -> None:
    with pytest.raises(CannotPlan) as refused:
        shipped_facts("devon")

    assert str(refused.value) == (
        "No quantity is known in Devon, so nothing can be planned. Load quantities of its "
        "parishes into a register, or plan Oxfordshire."
    )


def test_a_county_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(data.UnknownCounty, match="Oxfordshire"):
        shipped_facts("Oxfordshir")


def test_the_same_package_gives_the_same_facts(facts: CountyFacts) -> None:
    assert shipped_facts("Oxfordshire") == facts
    assert replace(facts, county="Devon") != facts
