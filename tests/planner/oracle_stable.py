"""Lists every group of a few councils with its cost, and gives the list to another solver."""

import itertools
import math

import numpy as np
from scipy.optimize import linprog

from tests.planner.oracle_location import breaks_a_rule, choices


def every_group(councils):
    """Return all groups of at least one of some councils."""
    sizes = range(1, len(councils) + 1)
    return [group for size in sizes for group in itertools.combinations(councils, size)]


def cost_at_best_site(location, group, *, hired=True):
    """Return the least that a site could serve exactly this group for, or one of them alone."""
    found = [float(location.alone[group[0]])] if len(group) == 1 else []
    prices = {council: dict(choices(location, council)) for council in group}
    for site, home in enumerate(location.homes):
        can_serve = all(site in prices[council] for council in group) and (hired or home >= 0)
        if can_serve and not breaks_a_rule(location, site, list(group)):
            served = sum(prices[council][site] for council in group)
            found.append(float(location.setups[site]) + served)
    return min(found, default=math.inf)


def largest_total(cost_of, councils):
    """Return the largest sum of shares such that no group pays more than it costs."""
    priced = [(group, cost_of(group)) for group in every_group(councils)]
    priced = [(group, cost) for group, cost in priced if math.isfinite(cost)]
    rows = np.zeros((len(priced), len(councils)))
    for row, (group, _) in enumerate(priced):
        rows[row, [councils.index(one) for one in group]] = 1.0
    costs = [cost for _, cost in priced]
    size = len(councils)
    found = linprog(-np.ones(size), A_ub=rows, b_ub=costs, bounds=[(None, None)] * size)
    return -float(found.fun) if found.status == 0 else math.inf
