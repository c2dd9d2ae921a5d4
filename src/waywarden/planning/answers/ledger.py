"""Every line of a plan's bill, each rounded once to pence, at low, expected and high prices."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from waywarden.planner import Cluster, Plan, Problem, Willingness
from waywarden.planning.answers.leading import led_cost, served, takes_part
from waywarden.planning.answers.settling import settled
from waywarden.planning.asking import asked_in
from waywarden.planning.costing import Costing
from waywarden.planning.facts import CannotPlan, CountyFacts
from waywarden.planning.posing import problem_of
from waywarden.planning.reports import NOTHING, PRICES, Range
from waywarden.planning.ways import EXPECTED, HIGH, LOW, factor


class Ledger:
    """The lines of a plan. Clusters, leads and ways are the plan's in every price case.

    Alone, a council takes the way that is cheapest in each case.
    """

    def __init__(self, facts: CountyFacts, plan: Plan, costing: Costing) -> None:
        if not isinstance(plan.problem, Problem):
            raise TypeError("A report needs a plan of councils, not of a bare location problem.")
        self.problem, self.costing = plan.problem, costing
        self.asked = asked_in(self.problem)
        self.services = tuple(service.key for service in self.problem.services)
        self.council = {one.key: one for one in facts.councils}
        self.plan = settled(plan, self.problem, self.council)
        self.problems = {EXPECTED: self.problem} | {
            prices: problem_of(
                facts,
                self.services,
                everyone=self.problem.everyone,
                prices=prices,
                costing=costing,
                asked=self.asked,
            )
            for prices in (LOW, HIGH)
        }
        self._lines: dict[tuple[tuple[str, ...], str], Range] = {}

    def will(self, key: str, service: str) -> Willingness:
        """Return what counts as a council's will."""
        return self.problem.willingness(self.problem.council(key), service)

    @cached_property
    def joining(self) -> frozenset[tuple[str, str]]:
        """Each council and service that could be in a cluster."""
        return frozenset(
            (key, service)
            for key in self.council
            for service in self.services
            if takes_part(self.problem, key, service)
        )

    @cached_property
    def taken_on(self) -> dict[str, tuple[str, ...]]:
        """The services each council takes on, alone or in a cluster."""
        return self._services_where(lambda key, service: self.will(key, service) != Willingness.NO)

    @cached_property
    def staying(self) -> dict[str, tuple[str, ...]]:
        """The services each council leaves with the county."""
        return self._services_where(
            lambda key, service: (
                service in self.problem.council(key).work
                and self.will(key, service) == Willingness.NO
            )
        )

    def _services_where(self, holds: Callable[[str, str], bool]) -> dict[str, tuple[str, ...]]:
        return {
            key: tuple(service for service in self.services if holds(key, service))
            for key in self.council
        }

    def shared(self, cluster: Cluster, key: str) -> tuple[str, ...]:
        """Return the services a member has in a cluster."""
        return tuple(
            service
            for service in self.services
            if service in cluster.service_leads and (key, service) in self.joining
        )

    def served(self, cluster: Cluster, service: str) -> tuple[str, ...]:
        """Return the members that have a service in a cluster."""
        return served(self.problem, cluster, service)

    @cached_property
    def clusters_of(self) -> dict[str, list[Cluster]]:
        """The clusters each council is in."""
        found: dict[str, list[Cluster]] = {key: [] for key in self.council}
        for cluster in self.plan.clusters:
            for key in cluster.members:
                found[key].append(cluster)
        return found

    def by_itself(self, key: str) -> tuple[str, ...]:
        """Return the services a council takes on outside every cluster."""
        within = {
            service for cluster in self.clusters_of[key] for service in self.shared(cluster, key)
        }
        return tuple(service for service in self.taken_on[key] if service not in within)

    def alone(self, key: str, services: Iterable[str]) -> Range:
        """Return what a council would pay for services by itself, the sum of their lines."""
        return sum((self._alone_lines[key, service] for service in services), NOTHING)

    @cached_property
    def _alone_lines(self) -> dict[tuple[str, str], Range]:
        return {
            (key, service): self._range(
                lambda problem, key=key, service=service: min(  # type: ignore[misc]
                    option.cost for option in problem.council(key).work[service].outside
                )
            )
            for key, services in self.taken_on.items()
            for service in services
        }

    def alone_model(self, key: str, service: str) -> str:
        """Return the cheapest way a council has by itself at expected prices."""
        options = self.problem.council(key).work[service].outside
        return min(options, key=lambda option: option.cost).name

    def led(self, cluster: Cluster, service: str) -> Range:
        """Return what a service of a cluster costs under its lead."""
        at = cluster.members, service
        if at not in self._lines:
            keys = self.served(cluster, service)
            led = cluster.service_leads[service]
            if math.isinf(led_cost(self.problem, service, led.lead, led.model, keys)):
                raise CannotPlan(
                    f"{self.council[led.lead].name} cannot lead {service} as the plan has it: "
                    "the plan was not made from these facts. Plan again."
                )
            self._lines[at] = self._range(
                lambda problem: led_cost(problem, service, led.lead, led.model, keys)
            )
        return self._lines[at]

    def coordination(self, cluster: Cluster) -> Range:
        """Return what running a cluster costs; the same at every price."""
        count = len(cluster.members)
        return self._range(lambda problem: problem.per_cluster + count * problem.per_member)

    def without(self, key: str, cluster: Cluster) -> int:
        """Return what the others would pay without a member, in pence, by expected prices.

        Under the same leads, so not to be asked of a lead, nor of a cluster of two.
        """
        members = tuple(member for member in cluster.members if member != key)
        rest = replace(cluster, members=members)
        lines = [
            led_cost(
                self.problem, service, led.lead, led.model, served(self.problem, rest, service)
            )
            for service, led in cluster.service_leads.items()
        ]
        return sum(map(half_up, lines), self.coordination(rest).expected)

    def hangs_together_without(self, key: str, cluster: Cluster) -> bool:
        """Whether each of the others could still be reached through others that touch."""
        if self.problem.neighbours is None:
            return True
        apart = set(cluster.members) - {key}
        ahead = [apart.pop()]
        while ahead:
            reached = self._touching[ahead.pop()] & apart
            apart -= reached
            ahead += reached
        return not apart

    @cached_property
    def _touching(self) -> dict[str, set[str]]:
        touching: dict[str, set[str]] = {key: set() for key in self.council}
        for one, other in self.problem.neighbours or ():
            touching[one].add(other)
            touching[other].add(one)
        return touching

    def cluster(self, cluster: Cluster) -> Range:
        """Return what a cluster costs, the sum of its lines."""
        lines = (self.led(cluster, service) for service in cluster.service_leads)
        return sum(lines, self.coordination(cluster))

    def cluster_alone(self, cluster: Cluster) -> Range:
        """Return what a cluster's members would pay by themselves for what they share."""
        lines = (self.alone(key, self.shared(cluster, key)) for key in cluster.members)
        return sum(lines, NOTHING)

    def now(self, key: str, services: Iterable[str]) -> Range:
        """Return services in a place at a firm's prices: our estimate of what the county pays."""
        return sum((self._now(key, service) for service in services), NOTHING)

    def _now(self, key: str, service: str) -> Range:
        if service not in self.problem.council(key).work:
            return NOTHING
        milli = self.council[key].amounts[service].expected_milli
        costing = self.costing.services[service]
        visits = Fraction(costing.level.visits, costing.level.years)
        work = visits * milli * Fraction(costing.contractor.millipence, 1_000_000)
        call_outs = visits * Fraction(costing.call_out.millipence if costing.call_out else 0, 1_000)
        low, expected, high = (
            half_up(work * factor(self.costing, prices))
            + half_up(call_outs * factor(self.costing, prices))
            for prices in PRICES
        )
        return Range(low, expected, high)

    def _range(self, cost: Callable[[Problem], float]) -> Range:
        low, expected, high = (half_up(cost(self.problems[prices])) for prices in PRICES)
        return Range(low, expected, high)


def half_up(pence: float | Fraction) -> int:
    """Round pence that are not negative once, half up.

    >>> half_up(2.5), half_up(Fraction(7, 3))
    (3, 2)
    """
    return math.floor(pence + Fraction(1, 2)) if isinstance(pence, Fraction) else int(pence + 0.5)
