"""Questions about areas: which there were on a day, who held them, by which code they are known."""

from datetime import date, timedelta

import pytest

from tests.cast import ABOUT, ADA, DAY, Cast, boundary_set, square
from waywarden.county.councils.models import Body
from waywarden.county.places import actions, queries
from waywarden.county.places.models import (
    Area,
    AreaCode,
    Boundary,
    Jurisdiction,
    Measure,
    Neighbour,
)
from waywarden.county.surveying import boundary_of
from waywarden.fabric.journal.models import Entry

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)


def names(areas: list[Area]) -> list[str]:
    """Name areas."""
    return [area.name for area in areas]


# Which areas there were.


def test_an_empty_installation_serves_no_county() -> None:
    assert queries.home_county() is None
    assert queries.counties() == []


def test_the_first_county_loaded_is_the_one_served(cast: Cast) -> None:
    other = Area.objects.create(key="aaa", name="Aaa", kind="county")

    assert queries.home_county() == cast.county
    assert queries.counties() == [cast.county, other]


def test_a_countys_places_are_its_parishes_and_its_unparished_areas(cast: Cast) -> None:
    everywhere = ["Coldbrook", "Little Haye", "Marl Green", "Unparished ward", "Wychbourne"]

    assert names(queries.places_of(cast.county, on=DAY)) == everywhere
    assert names(queries.parishes_of(cast.county, on=DAY)) == [
        name for name in everywhere if name != "Unparished ward"
    ]
    assert names(queries.districts_of(cast.county, on=DAY)) == ["Marlshire"]


def test_places_may_be_listed_for_one_district(cast: Cast) -> None:
    other = Area.objects.create(
        key="valeshire", name="Valeshire", kind="district", within=cast.county, county=cast.county
    )
    Area.objects.create(key="vale", name="Vale", kind="parish", within=other, county=cast.county)

    assert names(queries.places_of(cast.county, on=DAY, district=other)) == ["Vale"]


def test_a_parish_is_there_on_its_first_and_on_its_last_day(cast: Cast) -> None:
    cast.coldbrook.starts_on, cast.coldbrook.ends_on = DAY, DAY + ONE_DAY
    cast.coldbrook.save()

    there = [
        "Coldbrook" in names(queries.places_of(cast.county, on=DAY + n * ONE_DAY))
        for n in (-1, 0, 1, 2)
    ]

    assert there == [False, True, True, False]


def test_a_parish_that_a_source_shows_was_not_there_yet_is_left_out_until_after_that_day(
    cast: Cast,
) -> None:
    cast.coldbrook.absent_on = DAY
    cast.coldbrook.save()

    there = [
        "Coldbrook" in names(queries.places_of(cast.county, on=DAY + n * ONE_DAY))
        for n in (-1, 0, 1)
    ]

    assert there == [False, False, True]


def test_a_parish_of_which_nobody_says_when_it_was_absent_is_not_left_out(cast: Cast) -> None:
    # The armed control: a comparison with a blank must not lose the area.
    assert len(queries.places_of(cast.county, on=date(1980, 1, 1))) == 5


def test_two_areas_of_the_same_name_are_two(cast: Cast) -> None:
    twin = Area.objects.create(
        key="coldbrook-valeshire",
        name="Coldbrook",
        kind="parish",
        within=cast.marlshire,
        county=cast.county,
    )

    found = queries.places_of(cast.county, on=DAY)

    assert names(found).count("Coldbrook") == 2
    assert {twin, cast.coldbrook} <= set(found)


# Who held them.


def test_a_parish_lies_in_three_tiers_and_an_unparished_area_in_two(cast: Cast) -> None:
    tiers = queries.Tiers(cast.county, on=DAY)

    assert tiers.of(cast.coldbrook) == {
        "county": cast.county_council,
        "district": cast.marlshire_council,
        "parish": cast.coldbrook_council,
    }
    assert tiers.of(cast.unparished_ward) == {
        "county": cast.county_council,
        "district": cast.marlshire_council,
    }
    assert tiers.of(cast.marlshire).keys() == {"county", "district"}
    assert tiers.of(cast.county).keys() == {"county"}


def test_the_nearest_holder_of_a_tier_goes_before_one_further_up(cast: Cast) -> None:
    own = Body.objects.create(key="own", name="Own District", kind="district")
    Jurisdiction.objects.create(body=own, area=cast.coldbrook, tier="district")

    tiers = queries.Tiers(cast.county, on=DAY)

    assert tiers.of(cast.coldbrook)["district"] == own
    assert tiers.of(cast.little_haye)["district"] == cast.marlshire_council


def test_a_body_holds_a_tier_from_its_first_day_to_its_last(cast: Cast) -> None:
    Jurisdiction.objects.filter(body=cast.coldbrook_council).update(
        starts_on=DAY, ends_on=DAY + ONE_DAY
    )

    holds = [
        "parish" in queries.Tiers(cast.county, on=DAY + n * ONE_DAY).of(cast.coldbrook)
        for n in (-1, 0, 1, 2)
    ]

    assert holds == [False, True, True, False]


