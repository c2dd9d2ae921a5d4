"""What becomes of a plan when prices or quantities turn out other than expected."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Event

import numpy as np

from waywarden.planner.checking import is_number
from waywarden.planner.clusters.pricing import best_lead
from waywarden.planner.councils import DeliveryModel, Infeasible, Outside, Work
from waywarden.planner.efforts import Effort
from waywarden.planner.plans import Cluster, Plan
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import JOINING, Sharing, alone_cost, sharing_of
from waywarden.planner.solving import plan as planned

PRICES = ("low", "expected", "high")

#: What is tried: prices, and what quantities are multiplied by.
CASES = (("low", 1.0), ("expected", 1.0), ("high", 1.0), ("expected", 0.8), ("expected", 1.2))

#: Costs that differ by less than this part are one and the same.
ROUNDING = 1e-9


@dataclass(frozen=True)
class ClusterTrial:
    """One cluster of a plan at other prices or quantities, under the best leads inside it.

    ``cost`` includes its running, and is infinite where ``undelivered``, the
    keys of services that nobody in it has the capacity for, names any.
    ``alone_cost`` is what its members would pay without it, infinite where one
    has no other way. ``is_in_best`` says whether the best plan found there has
    a cluster of the same members for the same services.
    """

    number: int
    members: tuple[str, ...]
    cost: float
    alone_cost: float
    undelivered: tuple[str, ...]
    is_in_best: bool

    @property
    def saves(self) -> bool:
        """Whether it can be delivered and costs less than its members alone."""
        return self.cost < self.alone_cost


@dataclass(frozen=True)
class Trial:
    """A whole plan at other prices or quantities.

    ``prices`` is low, expected or high; ``quantities`` what all work is
    multiplied by. ``cost`` is of the plan's own clusters there, infinite where
    one cannot be delivered or somebody has no way to go alone; ``best_cost`` of
    the best plan found there, infinite where there is none, and ``refusal``
    then says why.
    """

    prices: str
    quantities: float
    cost: float
    best_cost: float
    refusal: str
    clusters: tuple[ClusterTrial, ...]


@dataclass(frozen=True)
class Survival:
    """A plan tried at low, expected and high prices, and with a fifth less and more of work."""

    trials: tuple[Trial, ...]

    @property
    def survivors(self) -> tuple[int, ...]:
        """The numbers of the clusters that can be delivered, and save, in every trial."""
        saving = [{one.number for one in trial.clusters if one.saves} for trial in self.trials]
        return tuple(sorted(set.intersection(*saving)))

    @property
    def lowest_cost(self) -> float:
        """The least that the plan's own clusters cost in any trial."""
        return min(trial.cost for trial in self.trials)

    @property
    def highest_cost(self) -> float:
        """The most that they cost in any trial; infinite where one cannot be delivered."""
        return max(trial.cost for trial in self.trials)


def varied(problem: Problem, *, prices: str = "expected", quantities: float = 1.0) -> Problem:
    """Return a problem at other prices, or with more or less work.

    Low or high ``prices`` multiply the set-up, unit and call-out costs of every
    `DeliveryModel`, and every `Outside` cost, by its own ``low`` or ``high``;
    these prices are certain then, so that both become 1. Coordination and the
    cost of a kilometre stay. ``quantities`` multiply all work, and the work of
    the peak month; of an outside cost its ``by_work`` part. Visits, trips,
    capacities and county payments stay.

    Raises ValueError for prices there are not and quantities that are no
    number of at least 0.
    """
    if prices not in PRICES:
        raise ValueError(f"There are no prices {prices!r}. Choose one of {', '.join(PRICES)}.")
    if not is_number(quantities) or not 0 <= quantities < math.inf:
        raise ValueError(f"The quantities are {quantities!r}. Give a number of at least 0.")
    councils = [
        replace(
            council,
            work={key: _work(work, prices, quantities) for key, work in council.work.items()},
        )
        for council in problem.councils
    ]
    providers = [
        replace(
            provider,
            models={key: _models(models, prices) for key, models in provider.models.items()},
        )
        for provider in problem.providers
    ]
    return replace(problem, councils=tuple(councils), providers=tuple(providers))


def _work(work: Work, prices: str, quantities: float) -> Work:
    return replace(
        work,
        work=work.work * quantities,
        peak=work.peak * quantities,
        models=_models(work.models, prices),
        outside=tuple(_outside(option, prices, quantities) for option in work.outside),
    )


