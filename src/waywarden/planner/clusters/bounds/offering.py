"""What councils might pay in shared clusters, from what each service by itself would ask."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.bounds.relaxing import location_of
from waywarden.planner.sharing import Sharing


class Prices(Protocol):
    """What bounds one service: what each council pays, and what each site is then worth."""

    @property
    def prices(self) -> Floats:
        """What each council pays."""

    @property
    def worths(self) -> Floats:
        """What opening each site costs beside what those it serves pay; below nought it gains."""


def first_multipliers(sharing: Sharing, *, rounds: int, bound_of: Callable[..., Prices]) -> Floats:
    """Return multipliers to begin a proof with: the sum of what bounds on the services ask.

    What a site still gains is taken off its lead's own price. Any multipliers
    would do; with these a proof begins about where the sum of the services'
    bounds is. ``bound_of(location, relaxed_rounds=, exact_rounds=)`` bounds one
    service.
    """
    services = sharing.takes_part.shape[1]
    paid = np.where(sharing.takes_part, 0.0, sharing.alone).sum(axis=1)
    for service in range(services):
        if not sharing.takes_part[:, service].any():
            continue
        place = location_of(sharing, service, 1.0 / services)
        bound = bound_of(place.location, relaxed_rounds=rounds, exact_rounds=0)
        prices = _less_worths(bound, place.location.homes)
        for rows, price in zip(place.rows, prices, strict=True):
            paid[rows] += price / len(rows)
    return np.asarray(paid, dtype=np.float64)


def _less_worths(bound: Prices, homes: Ints) -> Floats:
    prices, worths = bound.prices.copy(), np.zeros(len(bound.prices))
    own = homes >= 0
    np.minimum.at(worths, homes[own], bound.worths[own])
    return np.asarray(prices + worths, dtype=np.float64)
