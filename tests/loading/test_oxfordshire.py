"""The real Oxfordshire, as `waywarden load oxfordshire` takes it in."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import Count

from tests.counties import DAY
from tests.loading.questions import held
from waywarden.county import loading
from waywarden.county.councils.models import Body, BodyCode, Contact, Succession
from waywarden.county.places import queries
from waywarden.county.places.models import (
    Area,
    AreaCode,
    AreaName,
    Boundary,
    Jurisdiction,
    Measure,
    Neighbour,
)
from waywarden.county.services.models import Quantity
from waywarden.fabric.common.subjects import COMMAND_LINE
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.models import Entry

pytestmark = pytest.mark.django_db

DISTRICTS = {
    "Cherwell": 79,
    "Oxford": 4,
    "South Oxfordshire": 87,
    "Vale of White Horse": 70,
    "West Oxfordshire": 83,
}


def test_oxfordshire_has_323_parishes_and_one_unparished_area(oxfordshire: Area) -> None:
    there = queries.places_of(oxfordshire, on=DAY)

    assert Counter(place.kind for place in there) == {"parish": 323, "unparished": 1}
    assert [place.name for place in there if place.kind == "unparished"] == [
        "Oxford, unparished area"
    ]


def test_its_parishes_lie_in_five_districts(oxfordshire: Area) -> None:
    counted = Counter(place.within.name for place in queries.parishes_of(oxfordshire, on=DAY))

    assert counted == DISTRICTS
    assert [d.name for d in queries.districts_of(oxfordshire, on=DAY)] == sorted(DISTRICTS)


def test_321_of_its_parishes_were_there_in_may_2014(oxfordshire: Area) -> None:
    assert len(queries.parishes_of(oxfordshire, on=date(2014, 5, 31))) == 321
    new = set(queries.parishes_of(oxfordshire, on=DAY)) - set(
        queries.parishes_of(oxfordshire, on=date(2014, 5, 31))
    )
    assert {parish.name for parish in new} == {"Heyford Park", "Western Valley"}


def test_fifteen_of_its_parishes_are_known_to_be_towns(oxfordshire: Area) -> None:
    towns = Body.objects.filter(kind=Body.Kind.TOWN)

    assert towns.count() == 15
    assert {"Banbury Town Council", "Henley-on-Thames Town Council"} <= {t.name for t in towns}


def test_a_parish_of_which_the_kind_is_not_known_says_so(oxfordshire: Area) -> None:
    cholsey = Jurisdiction.objects.get(area__name="Cholsey", tier="parish").body

    assert cholsey.kind == Body.Kind.PARISH_OR_MEETING
    assert "not known which" in cholsey.get_kind_display()


def test_every_place_is_held_by_its_county_its_district_and_its_parish_if_it_has_one(
    oxfordshire: Area,
) -> None:
    tiers = queries.Tiers(oxfordshire, on=DAY)

    for place in queries.places_of(oxfordshire, on=DAY):
        expected = {"county", "district"} | ({"parish"} if place.kind == "parish" else set())
        assert set(tiers.of(place)) == expected
        assert tiers.of(place)["county"].name == "Oxfordshire County Council"


def test_68_parishes_recoded_since_2014_are_found_by_the_old_code_and_the_new(
    oxfordshire: Area,
) -> None:
    recoded = [
        area
        for area in Area.objects.inside(oxfordshire).parishes().annotate(known=Count("codes"))
        if area.known > 1
    ]

    assert len(recoded) == 68
    for area in recoded:
        codes = [code.code for code in area.codes.all()]
        assert queries.areas_by_code(codes) == {code: [area] for code in codes}


def test_banbury_is_found_by_all_three_of_its_codes(oxfordshire: Area) -> None:
    codes = ["E04008095", "E04012640", "E04013353"]

    found = queries.areas_by_code(codes)

    assert {area.key for areas in found.values() for area in areas} == {"banbury-cherwell"}
    assert list(found) == codes or set(found) == set(codes)
    banbury = found[codes[0]][0]
    assert queries.current_codes_of([banbury]) == {banbury.pk: "E04013353"}


def test_a_parish_renamed_since_2014_is_shown_by_its_new_name_and_keeps_the_old(
    oxfordshire: Area,
) -> None:
    goring = queries.areas_by_code(["E04008150", *_codes_of("Goring-on-Thames")])
    area = Area.objects.get(name="Goring-on-Thames")

    assert area in [found for areas in goring.values() for found in areas]
    assert set(area.names.values_list("name", flat=True)) == {"Goring", "Goring-on-Thames"}


def _codes_of(name: str) -> list[str]:
    return list(AreaCode.objects.filter(area__name=name).values_list("code", flat=True))


def test_every_key_can_stand_in_an_address_and_names_one_place(oxfordshire: Area) -> None:
    keys = [area.key for area in Area.objects.all()]

    assert len(set(keys)) == len(keys)
    assert "cholsey-south-oxfordshire" in keys
    assert all(key == key.lower() and " " not in key for key in keys)


def test_the_four_published_places_of_village_grass_sum_to_exactly_691188_square_metres(
    oxfordshire: Area,
) -> None:
    names = ["Banbury", "Bicester", "Kidlington", "Gosford and Water Eaton"]
    anchors = Quantity.objects.current().filter(
        service__code="DPS01", area__name__in=names, area__within__name="Cherwell"
    )

    assert anchors.count() == 4
    assert sum(quantity.amount_milli for quantity in anchors) == 691_188_000


def test_every_first_quantity_is_an_estimate_with_a_range(oxfordshire: Area) -> None:
    quantities = list(Quantity.objects.all())

    assert quantities
    for quantity in quantities:
        assert quantity.is_estimate
        assert quantity.confidence == "C"
        assert quantity.low_milli <= quantity.amount_milli <= quantity.high_milli
        assert quantity.low_milli < quantity.high_milli or quantity.amount_milli == 0


def test_a_place_whose_people_and_area_are_not_known_has_no_estimate(oxfordshire: Area) -> None:
    estimated = set(Quantity.objects.values_list("area__name", flat=True))

    assert not estimated & {"Heyford Park", "Western Valley", "Oxford, unparished area"}


def test_every_shape_of_a_parish_is_called_approximate(oxfordshire: Area) -> None:
    parishes = Boundary.objects.filter(area__kind__in=["parish", "unparished"])

    assert parishes.count() >= 321
    assert all(shape.boundary_set.is_approximate for shape in parishes)
    assert all(
        not shape.boundary_set.is_approximate
        for shape in Boundary.objects.filter(area__kind="district")
    )


def test_every_figure_and_code_says_where_it_comes_from(oxfordshire: Area) -> None:
    for model in (AreaCode, AreaName, BodyCode, Contact, Measure, Neighbour, Quantity, Succession):
        assert not model._default_manager.filter(source="").exists(), model


def test_official_populations_stand_beside_the_modelled_ones(oxfordshire: Area) -> None:
    official = Measure.objects.filter(kind="population", is_modelled=False)

    assert official.values("area").distinct().count() == 8
    found = queries.populations_of([measure.area for measure in official])
    assert not any(population.is_modelled for population in found.values())


def test_loading_it_again_changes_nothing(oxfordshire: Area) -> None:
    before = held()

    again = loading.load_county("oxfordshire", by=COMMAND_LINE, today=date(2027, 1, 1))

    assert again.was_held
    assert again.county == oxfordshire
    assert held() == before
    assert again.lines() == ["Oxfordshire is held already; the service catalogue is up to date."]


def test_the_journal_of_a_load_holds(oxfordshire: Area) -> None:
    assert journal.faults() == []
    assert {entry.actor_key for entry in Entry.objects.all()} == {"command-line"}
    assert Entry.objects.order_by("number").last().did == "loaded a county"