def _models(models: Sequence[DeliveryModel], prices: str) -> tuple[DeliveryModel, ...]:
    return tuple(_model(model, prices) for model in models)


def _model(model: DeliveryModel, prices: str) -> DeliveryModel:
    times = _times(model, prices)
    return replace(
        model,
        setup=model.setup * times,
        unit_cost=model.unit_cost * times,
        call_out=model.call_out * times,
        low=_range(model.low, prices),
        high=_range(model.high, prices),
    )


def _outside(option: Outside, prices: str, quantities: float) -> Outside:
    by_work = 1 + option.by_work * (quantities - 1)
    cost = option.cost * by_work * _times(option, prices)
    low, high = _range(option.low, prices), _range(option.high, prices)
    return replace(option, cost=cost, low=low, high=high)


def _times(priced: DeliveryModel | Outside, prices: str) -> float:
    return {"low": priced.low, "expected": 1.0, "high": priced.high}[prices]


def _range(times: float, prices: str) -> float:
    return times if prices == "expected" else 1.0


def survival(
    plan: Plan,
    *,
    effort: str | Effort = "quick",
    seed: int = 0,
    threads: int = 2,
    stop: Event | None = None,
) -> Survival:
    """Try a plan at low, expected and high prices, and with a fifth less and more of work.

    In each case its clusters are priced again with the best leads inside them,
    and the councils are planned anew with this effort and seed; where that
    finds nothing better the plan itself is the best found. Raises TypeError
    for the plan of a `Location`, which has no prices to vary.
    """
    if not isinstance(plan.problem, Problem):
        raise TypeError("A plan of a Location has no prices to vary. Give the plan of a Problem.")
    anew = partial(planned, shape=plan.shape, effort=effort, seed=seed, threads=threads, stop=stop)
    return Survival(tuple(_trial(plan, plan.problem, case, anew) for case in CASES))


def _trial(
    plan: Plan, problem: Problem, case: tuple[str, float], anew: Callable[[Problem], Plan]
) -> Trial:
    """Price a plan's clusters in one case, and compare them with the best plan found there."""
    prices, quantities = case
    there = varied(problem, prices=prices, quantities=quantities)
    sharing = sharing_of(there)
    priced = [_priced(there, sharing, cluster) for cluster in plan.clusters]
    own = sum(one.cost for one in priced) + sum(
        _alone_cost(there, council, service) for council, service in plan.alone
    )
    try:
        found, refusal = anew(there), ""
    except Infeasible as reason:
        found, refusal = None, str(reason)
    best_cost = found.cost if found else math.inf
    is_best = own <= best_cost * (1 + ROUNDING) and math.isfinite(own)
    best = plan if is_best else found
    groups = {_group(cluster) for cluster in best.clusters} if best else set()
    return Trial(
        prices=prices,
        quantities=quantities,
        cost=own,
        best_cost=min(own, best_cost),
        refusal="" if is_best else refusal,
        clusters=tuple(
            replace(one, is_in_best=_group(cluster) in groups)
            for one, cluster in zip(priced, plan.clusters, strict=True)
        ),
    )


def _group(cluster: Cluster) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return cluster.members, tuple(sorted(cluster.service_leads))


def _priced(problem: Problem, sharing: Sharing, cluster: Cluster) -> ClusterTrial:
    """Return what a cluster costs in a problem, with the best lead of each of its services."""
    place = {council.key: row for row, council in enumerate(problem.councils)}
    column = {service.key: number for number, service in enumerate(problem.services)}
    rows = np.array([place[member] for member in cluster.members], dtype=np.int64)
    leads = {key: best_lead(sharing, rows, column[key]) for key in cluster.service_leads}
    return ClusterTrial(
        number=cluster.number,
        members=cluster.members,
        cost=cluster.coordination + sum(lead.cost if lead else math.inf for lead in leads.values()),
        alone_cost=sum(
            _alone_cost(problem, member, service)
            for member in cluster.members
            for service in leads
            if problem.willingness(problem.council(member), service) in JOINING
        ),
        undelivered=tuple(service for service, lead in leads.items() if lead is None),
        is_in_best=False,
    )


def _alone_cost(problem: Problem, council: str, service: str) -> float:
    return alone_cost(problem.council(council).work[service])
