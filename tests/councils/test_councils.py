"""Bodies in time: who was there on a day, who took over from whom, and what is only an example."""

from datetime import date, timedelta

import pytest

from tests.cast import ABOUT, ADA, DAY, Cast
from waywarden.county.councils import actions as councils
from waywarden.county.councils.models import (
    Body,
    BodyCode,
    Contact,
    Succession,
    latest_successor,
)
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.models import Entry

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 4, 1), date(2028, 3, 31)
ONE_DAY = timedelta(days=1)


def body(key: str, **facts: object) -> Body:
    """Record a district council."""
    return Body.objects.create(key=key, name=key.title(), kind="district", **facts)


def took_over(predecessor: Body, successor: Body, on: date) -> None:
    """Record that one body took over from another."""
    Succession.objects.create(
        predecessor=predecessor, successor=successor, on=on, source="An order"
    )


@pytest.mark.parametrize(
    ("day", "is_there"),
    [
        (FIRST - ONE_DAY, False),
        (FIRST, True),
        (FIRST + ONE_DAY, True),
        (LAST - ONE_DAY, True),
        (LAST, True),
        (LAST + ONE_DAY, False),
    ],
)
def test_a_body_is_there_on_its_first_and_on_its_last_day(day: date, is_there: bool) -> None:
    council = body("valeshire", starts_on=FIRST, ends_on=LAST)

    assert Body.objects.as_of(day).exists() is is_there
    assert council.period.contains(day) is is_there


@pytest.mark.parametrize("day", [date(1974, 4, 1), FIRST, date(2099, 12, 31)])
def test_a_body_whose_beginning_and_end_are_not_known_is_there_on_any_day(day: date) -> None:
    body("valeshire")

    assert Body.objects.as_of(day).exists()


def test_a_body_may_be_there_for_one_day_alone() -> None:
    body("valeshire", starts_on=FIRST, ends_on=FIRST)

    found = [Body.objects.as_of(FIRST + n * ONE_DAY).exists() for n in (-1, 0, 1)]
    assert found == [False, True, False]


def test_a_body_that_goes_on_stands_in_its_own_place() -> None:
    council = body("valeshire", ends_on=LAST)

    assert latest_successor(council, on=LAST) == [council]


def test_when_two_councils_merge_the_new_one_stands_in_the_place_of_each() -> None:
    vale, marl = body("vale", ends_on=LAST), body("marl", ends_on=LAST)
    merged = body("vale-and-marl", starts_on=LAST + ONE_DAY)
    took_over(vale, merged, LAST + ONE_DAY)
    took_over(marl, merged, LAST + ONE_DAY)

    assert latest_successor(vale, on=LAST + ONE_DAY) == [merged]
    assert latest_successor(marl, on=LAST + ONE_DAY) == [merged]


def test_when_a_county_is_split_all_its_parts_stand_in_its_place() -> None:
    county = body("county", ends_on=LAST)
    north, south = body("north", starts_on=LAST + ONE_DAY), body("south", starts_on=LAST + ONE_DAY)
    took_over(county, north, LAST + ONE_DAY)
    took_over(county, south, LAST + ONE_DAY)

    assert set(latest_successor(county, on=LAST + ONE_DAY)) == {north, south}


def test_a_successor_that_has_itself_ended_is_followed_on() -> None:
    first, second, third = body("first", ends_on=FIRST), body("second", ends_on=LAST), body("third")
    took_over(first, second, FIRST + ONE_DAY)
    took_over(second, third, LAST + ONE_DAY)

    assert latest_successor(first, on=LAST) == [second]
    assert latest_successor(first, on=LAST + ONE_DAY) == [third]


def test_a_body_that_ended_without_an_heir_has_nobody_in_its_place() -> None:
    assert latest_successor(body("vale", ends_on=LAST), on=LAST + ONE_DAY) == []


def test_bodies_are_recorded_with_all_that_belongs_to_them_in_one_line_of_the_journal() -> None:
    vale = Body(key="vale", name="Vale", kind="district", ends_on=LAST)
    heir = Body(key="heir", name="Heir", kind="unitary", starts_on=LAST + ONE_DAY)

    councils.record_bodies(
        of=ABOUT,
        bodies=[vale, heir],
        codes=[BodyCode(body=vale, scheme="gss", code="E07000001", source="Read")],
        contacts=[
            Contact(body=vale, kind="web", value="vale.example", source="Read", confidence="A")
        ],
        successions=[
            Succession(predecessor=vale, successor=heir, on=LAST + ONE_DAY, source="Order")
        ],
        by=ADA,
        today=DAY,
    )

    line = Entry.objects.get()
    assert line.did == "recorded bodies"
    assert line.after["bodies"] == {"vale": ["district", "Vale"], "heir": ["unitary", "Heir"]}
    assert line.after["successions"] == [["vale", "heir", "2028-04-01"]]
    assert vale.codes.get().code == "E07000001"
    assert vale.contacts.get().value == "vale.example"
    assert journal.faults() == []


def test_withdrawn_examples_are_kept_but_no_longer_listed(cast: Cast) -> None:
    made_up = Body.objects.create(
        key="friends", name="Friends of Marl", kind="group", is_example=True
    )

    count = councils.withdraw_examples(by=ADA, today=DAY)

    made_up.refresh_from_db()
    line = Entry.objects.order_by("number").last()
    assert count == 1
    assert made_up.withdrawn_on == DAY
    assert made_up not in Body.objects.listed()
    assert cast.coldbrook_council in Body.objects.listed()
    assert (line.before, line.after) == ({"friends": None}, {"friends": "2026-04-01"})


def test_withdrawing_when_there_are_no_examples_writes_nothing(cast: Cast) -> None:
    lines = Entry.objects.count()

    assert councils.withdraw_examples(by=ADA, today=DAY) == 0
    assert Entry.objects.count() == lines


def test_withdrawing_twice_withdraws_once() -> None:
    Body.objects.create(key="friends", name="Friends of Marl", kind="group", is_example=True)

    councils.withdraw_examples(by=ADA, today=DAY)

    assert councils.withdraw_examples(by=ADA, today=DAY + ONE_DAY) == 0
    assert Body.objects.get().withdrawn_on == DAY
