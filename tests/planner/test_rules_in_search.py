"""Rules in the search for shared clusters: who leads, who is together or apart, how far it is."""

import math
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planner.oracle_sharing import (
    cheapest_sharing,
    cost_of,
    cost_of_plan,
    made_up_sharing,
    with_rules,
)
from waywarden.planner import Infeasible
from waywarden.planner.clusters.binding import blocks_by_council
from waywarden.planner.clusters.pricing import cluster_cost
from waywarden.planner.clusters.searching.annealing import best_grouping
from waywarden.planner.clusters.searching.desk import desk_for, exchange
from waywarden.planner.clusters.searching.grouping import arrange, nobody_grouped
from waywarden.planner.clusters.searching.moving import HARD
from waywarden.planner.clusters.searching.starting import first_labels
from waywarden.planner.clusters.searching.weighing import reprice, weigh
from waywarden.planner.clusters.terms import terms_of
from waywarden.planner.sharing import graph_of

seeds = st.integers(0, 10_000)
some = settings(max_examples=60, deadline=None)


def plan(sharing, *, moves=20_000, seed=1, **asked):
    return best_grouping(sharing, moves=moves, rng_seed=seed, **asked)


def pairs(sharing, *rows):
    return graph_of(np.array(rows, dtype=np.int64).reshape(-1, 2), len(sharing.takes_part))


def locked(sharing, *locks):
    """Return who must lead what: locks are given as council, service, lead."""
    leads = np.full(sharing.takes_part.shape, -1)
    for row, service, lead in locks:
        leads[row, service] = lead
    return leads


def willing(seed, **asked):
    """Return councils of which every one takes part in everything, and could lead it."""
    sharing = made_up_sharing(seed, **asked)
    sharing.takes_part[:] = True
    rows = np.random.default_rng(seed)
    setup = rows.uniform(200, 900, sharing.setup.shape)
    work = rows.integers(5, 60, sharing.work.shape).astype(float)
    return replace(sharing, setup=setup, work=work, peak=np.round(work / 2))


def members_with(labels, row):
    return np.flatnonzero(labels == labels[row]).tolist()


@some
@given(seeds, st.integers(0, 5), st.integers(0, 5))
def test_a_change_is_priced_by_the_search_as_by_the_plain_sum(seed, leaving, entering):
    sharing = made_up_sharing(seed, contiguous=False, most_members=6)
    chance = np.random.default_rng(seed)
    kinds = ("providers", "locks", "ties", "quarrels")
    amounts = dict(zip(kinds, chance.integers(0, 3, 4), strict=True))
    sharing = with_rules(sharing, seed, table=seed % 2 == 0, **amounts)
    terms = terms_of(sharing, scale=1_000.0)
    grouping, desk = nobody_grouped(terms), desk_for(terms)
    arrange(terms, grouping, chance.integers(0, 3, 6))
    reprice(terms, grouping, desk, HARD)
    label = int(grouping.cluster[leaving])
    members = {int(row) for row in np.flatnonzero(grouping.cluster == label)}
    rows = sorted(members - {leaving} | {entering})
    if entering in members or not sharing.joins[rows].all():
        return

    exchange(desk, leaving, entering)
    cost, excess = weigh(terms, grouping, desk, label, HARD)

    plain, _ = cluster_cost(sharing, rows)
    assert plain == pytest.approx(cost_of(sharing, tuple(rows)), rel=1e-9)
    assert (excess > 0) == math.isinf(plain)
    if excess == 0:
        apart = np.where(sharing.takes_part[rows], 0.0, sharing.alone[rows]).sum()
        assert cost + apart == pytest.approx(plain, rel=1e-9)


@pytest.mark.parametrize("contiguous", [True, False])
def test_the_best_plan_under_rules_is_found_where_there_is_one(contiguous):
    planned = 0
    for seed in range(30):
        sharing = made_up_sharing(
            seed, councils=6 + seed % 3, services=1 + seed % 2, contiguous=contiguous
        )
        sharing = with_rules(sharing, seed, providers=2, table=seed % 4 == 0, ties=seed % 2)
        best = cheapest_sharing(sharing)
        if math.isinf(best):
            with pytest.raises(Infeasible, match="No plan was found that keeps every rule"):
                plan(sharing)
        else:
            planned += 1
            assert cost_of_plan(sharing, plan(sharing)) == pytest.approx(best, rel=1e-9)
    assert planned >= 10


