"""Solves a location problem to its end, as the integer program it is."""

import math

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


def optimum_of(location):
    """Return the cost of the best plan, infinite where there is none.

    The variables are the arcs, then whether each site is open, then whether
    each council is alone.
    """
    councils, sites, arcs = len(location.demands), len(location.setups), len(location.costs)
    if not councils:
        return 0.0
    ends = np.repeat(np.arange(councils), np.diff(location.starts))
    finite = np.isfinite(location.alone)
    costs = [location.costs, location.setups, np.where(finite, location.alone, 0)]
    highest = np.concatenate([np.ones(arcs + sites), finite.astype(float)])
    every = np.zeros((councils, arcs + sites + councils))
    every[ends, np.arange(arcs)] = 1
    every[:, arcs + sites :] = np.eye(councils)
    within = np.zeros((sites, every.shape[1]))
    open_once = np.zeros((location.leads.max(initial=-1) + 1, every.shape[1]))
    within[location.sites, np.arange(arcs)] = location.demands[ends]
    within[:, arcs : arcs + sites] = -np.diag(location.capacities)
    open_once[location.leads, arcs + np.arange(sites)] = 1
    only_if_open, at_home = np.zeros((arcs, every.shape[1])), np.zeros((sites, every.shape[1]))
    only_if_open[np.arange(arcs), np.arange(arcs)] = 1
    only_if_open[np.arange(arcs), arcs + location.sites] = -1
    home = np.flatnonzero(location.homes[location.sites] == ends)
    at_home[location.sites[home], home] = 1
    at_home[np.arange(sites), arcs + np.arange(sites)] = -(location.homes >= 0).astype(float)
    members = np.zeros((sites, every.shape[1]))
    members[location.sites, np.arange(arcs)] = location.sizes[ends] if len(location.sizes) else 1
    rules = [
        LinearConstraint(every, 1, 1),
        LinearConstraint(within, -np.inf, 0),
        LinearConstraint(open_once, -np.inf, 1),
        LinearConstraint(only_if_open, -np.inf, 0),
        LinearConstraint(at_home, 0, 0),
        LinearConstraint(members, -np.inf, location.most_members or np.inf),
        LinearConstraint(_clashes(location, ends, every.shape[1]), -np.inf, 1),
    ]
    whole = np.ones(every.shape[1])
    solved = milp(np.concatenate(costs), integrality=whole, bounds=Bounds(0, highest),
                  constraints=[rule for rule in rules if rule.A.size],
                  options={"mip_rel_gap": 0})  # fmt: skip
    return float(solved.fun) if solved.success else math.inf


def _clashes(location, ends, width):
    """Return a row for each two arcs to one site from councils that are apart."""
    rows = np.repeat(np.arange(max(0, len(location.apart_starts) - 1)),
                     np.diff(location.apart_starts))  # fmt: skip
    apart = set(zip(rows.tolist(), location.apart.tolist(), strict=True))
    pairs = [
        (one, other)
        for one in range(len(ends))
        for other in range(one)
        if location.sites[one] == location.sites[other] and (ends[one], ends[other]) in apart
    ]
    clashes = np.zeros((len(pairs), width))
    for row, pair in enumerate(pairs):
        clashes[row, list(pair)] = 1
    return clashes
