"""What becomes of a plan at other prices and quantities."""

import math
from dataclasses import replace

import pytest

from tests.planner import made_up
from tests.planner.test_town_and_parishes import BRIEF, SHAPES, town_and_parishes
from waywarden.planner import (
    Council,
    DeliveryModel,
    Effort,
    Location,
    Outside,
    Problem,
    Provider,
    Service,
    Work,
    plan,
)
from waywarden.planner.questions import variants
from waywarden.planner.questions.variants import CASES, survival, varied

GRASS = Service("grass", "Village grass", "m2")
OWN_STAFF = DeliveryModel("own staff", 100.0, 2.0, 30.0, call_out=5.0, low=0.5, high=1.5)
BY_A_FIRM = Outside("by a firm", 400.0, by_work=0.25, low=0.8, high=2.0)
WORK = Work(20.0, 10.0, 4.0, 6.0, models=(OWN_STAFF,), outside=(BY_A_FIRM,), payment=70.0)
COMPANY = Provider("company", "Company", 0.0, 0.0, {"grass": (OWN_STAFF,)})


def coldbrook(**rules):
    council = Council("coldbrook", "Coldbrook", 0.0, 0.0, {"grass": WORK})
    return Problem((council,), (GRASS,), per_cluster=9.0, cost_per_km=1.0, **rules)


def model_and_outside(problem):
    work = problem.councils[0].work["grass"]
    return work.models[0], work.outside[0]


def test_at_what_is_expected_a_problem_is_as_it_was():
    assert varied(coldbrook(providers=(COMPANY,))) == coldbrook(providers=(COMPANY,))


def test_low_prices_multiply_every_price_by_its_own_low_and_are_certain():
    there = varied(coldbrook(providers=(COMPANY,)), prices="low")

    model, outside = model_and_outside(there)
    # Half of 100, 2 and 5; four fifths of 400.
    assert model == DeliveryModel("own staff", 50.0, 1.0, 30.0, call_out=2.5)
    assert outside == Outside("by a firm", 320.0, by_work=0.25)
    assert there.providers[0].models["grass"] == (model,)
    assert (there.per_cluster, there.cost_per_km) == (9.0, 1.0)


def test_high_prices_multiply_every_price_by_its_own_high():
    model, outside = model_and_outside(varied(coldbrook(), prices="high"))
    assert (model.setup, model.unit_cost, model.call_out) == (150.0, 3.0, 7.5)
    assert outside.cost == 800.0


def test_a_fifth_more_work_costs_more_only_in_the_part_that_grows_with_it():
    work = varied(coldbrook(), quantities=1.2).councils[0].work["grass"]
    assert (work.work, work.peak) == (24.0, 12.0)
    assert (work.visits, work.trips, work.payment) == (4.0, 6.0, 70.0)
    # A quarter of 400 grows by a fifth: 20.
    assert work.outside[0].cost == pytest.approx(420.0)
    assert work.models == (OWN_STAFF,)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"prices": "dear"}, "There are no prices 'dear'. Choose one of low, expected, high."),
        ({"quantities": -0.2}, "The quantities are -0.2. Give a number of at least 0."),
        ({"quantities": math.nan}, "The quantities are nan. Give a number of at least 0."),
        ({"quantities": math.inf}, "The quantities are inf. Give a number of at least 0."),
        ({"quantities": "1"}, "The quantities are '1'. Give a number of at least 0."),
    ],
)
def test_prices_and_quantities_there_are_not_are_refused(asked, said):
    with pytest.raises(ValueError, match=r"\.") as refused:
        varied(coldbrook(), **asked)
    assert str(refused.value) == said


def with_capacity(problem, capacity):
    """Give the town so much room in its peak month; outside costs do not grow with the work."""
    town, *parishes = problem.councils
    work = town.work["grass"]
    weak = replace(work, models=(replace(work.models[0], capacity=capacity),))
    return replace(problem, councils=(replace(town, work={"grass": weak}), *parishes))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_cluster_without_room_for_a_fifth_more_work_is_said_to_be_undelivered(shape):
    # The four need 79,000; a fifth more is 94,800, and the town has room for 90,000.
    found = plan(with_capacity(town_and_parishes(), 90_000.0), shape=shape, effort=BRIEF)
    said = survival(found, effort=BRIEF)

    *others, more = said.trials
    assert [(trial.prices, trial.quantities) for trial in said.trials] == list(CASES)
    for trial in others:
        assert [one.undelivered for one in trial.clusters] == [()]
        assert trial.clusters[0].saves
        assert trial.clusters[0].is_in_best
    assert more.clusters[0].undelivered == ("grass",)
    assert (more.cost, more.clusters[0].saves) == (math.inf, False)
    assert more.best_cost < math.inf
    assert not more.clusters[0].is_in_best
    assert said.survivors == ()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_cluster_is_priced_again_where_there_is_less_and_more_to_do(shape):
    said = survival(plan(town_and_parishes(), shape=shape, effort=BRIEF), effort=BRIEF)

    costs = [trial.cost for trial in said.trials]
    # 15,042 of which 6,952 is by the square metre, 1,390.40 a fifth of that.
    assert costs == pytest.approx([15_042.0, 15_042.0, 15_042.0, 13_651.6, 16_432.4])
    assert [trial.best_cost for trial in said.trials] == pytest.approx(costs)
    assert said.survivors == (1,)
    assert (said.lowest_cost, said.highest_cost) == pytest.approx((13_651.6, 16_432.4))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_plan_expected_to_be_best_costs_then_what_it_cost_when_it_was_made(shape):
    for seed in range(3):
        found = plan(made_up.county(seed, size=8), shape=shape, effort=BRIEF)
        trial = survival(found, effort=BRIEF, threads=1).trials[1]
        assert trial.cost == pytest.approx(found.cost)
        assert trial.best_cost <= trial.cost
        for one, cluster in zip(trial.clusters, found.clusters, strict=True):
            assert one.cost == pytest.approx(cluster.cost)
            assert one.alone_cost == pytest.approx(cluster.alone_cost)


