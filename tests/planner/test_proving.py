"""Proofs: never above the best plan, stable for every cluster, and the same on two threads."""

import math
from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from tests.planner.oracle_columns import RULES, cheapest_plan, clusters_of, ruled_sharing
from waywarden.planner.clusters.bounds.offering import first_multipliers
from waywarden.planner.clusters.pricing import cluster_cost
from waywarden.planner.clusters.proof import proving
from waywarden.planner.clusters.proof.partitioning import Parted, cheapest_parting, labels_of
from waywarden.planner.clusters.proof.proving import prove
from waywarden.planner.sites.proof.bounding import bound_of


def planned(sharing):
    """Return what the best plan costs, with what is spent apart, the plan, and all clusters."""
    costs = clusters_of(sharing)
    cost, chosen = cheapest_plan(costs, len(sharing.takes_part))
    apart = float(np.where(sharing.takes_part, 0.0, sharing.alone).sum())
    return cost + apart, labels_of(chosen, len(sharing.takes_part)) if chosen else None, costs


def cases(councils=8, **more):
    for kind in RULES:
        for seed in range(2):
            sharing = ruled_sharing(seed, kind, councils=councils, **more)
            cost, labels, costs = planned(sharing)
            if labels is not None:
                yield sharing, cost, labels, costs


def test_every_kind_of_rule_is_tried_on_two_counties_that_have_a_plan():
    # Seven kinds of rule, two counties of each.
    assert sum(1 for _ in cases()) == 2 * len(RULES) == 14


def stable_or_not(sharing, shares, costs):
    """Return how much more than its cost the members of some cluster pay at the most."""
    apart = np.where(sharing.takes_part, 0.0, sharing.alone).sum(axis=1)
    own = shares - apart
    return max(own[list(rows)].sum() - cost for rows, cost in costs.items())


@pytest.mark.parametrize("contiguous", [True, False])
def test_a_proof_never_says_more_than_the_best_plan_and_its_shares_are_stable(contiguous):
    for sharing, cost, labels, costs in cases(contiguous=contiguous):
        for nodes in (1, 30):
            proof = prove(sharing, labels, rounds=4, nodes=nodes, list_up_to=0)

            assert proof.bound <= cost
            assert stable_or_not(sharing, proof.stable, costs) <= 1e-6
            assert math.isclose(proof.stable.sum(), proof.bound, rel_tol=1e-9)


def test_a_small_county_is_planned_at_its_best_and_that_is_proven():
    for sharing, cost, labels, costs in cases():
        start = np.arange(len(labels)) if all((j,) in costs for j in range(len(labels))) else labels

        proof = prove(sharing, start, rounds=30, nodes=200, list_up_to=30)

        # But for a millionth that floating point could have added.
        assert cost * (1 - 2e-6) <= proof.bound <= cost
        apart = np.where(sharing.takes_part, 0.0, sharing.alone).sum()
        groups = [tuple(np.flatnonzero(proof.labels == k)) for k in np.unique(proof.labels)]
        assert math.isclose(sum(costs[rows] for rows in groups) + apart, cost)


def test_the_proof_is_the_same_on_one_thread_and_two():
    sharing, _, labels, _ = next(cases())

    one, two = (
        prove(sharing, labels, rounds=5, nodes=20, list_up_to=30, threads=n) for n in (1, 2)
    )

    assert one.bound == two.bound
    np.testing.assert_array_equal(one.stable, two.stable)
    np.testing.assert_array_equal(one.labels, two.labels)


def test_a_stopped_proof_still_holds():
    sharing, cost, labels, costs = next(cases())
    stop = Event()
    stop.set()

    proof = prove(sharing, labels, rounds=50, nodes=1_000, list_up_to=30, stop=stop)

    assert proof.bound <= cost
    assert stable_or_not(sharing, proof.stable, costs) <= 1e-6


def test_progress_tells_the_share_done_and_the_bound_which_only_rises():
    sharing, _, labels, _ = next(cases())
    told = []

    prove(sharing, labels, rounds=6, nodes=3, list_up_to=0, progress=lambda *now: told.append(now))

    assert told
    assert told[-1][0] == 1.0
    assert [done for done, _ in told] == [number / 6 for number in range(1, len(told) + 1)]
    bounds = [bound for _, bound in told]
    assert bounds == sorted(bounds)


