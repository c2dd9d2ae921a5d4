"""What keeps plans from taking the machine: each made once, few at a time, with limits (AB25)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import ADA, Cast
from tests.making.asked import (
    NOW,
    SIGNS,
    ask,
    asked,
    job_of,
    question,
    taken_up,
    waiting_jobs,
    work,
)
from waywarden.devolution.making import actions, policies, queries
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.searching import Limits, Watch
from waywarden.devolution.making.wishes import Question, Wishes
from waywarden.devolution.making.working import make_plan
from waywarden.devolution.plans.models import PlanRun
from waywarden.planning.costing import costing_for
from waywarden.planning.facts import Amount, CannotPlan, CouncilFacts, CountyFacts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

Status = AskedPlan.Status


def test_ab25_the_same_pressed_fifty_times_is_made_once(county: Cast) -> None:
    first = asked(county)

    again = [ask(county) for _ in range(49)]

    assert {one.pk for one in again} == {first.pk}
    assert AskedPlan.objects.count() == 1
    assert waiting_jobs() == 1
    assert work() == 1
    assert PlanRun.objects.count() == 1
    # And once it is made, it is the answer.
    made = ask(county)
    assert made == PlanRun.objects.get()
    assert waiting_jobs() == 0


def test_ab25_four_hundred_parishes_and_forty_services_are_asked_for_once(county: Cast) -> None:
    # More services than the catalogue knows cannot be planned; as many as it does can.
    codes = tuple(costing_for("the county").services)
    many = _parishes(400, codes)
    wishes = question(county, services=codes).wishes
    begun: list[int] = []

    def press() -> int:
        found = actions.ask(
            county=county.county,
            body=county.county_council,
            question=Question(many, wishes),
            figures=[],
            begin=begun.append,
            by=ADA,
            now=NOW,
        )
        return int(found.pk)

    pressed = [press() for _ in range(50)]

    assert len(set(pressed)) == AskedPlan.objects.count() == len(begun) == 1


def test_ab25_more_than_a_worker_can_hold_is_refused() -> None:
    codes = tuple(costing_for("the county").services)
    too_many = policies.MOST_LINES // len(codes) + 1

    wishes = Question(_parishes(too_many, codes), _wishes(codes))

    [obstacle] = policies.obstacles_to_asking(wishes)
    assert "Choose fewer services" in obstacle


def test_ab25_one_plan_of_a_council_is_made_at_a_time_and_others_wait(county: Cast) -> None:
    first, second = asked(county), asked(county, services=(SIGNS,))
    assert waiting_jobs() == 1

    taken_up(first)
    assert actions.take_up(pk=second.pk, job="other", begin=make_plan.enqueue, now=NOW) is None
    assert queries.before(second) == 1

    actions.give_up(asked=AskedPlan.objects.get(pk=first.pk), why="No.", begin=make_plan.enqueue)

    assert job_of(second)
    assert work() == 2
    second.refresh_from_db()
    assert second.status == Status.DONE


def test_ab25_no_more_than_so_many_wait(county: Cast) -> None:
    for members in range(2, 2 + policies.MOST_WAITING):
        asked(county, limits={"most_members": members})

    with pytest.raises(actions.CannotMake, match="wait for their turn already"):
        asked(county, limits={"most_members": 30})


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(0.0, 1e9), "It had taken 0 seconds, the most allowed"),
        (Limits(1e9, 1.0), "The worker held 1 megabytes, the most allowed"),
    ],
)
def test_ab25_a_search_stops_at_its_time_and_at_its_memory(limits: Limits, why: str) -> None:
    watch = Watch(lambda **told: False, limits)

    assert watch.over(lambda: watch.stop.wait(30))

    assert watch.why == why


def test_a_search_passes_on_what_is_wrong_in_watching_it(county: Cast) -> None:
    def fail(**told: Any) -> bool:
        raise CannotPlan("Nobody hears.")

    watch = Watch(fail, Limits(600, 10_000))
    with pytest.raises(CannotPlan, match="Nobody hears"):
        watch.over(lambda: watch.stop.wait(30))
    assert watch.stop.is_set()


def _wishes(codes: tuple[str, ...]) -> Any:
    return Wishes(services=codes, effort="quick")


def _parishes(count: int, codes: tuple[str, ...]) -> CountyFacts:
    amount = Amount(1_000, 1_000, 1_000, is_estimate=False)
    councils = [
        CouncilFacts(
            key=f"parish-{number}",
            name=f"Parish {number}",
            code="",
            district="Marlshire",
            kind="parish",
            easting_m=450_000.0 + 100 * number,
            northing_m=200_000.0,
            longitude=-1.2,
            latitude=51.6,
            population=500,
            population_is_modelled=False,
            amounts=dict.fromkeys(codes, amount),
        )
        for number in range(count)
    ]
    return CountyFacts("the county", tuple(councils), ())
