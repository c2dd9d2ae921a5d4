"""The tables shipped hold what their README says."""

from collections import Counter
from datetime import date

import pytest

from waywarden import data


def districts_with_parishes() -> set[str]:
    return {code for one in data.english_parishes() for code in _districts_of(one)}


def _districts_of(parish: data.EnglishParish) -> tuple[str, str]:
    return parish.district_code, parish.district_2013_code


def with_name(name: str) -> data.OxfordshireParish:
    (found,) = (one for one in data.oxfordshire_parishes() if one.name == name)
    return found


def test_every_english_parish_of_2014_is_there_once() -> None:
    parishes = data.english_parishes()

    assert len(parishes) == 10_498
    assert len({parish.code for parish in parishes}) == 10_498
    assert sum(not parish.is_live_2025 for parish in parishes) == 1_164


def test_every_english_parish_has_an_extent_and_lies_in_england() -> None:
    for parish in data.english_parishes():
        assert parish.extent_milli > 0
        assert 49.8 < parish.position.latitude < 55.9
        assert -6.5 < parish.position.longitude < 1.8


def test_every_parish_s_district_then_and_now_is_an_authority() -> None:
    known = {one.code for one in data.authorities()}

    assert districts_with_parishes() <= known


def test_every_parish_s_present_district_is_current() -> None:
    current = {one.code for one in data.authorities() if one.is_current}

    assert {one.district_code for one in data.english_parishes()} <= current


def test_england_has_its_317_principal_councils() -> None:
    current = [one for one in data.authorities() if one.is_current]

    assert Counter(one.kind for one in current) == {
        "county": 21,
        "district": 164,
        "unitary": 63,
        "metropolitan district": 36,
        "london borough": 33,
    }


def test_no_two_councils_share_a_code_nor_two_current_ones_a_name() -> None:
    everyone = data.authorities()
    current = [one.name for one in everyone if one.is_current]

    assert len({one.code for one in everyone}) == len(everyone)
    assert len(set(current)) == len(current)


def test_every_code_that_an_authority_names_is_an_authority() -> None:
    known = {one.code for one in data.authorities()}

    for one in data.authorities():
        named = {*one.successor_codes, *(one.beside_codes or ())}
        assert named | ({one.upper_tier_code} - {None}) <= known


def test_a_council_that_is_gone_names_its_successor_and_one_that_is_there_does_not() -> None:
    for one in data.authorities():
        assert bool(one.successor_codes) != one.is_current


def test_a_successor_starts_the_day_after_the_council_it_follows_ends() -> None:
    by_code = {one.code: one for one in data.authorities()}

    for one in data.authorities():
        for heir in (by_code[code] for code in one.successor_codes):
            if one.ends_on and heir.starts_on:
                assert (heir.starts_on - one.ends_on).days == 1


def test_every_date_of_a_council_names_where_it_comes_from() -> None:
    for one in data.authorities():
        assert bool(one.starts_on or one.ends_on) == bool(one.dates_source)


def test_every_district_belongs_to_a_county() -> None:
    assert all(one.upper_tier_code for one in data.authorities() if one.kind == "district")


def test_oxfordshire_has_321_parishes_two_made_since_and_a_part_in_none() -> None:
    everything = data.oxfordshire_parishes()

    assert len([one for one in everything if one.kind == "parish" and not one.absent_on]) == 321
    assert [one.name for one in everything if one.absent_on] == ["Heyford Park", "Western Valley"]
    assert [one.code for one in everything if one.kind == "unparished"] == ["E43000128"]


def test_the_parishes_made_since_2014_have_no_known_extent_or_centre() -> None:
    heyford_park = with_name("Heyford Park")

    assert heyford_park.absent_on == date(2014, 5, 31)
    assert (heyford_park.extent_milli, heyford_park.position) == (None, None)
    assert [seen.code for seen in heyford_park.codes] == ["E04012965"]


def test_the_unparished_part_of_oxford_has_an_extent_but_no_centre() -> None:
    rest = with_name("Oxford, unparished area")

    assert (rest.extent_milli, rest.position) == (3_761_000, None)


def test_sixty_eight_parishes_have_another_code_since_2014() -> None:
    assert sum(one.is_recoded for one in data.oxfordshire_parishes()) == 68