@pytest.mark.parametrize("change", [{"withdrawn_on": DAY}, {"ends_on": DAY - ONE_DAY}])
def test_a_body_withdrawn_or_ended_holds_nothing(cast: Cast, change: dict[str, date]) -> None:
    Body.objects.filter(pk=cast.marlshire_council.pk).update(**change)

    assert "district" not in queries.Tiers(cast.county, on=DAY).of(cast.coldbrook)


# By which code, population and neighbours they are known.


def code(area: Area, code: str, seen_on: date | None = None) -> AreaCode:
    """Record that an area was seen under a code."""
    return AreaCode.objects.create(area=area, code=code, seen_on=seen_on, source="A list")


def test_an_old_code_and_a_new_one_lead_to_the_same_area(cast: Cast) -> None:
    code(cast.coldbrook, "E04000001", date(2014, 5, 31))
    code(cast.coldbrook, "E04000009", date(2025, 9, 4))

    found = queries.areas_by_code(["E04000001", "E04000009", "E04999999"])

    assert found == {"E04000001": [cast.coldbrook], "E04000009": [cast.coldbrook]}
    assert queries.current_codes_of([cast.coldbrook]) == {cast.coldbrook.pk: "E04000009"}


def test_a_code_that_two_areas_have_had_leads_to_both(cast: Cast) -> None:
    code(cast.coldbrook, "E04000001")
    code(cast.marl_green, "E04000001")

    assert set(queries.areas_by_code(["E04000001"])["E04000001"]) == {
        cast.coldbrook,
        cast.marl_green,
    }


# PostgreSQL sorts blanks last, SQLite first: a query must say which it means.


@pytest.mark.postgres
def test_the_code_seen_last_is_the_current_one_even_when_another_was_never_dated(
    cast: Cast,
) -> None:
    # The databases disagree about where a blank date comes when they sort.
    code(cast.coldbrook, "E04000009", date(2025, 9, 4))
    code(cast.coldbrook, "E04000005")

    assert queries.current_codes_of([cast.coldbrook]) == {cast.coldbrook.pk: "E04000009"}


def measure(area: Area, value: int, **facts: object) -> Measure:
    """Give a population, not yet saved."""
    given = {"kind": "population", "reference": "2021", "source": "Census", "confidence": "A"}
    return Measure(area=area, value=value, **(given | {"is_modelled": False} | facts))


def test_an_official_population_goes_before_a_modelled_one(cast: Cast) -> None:
    modelled = {"is_modelled": True, "confidence": "C", "reference": "2011"}
    measure(cast.coldbrook, 900).save()
    measure(cast.coldbrook, 850, **modelled).save()
    measure(cast.marl_green, 60, **modelled).save()

    found = queries.populations_of(cast.places)

    assert (found[cast.coldbrook.pk].value, found[cast.coldbrook.pk].is_modelled) == (900, False)
    assert (found[cast.marl_green.pk].value, found[cast.marl_green.pk].is_modelled) == (60, True)
    assert cast.wychbourne.pk not in found


def test_the_newest_official_population_goes_before_an_older_one(cast: Cast) -> None:
    measure(cast.coldbrook, 950, reference="2021", stated_on=date(2021, 3, 21)).save()
    measure(cast.coldbrook, 900, reference="2011", stated_on=date(2011, 3, 27)).save()

    assert queries.populations_of([cast.coldbrook])[cast.coldbrook.pk].value == 950


@pytest.mark.postgres
def test_a_dated_population_goes_before_one_of_which_nobody_knows_the_date(cast: Cast) -> None:
    measure(cast.coldbrook, 950, reference="2021", stated_on=date(2021, 3, 21)).save()
    measure(cast.coldbrook, 900, reference="some time").save()

    assert queries.populations_of([cast.coldbrook])[cast.coldbrook.pk].value == 950


def test_a_place_is_next_to_those_it_touches_whichever_way_round_the_pair_was_kept(
    cast: Cast,
) -> None:
    assert set(queries.neighbouring_places(cast.coldbrook)) == {
        cast.wychbourne,
        cast.marl_green,
        cast.unparished_ward,
    }
    assert set(queries.neighbouring_places(cast.little_haye)) == {cast.wychbourne, cast.marl_green}


def test_neighbours_are_named_nearest_first(cast: Cast) -> None:
    nearest = Neighbour.objects.get(a=cast.wychbourne, b=cast.little_haye)
    Neighbour.objects.filter(pk=nearest.pk).update(distance_m=10)

    assert queries.neighbouring_places(cast.wychbourne)[0] == cast.little_haye


# Boundaries in time.


