"""Who delivers S at P on date D, under which power, and why the register says so."""

from datetime import date, timedelta

import pytest

from tests.cast import DAY, Cast
from waywarden.arrangements.register.answers import Answer
from waywarden.arrangements.register.queries import answers, answers_for_place, who_delivers
from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.county.services.models import DutyVerification, Service

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)


def ask(cast: Cast, code: str, area: Area | None = None, on: date = DAY) -> Answer:
    """Ask the register; about Coldbrook unless another place is named."""
    return who_delivers(service=cast.service(code), area=area or cast.coldbrook, on=on)


def make_unitary(cast: Cast, *, on: date | None = None) -> Body:
    """Put one council in the place of the county's and the district's, from a day on."""
    unitary = Body.objects.create(key="unitary", name="Marlshire Council", kind="unitary")
    if on:
        Jurisdiction.objects.filter(tier__in=["county", "district"]).update(ends_on=on - ONE_DAY)
    else:
        Jurisdiction.objects.filter(tier__in=["county", "district"]).delete()
    for tier in ("county", "district"):
        Jurisdiction.objects.create(body=unitary, area=cast.county, tier=tier, starts_on=on)
    return unitary


# Each shape a default duty has.


@pytest.mark.parametrize("code", ["DPS01", "DPS02", "HDG", "EPI", "SID"])
def test_verges_hedges_and_signs_that_flash_are_the_countys_as_highway_authority(
    cast: Cast, code: str
) -> None:
    answer = ask(cast, code)

    assert answer.deliverer == cast.county_council
    assert answer.delivered_by == "The County Council"
    assert "highway authority" in answer.why
    assert "duty" in answer.why
    assert "Highways Act 1980" in answer.power
    assert answer.chief.plate == "county"


@pytest.mark.parametrize("code", ["SGN", "WED", "GUL", "ROW", "LIB", "U5S"])
def test_what_is_the_countys_in_another_capacity_is_the_countys(cast: Cast, code: str) -> None:
    answer = ask(cast, code)

    assert answer.deliverer == cast.county_council
    assert "highway authority" not in answer.why
    assert answer.power


def test_litter_is_the_districts_duty(cast: Cast) -> None:
    answer = ask(cast, "LIT")

    assert answer.deliverer == cast.marlshire_council
    assert answer.chief.plate == "district"
    assert "Environmental Protection Act 1990" in answer.power
    assert "the county" not in answer.chief.why.lower()


def test_illegal_signs_are_the_countys_on_the_highway_and_the_districts_elsewhere(
    cast: Cast,
) -> None:
    answer = ask(cast, "FLY")

    assert [delivery.body for delivery in answer.deliveries] == [
        cast.county_council,
        cast.marlshire_council,
    ]
    assert answer.delivered_by == (
        "The County Council on the highway; Marlshire District Council elsewhere"
    )
    assert "power, not a duty" in answer.why
    assert "Highways Act 1980" in answer.power
    assert "Town and Country Planning Act 1990" in answer.power


def test_public_toilets_are_nobodys_duty(cast: Cast) -> None:
    answer = ask(cast, "TOI")

    assert answer.deliverer is None
    assert answer.delivered_by == ""
    assert answer.chief.plate == "none"
    assert "No council must provide public toilets" in answer.why
    assert "Public Health Act 1936" in answer.power


def test_street_furniture_falls_to_an_owner_nobody_has_named(cast: Cast) -> None:
    answer = ask(cast, "FUR")

    assert answer.deliverer is None
    assert "owns the item" in answer.why
    assert answer.power == ""


def test_a_bundle_falls_to_whoever_its_parts_fall_to(cast: Cast) -> None:
    answer = ask(cast, "LEN")

    assert answer.deliverer is None
    assert "each part" in answer.why


def test_a_service_that_is_not_in_the_table_of_law_has_no_recorded_power(cast: Cast) -> None:
    unheard_of = Service.objects.get(code="HDG")
    unheard_of.code = "NEW"

    answer = who_delivers(service=unheard_of, area=cast.coldbrook, on=DAY)

    assert answer.deliverer is None
    assert answer.power == ""
    assert answer.chief.certainty is None
    assert "Nobody has recorded" in answer.why


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("DPS01", "with the highway authority"),
        ("LIB", "by agreement"),
        ("ROW", "own power"),
        ("U5S", "grant"),
        ("FUR", ""),
    ],
)
def test_the_register_says_how_a_parish_may_come_to_do_it(
    cast: Cast, code: str, words: str
) -> None:
    said = ask(cast, code).parish_may

    assert words in said
    assert bool(said) is bool(words)


# Where.


def test_in_an_unparished_area_county_and_district_answer_as_elsewhere(cast: Cast) -> None:
    assert ask(cast, "DPS01", cast.unparished_ward).deliverer == cast.county_council
    assert ask(cast, "LIT", cast.unparished_ward).deliverer == cast.marlshire_council


def test_a_parish_meeting_without_staff_delivers_nothing_by_default(cast: Cast) -> None:
    delivering = {answer.deliverer for answer in answers_for_place(cast.marl_green, on=DAY)}

    assert delivering == {cast.county_council, cast.marlshire_council, None}


def test_a_unitary_council_answers_once_for_what_falls_to_either_tier(cast: Cast) -> None:
    unitary = make_unitary(cast)

    for code in ("DPS01", "LIT", "FLY"):
        answer = ask(cast, code)
        assert [delivery.body for delivery in answer.deliveries] == [unitary]
        assert answer.delivered_by.count("Marlshire Council") == 1
        assert "the district" not in answer.why.lower()
        assert "the county" not in answer.why.lower()


