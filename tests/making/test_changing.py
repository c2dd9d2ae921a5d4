"""Councils of a plan are moved, and the plan is made again from where it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.making.asked import (
    COLDBROOK,
    LITTLE_HAYE,
    MARL_GREEN,
    WYCHBOURNE,
    question,
    send,
    words,
    work,
)
from tests.plans import kept
from waywarden import planner
from waywarden.county.people.models import Office
from waywarden.county.places.models import Area
from waywarden.devolution.making import changing
from waywarden.devolution.making.changing import OUT
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.wishes import Wishes, question_from
from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.queries import report_of
from waywarden.planning.reports import Report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
EVERYBODY = {COLDBROOK, WYCHBOURNE, LITTLE_HAYE, MARL_GREEN}


@pytest.fixture
def plan(county: Cast) -> PlanRun:
    """A plan of the cast: Coldbrook leads Wychbourne, and the others go alone."""
    return kept.keep_for(county)


@pytest.fixture
def report(plan: PlanRun) -> Report:
    return report_of(plan)


@pytest.fixture
def cluster(report: Report) -> str:
    """The key of its only cluster."""
    return report.clusters[0].key


def moved(report: Report, base: Wishes, **moves: str) -> Wishes:
    return changing.moved(base, report, moves, there=EVERYBODY)


def rules(*listed: tuple[str, ...]) -> Wishes:
    """What a plan was asked with that has these rules."""
    return Wishes(services=("DPS01",), effort="quick", rules=listed)


def together(one: str, other: str) -> tuple[str, ...]:
    return ("together", *sorted((one, other)))


def test_who_joins_a_cluster_is_to_be_with_its_lead(report: Report, cluster: str) -> None:
    wished = moved(report, rules(), **{LITTLE_HAYE: cluster})

    assert wished.rules == (together(COLDBROOK, LITTLE_HAYE),)


def test_the_search_begins_from_the_clusters_with_those_moved(report: Report, cluster: str) -> None:
    wished = moved(report, rules(), **{LITTLE_HAYE: cluster})

    assert wished.start == (tuple(sorted((COLDBROOK, WYCHBOURNE, LITTLE_HAYE))),)


def test_who_leaves_all_clusters_is_left_out(report: Report) -> None:
    wished = moved(report, rules(), **{WYCHBOURNE: OUT})

    assert wished.rules == (("excluded", WYCHBOURNE),)
    assert wished.start == ((COLDBROOK,),)


def test_where_the_lead_is_moved_those_who_join_are_with_who_stays(
    report: Report, cluster: str
) -> None:
    wished = moved(report, rules(), **{COLDBROOK: OUT, LITTLE_HAYE: cluster})

    assert together(WYCHBOURNE, LITTLE_HAYE) in wished.rules


def test_nobody_can_join_a_cluster_that_everybody_left(report: Report, cluster: str) -> None:
    moves = {COLDBROOK: OUT, WYCHBOURNE: OUT, LITTLE_HAYE: cluster}

    (said,) = changing.obstacles_to_moving(report, moves, there=EVERYBODY)

    assert "nobody can join it" in said


def test_a_plan_is_not_made_again_where_nothing_moves(report: Report) -> None:
    (said,) = changing.obstacles_to_moving(report, {}, there=EVERYBODY)

    assert "Tick at least one council" in said


def test_only_so_many_are_moved_at_once(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing, "MOST_MOVED", 1)

    assert changing.obstacles_to_moving(report, {WYCHBOURNE: OUT}, there=EVERYBODY) == []
    both = {WYCHBOURNE: OUT, COLDBROOK: OUT}
    (said,) = changing.obstacles_to_moving(report, both, there=EVERYBODY)
    assert "Move 1 councils or fewer" in said


def test_a_council_that_is_no_more_cannot_be_moved(report: Report, cluster: str) -> None:
    there = EVERYBODY - {LITTLE_HAYE}

    (said,) = changing.obstacles_to_moving(report, {LITTLE_HAYE: cluster}, there=there)

    assert "Little Haye is no longer there" in said


def test_a_council_that_takes_part_in_nothing_cannot_join(report: Report, cluster: str) -> None:
    idle = [
        replace(each, alone_models={}) if each.key == LITTLE_HAYE else each
        for each in report.councils
    ]
    of = replace(report, councils=tuple(idle))

    (said,) = changing.obstacles_to_moving(of, {LITTLE_HAYE: cluster}, there=EVERYBODY)

    assert "takes part in none of these services" in said


def test_home_again_is_no_move(report: Report, cluster: str) -> None:
    groups = changing.groups_of(report)

    assert changing.moves_of(groups, [(WYCHBOURNE, OUT), (WYCHBOURNE, cluster)]) == {}
    assert changing.moves_of(groups, [(MARL_GREEN, OUT)]) == {}
    assert changing.moves_of(groups, [(MARL_GREEN, cluster)]) == {MARL_GREEN: cluster}


def test_rules_about_others_stay_and_those_about_who_is_moved_go(
    report: Report, cluster: str
) -> None:
    base = rules(
        together(LITTLE_HAYE, MARL_GREEN),
        ("apart", COLDBROOK, MARL_GREEN),
        ("apart", COLDBROOK, LITTLE_HAYE),
        ("locks", WYCHBOURNE, "DPS01", COLDBROOK),
        ("locks", LITTLE_HAYE, "DPS01", LITTLE_HAYE),
        ("excluded", LITTLE_HAYE),
        ("excluded", MARL_GREEN),
    )

    wished = moved(report, base, **{LITTLE_HAYE: cluster})

    assert set(wished.rules) == {
        together(COLDBROOK, LITTLE_HAYE),
        ("apart", COLDBROOK, MARL_GREEN),
        ("locks", WYCHBOURNE, "DPS01", COLDBROOK),
        ("excluded", MARL_GREEN),
    }


def test_nothing_is_asked_of_a_council_that_is_no_more(report: Report, cluster: str) -> None:
    base = rules(together(COLDBROOK, WYCHBOURNE), ("excluded", COLDBROOK))
    there = EVERYBODY - {COLDBROOK}

    wished = changing.moved(base, report, {LITTLE_HAYE: cluster}, there=there)

    assert wished.rules == (together(WYCHBOURNE, LITTLE_HAYE),)
    assert wished.start == (tuple(sorted((WYCHBOURNE, LITTLE_HAYE))),)


def test_the_rules_that_are_dropped_are_told(report: Report, cluster: str) -> None:
    base = rules(together(LITTLE_HAYE, MARL_GREEN), ("excluded", WYCHBOURNE))

    found = changing.dropped(base, {LITTLE_HAYE: cluster}, there=EVERYBODY)

    assert found.listed == (together(LITTLE_HAYE, MARL_GREEN),)


def test_a_plan_of_those_willing_is_made_again_with_those_who_took_part(
    plan: PlanRun, report: Report
) -> None:
    plan.is_everyone = False

    wished = changing.wishes_behind(plan, report)

    assert wished.willing is not None
    assert {COLDBROOK, WYCHBOURNE} <= set(wished.willing)
    assert wished.willing_says == f"who take part in {plan}"


def address(plan: PlanRun) -> str:
    return f"/plans/{plan.number}/change/"


def asked_for(browser: Client, acting: Office, plan: PlanRun, **typed: Any) -> Any:
    return send(browser, address(plan), acting, **{"effort": "quick"} | typed)


def test_a_council_is_ticked_moved_and_the_plan_made_again(
    county: Cast, ada: tuple[Client, Office], plan: PlanRun, cluster: str
) -> None:
    noted = asked_for(*ada, plan, councils=[LITTLE_HAYE], to=cluster, move="1")
    carried = noted.context["form"]["moved"].value()

    assert AskedPlan.objects.count() == 0
    assert "Little Haye" in words(noted)
    asked_for(*ada, plan, moved=carried)
    asked = AskedPlan.objects.get()
    assert asked.wished().rules == (together(COLDBROOK, LITTLE_HAYE),)
    work()
    asked.refresh_from_db()
    assert asked.plan
    (of, *_) = [one for one in report_of(asked.plan).clusters if LITTLE_HAYE in one.members]
    assert COLDBROOK in of.members
    assert asked.plan.input_hash == asked.input_hash
    assert any("Little Haye" in said for said in asked.prices)


def test_what_is_ticked_counts_as_moved_where_the_plan_is_asked_for_at_once(
    ada: tuple[Client, Office], plan: PlanRun
) -> None:
    asked_for(*ada, plan, councils=[WYCHBOURNE], to=OUT)

    assert AskedPlan.objects.get().wished().rules == (("excluded", WYCHBOURNE),)


@pytest.mark.parametrize("to", ["", OUT])
def test_a_move_is_taken_back_and_what_is_ticked_stays_ticked(
    ada: tuple[Client, Office], plan: PlanRun, cluster: str, to: str
) -> None:
    moved = [f"{WYCHBOURNE}>{OUT}", f"{MARL_GREEN}>{cluster}"]
    ticked = {"councils": [COLDBROOK], "to": to}

    answer = asked_for(*ada, plan, moved=moved, back=WYCHBOURNE, **ticked)

    form = answer.context["form"]
    assert answer.status_code == 200
    assert form["moved"].value() == [moved[1]]
    assert form["councils"].value() == [COLDBROOK]
    assert form["to"].value() == to


def test_what_was_moved_before_is_kept_where_the_next_move_is_refused(
    ada: tuple[Client, Office], plan: PlanRun
) -> None:
    answer = asked_for(*ada, plan, moved=[f"{WYCHBOURNE}>{OUT}"], councils=[COLDBROOK], move="1")

    assert answer.status_code == 400
    assert answer.context["form"]["moved"].value() == [f"{WYCHBOURNE}>{OUT}"]
    assert "Wychbourne → into no cluster" in words(answer)


def test_a_council_abolished_since_is_named_and_the_moves_stay(
    county: Cast, ada: tuple[Client, Office], plan: PlanRun, cluster: str
) -> None:
    Area.objects.filter(key=LITTLE_HAYE).update(ends_on=localdate() - timedelta(days=1))

    answer = asked_for(*ada, plan, moved=[f"{LITTLE_HAYE}>{cluster}"])

    assert "Little Haye is no longer there to plan" in words(answer)
    assert answer.context["form"]["moved"].value() == [f"{LITTLE_HAYE}>{cluster}"]
    assert not AskedPlan.objects.exists()


def test_the_search_is_told_from_where_it_begins(
    ada: tuple[Client, Office],
    plan: PlanRun,
    cluster: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[object] = []
    planned = planner.plan
    monkeypatch.setattr(
        planner, "plan", lambda *of, **asks: begun.append(asks["start"]) or planned(*of, **asks)
    )

    asked_for(*ada, plan, councils=[LITTLE_HAYE], to=cluster)
    work()

    assert begun == [(tuple(sorted((COLDBROOK, WYCHBOURNE, LITTLE_HAYE))),)]


def test_the_plan_made_again_leads_to_both_side_by_side(
    ada: tuple[Client, Office], plan: PlanRun, cluster: str
) -> None:
    asked_for(*ada, plan, councils=[LITTLE_HAYE], to=cluster)
    work()
    asked = AskedPlan.objects.get()
    assert asked.plan

    answer = ada[0].get(asked.get_absolute_url())

    assert f"/plans/{asked.plan.number}/beside/{plan.number}/" in answer.content.decode()
    assert f"Began from {plan} , with councils moved" in words(answer)


def test_a_tick_without_where_to_is_asked_for(ada: tuple[Client, Office], plan: PlanRun) -> None:
    answer = asked_for(*ada, plan, councils=[WYCHBOURNE], move="1")

    assert answer.status_code == 400
    assert "Choose where those ticked go" in words(answer)
    assert f'value="{WYCHBOURNE}" id="council-{WYCHBOURNE}" checked' in answer.content.decode()


def test_where_to_without_a_tick_is_asked_for(ada: tuple[Client, Office], plan: PlanRun) -> None:
    answer = asked_for(*ada, plan, to=OUT, move="1")

    assert answer.status_code == 400
    assert "Tick at least one council" in words(answer)


def test_nothing_is_asked_for_where_nothing_moves(
    ada: tuple[Client, Office], plan: PlanRun
) -> None:
    answer = asked_for(*ada, plan)

    assert "Tick at least one council" in words(answer)
    assert not AskedPlan.objects.exists()


def test_a_council_the_plan_does_not_have_is_refused(
    ada: tuple[Client, Office], plan: PlanRun
) -> None:
    answer = asked_for(*ada, plan, councils=["nowhere"], to=OUT)

    assert answer.status_code == 400
    assert not AskedPlan.objects.exists()


def test_a_plan_changed_twice_is_changed_from_what_was_asked_first(
    ada: tuple[Client, Office], plan: PlanRun, cluster: str
) -> None:
    asked_for(*ada, plan, councils=[LITTLE_HAYE], to=cluster)
    work()
    first = AskedPlan.objects.get().plan
    assert first
    (joined,) = [one for one in report_of(first).clusters if LITTLE_HAYE in one.members]
    assert MARL_GREEN in joined.members
    asked_for(*ada, first, councils=[MARL_GREEN], to=OUT)

    again = AskedPlan.objects.latest("pk").wished()

    assert set(again.rules) == {together(COLDBROOK, LITTLE_HAYE), ("excluded", MARL_GREEN)}
    assert again.begun_from == first.number


def test_a_plan_of_clusters_for_each_service_says_that_nothing_can_be_moved(
    county: Cast, ada: tuple[Client, Office]
) -> None:
    plan = kept.keep_for(county, shape=PlanRun.Shape.PER_SERVICE)

    answer = ada[0].get(address(plan))

    assert answer.status_code == 200
    assert "clusters of its own" in words(answer)


def test_who_begins_from_elsewhere_asks_for_another_plan(county: Cast) -> None:
    begun = question(county, start=((COLDBROOK, WYCHBOURNE),))

    assert begun.known_as != question(county).known_as
    assert question_from(begun.plain()).known_as == begun.known_as
