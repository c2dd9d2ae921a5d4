"""The day the register is asked about: many ways to write it, and a plain word when it is none."""

from datetime import date

import pytest
from django.http import QueryDict

from tests.cast import DAY, Cast
from waywarden.arrangements.register.forms import AsOf, CountyFilter
from waywarden.county.services.queries import catalogue


def asked(**words: str) -> QueryDict:
    """Ask as an address does."""
    query = QueryDict(mutable=True)
    query.update(words)
    return query


@pytest.mark.parametrize(
    "typed", ["2027-03-05", "5/3/2027", "05/03/2027", "5 March 2027", "5.3.2027"]
)
def test_a_day_may_be_written_in_the_ways_people_here_write_it(typed: str) -> None:
    assert AsOf(asked(on=typed), DAY).day() == date(2027, 3, 5)


def test_no_day_means_today() -> None:
    form = AsOf(asked(on=""), DAY)

    assert form.is_valid()
    assert form.day() == DAY


@pytest.mark.parametrize(
    "typed",
    ["next week", "2027-02-30", "31/11/2026", "0000-00-00", "1/1/1", "99999-01-01", "<b>", "\x00"],
)
def test_what_is_no_day_is_refused_in_plain_words(typed: str) -> None:
    form = AsOf(asked(on=typed), DAY)

    assert not form.is_valid()
    assert form.errors["on"][0].startswith("Enter ")


@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [
        ("2014-05-30", False),
        ("2014-05-31", True),
        ("2099-12-31", True),
        ("2100-01-01", False),
    ],
)
def test_a_day_lies_between_the_first_list_of_parishes_and_the_end_of_the_century(
    typed: str, is_taken: bool
) -> None:
    assert AsOf(asked(on=typed), DAY).is_valid() is is_taken


@pytest.mark.django_db
def test_a_district_and_a_service_are_chosen_from_what_there_is(cast: Cast) -> None:
    lists = {"districts": [cast.marlshire], "services": catalogue()}

    form = CountyFilter(asked(district="marlshire", service="village-grass"), DAY, **lists)

    assert form.chosen_district == cast.marlshire
    assert form.chosen_service == cast.service("DPS01")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["district", "service"])
def test_a_choice_that_is_not_there_is_refused_in_plain_words(cast: Cast, name: str) -> None:
    lists = {"districts": [cast.marlshire], "services": catalogue()}

    form = CountyFilter(asked(**{name: "nonsense"}), DAY, **lists)

    assert form.errors[name] == [f"Choose a {name} from the list"]
    assert form.chosen_district is None
    assert form.chosen_service is None


def test_a_day_of_blanks_is_today() -> None:
    assert AsOf(asked(on="  "), DAY).day() == DAY