def test_in_a_larger_county_every_rule_is_kept():
    sharing = willing(5, councils=60, services=3)
    # Two neighbours tied, two that are not neighbours tied, and two neighbours kept apart.
    near, far = int(sharing.neighbours.of(0)[0]), two_steps_from(sharing, 20)
    other = int(sharing.neighbours.of(40)[0])
    ruled = replace(
        sharing,
        capacity=sharing.capacity * 2,
        together=pairs(sharing, (0, near), (20, far)),
        apart=pairs(sharing, (40, other)),
        locked=locked(sharing, (50, 1, 50)),
    )

    labels = plan(ruled, moves=60_000)

    assert math.isfinite(cost_of_plan(ruled, labels))
    assert labels[0] == labels[near]
    assert labels[20] == labels[far]
    assert labels[40] != labels[other]
    assert cluster_cost(ruled, members_with(labels, 50))[1][1].row == 50


def two_steps_from(sharing, row):
    near = set(sharing.neighbours.of(row))
    return min(
        int(further)
        for other in near
        for further in sharing.neighbours.of(other)
        if further != row and further not in near
    )


def test_a_cheap_provider_leads_though_it_is_no_member():
    sharing = with_rules(willing(3), 3, providers=1, table=False, locks=0, ties=0, quarrels=0)
    sharing = replace(sharing, east_km=sharing.east_km.copy(), limit_km=20.0)
    for terms in (sharing.setup, sharing.unit, sharing.call_out, sharing.travel):
        terms[6] = 0.0
    sharing.capacity[6] = 1e6

    labels = plan(sharing)

    # It costs nothing, so that only running clusters does: no more of them than must be.
    assert cost_of_plan(sharing, labels) == pytest.approx(cheapest_sharing(sharing))
    _, leads = cluster_cost(sharing, members_with(labels, 0))
    assert {lead.row for lead in leads} == {6}


def test_a_provider_that_is_too_far_away_leads_nobody():
    sharing = with_rules(willing(3), 3, providers=1, table=False, locks=0, ties=0, quarrels=0)
    sharing.east_km[6] = 500.0
    without = replace(
        sharing, setup=np.where(np.arange(7)[:, None, None] == 6, np.inf, sharing.setup)
    )

    assert plan(sharing).tolist() == plan(without).tolist()


def test_a_way_that_the_table_does_not_give_is_out_of_reach_without_any_limit():
    sharing = replace(willing(4, councils=2, services=1), limit_km=math.inf)
    sharing = replace(sharing, table_km=np.array([[0.0, np.inf], [np.inf, 0.0]]))

    assert plan(sharing).tolist() == [0, 1]


def test_the_table_may_be_short_one_way_and_long_the_other():
    sharing = willing(4, councils=2, services=1, most_members=2)
    tied = replace(sharing, together=pairs(sharing, (0, 1)), capacity=sharing.capacity * 9)
    one_way = replace(tied, table_km=np.array([[0.0, 99.0], [1.0, 0.0]]))

    assert plan(one_way).tolist() == [0, 0]
    assert cluster_cost(one_way, [0, 1])[1][0].row == 1


def test_a_block_goes_where_it_is_best_as_a_whole():
    sharing = willing(6, councils=6, services=1, contiguous=False)
    tied = replace(
        sharing,
        together=pairs(sharing, (0, 1), (1, 2)),
        capacity=sharing.capacity * 9,
        limit_km=50.0,
    )

    labels = plan(tied)

    assert len({int(label) for label in labels[[0, 1, 2]]}) == 1
    assert cost_of_plan(tied, labels) == pytest.approx(cheapest_sharing(tied))


