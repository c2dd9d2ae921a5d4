"""A plan is asked for once, from figures that are frozen, and made one after another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult

from tests.cast import ADA, Cast
from tests.making.asked import (
    COLDBROOK,
    GRASS,
    MARL_GREEN,
    NOW,
    SIGNS,
    WYCHBOURNE,
    ask,
    asked,
    job_of,
    question,
    taken_up,
    work,
)
from waywarden.county.services import queries as services
from waywarden.county.services.models import Quantity
from waywarden.devolution.making import actions, policies, queries, working
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.searching import Found, Limits, search
from waywarden.devolution.making.wishes import question_from
from waywarden.devolution.making.working import make_plan
from waywarden.devolution.plans import queries as kept
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.wording import whole_pounds
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal.models import Entry
from waywarden.planning.facts import CannotPlan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

Status = AskedPlan.Status


def test_a_question_is_the_same_once_it_was_written_down(county: Cast) -> None:
    held = asked(
        county,
        willing=(WYCHBOURNE, COLDBROOK),
        limits={"most_members": 4},
        rules=(("apart", COLDBROOK, WYCHBOURNE),),
    )

    again = AskedPlan.objects.get(pk=held.pk)

    assert question_from(again.question).known_as == held.input_hash
    assert again.asks() == question(
        county,
        willing=(WYCHBOURNE, COLDBROOK),
        limits={"most_members": 4},
        rules=(("apart", COLDBROOK, WYCHBOURNE),),
    )


def test_each_wish_makes_another_question(county: Cast) -> None:
    asks: list[dict[str, Any]] = [
        {},
        {"services": (GRASS, SIGNS)},
        {"effort": "standard"},
        {"willing": (WYCHBOURNE,)},
        {"limits": {"most_members": 3}},
        {"limits": {"travel_limit_km": 3}},
        {"limits": {"high_percent": 180}},
        {"own_staff": False},
        {"volunteers": False},
        {"rules": (("apart", COLDBROOK, WYCHBOURNE),)},
    ]

    assert len({question(county, **each).known_as for each in asks}) == len(asks)


def test_a_limit_reaches_the_planner(county: Cast) -> None:
    limits = {"most_members": 3, "travel_limit_km": 7}
    wishes = question(county, limits=limits, own_staff=False, volunteers=False)

    problem = wishes.problem()

    assert (problem.most_members, problem.travel_limit_km) == (3, 7)
    ways = {way.name for one in problem.councils for w in one.work.values() for way in w.models}
    assert ways == {"contractor"}


def test_po4_only_the_willing_take_part(county: Cast) -> None:
    held = asked(county, willing=(COLDBROOK, WYCHBOURNE), services=(GRASS, SIGNS))

    assert work() == 1

    held.refresh_from_db()
    assert (held.status, held.trouble) == (Status.DONE, "")
    assert held.plan
    report = kept.report_of(held.plan)
    part = {one.key for one in report.councils if one.clusters or one.alone_models}
    assert part <= {COLDBROOK, WYCHBOURNE}
    assert part
    assert report.planned.low <= report.planned.expected <= report.planned.high
    assert not report.is_everyone
    # Hold-outs are named with what their joining saves; nobody who takes part is one.
    names = ("Little Haye", "Marl Green")
    assert held.unlocking
    assert all(said.startswith(names) and "at least £" in said for said in held.unlocking)


def test_po5_a_rule_is_kept_and_has_its_price(county: Cast) -> None:
    rules = (("apart", COLDBROOK, WYCHBOURNE), ("locks", MARL_GREEN, GRASS, COLDBROOK))
    held = asked(county, rules=rules)

    work()

    held.refresh_from_db()
    assert held.plan, held.trouble
    report = kept.report_of(held.plan)
    together = [set(cluster.members) for cluster in report.clusters]
    assert not any({COLDBROOK, WYCHBOURNE} <= members for members in together)
    [led] = [
        one
        for cluster in report.clusters
        if MARL_GREEN in cluster.members
        for one in cluster.services
        if one.service == GRASS
    ]
    assert led.lead == COLDBROOK
    assert len(held.prices) == 2
    assert "Without Coldbrook locked to lead Village grass for Marl Green" in held.prices[0]
    assert "Coldbrook and Wychbourne having to be apart" in held.prices[1]


def test_po5_a_rule_that_binds_names_its_price(county: Cast) -> None:
    free = asked(county)
    bound = asked(county, rules=(("locks", WYCHBOURNE, GRASS, COLDBROOK),))
    work()
    free.refresh_from_db()
    bound.refresh_from_db()

    assert free.plan and bound.plan, bound.trouble
    costs = [kept.report_of(run).planned.expected for run in (free.plan, bound.plan)]
    # The page's price is what planning without the rule saves, to the pound.
    assert costs[1] > costs[0]
    assert f"at least {whole_pounds(costs[1] - costs[0])} a year less" in bound.prices[0]


def test_ab26_what_was_asked_is_frozen_with_who_entered_it(county: Cast) -> None:
    held = asked(county)
    before = held.input_hash
    Quantity.objects.filter(area=county.coldbrook, service__code=GRASS).update(
        amount_milli=999_000_000
    )

    work()

    held.refresh_from_db()
    assert held.plan, held.trouble
    report = kept.report_of(held.plan)
    assert held.plan.input_hash == report.input_hash == before
    [line] = [one for one in held.figures if one["place"] == COLDBROOK]
    assert (line["amount_milli"], line["source"]) == (20_000_000, "Counted by the clerk")
    assert line["entered_by"] == "Ada"
    # The same wishes now follow from other figures: another plan.
    assert isinstance(ask(county), AskedPlan)


def test_ab26_a_figure_names_who_entered_it(county: Cast) -> None:
    subject = services.quantity_subject(county.coldbrook, county.service(GRASS))
    with transaction.atomic():
        journal.write(by=Actor("colm", "Colm"), did="recorded a quantity", to=subject)

    lines = queries.figures_of(county.county, [GRASS], on=localdate())

    told = {line["place"]: line["entered_by"] for line in lines}
    assert told[COLDBROOK] == "Colm"
    assert told[WYCHBOURNE] == "Ada"


def test_ab26_made_again_from_the_same_input_it_is_the_same(county: Cast) -> None:
    held = asked(county, services=(GRASS, SIGNS))
    work()
    held.refresh_from_db()
    assert held.plan
    one = kept.report_of(held.plan)

    other = search(held.asks(), tell=lambda **told: False, limits=Limits(600, 10_000)).report

    assert other == one


def test_a_rule_that_cannot_be_kept_is_refused_by_name(county: Cast) -> None:
    rules = (("together", COLDBROOK, WYCHBOURNE), ("apart", COLDBROOK, WYCHBOURNE))
    with pytest.raises(actions.CannotMake, match="Coldbrook"):
        asked(county, rules=rules)


def test_a_lead_that_cannot_lead_is_refused_by_name(county: Cast) -> None:
    # A parish meeting cannot lead.
    with pytest.raises(actions.CannotMake) as refused:
        asked(county, rules=(("locks", COLDBROOK, GRASS, MARL_GREEN),))

    assert "Marl Green" in str(refused.value)
    assert "Row" not in str(refused.value)


def test_what_the_planner_refuses_later_is_said_by_name(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = asked(county)

    def refuse(*args: Any, **kwargs: Any) -> Found:
        raise CannotPlan("Coldbrook has no way to do it.")

    monkeypatch.setattr(working, "search", refuse)
    work()

    held.refresh_from_db()
    assert (held.status, held.trouble) == (Status.FAILED, "Coldbrook has no way to do it.")


def test_a_fault_of_ours_is_logged_and_the_next_has_its_turn(
    county: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    held, second = asked(county), asked(county, services=(SIGNS,))

    def fail(*args: Any, **kwargs: Any) -> Found:
        raise ZeroDivisionError

    monkeypatch.setattr(working, "search", fail)
    assert work() == 2

    for one in (held, second):
        one.refresh_from_db()
        assert (one.status, one.trouble) == (Status.FAILED, working.UNFORESEEN)
    assert "could not be made" in caplog.text


def test_a_plan_asked_before_the_program_changed_is_not_made(county: Cast) -> None:
    held = asked(county)
    AskedPlan.objects.filter(pk=held.pk).update(input_hash="ab" * 32)

    work()

    held.refresh_from_db()
    assert (held.status, held.trouble) == (Status.FAILED, working.UPDATED)


def test_a_plan_is_stopped_and_what_there_is_is_kept_under_a_name_of_its_own(county: Cast) -> None:
    held = taken_up(asked(county))
    actions.stop(asked=held, begin=make_plan.enqueue, by=ADA)
    assert actions.tell(pk=held.pk, now=NOW, stage="search")
    report = working._found(held).report

    run = actions.finish(
        asked=held, report=report, stopped="Somebody stopped it.", begin=make_plan.enqueue,
        today=localdate(),
    )  # fmt: skip

    assert run
    assert (run.is_trial, run.is_stopped) == (True, True)
    assert run.input_hash != held.input_hash
    # So the same asked again is searched to its end.
    assert isinstance(ask(county), AskedPlan)


def test_one_that_waits_is_withdrawn_and_may_be_asked_for_again(county: Cast) -> None:
    first, second = asked(county), asked(county, services=(SIGNS,))

    actions.stop(asked=first, begin=make_plan.enqueue, by=ADA)

    assert first.status == Status.WITHDRAWN
    assert job_of(second)
    actions.again(asked=first, begin=make_plan.enqueue, by=ADA, now=NOW + timedelta(minutes=1))
    work()
    first.refresh_from_db()
    assert first.status == Status.DONE
    with pytest.raises(actions.CannotMake, match="not being made: made"):
        actions.stop(asked=first, begin=make_plan.enqueue, by=ADA)
    with pytest.raises(actions.CannotMake, match="Nothing is to be made again"):
        actions.again(asked=first, begin=make_plan.enqueue, by=ADA, now=NOW)


def test_one_whose_worker_ended_is_taken_up_again_but_not_for_ever(county: Cast) -> None:
    held, second = asked(county), asked(county, services=(SIGNS,))
    job = job_of(held)
    take = {"pk": held.pk, "begin": make_plan.enqueue, "now": NOW}

    assert actions.take_up(job=job, **take)
    # Another job leaves it alone.
    assert actions.take_up(job="another", **take) is None
    for _ in range(policies.MOST_TRIES - 1):
        assert actions.take_up(job=job, **take)
    assert actions.take_up(job=job, **take) is None

    held.refresh_from_db()
    assert (held.status, held.trouble) == (Status.INTERRUPTED, actions.ENDED)
    assert queries.is_given_up(held)
    assert job_of(second)


def test_one_whose_job_is_gone_may_be_asked_for_again(county: Cast) -> None:
    held = taken_up(asked(county))
    assert not queries.is_given_up(held)
    DBTaskResult.objects.all().delete()
    assert queries.is_given_up(held)

    actions.again(asked=held, begin=make_plan.enqueue, by=ADA, now=NOW)
    work()

    held.refresh_from_db()
    assert held.status == Status.DONE


def test_what_was_given_up_meanwhile_is_not_finished(county: Cast) -> None:
    held = taken_up(asked(county))
    late = AskedPlan.objects.select_related("body", "county").get(pk=held.pk)
    report = working._found(held).report
    actions.give_up(asked=held, why="No.", begin=make_plan.enqueue)

    assert (
        actions.finish(asked=late, report=report, begin=make_plan.enqueue, today=localdate())
        is None
    )
    assert not PlanRun.objects.exists()


def test_asking_writes_one_line_and_asking_the_same_again_none(county: Cast) -> None:
    held, lines = asked(county), Entry.objects.count()
    ask(county)

    assert Entry.objects.count() == lines
    line = Entry.objects.about("asked-plan", held.subject.key).get()
    assert line.did == "asked for a plan"
    assert line.after["input_hash"] == held.input_hash


def test_every_status_has_its_moves() -> None:
    assert set(AskedPlan.MOVES) == set(Status)
    assert {to for moves in AskedPlan.MOVES.values() for to in moves} == set(Status)


def test_what_the_job_is_about_is_said(county: Cast) -> None:
    held = asked(county)

    assert queries.job_is_about([held.pk]) == f"{held}, by The County Council"
    assert queries.job_is_about([0]) == ""
