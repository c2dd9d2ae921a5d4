"""A price may be set for one plan: it reaches the planner, and the pages say so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.making.asked import GRASS, asked, fields, question, send, words, work
from waywarden.county.people.models import Office
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.prices import FIGURES, SET, exactly, expected, with_prices
from waywarden.devolution.making.wishes import question_from
from waywarden.devolution.plans import queries as kept
from waywarden.planning.costing import costing_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

MAKE = "/plans/make/"
FIRM = f"{GRASS}_contractor"
Ada = tuple[Client, Office]


def test_every_price_of_the_catalogue_can_be_set_and_nothing_else_moves() -> None:
    usual = costing_for("the county")
    listed = expected(usual)

    for key, one in listed.items():
        other = with_prices(usual, {key: 2 * one.millipence})
        moved = {at for at, each in expected(other).items() if each != listed[at]}
        assert moved == {key}
        assert expected(other)[key].millipence == 2 * one.millipence

    assert {*FIGURES} <= {*listed}
    assert len(listed) == 12
    assert with_prices(usual, {}) == usual


def test_a_price_that_was_set_reaches_the_planner_and_makes_another_question(county: Cast) -> None:
    dearer = question(county, prices={FIRM: 5_000})

    assert dearer.costing.services[GRASS].contractor.millipence == 5_000
    assert dearer.costing.services[GRASS].contractor.source == SET
    assert dearer.known_as != question(county).known_as
    assert question_from(dearer.plain()) == dearer


def test_with_a_dearer_firm_the_plan_costs_more_and_says_the_price(county: Cast) -> None:
    usual, dear = asked(county), asked(county, prices={FIRM: 250_000, "pay_pence": 18_500_000})
    work()
    usual.refresh_from_db()
    dear.refresh_from_db()
    assert usual.plan
    assert dear.plan

    first, second = kept.report_of(usual.plan), kept.report_of(dear.plan)

    assert second.planned.expected > first.planned.expected
    assert ("Village grass, by a firm: £2.50 a square metre", "C", SET) in second.assumed


def test_ada_sets_a_price_and_finds_it_on_the_page(county: Cast, ada: Ada) -> None:
    browser, acting = ada
    opened = browser.get(MAKE).content.decode()
    assert 'value="0.025"' in opened

    sent = send(
        browser, MAKE, acting, **fields(**{f"price_{FIRM}": "£0.0375", "price_pay_pence": ""})
    )

    held = AskedPlan.objects.get()
    assert held.asks().wishes.prices == {FIRM: 3_750}
    assert "Village grass, by a firm: 3.75p a square metre, not 2.5p" in words(sent)


def test_prices_left_as_they_are_ask_the_same_question(ada: Ada) -> None:
    browser, acting = ada
    same: dict[str, Any] = {f"price_{FIRM}": "0.025", "price_pay_pence": "18.50"}

    send(browser, MAKE, acting, **fields())
    send(browser, MAKE, acting, **fields(**same))

    assert AskedPlan.objects.count() == 1


def test_what_a_plan_does_not_reckon_with_asks_the_same_question(ada: Ada) -> None:
    browser, acting = ada
    other: dict[str, Any] = {"price_SGN_contractor": "8", "price_SGN_volunteers": "3"}

    send(browser, MAKE, acting, **fields())
    send(browser, MAKE, acting, **fields(**other))

    assert AskedPlan.objects.count() == 1


def test_two_prices_that_differ_are_never_written_alike() -> None:
    assert exactly(2_504) == "2.504p" != exactly(2_500)
    assert exactly(4_500_400) == "£45.004" != exactly(4_500_000)
    assert exactly(3) == "0.003p"


def test_made_again_with_councils_moved_it_keeps_the_prices_that_were_set(
    county: Cast, ada: Ada
) -> None:
    held = asked(county, prices={FIRM: 3_750})
    work()
    held.refresh_from_db()
    assert held.plan

    shown = ada[0].get(f"/plans/{held.plan.number}/change/")

    assert "Village grass, by a firm: 3.75p a square metre, not 2.5p" in words(shown)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0", "Enter pounds from 0.00025 to 2.50, or leave it blank"),
        ("25", "Enter pounds from 0.00025 to 2.50, or leave it blank"),
        ("-1", "Enter pounds from 0.00025 to 2.50, or leave it blank"),
        ("two", "Enter pounds from 0.00025 to 2.50, or leave it blank"),
        ("0.0000001", "Enter pounds from 0.00025 to 2.50, or leave it blank"),
        ("1e400", "Enter pounds from 0.00025 to 2.50, or leave it blank"),
        ("NaN", "Enter pounds from 0.00025 to 2.50, or leave it blank"),
    ],
)
def test_a_price_that_makes_no_sense_is_given_back_with_what_is_possible(
    ada: Ada, typed: str, says: str
) -> None:
    browser, acting = ada

    sent = send(browser, MAKE, acting, **fields(**{f"price_{FIRM}": typed}))

    assert sent.status_code == 400
    assert says in words(sent)
    assert f'value="{typed}"' in sent.content.decode()
    assert not AskedPlan.objects.exists()


def test_typed_prices_stay_while_councils_are_looked_for(ada: Ada) -> None:
    browser, acting = ada

    shown = send(
        browser, MAKE, acting, **fields(**{f"price_{FIRM}": "0.031"}), find="1", named="cold"
    )

    assert 'value="0.031"' in shown.content.decode()
    assert not AskedPlan.objects.exists()
