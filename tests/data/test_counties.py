"""Any county of England answers to its name."""

import pytest

from waywarden import data
from waywarden.data.names import nearest, plain


def names(councils: tuple[data.Authority, ...] | None) -> list[str]:
    return sorted(one.name for one in councils or ())


def test_devon_has_two_tiers_an_unparished_city_and_two_unitaries_beside_it() -> None:
    devon = data.county("Devon")
    parished = {parish.district_code for parish in devon.parishes}

    assert devon.kind == "county"
    assert len(devon.districts) == 8
    assert len(devon.parishes) == 423
    assert names(tuple(one for one in devon.districts if one.code not in parished)) == ["Exeter"]
    assert names(devon.beside) == ["Plymouth", "Torbay"]


def test_cornwall_is_one_unitary_with_the_isles_of_scilly_beside_it() -> None:
    cornwall = data.county("Cornwall")

    assert (cornwall.kind, cornwall.districts) == ("unitary", ())
    assert len(cornwall.parishes) == 213
    assert names(cornwall.beside) == ["Isles of Scilly"]


def test_north_yorkshire_is_a_new_unitary_that_seven_districts_and_a_county_became() -> None:
    north_yorkshire = data.county("North Yorkshire")

    assert (north_yorkshire.kind, north_yorkshire.districts) == ("unitary", ())
    assert len(north_yorkshire.parishes) == 729
    assert "York" in names(north_yorkshire.beside)
    assert names(north_yorkshire.former) == [
        "Craven", "Hambleton", "Harrogate", "North Yorkshire",
        "Richmondshire", "Ryedale", "Scarborough", "Selby",
    ]  # fmt: skip


def test_oxfordshire_has_five_districts_and_nothing_beside_it() -> None:
    oxfordshire = data.county("Oxfordshire")

    assert names(oxfordshire.districts) == [
        "Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse", "West Oxfordshire",
    ]  # fmt: skip
    assert oxfordshire.beside == ()


def test_where_nobody_has_said_what_lies_beside_it_is_not_known() -> None:
    assert data.county("Torbay").beside is None


def test_somerset_counts_districts_merged_twice_among_those_before_it() -> None:
    assert "Taunton Deane" in names(data.county("Somerset").former)


def test_the_parishes_of_all_counties_are_all_the_parishes_of_england() -> None:
    counted = sum(len(data.county(name).parishes) for name in data.county_names())

    assert counted == len(data.english_parishes())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Herefordshire", "Herefordshire, County of"),
        ("herefordshire county of", "Herefordshire, County of"),
        ("Bristol", "Bristol, City of"),
        ("Durham", "County Durham"),
        ("saint helens", "St. Helens"),
        ("BRIGHTON & HOVE", "Brighton and Hove"),
        ("  devon ", "Devon"),
    ],
)
def test_a_county_answers_to_the_name_people_use(typed: str, meant: str) -> None:
    assert data.county(typed).name == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Oxfordshir", "There is no county of England called “Oxfordshir”. Did you mean Oxf"),
        ("Cherwell", "Cherwell is a district, not a county. Did you mean Oxfordshire?"),
        ("Cumbria", "Did you mean Cumberland or Westmorland and Furness?"),
        ("Hambleton", "Hambleton has been abolished. Did you mean North Yorkshire?"),
        ("Forest Heath", "Forest Heath has been abolished. Did you mean Suffolk?"),
        ("Qqqq", "Give the name of a county, such as Oxfordshire."),
        ("", "Give the name of a county, such as Oxfordshire."),
    ],
)
def test_an_unknown_county_is_refused_with_the_names_to_try(typed: str, said: str) -> None:
    with pytest.raises(data.UnknownCounty) as refused:
        data.county(typed)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Helen Without", "saint helen without"),
        ("Bix & Assendon", "Bix and Assendon"),
        ("King's Sutton", "Kings  Sutton"),
        ("Zeals-Ô-la", "zeals o la"),
    ],
)
def test_names_are_compared_without_case_accents_or_punctuation(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_the_nearest_name_is_given_first_and_no_more_than_asked_for() -> None:
    parishes = [one.name for one in data.county("Oxfordshire").parishes]

    assert nearest("Chosley", parishes)[0] == "Cholsey"
    assert len(nearest("Stoke", parishes, limit=2)) == 2


def test_a_name_like_no_other_has_no_nearest() -> None:
    assert nearest("xqzw", ["Cholsey", "Moulsford"]) == []
    assert nearest("…", ["Cholsey", "Moulsford"]) == []