def test_a_unitary_council_answers_for_illegal_signs_everywhere_under_both_laws(
    cast: Cast,
) -> None:
    # One council holds both parts. To keep the first alone tells a resident that nobody removes
    # signs off the highway, and loses the law that covers them.
    make_unitary(cast)

    answer = ask(cast, "FLY")

    assert answer.delivered_by == "Marlshire Council"
    assert "Highways Act 1980" in answer.power
    assert "Town and Country Planning Act 1990" in answer.power


# When.


def test_before_a_unitary_took_over_the_old_councils_answer(cast: Cast) -> None:
    unitary = make_unitary(cast, on=DAY)

    assert ask(cast, "DPS01", on=DAY - ONE_DAY).deliverer == cast.county_council
    assert ask(cast, "LIT", on=DAY - ONE_DAY).deliverer == cast.marlshire_council
    assert ask(cast, "DPS01", on=DAY).deliverer == unitary
    assert ask(cast, "LIT", on=DAY).deliverer == unitary


NOT_THERE = pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_on": DAY},
        {"ends_on": DAY - ONE_DAY},
        {"starts_on": DAY + ONE_DAY},
    ],
    ids=["withdrawn", "ended", "not there yet"],
)


@NOT_THERE
def test_a_body_that_is_not_there_is_not_named_and_the_register_says_whose_it_would_be(
    cast: Cast, change: dict[str, date]
) -> None:
    Body.objects.filter(pk=cast.county_council.pk).update(**change)

    answer = ask(cast, "GUL")

    assert answer.deliverer is None
    assert answer.delivered_by == ""
    assert "falls to the county" in answer.why
    assert "no such council is recorded" in answer.why
    assert "Highways Act 1980" in answer.power


@NOT_THERE
def test_a_remark_on_the_law_does_not_hide_that_the_council_is_not_there(
    cast: Cast, change: dict[str, date]
) -> None:
    Body.objects.filter(pk=cast.marlshire_council.pk).update(**change)

    assert "falls to the district" in ask(cast, "LIT").why


def test_a_body_answers_on_its_last_day_and_no_longer(cast: Cast) -> None:
    Body.objects.filter(pk=cast.marlshire_council.pk).update(ends_on=DAY)

    assert ask(cast, "LIT", on=DAY).deliverer == cast.marlshire_council
    assert ask(cast, "LIT", on=DAY + ONE_DAY).deliverer is None


def test_a_part_that_falls_to_nobody_stays_beside_the_part_that_falls_to_somebody(
    cast: Cast,
) -> None:
    # Parts are told apart by the body's key in the database or else by their own number, so a
    # body whose key is 1, the first one ever recorded, hides the second part.
    first = Body.objects.filter(pk=1).first() or Body.objects.create(
        pk=1, key="first", name="The First Council", kind="county"
    )
    Jurisdiction.objects.filter(tier="county").update(body=first)
    Jurisdiction.objects.filter(tier="district").delete()

    answer = ask(cast, "FLY")

    assert [delivery.body for delivery in answer.deliveries] == [first, None]


# How sure, and why.


def test_until_a_monitoring_officer_confirms_it_nobody_has(cast: Cast) -> None:
    answer = ask(cast, "DPS01")

    assert answer.confirmed_by == ""
    assert answer.chief.certainty == 90


def test_what_a_monitoring_officer_confirmed_names_the_office_and_the_day(cast: Cast) -> None:
    DutyVerification.objects.create(
        service=cast.service("DPS01"),
        verified_on=date(2026, 5, 4),
        verified_by="Monitoring officer, The County Council",
    )

    assert ask(cast, "DPS01").confirmed_by == "Monitoring officer, The County Council, 4 May 2026"
    assert ask(cast, "HDG").confirmed_by == ""


def test_the_least_sure_law_says_how_sure_the_answer_is(cast: Cast) -> None:
    # Litter rests on s89 (95 %) and on s59 (85 %).
    assert ask(cast, "LIT").chief.certainty == 85


# How much, and to what standard.


def test_an_answer_carries_the_current_quantity_and_the_three_standards_apart(cast: Cast) -> None:
    cast.record(cast.estimate(cast.coldbrook, "DPS01", 1, 2, 3))
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 21_600))

    answer = ask(cast, "DPS01")

    assert answer.quantity is not None
    assert answer.quantity.amount_milli == 21_600_000
    assert ask(cast, "DPS01", cast.wychbourne).quantity is None
    standards = answer.standards
    assert {s.level for s in (standards.minimum, standards.funded, standards.delivered) if s} <= {
        "minimum",
        "funded",
        "delivered",
    }


def test_a_disputed_quantity_says_so(cast: Cast) -> None:
    cast.record(
        cast.quantity(cast.coldbrook, "HDG", 5, is_disputed=True, dispute="The parish says 3"),
        cast.quantity(cast.wychbourne, "HDG", 7),
    )

    assert ask(cast, "HDG").quantity_disputed is True
    assert ask(cast, "HDG", cast.wychbourne).quantity_disputed is False
    assert ask(cast, "HDG", cast.marl_green).quantity_disputed is None


# All at once.


def test_answers_come_place_by_place_in_the_catalogues_order(cast: Cast) -> None:
    catalogue = list(Service.objects.delivered().order_by("order"))

    found = answers(cast.places, catalogue, on=DAY)

    assert [(answer.area, answer.service) for answer in found] == [
        (area, service) for area in cast.places for service in catalogue
    ]
    assert answers([], catalogue, on=DAY) == answers(cast.places, [], on=DAY) == []


def test_a_hundred_places_take_no_more_queries_than_one(
    cast: Cast, django_assert_num_queries
) -> None:
    catalogue = list(Service.objects.delivered())
    with django_assert_num_queries(5):
        answers([cast.coldbrook], catalogue, on=DAY)

    with django_assert_num_queries(5):
        answers(cast.places * 20, catalogue, on=DAY)
