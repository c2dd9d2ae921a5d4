"""A plan is kept once, whole, with its line in the journal, and is never changed."""

from dataclasses import replace

import pytest

from tests.cast import ADA, DAY, Cast
from tests.plans.kept import MARLSHIRE, example, keep_for
from waywarden.devolution.plans import actions, queries
from waywarden.devolution.plans.models import Kept, PlannedPlace, PlanRun
from waywarden.fabric.journal.models import Entry
from waywarden.planning.reports import Report

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def keep(cast: Cast, report: Report) -> PlanRun:
    return actions.keep_run(county=cast.county, report=report, by=ADA, today=DAY)


def test_a_plan_is_kept_as_it_was_found(cast: Cast) -> None:
    report = example(cast.county, MARLSHIRE)

    run = keep(cast, report)

    assert queries.report_of(PlanRun.objects.get(pk=run.pk)) == report
    assert (run.number, run.made_on, run.made_by_key) == (1, DAY, ADA.key)
    assert (run.shape, run.effort, run.seed, run.is_everyone) == ("shared", "quick", 7, True)
    assert run.services == ["DPS01", "ROW"]


def test_each_place_is_found_in_its_cluster_or_alone(cast: Cast) -> None:
    run = keep_for(cast)

    placed = dict(run.places.values_list("area__key", "cluster_number"))
    assert placed == {
        "coldbrook-marlshire": 1,
        "wychbourne-marlshire": 1,
        "little-haye-marlshire": None,
        "marl-green-marlshire": None,
    }


def test_the_same_plan_is_kept_once(cast: Cast) -> None:
    report = example(cast.county, MARLSHIRE)
    first, lines = keep(cast, report), Entry.objects.count()

    again = keep(cast, report)

    assert again == first
    assert PlanRun.objects.count() == 1
    assert Entry.objects.count() == lines


def test_another_plan_has_the_next_number_and_takes_nothing_away(cast: Cast) -> None:
    first = keep_for(cast)

    second = keep_for(cast, input_hash="ab" * 32, seed=8)

    assert [run.number for run in queries.runs_of(cast.county)] == [2, 1]
    assert queries.shown_run_of(cast.county) == second
    assert queries.run_numbered(1) == first


def test_keeping_a_plan_writes_one_line(cast: Cast) -> None:
    lines = Entry.objects.count()

    run = keep_for(cast)

    assert Entry.objects.count() == lines + 1
    line = Entry.objects.about("plan", "1").get()
    assert (line.did, line.actor_shown_as) == ("kept a plan", "Ada")
    assert line.subject_url == run.get_absolute_url() == "/plans/1/"
    assert line.after["county"] == "the-county"
    assert line.after["clusters"] == 1


def test_a_plan_of_another_county_is_refused_with_what_to_do(cast: Cast) -> None:
    report = example(cast.county, MARLSHIRE)
    others = [replace(council, key=f"{council.key}-elsewhere") for council in report.councils]

    with pytest.raises(actions.CannotKeep) as refused:
        keep(cast, replace(report, councils=tuple(others)))

    assert str(refused.value) == (
        "The plan is for councils this site does not hold: Coldbrook, Little Haye, Marl Green,"
        " Wychbourne. Load their county, then plan again."
    )
    assert not PlanRun.objects.exists()


def test_of_many_unknown_councils_a_few_are_named(cast: Cast) -> None:
    report = example(cast.county, MARLSHIRE)
    others = [replace(report.councils[0], key=f"no-{n}", name=f"No {n}") for n in range(6)]

    with pytest.raises(actions.CannotKeep, match="No 0, No 1, No 2, No 3 and 2 more"):
        keep(cast, replace(report, councils=tuple(others)))


def test_a_plan_for_nobody_is_refused(cast: Cast) -> None:
    report = example(cast.county, ())

    with pytest.raises(actions.CannotKeep, match="for no council"):
        keep(cast, replace(report, councils=()))


def test_a_kept_plan_cannot_be_changed_or_removed(cast: Cast) -> None:
    run = keep_for(cast)
    place = run.places.first()
    assert place

    for change in (
        run.save,
        run.delete,
        place.save,
        place.delete,
        PlanRun.objects.all().delete,
        PlannedPlace.objects.all().delete,
        lambda: PlanRun.objects.update(seed=9),
        lambda: PlannedPlace.objects.update(cluster_number=9),
    ):
        with pytest.raises(Kept):
            change()

    assert PlanRun.objects.get().seed == 7


def test_a_place_finds_the_newest_plan_there_was_on_a_day(cast: Cast) -> None:
    keep_for(cast)
    later = DAY.replace(month=9)
    keep_for(cast, today=later, input_hash="cd" * 32)

    then = queries.latest_of_place(cast.coldbrook, on=DAY)
    now = queries.latest_of_place(cast.coldbrook, on=later)

    assert then and then.run.number == 1
    assert now and now.run.number == 2
    assert [cluster.name for cluster in now.clusters] == ["Coldbrook"]
    assert queries.latest_of_place(cast.coldbrook, on=DAY.replace(year=2025)) is None


def test_a_place_the_newest_plan_leaves_out_has_none(cast: Cast) -> None:
    keep_for(cast)
    report = example(cast.county, MARLSHIRE, input_hash="ef" * 32)
    fewer = [council for council in report.councils if council.name != "Marl Green"]
    keep(cast, replace(report, councils=tuple(fewer)))

    assert queries.latest_of_place(cast.marl_green, on=DAY) is None
    assert queries.latest_of_place(cast.unparished_ward, on=DAY) is None
    alone = queries.latest_of_place(cast.little_haye, on=DAY)
    assert alone and alone.clusters == ()


def test_a_trial_of_one_service_does_not_take_the_place_of_the_whole(cast: Cast) -> None:
    keep_for(cast)
    report = example(cast.county, MARLSHIRE, input_hash="12" * 32)
    nobody = replace(report, services=report.services, clusters=())
    one = replace(report, services=report.services[:1], input_hash="34" * 32)

    keep(cast, nobody)
    keep(cast, one)

    shown = queries.shown_run_of(cast.county)
    placed = queries.latest_of_place(cast.coldbrook, on=DAY)
    assert shown and shown.number == 1
    assert placed and placed.run.number == 1
