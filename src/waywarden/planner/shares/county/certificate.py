"""Shares over a whole county that no group could better, and the grant that they leave to find.

What is exact depends on the shape of the plan:

- **Service by service**, and of a `Location`: a group need not touch. The
  total comes within the tolerance, a part of it, of the largest there is if
  the ``rounds`` suffice, and the grant is then exact. It is "at most" where
  councils are kept apart, where one of a location stands for several, or
  where the room of a lead and the number of members, or work in fractions,
  bind at once.
- **Shared clusters that must hang together**, or need not among at most 30
  councils: a group is one that could form a cluster, and so hangs together
  where clusters must. All such clusters are priced up to ``pricings``
  times, which is exact where that settles, as in small counties; else the
  grant is "at most", and ``ceiling`` says how near. With ``pricings=0``
  none are priced.
- **Shared clusters that need not hang together**, of more councils: the
  shares are the sum of what is stable in each service with the cost of
  running clusters split among them. The largest may be more, so that the
  grant is "at most".
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Event
from typing import Protocol

import numpy as np

from waywarden.planner.answers.explaining import UNIT
from waywarden.planner.answers.plans import ONLY_SERVICE, SHARED
from waywarden.planner.clusters.proof.proving import may_be_priced
from waywarden.planner.councils import Infeasible
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem
from waywarden.planner.shares.county.finding import (
    ByService,
    Part,
    Progress,
    Wishes,
    going_alone,
    in_shared_clusters,
    of_location,
    service_by_service,
)
from waywarden.planner.shares.county.objecting import (
    Objection,
    free_of_rules,
    objections_at,
    objections_in,
)
from waywarden.planner.shares.county.proven import priced_shares
from waywarden.planner.sharing import Sharing, sharing_of
from waywarden.planner.telling import tell_nobody


class Costed(Protocol):
    """A plan, or what is known of one: its shape, and what it costs all councils together."""

    @property
    def shape(self) -> str:
        """Whether its clusters share all services, or each service has its own."""

    @property
    def cost(self) -> float:
        """What it costs a year."""


#: The part of the work that shares of each service are, where all clusters are priced after them.
SUMMED = 0.5


@dataclass(frozen=True)
class StableShares:
    """Shares of all councils such that no group would be better off in a cluster of its own.

    ``by_service`` are yearly shares by (council key, service key), the latter
    empty where only their sum over all services is known; ``ceiling`` is what
    no stable shares can sum to more than. Planned service by service, no group
    is better off with a cluster of its own in any one service; in shared
    clusters, in none that shares all its services and, where clusters must,
    hangs together. Where nobody is ``hired``, groups have none but their
    members to lead them.
    Shares may be negative: a council so useful to others as a lead that they
    would rather pay it than lose it. ``cost`` is that of the plan, which
    no shares sum to more than. The search service by service took ``rounds``, in
    which ``groups`` were found that kept shares from rising.
    """

    problem: Problem | Location
    shape: str
    hired: bool
    by_service: ByService
    ceiling: float
    cost: float
    tolerance: float
    rounds: int
    groups: int

    @cached_property
    def shares(self) -> dict[str, float]:
        """What each council pays a year, by its key; nought for one that wants no service."""
        return {
            key: math.fsum(self.by_service.get((key, one), 0.0) for one in (*self._services, ""))
            for key in self._keys
        }

    @property
    def _keys(self) -> list[str]:
        if isinstance(self.problem, Location):
            return [str(row) for row in range(len(self.problem.demands))]
        return [council.key for council in self.problem.councils]

    @property
    def _services(self) -> list[str]:
        if isinstance(self.problem, Location):
            return [ONLY_SERVICE]
        return [service.key for service in self.problem.services]

    @cached_property
    def total(self) -> float:
        """What the shares recover of the plan's cost."""
        return math.fsum(self.by_service.values())

    @property
    def grant(self) -> float:
        """What is then left to find: with so much from outside, the plan is stable."""
        return max(0.0, self.cost - self.total)

    @property
    def least_grant(self) -> float:
        """What no smaller grant than could make the plan stable."""
        return max(0.0, self.cost - self.ceiling)

    @property
    def is_exact(self) -> bool:
        """Whether the grant is the smallest there is, to within the tolerance of the cost."""
        return self.grant - self.least_grant <= self.tolerance * abs(self.cost)

    @property
    def words(self) -> str:
        """Say in a sentence what grant makes the plan stable."""
        if self.grant <= self.tolerance * abs(self.cost):
            nearly = (
                f", to within {self.grant:,.2f} a year, {UNIT}"
                if self.grant > 1e-5 * self.cost
                else ""
            )
            return (
                "No grant is needed: shares that leave no group of councils better off in a "
                f"cluster of its own pay for the whole plan{nearly}."
            )
        at_most = "" if self.is_exact else "at most "
        return (
            f"With a grant of {at_most}{self.grant:,.0f} a year no group of councils would be "
            f"better off in a cluster of its own; shares then pay {self.total:,.0f} of the plan's "
            f"{self.cost:,.0f}, {UNIT}."
        )

    def check(self, groups: Sequence[Sequence[str]]) -> list[Objection]:
        """Return which of some groups, by council keys, would be better off by themselves.

        Empty where the certificate holds, as it should for any groups at all.
        Each is priced by itself, in another way than the shares were found.
        Raises KeyError for a council there is not.
        """
        if isinstance(self.problem, Location):
            found = objections_at(self.problem, self.by_service, groups, hired=self.hired)
        else:
            found = objections_in(
                self.problem, self.shape, self.by_service, groups, hired=self.hired
            )
        return list(found)


