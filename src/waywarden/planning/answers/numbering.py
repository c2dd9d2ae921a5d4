"""What the clusters of a plan are called: number, name, key and tint on the map."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from waywarden.data.names import short_name, slug
from waywarden.fabric.maps.tinting import tints
from waywarden.planner import Cluster
from waywarden.planning.answers.ledger import Ledger
from waywarden.planning.facts import CouncilFacts, CountyFacts


@dataclass(frozen=True)
class Called:
    """A cluster with what it is called; numbers run from north to south."""

    cluster: Cluster
    number: int
    key: str
    name: str
    tint: str


def called(facts: CountyFacts, ledger: Ledger) -> list[Called]:
    """Return the clusters of a plan, numbered by their leads from north to south.

    In a plan made service by service those of each service follow one another.
    """
    order = sorted(ledger.plan.clusters, key=lambda cluster: _place(ledger, cluster))
    leads = [ledger.council[cluster.lead] for cluster in order]
    endings = [_service_of(ledger, cluster) for cluster in order]
    names = _names(leads, endings)
    tinted = _tints(facts, ledger, order)
    return [
        Called(cluster, number, slug(name), name, tinted[number])
        for number, (cluster, name) in enumerate(zip(order, names, strict=True), 1)
    ]


def _place(ledger: Ledger, cluster: Cluster) -> tuple[int, float, str]:
    lead = ledger.council[cluster.lead]
    return _rank(ledger, cluster), -lead.northing_m, lead.key


def _rank(ledger: Ledger, cluster: Cluster) -> int:
    """Return the place of the service a cluster is for; the same for all that share services."""
    if ledger.plan.shape != "per_service":
        return 0
    return min(ledger.services.index(service) for service in cluster.service_leads)


def _service_of(ledger: Ledger, cluster: Cluster) -> str:
    if ledger.plan.shape != "per_service":
        return ""
    service = ledger.services[_rank(ledger, cluster)]
    return f", {ledger.costing.services[service].name.lower()}"


def _names(leads: Sequence[CouncilFacts], endings: Sequence[str]) -> list[str]:
    """Call each cluster by its lead: the shortest name that no other has, and its service."""
    ways: list[Callable[[CouncilFacts], str]] = [
        lambda lead: short_name(lead.name),
        lambda lead: f"{short_name(lead.name)} ({lead.district})",
        lambda lead: f"{lead.name} ({lead.district})",
        lambda lead: f"{lead.name} ({lead.code or lead.key})",
    ]
    names = [""] * len(leads)
    for way in ways:
        tried = [
            name or way(lead) + ending
            for name, lead, ending in zip(names, leads, endings, strict=True)
        ]
        times = Counter(slug(name) for name in tried)
        names = [name if times[slug(name)] == 1 else "" for name in tried]
    return [name or lead.key for name, lead in zip(names, leads, strict=True)]


def _tints(facts: CountyFacts, ledger: Ledger, order: Sequence[Cluster]) -> dict[int, str]:
    """Return each cluster's tint by its number; clusters of different services never meet."""
    near: dict[int, set[int]] = {number: set() for number in range(1, len(order) + 1)}
    of: dict[tuple[int, str], int] = {
        (_rank(ledger, cluster), key): number
        for number, cluster in enumerate(order, 1)
        for key in cluster.members
    }
    for rank in {rank for rank, _ in of}:
        for one, other in facts.neighbours:
            pair = of.get((rank, one)), of.get((rank, other))
            if pair[0] and pair[1] and pair[0] != pair[1]:
                near[pair[0]].add(pair[1])
                near[pair[1]].add(pair[0])
    return _tinted(near)


def _tinted(near: dict[int, set[int]]) -> dict[int, str]:
    """Tint each set of clusters that hang together by itself."""
    found: dict[int, str] = {}
    for number in near:
        if number not in found:
            group = _reached(number, near)
            tinted = tints({f"{one:05d}": [f"{two:05d}" for two in near[one]] for one in group})
            found |= {int(key): tint for key, tint in tinted.items()}
    return found


def _reached(start: int, near: dict[int, set[int]]) -> list[int]:
    seen, ahead = {start}, [start]
    while ahead:
        for one in near[ahead.pop()] - seen:
            seen.add(one)
            ahead.append(one)
    return sorted(seen)