def test_where_nobody_has_a_plan_the_reason_is_given():
    problem = with_capacity(town_and_parishes(), 90_000.0)
    bound = replace(
        problem,
        councils=tuple(
            replace(c, work={"grass": replace(c.work["grass"], outside=())})
            for c in problem.councils
        ),
    )
    more = survival(plan(bound, effort=BRIEF), effort=BRIEF).trials[-1]
    assert (more.cost, more.best_cost) == (math.inf, math.inf)
    assert more.refusal


@pytest.mark.parametrize("shape", SHAPES)
def test_in_every_case_the_councils_are_planned_anew_from_the_plan(shape, monkeypatch):
    problem = with_prices(made_up.county(1, size=8), low=0.9, high=1.3)
    found, begun = plan(problem, shape=shape, effort=BRIEF), []

    def noted(there, **wishes):
        begun.append(wishes["start"])
        return plan(there, **wishes)

    monkeypatch.setattr(variants, "planned", noted)
    # With no moves at all what is found is no dearer than the plan it begins from.
    said = survival(found, effort=Effort(0, 0, 1, 1), threads=1)

    assert begun == [found] * 5
    assert all(trial.best_cost <= trial.cost for trial in said.trials)


def with_prices(problem, **price):
    """Give the ways and outside options of the first council a low and a high."""
    first, *others = problem.councils
    work = {
        key: replace(
            one,
            models=tuple(replace(model, **price) for model in one.models),
            outside=tuple(replace(option, **price) for option in one.outside),
        )
        for key, one in first.work.items()
    }
    return replace(problem, councils=(replace(first, work=work), *others))


def test_where_no_price_has_a_range_that_is_said_and_nothing_is_planned_twice(monkeypatch):
    found, planned = plan(town_and_parishes(), effort=BRIEF), []
    monkeypatch.setattr(
        variants, "planned", lambda there, **wishes: planned.append(there) or plan(there, **wishes)
    )

    said = survival(found, effort=BRIEF)

    assert len(planned) == 3  # as expected, with less and with more of work
    assert [(one.prices, one.quantities) for one in said.trials] == list(CASES)
    assert said.trials[0] == replace(said.trials[1], prices="low")
    assert said.sentences == [
        "No price is given with a low or a high, so how far prices may be off is not known. "
        "Only quantities were varied.",
        "As it stands it costs between 13,652 and 16,432 a year, in the unit of the costs.",
        "1 of 1 clusters can be delivered and save in every case.",
    ]


def test_a_range_is_known_where_one_price_has_it_whosever_it_is():
    certain = replace(OWN_STAFF, low=1.0, high=1.0)
    sure = replace(
        coldbrook(),
        councils=(
            Council(
                "coldbrook",
                "Coldbrook",
                0.0,
                0.0,
                {"grass": replace(WORK, models=(certain,), outside=())},
            ),
        ),
    )

    assert not sure.has_price_range
    assert replace(sure, providers=(COMPANY,)).has_price_range
    assert coldbrook().has_price_range


def test_prices_known_otherwise_are_taken_as_they_are():
    problem = town_and_parishes()
    dear = replace(problem, per_cluster=problem.per_cluster + 1_000)
    found = plan(problem, effort=BRIEF)

    said = survival(found, priced={"high": dear}, effort=BRIEF)

    assert said.has_price_range
    assert said.trials[2].best_cost == pytest.approx(15_042 + 1_000)
    assert said.trials[1].cost == pytest.approx(15_042)
    assert said.sentences[0].startswith("As it stands it costs between 13,652 and")


@pytest.mark.parametrize(
    ("prices", "there", "said"),
    [
        ("dear", town_and_parishes(), "There are no prices 'dear' to try. Choose low, high or"),
        ("low", coldbrook(), "The problem at low prices is of other councils or services"),
    ],
)
def test_prices_of_another_problem_are_refused(prices, there, said):
    with pytest.raises(ValueError, match=said):
        survival(plan(town_and_parishes(), effort=BRIEF), priced={prices: there}, effort=BRIEF)


def test_a_plan_that_could_not_be_delivered_in_some_case_is_said_to():
    found = plan(with_capacity(town_and_parishes(), 90_000.0), effort=BRIEF)

    assert survival(found, effort=BRIEF).sentences[1:] == [
        "As it stands it could not be delivered in every case.",
        "0 of 1 clusters can be delivered and save in every case.",
    ]


def test_a_plan_without_clusters_has_none_to_survive():
    found = plan(coldbrook(), effort=BRIEF)

    assert survival(found, effort=BRIEF).sentences[-1] == "It has no cluster to survive."


def test_a_location_has_no_prices_to_vary():
    location = Location([0, 1], [0], [1.0], [1.0], [5.0], [3.0], [0], [-1], [9.0])
    with pytest.raises(ValueError, match="has no prices to vary"):
        survival(plan(location, effort=BRIEF))
