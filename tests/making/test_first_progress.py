"""Whoever asked for a plan sees that it has begun at the next look at its page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.making.asked import GRASS, NOW, SIGNS, asked, question, taken_up, words
from waywarden.county.people.models import Office
from waywarden.devolution.making import actions, queries
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.searching import Found, Limits, search
from waywarden.devolution.making.wishes import Question
from waywarden.planning.facts import CannotPlan

pytestmark = pytest.mark.django_db

MORE = ("DPS02", "FUR", "HDG", "SID")


class Unanswerable(Question):
    """A question of which nothing can be worked out."""

    def problem(self) -> Any:
        raise CannotPlan("Nothing can be worked out of it.")


def test_that_a_search_has_begun_is_told_before_anything_is_worked_out(county: Cast) -> None:
    heard: list[dict[str, Any]] = []
    of = question(county)

    with pytest.raises(CannotPlan, match="Nothing can be worked out"):
        search(
            Unanswerable(of.facts, of.wishes),
            tell=lambda **told: heard.append(told) or False,
            limits=Limits(10, 10_000),
        )

    assert [(one["stage"], one["done_permille"], one["seconds"]) for one in heard] == [
        ("getting ready", 0, 0)
    ]


def test_the_page_of_a_plan_just_taken_up_says_how_far_it_is(
    county: Cast, ada: tuple[Client, Office]
) -> None:
    of = taken_up(asked(county))

    def nothing_further(**told: Any) -> bool:
        actions.tell(pk=of.pk, now=NOW, **told)
        raise CannotPlan("No further.")

    with pytest.raises(CannotPlan, match="No further"):
        search(of.asks(), tell=nothing_further, limits=Limits(10, 10_000))
    page = words(ada[0].get(of.get_absolute_url()))

    assert "Getting ready: 0% done after 0 seconds" in page


def test_asking_plans_nothing_and_asks_the_database_no_more_for_many_figures(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waywarden.planner.plan", _never)
    few = _queries_of_asking(county, (SIGNS,))

    county.record(
        *(
            county.quantity(place, code, 1_000)
            for place in (county.wychbourne, county.coldbrook, county.little_haye)
            for code in MORE
        ),
        today=localdate(),
    )
    many = _queries_of_asking(county, (GRASS, SIGNS, *MORE))

    assert many == few


def _never(*_: Any, **__: Any) -> Found:
    raise AssertionError("A request planned.")


def _queries_of_asking(county: Cast, services: tuple[str, ...]) -> int:
    with CaptureQueriesContext(connection) as asked_of:
        of = question(county, services=services)
        made = actions.ask(
            county=county.county,
            body=county.county_council,
            question=of,
            figures=queries.figures_of(county.county, services, on=localdate()),
            begin=lambda _: None,
            by=ADA,
            now=NOW,
        )
    assert isinstance(made, AskedPlan)
    AskedPlan.objects.all().delete()
    return len(asked_of)
