"""A run plans from the register, keeps what it found, and is not made twice."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Any

import pytest

from tests.cast import ADA
from tests.counties import DAY
from tests.planning import hand_made
from tests.plans.kept import OXFORDSHIRE
from waywarden.county.places.models import Area
from waywarden.devolution.plans import queries, running
from waywarden.devolution.plans.models import PlanRun
from waywarden.planner import Plan, Problem

pytestmark = pytest.mark.django_db

Run = Callable[..., PlanRun]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Plan by hand instead; gives what the planner was asked each time."""
    asked: list[dict[str, Any]] = []

    def by_hand(problem: Problem, **given: Any) -> Plan:
        asked.append({"problem": problem, **given})
        return replace(hand_made.plan_of(problem, OXFORDSHIRE), seed=given["seed"])

    monkeypatch.setattr(running.planner, "plan", by_hand)
    return asked


@pytest.fixture
def run(oxfordshire: Area, planned: list[dict[str, Any]]) -> Run:
    wishes = {"services": ["SGN"], "effort": "quick", "everyone": True}
    return lambda **more: running.run_and_keep(
        county=oxfordshire, by=ADA, today=DAY, **(wishes | more)
    )


def test_a_run_is_made_from_the_register_and_kept(
    run: Run, planned: list[dict[str, Any]], oxfordshire: Area
) -> None:
    kept = run()

    assert queries.shown_run_of(oxfordshire) == kept
    assert (kept.effort, kept.seed, kept.services, kept.is_everyone) == ("quick", 0, ["SGN"], True)
    assert kept.places.count() == 321
    assert len(queries.report_of(kept).clusters) == 2
    (asked,) = planned
    assert len(asked["problem"].councils) == 321
    assert (asked["shape"], asked["effort"], asked["seed"]) == ("shared", "quick", 0)


def test_the_same_run_is_not_made_again(run: Run, planned: list[dict[str, Any]]) -> None:
    first = run()

    assert run() == first
    assert len(planned) == 1


def test_a_run_that_was_stopped_is_not_kept(run: Run) -> None:
    stop = Event()
    stop.set()

    with pytest.raises(running.Interrupted, match="Nothing was kept"):
        run(stop=stop)

    assert not PlanRun.objects.exists()


def test_a_county_that_is_not_loaded_is_refused_with_what_to_do(oxfordshire: Area) -> None:
    assert running.county_called("oxfordshire") == oxfordshire
    with pytest.raises(running.NotLoaded, match="To load it: waywarden load --county 'Devon'"):
        running.county_called("devon")
