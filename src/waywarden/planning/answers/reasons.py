"""Why a council is where the plan has it, and what binds a cluster, in sentences."""

from collections.abc import Iterator, Mapping, Sequence

from waywarden.data.names import short_name
from waywarden.fabric.common.wording import whole_pounds
from waywarden.planner import Cluster, Willingness
from waywarden.planning.answers.ledger import Ledger
from waywarden.planning.answers.numbering import Called
from waywarden.planning.reports import PRICES, Range
from waywarden.planning.ways import is_planned_as_meeting
from waywarden.planning.words.phrasing import (
    FEW,
    at_prices,
    capital,
    counted,
    done,
    listed,
    more_or_less,
    owned,
)
from waywarden.planning.words.wording import LESS_THAN_IT_ADDS

#: From which part of a limit, in per cent, we say that it binds.
NEARLY = 90
PAIR = 2


class Reasons:
    """The sentences about each council and cluster of one plan."""

    def __init__(self, ledger: Ledger, clusters: Sequence[Called]) -> None:
        self.ledger = ledger
        self.clusters = clusters
        self.names = {code: ledger.costing.services[code].name.lower() for code in ledger.services}
        self.is_shared = ledger.plan.shape != "per_service"

    def why(self, key: str, together: Range, alone: Range) -> tuple[str, ...]:
        """Return the reasons for one council, who may share and pay these sums."""
        said = [*self._where(key), *self._paid(key, together, alone), *self._about(key)]
        return tuple(said)

    def name(self, key: str) -> str:
        """Return the name by which sentences call a council."""
        return short_name(self.ledger.council[key].name)

    def _where(self, key: str) -> Iterator[str]:
        clusters = self.ledger.clusters_of[key]
        if clusters and self.is_shared:
            yield from self._in_cluster(key, clusters[0])
        elif clusters:
            yield from self._served_apart(key)
        elif self.ledger.taken_on[key]:
            yield self._by_itself(key)
        yield from self._staying(key)

    def _in_cluster(self, key: str, cluster: Cluster) -> Iterator[str]:
        others = counted(len(cluster.members) - 1, "other council", "other councils")
        if key == cluster.lead:
            yield f"{self.name(key)} leads this cluster, for itself and {others}."
        else:
            yield f"{self.name(key)} is in {owned(self.name(cluster.lead))} cluster."
        services = self.ledger.shared(cluster, key)
        yield f"{self._by_whom(cluster, services)}."
        if by_itself := self.ledger.by_itself(key):
            yield f"It takes on {self._listed(by_itself)} by itself."

    def _by_whom(self, cluster: Cluster, services: Sequence[str]) -> str:
        """Say who would do which services in which way, whoever does the most last."""
        by_lead: dict[str, dict[str, str]] = {}
        for service in services:
            led = cluster.service_leads[service]
            by_lead.setdefault(led.lead, {})[service] = led.model
        parts: list[str] = []
        for lead, models in sorted(by_lead.items(), key=lambda part: len(part[1])):
            said = done(models, self.names, all_of=len(services))
            is_rest = len(parts) == len(by_lead) - 1 > 0 and len(set(models.values())) == 1
            if is_rest and len(models) > FEW:
                said = done({"": next(iter(models.values()))}, {"": "everything else"}, all_of=0)
            parts.append(f"{self.name(lead)} would {said}")
        return "; ".join(parts)

    def _served_apart(self, key: str) -> Iterator[str]:
        by_lead: dict[str, list[str]] = {}
        for service in self.ledger.taken_on[key]:
            lead = self.ledger.plan.lead_of(key, service)
            by_lead.setdefault(lead, []).append(service)
        mine = by_lead.pop(key, [])
        by_itself = self.ledger.by_itself(key)
        led = [service for service in mine if service not in by_itself]
        parts = []
        if by_lead:
            served = [f"{self.name(lead)} for {self._listed(by_lead[lead])}" for lead in by_lead]
            parts.append(f"be served by {listed(served)}")
        if led:
            parts.append(f"lead {self._listed(led)} for others")
        if by_itself:
            parts.append(f"see to {self._listed(by_itself)} by itself")
        yield f"{self.name(key)} would {listed(parts)}."

    def _by_itself(self, key: str) -> str:
        wills = {self.ledger.will(key, service) for service in self.ledger.taken_on[key]}
        if wills == {Willingness.ALONE}:
            return f"{self.name(key)} has said that it would go alone."
        return f"{self.name(key)} goes alone: no cluster the plan found would cost less with it in."

    def _staying(self, key: str) -> Iterator[str]:
        staying = self.ledger.staying[key]
        if not staying:
            return
        said = self.ledger.council[key].willingness
        stays = "everything" if not self.ledger.taken_on[key] else self._listed(staying)
        if all(said.get(service) == Willingness.NO for service in staying):
            yield f"{self.name(key)} leaves {stays} with the county."
        else:
            yield (
                f"{self.name(key)} has not said that it would take part, so {stays} "
                f"{'stays' if stays == 'everything' or len(staying) == 1 else 'stay'} "
                "with the county."
            )

    def _listed(self, services: Sequence[str]) -> str:
        return listed([self.names[service] for service in services])

    def _paid(self, key: str, together: Range, alone: Range) -> Iterator[str]:
        services = self.ledger.taken_on[key]
        if not services:
            return
        models = {service: self.ledger.alone_model(key, service) for service in services}
        is_all = not self.ledger.staying[key]
        ways = done(models, self.names, all_of=len(services) if is_all else 0)
        clusters = self.ledger.clusters_of[key]
        if not clusters:
            yield f"It would {ways}, for {whole_pounds(alone.expected)} a year."
            return
        yield (
            f"By itself {self.name(key)} would {ways}, for {whole_pounds(alone.expected)} a year; "
            f"together its share is {whole_pounds(together.expected)}."
        )
        dear = [prices for prices in PRICES if together.at(prices) > alone.at(prices)]
        if dear:
            yield f"{capital(at_prices(dear))} its share would be more than it would pay by itself."
        if self.is_shared:
            yield self._leaving(key, clusters[0], together, alone)

    def _leaving(self, key: str, cluster: Cluster, together: Range, alone: Range) -> str:
        """Say what would change for it and for the others if it left."""
        if len(cluster.members) == PAIR:
            return "If it left, there would be no cluster, and each would pay as if alone."
        if not self.ledger.hangs_together_without(key, cluster):
            return (
                "If it left, the rest of the cluster would no longer hang together, so the plan "
                "would have to be made anew."
            )
        led = [
            service
            for service in self.ledger.shared(cluster, key)
            if cluster.service_leads[service].lead == key
        ]
        if led:
            what = "everything" if len(led) == len(cluster.service_leads) else self._listed(led)
            return f"If it left, another council would have to lead {what}."
        mine = alone.expected - together.expected
        others = self.ledger.without(key, cluster) - (
            self.ledger.cluster(cluster).expected - self._share(key, cluster, together)
        )
        said = (
            f"If it left, with the same leads, it would pay {more_or_less(mine)}, and the other "
            f"members between them {more_or_less(others)}."
        )
        return f"{said} {LESS_THAN_IT_ADDS}" if others <= -50 else said

    def _share(self, key: str, cluster: Cluster, together: Range) -> int:
        by_itself = self.ledger.alone(key, self.ledger.by_itself(key))
        return together.expected - by_itself.expected

    def _about(self, key: str) -> Iterator[str]:
        council = self.ledger.council[key]
        if not is_planned_as_meeting(council, self.ledger.costing):
            return
        served = "which can be served, but cannot lead or hold money for others"
        if council.kind == "parish-meeting":
            yield f"It is a parish meeting, {served}."
        else:
            yield (
                "We do not know whether it has a council. As few people live there, it is planned "
                f"as a parish meeting, {served}."
            )

    def binds(self, cluster: Cluster, peaks: Mapping[str, int | None]) -> tuple[str, ...]:
        """Return what keeps a cluster from growing, given how busy each service's lead is."""
        problem = self.ledger.problem
        said = []
        if len(cluster.members) >= problem.most_members:
            members = counted(len(cluster.members), "council", "councils")
            said.append(f"It has {members}, the most a cluster may have.")
        for service, percent in peaks.items():
            if percent is not None and percent >= NEARLY:
                said.append(self._busy(cluster, service, percent))
        if far := self._furthest(cluster):
            said.append(far)
        return tuple(said)

    def _busy(self, cluster: Cluster, service: str, percent: int) -> str:
        led = cluster.service_leads[service]
        who = {"volunteers": "volunteers", "own_staff": "own employees"}.get(led.model, "firm")
        return (
            f"{owned(self.name(led.lead))} {who} would have {percent}% of their time taken up by "
            f"{self.names[service]} in the busiest month."
        )

    def _furthest(self, cluster: Cluster) -> str:
        problem = self.ledger.problem
        ways = [
            (problem.distance_km(problem.council(led.lead), problem.council(key)), key, led.lead)
            for service, led in cluster.service_leads.items()
            for key in self.ledger.served(cluster, service)
        ]
        far, key, lead = max(ways)
        if far < problem.travel_limit_km * NEARLY / 100:
            return ""
        return (
            f"{self.name(key)} is {far:.1f} km by road from {self.name(lead)}; the most allowed is "
            f"{problem.travel_limit_km:g} km."
        )
