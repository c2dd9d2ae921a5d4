"""The table of laws: complete, plain and honest about how it is known."""

import dataclasses
from datetime import date

import pytest

from waywarden.rules import vat
from waywarden.rules.legislation import (
    FIRST_DAY_NOT_RECORDED,
    LAWS,
    TO_BE_CONFIRMED,
    Country,
    Jurisdiction,
    Law,
    Mark,
    PowerNotRecorded,
    Standing,
    law,
)

every_law = pytest.mark.parametrize("provision", LAWS.values(), ids=LAWS.keys())


def test_a_law_is_found_by_its_key() -> None:
    duty = law("HA1980-s41")

    assert duty.name == "Highways Act 1980, section 41"
    assert duty.address == "https://www.legislation.gov.uk/ukpga/1980/66/section/41"


def test_an_act_cited_as_a_whole_is_named_without_a_section() -> None:
    assert law("LAGSA1970").name == "Local Authorities (Goods and Services) Act 1970"


def test_a_law_nobody_recorded_is_not_guessed() -> None:
    with pytest.raises(PowerNotRecorded, match="No law is recorded under 'LGA1972-s999'"):
        law("LGA1972-s999")


def test_a_recalled_law_asks_for_the_monitoring_officer() -> None:
    assert law("HA1980-s41").note == TO_BE_CONFIRMED


def test_a_law_that_was_read_needs_no_such_note() -> None:
    assert law("LGA1972-s113").note == ""


def test_section_20_is_shown_as_superseded() -> None:
    assert law("LGA2000-s20").standing is Standing.SUPERSEDED


@every_law
def test_it_is_known_as_in_force_only_if_it_was_read(provision: Law) -> None:
    if provision.standing is Standing.IN_FORCE:
        assert provision.mark is Mark.READ


@every_law
def test_a_law_that_was_read_says_where(provision: Law) -> None:
    assert bool(provision.read_in) == (provision.mark is Mark.READ)


@every_law
def test_a_day_says_where_it_was_read(provision: Law) -> None:
    assert bool(provision.starts_on) == bool(provision.starts_read_in)
    assert bool(provision.ends_on) == bool(provision.ends_read_in)
    if provision.starts_on is None:
        assert provision.days == FIRST_DAY_NOT_RECORDED


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("LGA1972-s136", "from 1 April 1974"),
        ("LGA2000-s9EA", "from 4 May 2012"),
        ("SI2012-2089", "from 10 September 2012"),
        ("SI2012-1313", "from 27 June 2012"),
        # Made on 27 March, in force the day after.
        ("SI2012-965", "from 28 March 2012"),
        ("LA2011-gpc", "first day not recorded"),
    ],
)
def test_a_law_is_in_force_from_the_day_that_was_read(key: str, days: str) -> None:
    assert law(key).days == days


def test_a_law_that_ended_says_until_when() -> None:
    until = date(2028, 3, 31)

    assert dataclasses.replace(law("LGA2000-s9EA"), ends_on=until).days == (
        "from 4 May 2012 until 31 March 2028"
    )
    assert dataclasses.replace(law("LAGSA1970"), ends_on=until).days == (
        "until 31 March 2028 (first day not recorded)"
    )


def test_each_jurisdiction_holds_one_country_more() -> None:
    countries = [
        [country.value for country in Country if one.holds(country)] for one in Jurisdiction
    ]

    assert countries == [
        ["England"],
        ["England", "Wales"],
        ["England", "Wales", "Scotland"],
        ["England", "Wales", "Scotland", "Northern Ireland"],
    ]


def test_the_law_of_vat_names_the_law_of_the_table() -> None:
    assert law("VATA1994-s33").name in vat.COUNCILS


@every_law
def test_it_says_what_it_does_in_one_plain_sentence(provision: Law) -> None:
    assert provision.says.endswith(".")
    assert provision.says.count(". ") == 0
    assert len(provision.says) < 160


@every_law
def test_no_law_can_be_changed_by_accident(provision: Law) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        provision.says = "Anything goes."  # type: ignore[misc]


def test_no_key_is_used_twice() -> None:
    assert all(key == provision.key for key, provision in LAWS.items())
    assert len({(law.name, law.path) for law in LAWS.values()}) == len(LAWS)
