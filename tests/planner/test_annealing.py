"""The search for shared clusters: feasible, never worse than alone, as good as the oracle's."""

import math
import os
import subprocess
import sys
from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planner.oracle_sharing import (
    cheapest_sharing,
    cost_of_plan,
    hangs_together,
    made_up_sharing,
)
from waywarden.planner import Infeasible
from waywarden.planner.clusters.pricing import cluster_cost
from waywarden.planner.clusters.searching import annealing
from waywarden.planner.clusters.searching.annealing import best_grouping
from waywarden.planner.clusters.searching.starting import in_order

seeds = st.integers(0, 10_000)
few = settings(max_examples=25, deadline=None)


def plan(sharing, *, moves=3_000, seed=1, **asked):
    return best_grouping(sharing, moves=moves, rng_seed=seed, **asked)


def groups(labels):
    return [tuple(np.flatnonzero(labels == label)) for label in np.unique(labels)]


@pytest.mark.parametrize(("contiguous", "room"), [(True, 1.0), (True, 0.7), (False, 1.0)])
def test_the_best_plan_of_a_handful_is_nearly_always_found(contiguous, room):
    costs, best = [], []
    for seed in range(40):
        sharing = made_up_sharing(
            seed, councils=5 + seed % 4, services=1 + seed % 3, contiguous=contiguous
        )
        sharing = replace(sharing, capacity=sharing.capacity * room)
        costs.append(cost_of_plan(sharing, plan(sharing, moves=40_000)))
        best.append(cheapest_sharing(sharing))

    costs, best = np.array(costs), np.array(best)
    assert (costs >= best * (1 - 1e-12)).all()
    assert (costs <= best * (1 + 1e-9)).sum() >= 39


@few
@given(seeds, st.booleans(), st.integers(1, 6))
def test_every_plan_keeps_the_rules_and_costs_no_more_than_everyone_alone(seed, contiguous, most):
    sharing = made_up_sharing(seed, councils=20, contiguous=contiguous, most_members=most)

    alone = sharing.alone.sum() * (1 + 1e-12)

    labels = plan(sharing)

    assert sum(cluster_cost(sharing, group)[0] for group in groups(labels)) <= alone
    assert max(len(group) for group in groups(labels)) <= most
    assert all(hangs_together(sharing, group) for group in groups(labels) if len(group) > 1)
    assert labels.tolist() == in_order(labels).tolist()


@few
@given(seeds)
def test_a_council_that_becomes_willing_never_breaks_a_plan(seed):
    sharing = made_up_sharing(seed, councils=9)
    without = replace(sharing, takes_part=sharing.takes_part.copy())
    without.takes_part[4] = False

    assert cost_of_plan(without, plan(without)) < math.inf
    assert cost_of_plan(sharing, plan(sharing)) < math.inf


def test_a_council_that_takes_part_in_nothing_stays_by_itself():
    sharing = made_up_sharing(3, councils=12)
    sharing.takes_part[5] = False

    labels = plan(sharing)

    assert (labels == labels[5]).sum() == 1
    assert len(groups(labels)) < 12


def test_the_same_seed_gives_the_same_plan():
    sharing = made_up_sharing(8, councils=40, services=3)

    assert plan(sharing, seed=7).tolist() == plan(sharing, seed=7).tolist()


def test_where_the_moves_are_sliced_makes_no_difference(monkeypatch):
    sharing = made_up_sharing(9, councils=40)
    whole = plan(sharing, moves=4_300)

    monkeypatch.setattr(annealing, "SLICE", 700)

    assert plan(sharing, moves=4_300).tolist() == whole.tolist()


def test_progress_tells_the_share_done_and_the_cost_of_the_best_so_far():
    sharing = made_up_sharing(9, councils=40)
    told = []

    labels = plan(sharing, moves=60_000, progress=lambda done, cost: told.append((done, cost)))

    done, costs = zip(*told, strict=True)
    assert list(done) == sorted(done)
    assert done[-1] == 1.0
    assert list(costs) == sorted(costs, reverse=True)
    assert costs[-1] == pytest.approx(cost_of_plan(sharing, labels))