def load_real(cast: Cast, name: str, starts_on: date, west: int = 0) -> None:
    """Load an official boundary for Coldbrook."""
    real = boundary_set(name, is_approximate=False, starts_on=starts_on)
    shapes = [boundary_of(cast.coldbrook, square(west, 5))]
    actions.record_boundaries(of=ABOUT, boundary_set=real, boundaries=shapes, by=ADA, today=DAY)


def held(cast: Cast, on: date) -> Boundary:
    """Give Coldbrook's boundary on a day."""
    return queries.boundaries_of([cast.coldbrook], on=on)[0]


def test_a_real_boundary_goes_before_a_modelled_one_from_its_first_day(cast: Cast) -> None:
    load_real(cast, "official", DAY)

    assert held(cast, DAY - ONE_DAY).boundary_set.is_approximate
    assert not held(cast, DAY).boundary_set.is_approximate


def test_a_new_boundary_ends_the_real_one_it_replaces_the_day_before(cast: Cast) -> None:
    load_real(cast, "first", DAY, west=0)
    load_real(cast, "second", date(2027, 4, 1), west=1)

    assert held(cast, date(2027, 3, 31)).boundary_set.name == "first"
    assert held(cast, date(2027, 4, 1)).boundary_set.name == "second"
    assert Boundary.objects.get(boundary_set__name="first").ends_on == date(2027, 3, 31)


def test_an_older_boundary_loaded_late_ends_before_the_newer_one_begins(cast: Cast) -> None:
    load_real(cast, "newer", date(2027, 4, 1), west=1)

    load_real(cast, "older", DAY, west=0)

    assert held(cast, date(2027, 3, 31)).boundary_set.name == "older"
    assert held(cast, date(2027, 4, 1)).boundary_set.name == "newer"
    assert Boundary.objects.get(boundary_set__name="older").ends_on == date(2027, 3, 31)


def test_the_journal_says_which_boundaries_a_new_set_replaced(cast: Cast) -> None:
    load_real(cast, "first", DAY)

    load_real(cast, "second", date(2027, 4, 1))

    line = Entry.objects.order_by("number").last()
    assert line.did == "recorded boundaries"
    assert line.before == {"in force": ["coldbrook-marlshire"]}
    assert line.after["areas"] == ["coldbrook-marlshire"]
    assert line.after["starts_on"] == "2027-04-01"


def test_a_modelled_set_ends_nothing(cast: Cast) -> None:
    load_real(cast, "official", DAY)
    modelled = boundary_set("modelled again", starts_on=DAY + ONE_DAY)
    shapes = [boundary_of(cast.coldbrook, square(1, 1))]

    actions.record_boundaries(of=ABOUT, boundary_set=modelled, boundaries=shapes, by=ADA, today=DAY)

    assert held(cast, date(2030, 1, 1)).boundary_set.name == "official"


def test_neighbours_recorded_again_take_the_place_of_the_old_pairs(cast: Cast) -> None:
    a, b = sorted((cast.wychbourne, cast.coldbrook), key=lambda area: area.pk)
    pair = Neighbour(a=a, b=b, distance_m=5, is_modelled=False, source="Official")

    actions.record_neighbours(of=ABOUT, pairs=[pair], by=ADA, today=DAY)

    assert Neighbour.objects.get(a=a, b=b).source == "Official"
    assert Neighbour.objects.count() == 6
    line = Entry.objects.order_by("number").last()
    assert line.before == line.after == {"pairs": [f"{a.key} {b.key}"]}


def test_a_population_that_is_held_already_is_not_added_again(cast: Cast) -> None:
    said = {"of": ABOUT, "by": ADA, "today": DAY}
    assert actions.record_measures(measures=[measure(cast.coldbrook, 900)], **said) == 1
    lines = Entry.objects.count()

    again = actions.record_measures(measures=[measure(cast.coldbrook, 901)], **said)

    assert again == 0
    assert Entry.objects.count() == lines
    assert Measure.objects.get().value == 900


def test_districts_touch_where_their_places_do(cast: Cast) -> None:
    other = Area.objects.create(
        key="valeshire", name="Valeshire", kind="district", within=cast.county, county=cast.county
    )
    assert queries.districts_that_touch(cast.county, on=DAY) == {
        cast.marlshire.pk: set(),
        other.pk: set(),
    }

    Area.objects.filter(pk=cast.coldbrook.pk).update(within=other)

    assert queries.districts_that_touch(cast.county, on=DAY) == {
        cast.marlshire.pk: {other.pk},
        other.pk: {cast.marlshire.pk},
    }


def test_towns_are_named_the_most_populous_first_and_the_unparished_town_before_all(
    cast: Cast,
) -> None:
    measure(cast.wychbourne, 12_000).save()

    assert queries.towns_of(cast.county, on=DAY) == [cast.unparished_ward, cast.wychbourne]
