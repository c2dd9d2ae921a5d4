"""Every service in every place of the real Oxfordshire has an answer, and it is the right one."""

from collections import Counter

import pytest

from tests.counties import DAY
from waywarden.arrangements.register.answers import Answer
from waywarden.arrangements.register.queries import answers
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.services import queries as services

pytestmark = pytest.mark.django_db

COUNTY, DISTRICT = "county", "district"

# Whose each service is, written down by hand from the table of default duties, apart from the code.
WHOSE: dict[str, list[str]] = {
    "DPS01": [COUNTY],
    "DPS02": [COUNTY],
    "SGN": [COUNTY],
    "FUR": [],
    "HDG": [COUNTY],
    "EPI": [COUNTY],
    "SID": [COUNTY],
    "WED": [COUNTY],
    "GUL": [COUNTY],
    "ROW": [COUNTY],
    "LEN": [],
    "FLY": [COUNTY, DISTRICT],
    "LIT": [DISTRICT],
    "TOI": [],
    "LIB": [COUNTY],
    "U5S": [COUNTY],
}
COUNCILS = {
    "Cherwell": "Cherwell District Council",
    "Oxford": "Oxford City Council",
    "South Oxfordshire": "South Oxfordshire District Council",
    "Vale of White Horse": "Vale of White Horse District Council",
    "West Oxfordshire": "West Oxfordshire District Council",
}


@pytest.fixture
def register(oxfordshire: Area) -> list[Answer]:
    """Every answer of the register."""
    there = places.places_of(oxfordshire, on=DAY)
    return answers(there, services.catalogue(), on=DAY)


def expected(answer: Answer) -> list[str]:
    """Work out who delivers without the code that is tested."""
    council = {COUNTY: "Oxfordshire County Council", DISTRICT: COUNCILS[answer.area.within.name]}
    return [council[tier] for tier in WHOSE[answer.service.code]]


def test_sixteen_services_in_324_places_have_5184_answers(register: list[Answer]) -> None:
    assert len(register) == 16 * 324 == 5184
    assert set(Counter(answer.service.code for answer in register).values()) == {324}
    assert {answer.service.code for answer in register} == set(WHOSE)


def test_each_answer_names_the_right_council(register: list[Answer]) -> None:
    wrong = [
        (answer.area.name, answer.service.code, answer.delivered_by)
        for answer in register
        if [d.body.name for d in answer.deliveries if d.body] != expected(answer)
    ]

    assert wrong == []


def test_each_answer_says_why_and_none_names_a_power_without_a_law(
    register: list[Answer],
) -> None:
    for answer in register:
        assert answer.why
        assert answer.deliveries
        assert bool(answer.power) is any(delivery.laws for delivery in answer.deliveries)
        assert answer.power or answer.service.code in ("FUR", "LEN")
        assert answer.confirmed_by == ""


def test_no_answer_passes_an_estimate_off_as_measured(register: list[Answer]) -> None:
    held = [answer.quantity for answer in register if answer.quantity]

    assert held
    assert all(quantity.is_estimate and quantity.confidence == "C" for quantity in held)