def test_given_multipliers_are_where_it_begins():
    sharing, _, labels, _ = next(cases())
    found = prove(sharing, labels, rounds=20, nodes=500, list_up_to=0)

    again = prove(sharing, labels, rounds=1, nodes=500, list_up_to=0, start=found.multipliers)

    assert again.bound >= found.bound * (1 - 1e-9)
    np.testing.assert_allclose(again.multipliers, found.multipliers)


def test_what_the_services_would_ask_by_themselves_is_stable_already():
    for seed in range(3):
        sharing = ruled_sharing(seed, "nothing")
        cost, labels, costs = planned(sharing)
        first = first_multipliers(sharing, rounds=40, bound_of=bound_of)

        proof = prove(sharing, labels, rounds=1, nodes=1_000, list_up_to=0, start=first)

        # No cluster gains, so nothing is taken off, but for what it is not worth looking into:
        # a five hundredth of what a council costs, for each root.
        assert stable_or_not(sharing, first, costs) <= 1e-6
        assert first.sum() - 0.003 * cost <= proof.bound <= cost


def test_a_service_nobody_shares_asks_for_nothing_but_what_is_paid_alone():
    sharing = ruled_sharing(0, "nothing")
    nobody = sharing.takes_part.copy()
    nobody[:, 0] = False
    sharing = replace(sharing, takes_part=nobody)

    first = first_multipliers(sharing, rounds=5, bound_of=bound_of)

    # Nothing is shared of the first service: everyone pays it alone, and the second at most so.
    assert (first >= sharing.alone[:, 0] - 1e-9).all()
    assert (first <= sharing.alone.sum(axis=1) + 1e-9).all()


def test_a_plan_that_breaks_a_rule_is_refused():
    sharing = ruled_sharing(0, "nothing", most_members=3)

    with pytest.raises(ValueError, match=r"The cluster of rows \[0, 1, 2, 3"):
        prove(sharing, np.zeros(8, dtype=np.int64), rounds=1, nodes=1, list_up_to=30)


def test_too_many_clusters_to_list_leave_the_bound_as_it_was(monkeypatch):
    sharing, _, labels, _ = next(cases())
    monkeypatch.setattr(proving, "LISTING_NODES", 1)

    proof = prove(sharing, labels, rounds=2, nodes=1, list_up_to=30)

    assert math.isclose(proof.bound, proof.stable.sum())


def test_a_choice_that_is_not_proven_leaves_the_bound_as_it_was(monkeypatch):
    sharing, _, labels, _ = next(cases())
    monkeypatch.setattr(proving, "cheapest_parting", lambda *_, **__: Parted((), is_proven=False))

    proof = prove(sharing, labels, rounds=2, nodes=1, list_up_to=30)

    assert math.isclose(proof.bound, proof.stable.sum())
    np.testing.assert_array_equal(proof.labels, labels)


def test_nothing_is_chosen_that_is_no_cheaper():
    # Both together cost 5, each alone 3: the two alone are 6.
    clusters, costs = [(0,), (1,), (0, 1)], [3.0, 3.0, 5.0]

    better = cheapest_parting(clusters, costs, 2, below=6.0, nodes=10)
    no_better = cheapest_parting(clusters, costs, 2, below=5.0, nodes=10)

    assert better.chosen == ((0, 1),)
    assert no_better.chosen == ()
    assert no_better.is_proven


def test_clusters_met_elsewhere_may_help_and_never_lift_a_bound_too_far():
    for sharing, cost, labels, costs in cases():
        met = [np.array(rows) for rows in costs]
        proof = prove(sharing, labels, rounds=3, nodes=50, list_up_to=0, met=met)
        assert proof.bound <= cost * (1 + 1e-9)


def test_with_more_councils_than_are_listed_a_cheaper_plan_is_still_sought_among_those_met():
    sharing, _, labels, _ = next(cases())

    left = prove(sharing, labels, rounds=6, nodes=50, list_up_to=0)
    sought = prove(sharing, labels, rounds=6, nodes=50, list_up_to=1)

    assert np.array_equal(left.labels, labels)
    assert cost_of(sharing, sought.labels) <= cost_of(sharing, labels) * (1 + 1e-9)


def cost_of(sharing, labels):
    """Return what a plan costs, priced cluster by cluster apart from the proof."""
    clusters = [np.flatnonzero(labels == label).tolist() for label in np.unique(labels)]
    return sum(cluster_cost(sharing, cluster)[0] for cluster in clusters)
