"""What becomes of a plan when prices or quantities turn out other than expected."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Event

import numpy as np

from waywarden.planner.answers.explaining import NO_PRICE_RANGE, UNIT
from waywarden.planner.answers.plans import Cluster, Plan
from waywarden.planner.checking import is_number
from waywarden.planner.clusters.pricing import best_lead
from waywarden.planner.councils import DeliveryModel, Infeasible, Outside, Work
from waywarden.planner.efforts import Effort
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import JOINING, Sharing, alone_cost, sharing_of
from waywarden.planner.solving import plan as planned

PRICES = ("low", "expected", "high")

#: What is tried: prices, and what quantities are multiplied by.
CASES = (("low", 1.0), ("expected", 1.0), ("high", 1.0), ("expected", 0.8), ("expected", 1.2))

#: Costs that differ by less than this part are one and the same.
SAME = 1e-9


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
    """A plan tried at low, expected and high prices, and with a fifth less and more of work.

    ``has_price_range`` is whether low or high prices are known at all; where
    they are not, those trials are the one at expected prices over again.
    """

    trials: tuple[Trial, ...]
    has_price_range: bool

    @property
    def sentences(self) -> list[str]:
        """Say plainly what was varied, what the plan then costs, and which clusters survive."""
        return [*self._varied(), self._range(), self._surviving()]

    def _varied(self) -> list[str]:
        return [] if self.has_price_range else [f"{NO_PRICE_RANGE} Only quantities were varied."]

    def _range(self) -> str:
        if math.isinf(self.highest_cost):
            return "As it stands it could not be delivered in every case."
        return (
            f"As it stands it costs between {self.lowest_cost:,.0f} and {self.highest_cost:,.0f} "
            f"a year, {UNIT}."
        )

    def _surviving(self) -> str:
        count, all_of_them = len(self.survivors), len(self.trials[0].clusters)
        if not all_of_them:
            return "It has no cluster to survive."
        which = f": {', '.join(map(str, self.survivors))}" if 0 < count < all_of_them else ""
        return f"{count} of {all_of_them} clusters can be delivered and save in every case{which}."

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
    priced: Mapping[str, Problem] | None = None,
    effort: str | Effort = "quick",
    seed: int = 0,
    threads: int = 2,
    stop: Event | None = None,
) -> Survival:
    """Try a plan at low, expected and high prices, and with a fifth less and more of work.

    In each case its clusters are priced again with the best leads inside them,
    and the councils are planned anew from where the plan stands, with this
    effort and seed; where that finds nothing better the plan itself is the best
    found. ``priced`` gives the problem at "low" and "high" prices where these
    are known otherwise than by what `varied` multiplies. Without it, and where
    no price of the problem has a low or high, only quantities are varied.

    Raises ValueError for the plan of a `Location`, which has no prices to vary,
    for prices there are not, and for a problem of other councils or services.
    """
    problem = plan.problem
    if not isinstance(problem, Problem):
        raise ValueError("A plan of a Location has no prices to vary. Give the plan of a Problem.")
    _refuse_others(problem, priced or {})
    anew = partial(
        planned, shape=plan.shape, effort=effort, seed=seed, threads=threads, start=plan, stop=stop
    )
    has_price_range = bool(priced) or problem.has_price_range

    def tried(prices: str, quantities: float) -> Trial:
        if priced and prices in priced:
            return _trial(plan, priced[prices], (prices, quantities), anew)
        there = varied(problem, prices=prices, quantities=quantities)
        return _trial(plan, there, (prices, quantities), anew)

    if has_price_range:
        return Survival(tuple(tried(*case) for case in CASES), has_price_range=True)
    expected, less, more = (tried(*case) for case in CASES if case[0] == "expected")
    same = [replace(expected, prices=prices) for prices in PRICES]
    return Survival((*same, less, more), has_price_range=False)


def _refuse_others(problem: Problem, priced: Mapping[str, Problem]) -> None:
    """Refuse prices that are not varied, and problems whose plans could not be compared."""
    for prices, there in priced.items():
        if prices not in ("low", "high"):
            raise ValueError(f"There are no prices {prices!r} to try. Choose low, high or both.")
        if _keys(there) != _keys(problem):
            raise ValueError(
                f"The problem at {prices} prices is of other councils or services than the plan. "
                "Change nothing in it but prices."
            )


def _keys(problem: Problem) -> tuple[list[str], list[str]]:
    return [one.key for one in problem.leads], [one.key for one in problem.services]


def _trial(
    plan: Plan, there: Problem, case: tuple[str, float], anew: Callable[[Problem], Plan]
) -> Trial:
    """Price a plan's clusters in one case, and compare them with the best plan found there."""
    prices, quantities = case
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
    is_best = own <= best_cost * (1 + SAME) and math.isfinite(own)
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
    running = problem.per_cluster + problem.per_member * len(rows)
    return ClusterTrial(
        number=cluster.number,
        members=cluster.members,
        cost=running + sum(lead.cost if lead else math.inf for lead in leads.values()),
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
