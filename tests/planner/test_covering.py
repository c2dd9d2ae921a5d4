"""Enough sites open for everyone who must be served, and no dearer ones than must be."""

import math
from itertools import product

import numpy as np
import pytest

from tests.planner.test_branching import few_sites
from waywarden.planner.sites.grounds import ground_of
from waywarden.planner.sites.proof.bounding import Climb
from waywarden.planner.sites.proof.covering import Cover


def cover_for(rooms: list[float], demand: int) -> Cover:
    """Return the cover of sites with some room each, for so many councils of one unit of work."""
    problem = few_sites(len(rooms), demand, 0)
    problem.capacities[:], problem.demands[:] = rooms, 1
    return Cover(ground_of(problem))


def cheapest(worths: list[float], rooms: list[float], demand: float, always: int) -> float:
    """Return the least that open leads with room enough are worth, one of them being ``always``."""
    best = math.inf
    for choice in product((0, 1), repeat=len(rooms)):
        enough = sum(room for room, one in zip(rooms, choice, strict=True) if one) >= demand
        if enough and choice[always]:
            best = min(best, sum(worth for worth, one in zip(worths, choice, strict=True) if one))
    return best


def test_of_two_leads_that_would_stay_closed_the_cheaper_with_room_enough_opens() -> None:
    # The first pays for itself and has 5 of the 9; the second has 3, too little; the third 4.
    cover = cover_for([5, 3, 4], 9)

    assert cover.opened(np.array([-2.0, 1.0, 6.0])).tolist() == [True, False, True]


@pytest.mark.parametrize("seed", range(30))
def test_what_must_be_open_is_worth_what_trying_every_choice_finds(seed: int) -> None:
    draw = np.random.default_rng(seed)
    rooms = draw.integers(5, 40, 7).astype(float).tolist()
    worths = draw.uniform(-20, 60, 7)
    demand = int(draw.integers(max(rooms), int(sum(rooms)) + 1))
    cover = cover_for(rooms, demand)

    opened, beside = cover.opened(worths), cover.least_beside(worths)

    best = [cheapest(worths.tolist(), rooms, demand, always) for always in range(7)]
    assert worths[opened].sum() == pytest.approx(min(best))
    assert beside + worths == pytest.approx(best)


@pytest.mark.parametrize("seed", range(30))
def test_with_rooms_in_fractions_what_must_be_open_is_never_said_to_be_worth_more(
    seed: int,
) -> None:
    draw = np.random.default_rng(seed)
    rooms, worths = draw.uniform(2, 30, 7).tolist(), draw.uniform(-20, 60, 7)
    demand = int(draw.integers(math.ceil(max(rooms)), math.floor(sum(rooms))))
    cover = cover_for(rooms, demand)

    opened, beside = cover.opened(worths), cover.least_beside(worths)

    best = np.array([cheapest(worths.tolist(), rooms, demand, always) for always in range(7)])
    assert worths[opened].sum() <= best.min() + 1e-9
    assert (beside + worths <= best + 1e-9).all()


def test_the_bound_is_lifted_where_few_sites_must_hold_everyone() -> None:
    # Each of five sites has room for three tenths of all: three hold nine tenths, so that
    # four at least must open.
    ground = ground_of(few_sites(5, 40, 5))
    plain, covered = Climb(ground), Climb(ground, covering=True)

    for climb in (plain, covered):
        climb.rise(60, exact=False)
        climb.rise(30, exact=True)

    assert covered.best > 1.002 * plain.best
