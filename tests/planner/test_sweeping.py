"""Many plans at once: the same as one by one, in order, a hopeless one stopping none."""

import pytest
from joblib import parallel_config

from tests.planner import made_up
from waywarden.planner import Effort, Infeasible, plan, sweep
from waywarden.planner.answers.plans import Plan

BRIEF = Effort(shared_moves=300, service_moves=100, relaxed_rounds=5, exact_rounds=2)


def hopeless():
    """Return a problem whose councils live too far apart to have any lead, and cannot go alone."""
    problem = made_up.county(1, size=3, everyone=True, travel_limit_km=0.001)
    work = problem.councils[0].work
    for one in work.values():
        object.__setattr__(one, "outside", ())
        object.__setattr__(one, "models", ())
    return problem


def swept(problems, **wishes):
    # Threads, so that the loops compiled for this process need no second compiling.
    with parallel_config(backend="threading"):
        return sweep(problems, effort=BRIEF, **wishes)


def test_plans_of_a_sweep_are_those_made_one_by_one() -> None:
    problems = [made_up.county(seed, size=6) for seed in range(4)]
    told = []

    found = swept(problems, jobs=2, seed=5, progress=lambda *how_far: told.append(how_far))

    one_by_one = [plan(one, effort=BRIEF, seed=5, threads=1) for one in problems]
    assert [one.cost for one in found] == [one.cost for one in one_by_one]
    assert [one.clusters for one in found] == [one.clusters for one in one_by_one]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_hopeless_problem_leaves_its_reason_and_stops_no_other() -> None:
    found = swept([made_up.county(2), hopeless(), made_up.county(3)])

    assert [type(one) for one in found] == [Plan, str, Plan]
    with pytest.raises(Infeasible) as refused:
        plan(hopeless(), effort=BRIEF)
    assert found[1] == str(refused.value)


def test_without_being_told_otherwise_other_processes_plan() -> None:
    problems = [made_up.county(seed, size=4) for seed in range(2)]

    found = sweep(problems, effort=BRIEF, shape="per_service", jobs=2)

    assert [one.problem for one in found] == problems
    assert [one.cost for one in found] == [
        plan(one, effort=BRIEF, shape="per_service").cost for one in problems
    ]


@pytest.mark.parametrize("jobs", [0, -1, 1.5, True])
def test_a_number_of_jobs_that_makes_no_sense_is_refused(jobs) -> None:
    with pytest.raises(ValueError, match="Give a whole number of at least 1"):
        sweep([], jobs=jobs)


def test_what_is_no_problem_is_refused_as_by_a_plan() -> None:
    with pytest.raises(TypeError, match="A str is no problem"):
        swept(["Oxfordshire"])


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"effort": "x"}, "There is no effort 'x'"),
        ({"shape": "x"}, "There is no shape 'x'"),
        ({"seed": -1}, "The seed is -1"),
    ],
)
def test_what_cannot_be_wished_is_refused_even_of_no_problems(wish, said) -> None:
    with pytest.raises(ValueError, match=said):
        sweep([], **wish)