def test_ten_parishes_have_had_three_codes_and_kennington_is_an_eleventh() -> None:
    # domain guide, section 16, names the ten. Kennington's code of 2014 was
    # already new then, and its code of 2025 is inferred from the code block.
    thrice = {
        one.name
        for one in data.oxfordshire_parishes()
        if len({seen.code for seen in one.codes}) == 3
    }

    assert thrice - {"Kennington"} == {
        "Bicester", "Ambrosden", "Banbury", "Blackthorn", "Bodicote",
        "Bucknell", "Chesterton", "Drayton", "Hanwell", "Harwell",
    }  # fmt: skip
    assert "Kennington" in thrice


def test_the_code_history_of_bicester_says_when_each_code_was_seen() -> None:
    assert [(seen.code, seen.seen_on) for seen in with_name("Bicester").codes] == [
        ("E04008024", date(2014, 5, 31)),
        ("E04012925", date(2022, 11, 18)),
        ("E04013332", date(2025, 9, 4)),
    ]


def test_four_parishes_were_renamed() -> None:
    renamed = {one.name: one.name_2025 for one in data.oxfordshire_parishes() if one.name_2025}

    assert renamed == {
        "Goring": "Goring-on-Thames",
        "North Hinksey": "Botley and North Hinksey",
        "South Leigh": "South Leigh and High Cogges",
        "St. Helen Without": "St Helen Without",
    }


def test_there_are_fifteen_town_councils_and_of_the_rest_the_kind_is_not_known() -> None:
    kinds = Counter(one.council_kind for one in data.oxfordshire_parishes())

    assert kinds == {"town council": 15, None: 309}


def test_two_english_parishes_are_called_south_stoke() -> None:
    south_stokes = {one.code for one in data.english_parishes() if one.name == "South Stoke"}

    assert south_stokes == {"E04008163", "E04009876"}


def test_oxfordshire_s_own_table_agrees_with_england_s() -> None:
    english = {one.code: one for one in data.county("Oxfordshire").parishes}
    own = [one for one in data.oxfordshire_parishes() if one.position]

    assert english.keys() == {one.code for one in own}
    for one in own:
        assert one.district_code == english[one.code].district_code
        assert one.extent_milli == english[one.code].extent_milli
        assert one.position == english[one.code].position


def test_official_populations_cover_eight_parishes_and_none_is_modelled() -> None:
    official = data.official_populations()

    assert Counter(one.kind for one in official) == {"population": 8, "households": 2}
    assert {one.confidence for one in official} == {"A"}
    assert not any(one.is_modelled for one in official)


def test_modelled_populations_cover_every_parish_of_2014_and_say_they_are_estimates() -> None:
    modelled = data.modelled_populations()

    assert len(modelled) == 321
    assert {one.confidence for one in modelled} == {"C"}
    assert all(one.is_modelled for one in modelled)


def test_every_benchmark_names_its_source() -> None:
    assert len(data.benchmarks()) == 34
    assert all(one.source for one in data.benchmarks())


@pytest.mark.parametrize("cluster", ["Princes Risborough consortium", "Caversfield cluster"])
def test_the_members_of_real_clusters_are_real_parishes(cluster: str) -> None:
    known = {one.code: one.name for one in data.english_parishes()}
    members = [one for one in data.real_clusters() if one.cluster == cluster]

    assert len(members) == 5
    for member in members:
        assert known[member.code] == member.parish


def test_five_outlines_are_held_for_oxfordshire_and_none_elsewhere() -> None:
    districts = {one.code for one in data.county("Oxfordshire").districts}

    assert data.district_outlines("Oxfordshire").keys() == districts
    assert data.district_outlines("Devon") == {}


def test_every_place_in_oxfordshire_with_an_extent_has_a_modelled_cell() -> None:
    with_extent = {one.code for one in data.oxfordshire_parishes() if one.extent_milli}

    assert data.cells("Oxfordshire").keys() == with_extent
    assert data.cells("Devon") == {}


def test_the_attribution_names_both_crown_copyrights_and_the_licence() -> None:
    assert "OS data © Crown copyright and database right 2014." in data.ATTRIBUTION
    assert "National Statistics data © Crown copyright" in data.ATTRIBUTION
    assert "Open Government Licence v3.0" in data.ATTRIBUTION
    assert "CC BY 4.0" in data.OUTLINES_ATTRIBUTION