def stable_shares(
    problem: Problem | Location,
    plan: Costed,
    *,
    hired: bool = True,
    rounds: int = 400,
    pricings: int = 30,
    tolerance: float = 1e-4,
    threads: int = 2,
    progress: Progress = tell_nobody,
    stop: Event | None = None,
) -> StableShares:
    """Return the largest shares found that no group could better, and the grant a plan then needs.

    ``plan`` is a `Plan`, or whatever has its ``shape`` and its ``cost`` in the
    unit of the problem. What is exact depends on the shape, as the module says.

    Groups are held to the limits on travel, size, capacity and will, and to
    who may not be in one cluster with whom. They are not held to what binds
    the plan: ties, locks, or a number of leads to be open. Where ``hired`` is
    false they have no lead but a member; a plan that hires may then cost less
    than stable shares could recover, and they are lowered to what it costs.

    The answer is the same on any number of ``threads``, and the shares are
    stable even where ``stop`` breaks the search off. Raises
    `Infeasible` where a council can neither be alone nor in a group.
    """
    wishes = Wishes(rounds, tolerance, threads, progress, stop)
    if isinstance(problem, Location):
        found = _sum_of([of_location(problem, hired, wishes)], {}, _has_known_ceiling(problem))
    else:
        found = _of_problem(problem, plan.shape, hired, pricings, wishes)
    cost = float(plan.cost)
    return StableShares(
        problem=problem,
        shape=plan.shape,
        hired=hired,
        by_service={**found.apart, **_lowered(found.shares, cost - found.spent_apart)},
        ceiling=min(cost, found.ceiling),
        cost=cost,
        tolerance=tolerance,
        rounds=found.rounds,
        groups=found.groups,
    )


@dataclass(frozen=True)
class _Found:
    """Stable shares, and beside them what councils pay apart whatever the plan."""

    shares: ByService
    apart: ByService
    ceiling: float
    rounds: int
    groups: int

    @property
    def spent_apart(self) -> float:
        return math.fsum(self.apart.values())

    @property
    def total(self) -> float:
        return math.fsum([*self.shares.values(), self.spent_apart])


def _of_problem(problem: Problem, shape: str, hired: bool, pricings: int, wishes: Wishes) -> _Found:
    sharing = sharing_of(free_of_rules(problem, hired=hired))
    apart = going_alone(problem, sharing)
    if shape != SHARED:
        parts = service_by_service(problem, sharing, wishes)
        return _sum_of(parts, apart, _has_known_ceiling(problem))
    is_priced = pricings > 0 and may_be_priced(sharing)
    wishes = replace(wishes, part=SUMMED if is_priced else 1.0)
    summed = _sum_of(in_shared_clusters(problem, sharing, wishes), apart, is_known=False)
    if not is_priced or wishes.is_stopped:
        return summed
    return _priced(problem, sharing, summed, pricings, wishes)


def _priced(
    problem: Problem, sharing: Sharing, summed: _Found, pricings: int, wishes: Wishes
) -> _Found:
    """Price all clusters, beginning with shares; return those that sum to more.

    The shares stand where no plan is found to begin the pricing with.
    """
    first = dict.fromkeys((council.key for council in problem.councils), 0.0)
    for (key, _), share in [*summed.shares.items(), *summed.apart.items()]:
        first[key] += share
    try:
        priced = priced_shares(sharing, np.array(list(first.values())), pricings, wishes)
    except Infeasible:
        return summed
    if math.fsum(priced.shares) <= summed.total:
        return replace(summed, ceiling=priced.ceiling)
    shares = {(key, ""): float(share) for key, share in zip(first, priced.shares, strict=True)}
    return replace(summed, shares=shares, apart={}, ceiling=priced.ceiling)


def _sum_of(parts: Sequence[Part], apart: ByService, is_known: bool) -> _Found:
    """Put together what was found of each service; a ceiling that is not known has no end."""
    ceiling = math.fsum([*(part.ceiling for part in parts), *apart.values()])
    return _Found(
        shares={place: share for part in parts for place, share in part.shares.items()},
        apart=apart,
        ceiling=ceiling if is_known else math.inf,
        rounds=sum(part.rounds for part in parts),
        groups=sum(part.groups for part in parts),
    )


def _has_known_ceiling(problem: Problem | Location) -> bool:
    """Whether the groups looked at, service by service, are just those that might leave."""
    # Who stands for several is held to the size of groups as if for one.
    stands_for_several = isinstance(problem, Location) and bool((problem.sizes > 1).any())
    return not len(problem.apart) and not stands_for_several


def _lowered(shares: ByService, cost: float) -> ByService:
    """Lower shares that recover more than there is to pay; lower ones are stable still."""
    total = math.fsum(shares.values())
    if total <= cost:
        return shares
    positive = math.fsum(share for share in shares.values() if share > 0)
    kept = 1.0 - (total - cost) / positive
    return {place: share * kept if share > 0 else share for place, share in shares.items()}
