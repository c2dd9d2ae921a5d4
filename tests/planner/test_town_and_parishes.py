"""What is planned for a town and its parishes, worked out by hand, and what is refused."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from waywarden.planner import (
    Council,
    DeliveryModel,
    Effort,
    Infeasible,
    Location,
    Outside,
    Problem,
    Service,
    Willingness,
    Work,
    plan,
    read,
)

BRIEF = Effort(shared_moves=4_000, service_moves=400, relaxed_rounds=30, exact_rounds=10)
SHAPES = ("shared", "per_service")


def town_and_parishes(**rules):
    areas = {"T": 60_000, "A": 9_000, "B": 6_000, "C": 4_000}
    journeys = {"T": 0.0, "A": 250.0, "B": 320.0, "C": 420.0}
    councils = tuple(
        Council(
            key,
            f"Parish {key}",
            0.0 if key == "T" else 1.0,
            0.0,
            {
                "grass": Work(
                    work=4.0 * area,
                    peak=area,
                    # A kilometre there and one back at a pound: two pounds a trip.
                    trips=journeys[key] / 2,
                    willingness=Willingness.LEAD if key == "T" else Willingness.JOIN,
                    models=(DeliveryModel("own staff", 6_500.0, 0.022),),
                    outside=(Outside("alone", 6_500.0 + 4 * 0.022 * area),),
                )
            },
        )
        for key, area in areas.items()
    )
    return Problem(
        councils,
        (Service("grass", "Village grass", "m2"),),
        cost_per_km=1.0,
        road_factor=1.0,
        per_cluster=600.0,
        **rules,
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_a_town_and_three_parishes_pay_15042_together_and_32952_alone(shape):
    # 6,500 + 4 x 0.022 x 79,000 (6,952) + 600 + 250 + 320 + 420 = 15,042.
    found = plan(town_and_parishes(), shape=shape, effort=BRIEF)
    assert found.cost == pytest.approx(15_042.00)
    assert found.clusters[0].alone_cost == pytest.approx(32_952.00)
    assert found.clusters[0].saving == pytest.approx(17_910.00)
    assert found.clusters[0].members == ("T", "A", "B", "C")
    assert {found.lead_of(key, "grass") for key in "TABC"} == {"T"}
    # One service, one cluster: nothing is lost by taking the services apart.
    assert found.gap < 0.01


@pytest.mark.parametrize("shape", SHAPES)
def test_exact_fractions_are_planned_as_the_numbers_they_are(shape):
    rules = {
        "travel_limit_km": Fraction(50),
        "road_factor": Fraction(1),
        "cost_per_km": Fraction(1),
    }
    exact = replace(town_and_parishes(), per_cluster=Fraction(600), per_member=Fraction(0), **rules)
    assert plan(exact, shape=shape, effort=BRIEF).cost == pytest.approx(15_042.00)


def test_a_plan_explains_itself():
    said = plan(town_and_parishes(), effort=BRIEF).explain()
    assert said[0] == "1 cluster for 4 councils."
    assert said[1] == (
        "It costs 17,910 a year less than the 32,952 of every council alone, in the unit of the "
        "costs."
    )
    assert said[2].startswith("No plan of shared clusters under these prices and rules can")
    assert said[3].startswith("The limit is the least that the services could cost")
    assert said[4:] == [
        "No price is given with a low or a high, so how far prices may be off is not known."
    ]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("effort", [BRIEF, "standard"])
def test_with_nobody_willing_there_is_nothing_to_plan(shape, effort):
    problem = town_and_parishes()
    silent = tuple(
        replace(c, work={"grass": replace(c.work["grass"], willingness=Willingness.UNKNOWN)})
        for c in problem.councils
    )
    found = plan(replace(problem, councils=silent), shape=shape, effort=effort)
    assert (found.clusters, found.alone, found.cost, found.gap) == ((), {}, 0, 0)
    assert found.explain()[0] == "Nobody is in a cluster."


@pytest.mark.parametrize("shape", SHAPES)
def test_what_costs_nothing_at_all_is_planned_too(shape):
    problem = town_and_parishes()
    free = DeliveryModel("own staff", 0.0, 0.0)
    work = {"grass": Work(work=0.0, peak=0.0, models=(free,), outside=(Outside("alone", 0.0),))}
    councils = tuple(replace(council, work=work) for council in problem.councils)
    given = replace(problem, councils=councils, per_cluster=0.0, everyone=True)
    found = plan(given, shape=shape, effort="standard")
    assert (found.cost, found.bound) == (0, 0)


def test_a_size_limit_of_one_leaves_everyone_alone():
    found = plan(town_and_parishes(most_members=1), effort=BRIEF)
    assert not found.clusters
    assert found.cost == pytest.approx(32_952.00)


def must_join(problem, key, **changes):
    """Take from a council every way it has without a cluster."""
    return replace(
        problem,
        councils=tuple(
            replace(c, work={"grass": replace(c.work["grass"], outside=(), **changes)})
            if c.key == key
            else c
            for c in problem.councils
        ),
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_a_demand_no_lead_can_meet_names_the_row_and_the_way_out(shape):
    problem = must_join(town_and_parishes(), "A")
    weak = replace(problem.councils[0].work["grass"].models[0], capacity=61_000.0)
    town = replace(
        problem.councils[0],
        work={"grass": replace(problem.councils[0].work["grass"], models=(weak,))},
    )
    heavy = must_join(replace(problem, councils=(town, *problem.councils[1:])), "A", peak=70_000.0)
    with pytest.raises(Infeasible) as refused:
        plan(heavy, shape=shape, effort=BRIEF)
    assert str(refused.value) == (
        "Row 2 (Parish A), service grass: 70000 in the peak month is more than any lead within "
        "reach can do (61000). Raise a lead's capacity or give an outside option."
    )


def test_councils_that_fit_one_by_one_and_not_together_are_refused_by_service():
    # The town's 60,000 leave room for 14,000: for A's 9,000 or B's 6,000, and not for both.
    problem = must_join(must_join(town_and_parishes(), "A"), "B")
    work = problem.councils[0].work["grass"]
    weak = replace(work, models=(replace(work.models[0], capacity=74_000.0),))
    town = replace(problem.councils[0], work={"grass": weak})
    tight = replace(problem, councils=(town, *problem.councils[1:]))
    with pytest.raises(Infeasible) as refused:
        plan(tight, shape="per_service", effort=BRIEF)
    assert str(refused.value) == (
        "Row 2 (Parish A) and Row 3 (Parish B), service grass: they cannot go alone and need "
        "15000 in the peak month, and all leads within reach can do 14000 together. Raise a "
        "capacity or let one of them go alone."
    )


def test_a_council_with_nowhere_to_turn_is_told_so():
    far = must_join(town_and_parishes(travel_limit_km=0.5), "A")
    with pytest.raises(Infeasible, match=r"no council that may lead is within 0\.5 km by road"):
        plan(far, effort=BRIEF)
    cut_off = must_join(town_and_parishes(neighbours=(("T", "B"), ("T", "C"))), "A")
    with pytest.raises(Infeasible, match="no way alone and no neighbour that takes part"):
        plan(cut_off, effort=BRIEF)
    stubborn = must_join(town_and_parishes(), "A", willingness=Willingness.ALONE)
    with pytest.raises(Infeasible, match="it goes alone but has no way to"):
        plan(stubborn, effort=BRIEF)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"shape": "round"}, "There is no shape 'round'. Choose one of shared, per_service."),
        ({"effort": "huge"}, "There is no effort 'huge'. Choose one of quick, standard, careful."),
        (
            {"effort": ["quick"]},
            "There is no effort ['quick']. Choose one of quick, standard, careful.",
        ),
        ({"seed": -1}, "The seed is -1. Give a whole number of at least 0."),
        ({"seed": True}, "The seed is True. Give a whole number of at least 0."),
        ({"seed": 1.0}, "The seed is 1.0. Give a whole number of at least 0."),
        ({"seed": "1"}, "The seed is '1'. Give a whole number of at least 0."),
        ({"threads": 0}, "The threads are 0. Give a whole number of at least 1."),
        ({"threads": 1.5}, "The threads are 1.5. Give a whole number of at least 1."),
        ({"threads": None}, "The threads are None. Give a whole number of at least 1."),
    ],
)
def test_what_cannot_be_asked_is_refused(asked, said):
    with pytest.raises(ValueError, match=r"\.") as refused:
        plan(town_and_parishes(), **asked)
    assert str(refused.value) == said


def test_only_a_problem_is_planned():
    with pytest.raises(TypeError) as refused:
        plan([town_and_parishes()])
    assert str(refused.value) == "A list is no problem. Give a Problem or a Location."


def without_work(problem, key):
    return replace(
        problem,
        councils=tuple(replace(c, work={}) if c.key == key else c for c in problem.councils),
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_who_leaves_a_service_with_the_county_has_no_lead(shape):
    found = plan(without_work(town_and_parishes(), "C"), shape=shape, effort=BRIEF)
    assert found.lead_of("A", "grass") == "T"
    assert found.lead_of("C", "grass") == ""
    assert found.cluster_of("C", "grass") is None


def test_a_member_of_a_shared_cluster_has_no_lead_for_what_it_leaves_with_the_county():
    # All four share the paths; the grass of Parish C stays with the county.
    problem = town_and_parishes()
    paths = Service("paths", "Paths", "m")
    both = tuple(
        replace(c, work=c.work | {"paths": c.work["grass"]})
        if c.key != "C"
        else replace(c, work={"paths": c.work["grass"]})
        for c in problem.councils
    )
    found = plan(replace(problem, councils=both, services=(*problem.services, paths)), effort=BRIEF)
    assert found.clusters[0].members == ("T", "A", "B", "C")
    assert found.lead_of("C", "paths") == "T"
    assert found.lead_of("C", "grass") == ""


def test_who_goes_alone_delivers_for_itself():
    found = plan(town_and_parishes(most_members=1), effort=BRIEF)
    assert found.lead_of("A", "grass") == "A"


def test_nobody_delivers_to_a_council_or_a_service_the_plan_does_not_know():
    found = plan(town_and_parishes(), effort=BRIEF)
    with pytest.raises(KeyError, match="No council of this plan has the key 'Z'"):
        found.lead_of("Z", "grass")
    with pytest.raises(KeyError, match="No service of this plan has the key 'bins'"):
        found.cluster_of("A", "bins")


def test_the_councils_of_a_location_go_by_their_numbers():
    location = Location(
        starts=[0, 1, 2],
        sites=[0, 0],
        costs=[0, 1],
        demands=[1, 1],
        capacities=[2],
        setups=[1],
        leads=[0],
        homes=[0],
        alone=[9, 9],
    )
    found = plan(location, effort=BRIEF)
    assert found.cost == 2
    assert found.lead_of("1", "service") == "0"
    with pytest.raises(KeyError, match="No council of this plan has the key '2'"):
        found.lead_of("2", "service")


def test_a_lead_without_an_outside_option_is_a_cluster_of_one_only_service_by_service():
    # 6,500 + 4 x 0.022 x 60,000 (5,280) + 600 for running it = 12,380.
    town = replace(town_and_parishes(), councils=town_and_parishes().councils[:1])
    problem = must_join(town, "T")
    found = plan(problem, shape="per_service", effort=BRIEF)
    assert [cluster.members for cluster in found.clusters] == [("T",)]
    assert found.cost == pytest.approx(12_380.00)
    with pytest.raises(Infeasible, match="cannot go alone"):
        plan(problem, shape="shared", effort=BRIEF)
    # With its own delivery as an outside option, 11,780, it goes alone in both.
    assert {plan(town, shape=shape, effort=BRIEF).cost for shape in SHAPES} == {11_780.0}


def test_a_plan_of_one_location_costs_what_its_sites_and_arcs_cost():
    # Three sites must be open for two councils: 10 + 20 + 30, and one pound to each council.
    every = np.arange(3, dtype=np.int64)
    location = Location(
        starts=np.array([0, 3, 6], dtype=np.int64),
        sites=np.concatenate([every, every]),
        costs=np.ones(6),
        demands=np.ones(2),
        capacities=np.full(3, 5.0),
        setups=np.array([10.0, 20.0, 30.0]),
        leads=every,
        homes=np.full(3, -1, dtype=np.int64),
        alone=np.full(2, np.inf),
        opened=3,
    )
    found = plan(location, effort=BRIEF)
    assert found.cost == pytest.approx(62.0)
    assert found.bound <= found.cost
    free = plan(replace(location, opened=0), effort=BRIEF)
    assert free.cost == pytest.approx(12.0)
    assert free.explain()[0] == "1 cluster for 2 councils."


def test_a_published_instance_is_read_and_planned(tmp_path):
    # OR-Library: sites and councils; capacity and set-up of each site; demand, then costs.
    file = tmp_path / "cap"
    file.write_text("2 2\n10 5\n10 9\n3\n1 4\n4\n2 1\n")
    # Site 1 for both: 5 + 1 + 2.
    assert plan(read(file), effort=BRIEF).cost == pytest.approx(8.0)


def test_neighbours_bind_only_shared_clusters():
    apart = must_join(town_and_parishes(neighbours=(("T", "B"), ("T", "C"))), "A")
    assert plan(apart, shape="per_service", effort=BRIEF).cost == pytest.approx(15_042.00)


def test_a_capacity_that_is_met_to_the_last_is_enough():
    problem = must_join(town_and_parishes(), "A", peak=0.1 + 0.2)
    town, *parishes = problem.councils
    just = replace(town.work["grass"].models[0], capacity=60_000.0 + 0.3)
    town = replace(town, work={"grass": replace(town.work["grass"], models=(just,))})
    tight = replace(problem, councils=(town, *parishes))
    assert plan(tight, effort=BRIEF).lead_of("A", "grass") == "T"


def test_a_service_that_cannot_be_delivered_is_named():
    # The town and Parish C have room for 10,000 more each: for one each of three with 6,000.
    problem = town_and_parishes()
    town, *parishes = (
        with_room(council, council.work["grass"].peak + 10_000.0) for council in problem.councils
    )
    parishes[2] = willing_to_lead(parishes[2])
    parishes.append(replace(parishes[1], key="D", name="Parish D"))
    full = replace(problem, councils=(town, *parishes))
    for key in "ABD":
        full = must_join(full, key, peak=6_000.0)
    with pytest.raises(Infeasible, match="Service grass, counting only councils that take part"):
        plan(full, shape="per_service", effort=BRIEF)


def with_room(council, capacity):
    """Give a council's own staff another capacity."""
    work = council.work["grass"]
    return replace(
        council,
        work={"grass": replace(work, models=(replace(work.models[0], capacity=capacity),))},
    )


def willing_to_lead(council):
    work = replace(council.work["grass"], willingness=Willingness.LEAD)
    return replace(council, work={"grass": work})
