"""Shared clusters with their services let go of one another: one location problem each.

Why the sum of bounds on these bounds every shared plan. Take any such plan and look at
one service alone. A cluster of two or more in which somebody takes part has a lead that
takes part, is within the limit of the others that do, and has the capacity for them:
open that site and serve them from it, be it only the lead's own council. Whoever is in
no cluster goes alone. So the plan gives every service a plan of its location problem.
What these cost together is the plan's own cost, but for its coordination. Of that a
cluster pays ``per_cluster`` once; the services are charged ``shares`` of it, which sum
to 1, and those in which no member takes part are charged nothing. A member pays
``per_member`` once, and that is split over the services it takes part in. So the
location problems never charge more than the plan does, and the sum of their optima, and
so of bounds on these, is at most its cost.

Every rule holds of that plan, so that the location problems may ask for it.
What is led by a provider has a contract of its own there, and as many are
to be had as could be worth it. Who is locked to a lead in a service is
served by it. Who must be together, or is locked to another council, is in
one cluster with it, so in every service they stand at one site, and with
them all that are tied to them in a chain; whoever is so tied, is locked, or
has one service that it cannot have alone is in a cluster, and so alone in
no service. Of two that must be apart, neither they nor any that are tied to
them stand at one site. That a cluster hangs together is not asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from waywarden.planner.arrays import Floats
from waywarden.planner.clusters.bounds.contracting import ServiceLocation, contracted
from waywarden.planner.clusters.tying import ties_of_clusters, ties_of_service
from waywarden.planner.sharing import Sharing

__all__ = ["Bound", "ServiceLocation", "SharedBound", "location_of", "shared_bound"]


class Bound(Protocol):
    """What is proven of one service."""

    @property
    def value(self) -> float:
        """What no plan of the service can cost less than."""


@dataclass(frozen=True)
class SharedBound:
    """What no shared plan can cost less than, and what it is the sum of.

    ``by_service`` are the bounds of the services, coordination included where
    councils share; ``apart`` what is spent whatever the plan, by councils on
    services they do not share.
    """

    by_service: Floats
    apart: float

    @property
    def value(self) -> float:
        """The least a plan could cost in a year."""
        return float(self.by_service.sum()) + self.apart


def location_of(
    sharing: Sharing, service: int, share_of_coordination: float = 1.0
) -> ServiceLocation:
    """Return one service by itself, over the councils that take part in it.

    A site is a council that can lead, in one of its ways, or a contract of a
    provider; it reaches who is within the travel limit, fits beside its own
    work and is not locked to another lead. Its set-up bears the share of
    running a cluster, each arc the share of a member; going alone bears none.
    Councils that must be together and both take part are one council of the
    location, and so is a council with who it is locked to; they cannot go
    alone. With the whole share this is exactly the problem of one service whose
    clusters are its own.
    """
    per_member = np.full(len(sharing.takes_part), share_of_coordination * sharing.per_member)
    per_cluster = share_of_coordination * sharing.per_cluster
    return contracted(sharing, service, ties_of_service(sharing, service), per_cluster, per_member)


def shared_bound(
    sharing: Sharing,
    *,
    relaxed_rounds: int,
    exact_rounds: int,
    bound_of: Callable[..., Bound],
    shares: Floats | None = None,
) -> SharedBound:
    """Return a bound on the cost of every shared plan: the sum of bounds on its services.

    ``bound_of(location, relaxed_rounds=, exact_rounds=)`` bounds one service. Why the
    sum is a bound, the module says.
    """
    services = sharing.takes_part.shape[1]
    shares = np.full(services, 1.0 / services) if shares is None else shares
    members = _member_shares(sharing, shares)
    ties = ties_of_clusters(sharing)

    def bound(service: int) -> float:
        if not sharing.takes_part[:, service].any():
            return 0.0
        per_cluster = float(shares[service]) * sharing.per_cluster
        location = contracted(sharing, service, ties, per_cluster, members[:, service]).location
        rounds = {"relaxed_rounds": relaxed_rounds, "exact_rounds": exact_rounds}
        return float(bound_of(location, **rounds).value)

    by_service = np.array([bound(service) for service in range(services)])
    return SharedBound(by_service, apart=float(sharing.alone[~sharing.takes_part].sum()))


def _member_shares(sharing: Sharing, shares: Floats) -> Floats:
    """Return how much of ``per_member`` each council's services bear, shape N x S.

    In the proportions of the shares, over the services it takes part in.
    """
    weights = np.where(sharing.takes_part, np.maximum(shares, 1e-12), 0.0)
    whole = weights.sum(axis=1, keepdims=True)
    split = np.divide(weights, whole, out=np.zeros_like(weights), where=whole > 0)
    return np.asarray(split * sharing.per_member, dtype=np.float64)