def test_a_search_that_is_stopped_returns_the_best_so_far():
    sharing = made_up_sharing(9, councils=40)
    stop, told = Event(), []

    def stop_soon(done, cost):
        told.append((done, cost))
        stop.set()

    labels = plan(sharing, moves=200_000, progress=stop_soon, stop=stop)

    assert len(told) == 1
    assert cost_of_plan(sharing, labels) == pytest.approx(told[0][1])
    assert told[0][1] < sharing.alone.sum()


def test_without_moves_there_is_still_a_plan():
    sharing = made_up_sharing(9, councils=40)

    assert cost_of_plan(sharing, plan(sharing, moves=0)) < sharing.alone.sum()


def test_costs_in_pence_give_the_plan_of_costs_in_pounds():
    # Times 128, not 100, so that no sum is rounded differently.
    sharing = made_up_sharing(11, councils=30)
    names = ("alone", "setup", "unit", "call_out", "travel", "per_cluster", "per_member")
    dearer = replace(sharing, **{name: getattr(sharing, name) * 128 for name in names})

    assert plan(sharing).tolist() == plan(dearer).tolist()


def test_who_cannot_go_alone_is_put_into_a_cluster():
    sharing = made_up_sharing(12, councils=7, services=2)
    sharing.takes_part[2] = True
    sharing.alone[2] = np.inf

    cost = cost_of_plan(sharing, plan(sharing))

    assert cost < math.inf
    assert cost == pytest.approx(cheapest_sharing(sharing))


def test_who_cannot_go_alone_and_is_in_nobodys_reach_is_named():
    sharing = replace(made_up_sharing(12, councils=7), limit_km=0.0)
    sharing.takes_part[:] = True
    sharing.alone[[2, 5]] = np.inf

    with pytest.raises(Infeasible, match=r"^Row 3, Row 6: no cluster was found that could take"):
        plan(sharing)
    with pytest.raises(Infeasible, match=r"^Coldbrook, Marl Green: no cluster"):
        plan(sharing, names=["", "", "Coldbrook", "", "", "Marl Green", ""])


def test_a_service_that_is_neither_shared_nor_had_alone_is_refused():
    sharing = made_up_sharing(12, councils=9)
    sharing.takes_part[:7, 0] = False
    sharing.alone[:7, 0] = np.inf

    with pytest.raises(Infeasible, match="Row 5 and 2 more: a service that is not shared there"):
        plan(sharing)


def test_councils_that_all_go_alone_need_no_search():
    sharing = made_up_sharing(12, councils=5)
    sharing.takes_part[:] = False

    assert plan(sharing).tolist() == [0, 1, 2, 3, 4]


def test_free_services_can_be_planned():
    sharing = made_up_sharing(12, councils=6)
    sharing.takes_part[:] = True
    nothing = np.zeros_like(sharing.setup)
    sharing = replace(
        sharing,
        alone=np.full_like(sharing.alone, np.inf),
        setup=nothing,
        unit=nothing,
        call_out=nothing,
        travel=nothing,
        capacity=nothing + 1e6,
        per_cluster=0.0,
        per_member=0.0,
        limit_km=50.0,
    )

    assert cost_of_plan(sharing, plan(sharing)) == 0


UNCOMPILED = """
import sys
from tests.planner.oracle_sharing import made_up_sharing
from waywarden.planner.clusters.searching.annealing import best_grouping
sharing = made_up_sharing(21, councils=24, most_members=6)
print(best_grouping(sharing, moves=1_500, rng_seed=3).tolist())
"""


def test_with_the_compiler_off_the_plan_is_the_same():
    sharing = made_up_sharing(21, councils=24, most_members=6)

    uncompiled = subprocess.run(
        [sys.executable, "-W", "error", "-c", UNCOMPILED],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )

    assert uncompiled.stdout.strip() == str(plan(sharing, moves=1_500, seed=3).tolist())