def test_who_is_tied_starts_together_with_those_between():
    # A road of five: 0 - 1 - 2 - 3 - 4, and 0 tied to 2.
    sharing = on_a_road(5)
    tied = replace(sharing, together=pairs(sharing, (0, 2)))

    assert first_labels(sharing).tolist() == [0, 1, 2, 3, 4]
    assert first_labels(tied).tolist() == [0, 0, 0, 1, 2]
    assert first_labels(replace(tied, is_contiguous=False)).tolist() == [0, 1, 0, 2, 3]


def test_who_is_tied_starts_apart_where_nobody_may_be_between():
    sharing = on_a_road(5)
    tied = replace(sharing, together=pairs(sharing, (0, 2)), apart=pairs(sharing, (0, 1)))
    too_far = replace(sharing, together=pairs(sharing, (0, 4)), most_members=4)

    assert first_labels(tied).tolist() == [0, 1, 2, 3, 4]
    assert first_labels(too_far).tolist() == [0, 1, 2, 3, 4]


def test_who_is_locked_to_another_is_in_a_block_with_it_and_to_a_provider_is_not():
    sharing = with_rules(on_a_road(5), 1, providers=1, table=False, locks=0, ties=0, quarrels=0)
    ruled = replace(sharing, locked=locked(sharing, (1, 0, 3), (2, 0, 2), (4, 0, 5)))

    assert blocks_by_council(ruled).tolist() == [-1, 1, -1, 1, -1]


def on_a_road(councils):
    sharing = willing(2, councils=councils, services=1)
    steps = [(row, row + 1) for row in range(councils - 1)]
    return replace(sharing, neighbours=pairs(sharing, *steps))


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            {"together": [(0, 1)], "apart": [(0, 1)]},
            "Ash and Beck are not apart",
        ),
        ({"together": [(0, 4)], "most_members": 3}, "Ash and Elm are not together"),
        (
            {"locks": [(0, 0, 0), (1, 0, 1)], "together": [(0, 1)]},
            "nobody leads service 1 for Ash, Beck, locked to Ash and Beck",
        ),
        (
            {"locks": [(2, 0, 2)], "most_members": 1},
            "nobody leads service 1 for Coombe, locked to Coombe",
        ),
    ],
)
def test_rules_that_cannot_all_be_kept_are_named(rules, said):
    sharing = on_a_road(5)
    sharing = replace(
        sharing,
        together=pairs(sharing, *rules.get("together", ())),
        apart=pairs(sharing, *rules.get("apart", ())),
        locked=locked(sharing, *rules.get("locks", ())),
        most_members=rules.get("most_members", 5),
        capacity=sharing.capacity * 9,
        limit_km=50.0,
    )

    with pytest.raises(Infeasible, match=f"No plan was found that keeps every rule.*{said}"):
        plan(sharing, moves=5_000, names=["Ash", "Beck", "Coombe", "Dean", "Elm"])


def test_of_many_broken_rules_five_are_named():
    sharing = on_a_road(8)
    every = [(one, other) for one in range(4) for other in range(4, 8)]
    sharing = replace(sharing, together=pairs(sharing, *every), apart=pairs(sharing, *every))

    with pytest.raises(Infeasible, match=r"(; [^;]+){4}; and more\. Change one of these rules"):
        plan(sharing, moves=2_000)


UNCOMPILED = """
from tests.planner.oracle_sharing import made_up_sharing, with_rules
from waywarden.planner.clusters.searching.annealing import best_grouping
sharing = made_up_sharing(21, councils=24, contiguous=False, most_members=6, limit_km=40.0)
sharing = with_rules(sharing, 3, providers=2, table=False, locks=2, ties=3, quarrels=3)
start = best_grouping(sharing, moves=500, rng_seed=2)
print(start.tolist(), best_grouping(sharing, moves=1_500, rng_seed=3, start=start).tolist())
"""


def test_with_the_compiler_off_the_plan_under_rules_is_the_same():
    compiled, plain = (
        subprocess.run(
            [sys.executable, "-W", "error", "-c", UNCOMPILED],
            env={**os.environ, "NUMBA_DISABLE_JIT": off, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=240,
        ).stdout
        for off in ("0", "1")
    )
    assert compiled == plain
