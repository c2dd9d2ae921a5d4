"""What differs between two plans: costs, clusters, who moves, who leads, and who saves."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from waywarden.planning.comparisons.sides import Side, SideCluster


@dataclass(frozen=True)
class Move:
    """A council that is in another cluster in the second plan: numbers of clusters, None alone."""

    council: str
    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class NewLead:
    """A service of a cluster in both plans that has another lead, or is done in another way."""

    service: str
    before: int
    after: int
    lead_before: str
    lead_after: str
    way_before: str
    way_after: str


@dataclass(frozen=True)
class Payer:
    """A council that would pay another amount, in pounds a year, in the second plan."""

    council: str
    name: str
    before: float
    after: float

    @property
    def saving(self) -> float:
        """How much less it would pay in the second plan."""
        return self.before - self.after


@dataclass(frozen=True)
class Comparison:
    """Two plans side by side; ``same`` are pairs of numbers of the clusters that are alike.

    A cluster is alike if it has the same members and services. ``notes`` say in
    sentences where the two are not of the same county, prices or shape.
    """

    first: Side
    second: Side
    notes: tuple[str, ...]
    same: tuple[tuple[int, int], ...]
    only_first: tuple[int, ...]
    only_second: tuple[int, ...]
    moves: tuple[Move, ...]
    leads: tuple[NewLead, ...]
    payers: tuple[Payer, ...]

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, ready for JSON."""
        told = ("notes", "same", "only_first", "only_second")
        return {
            "first": _summary(self.first),
            "second": _summary(self.second),
            "saving": self.first.cost - self.second.cost,
            **{name: list(getattr(self, name)) for name in told},
            "moves": [asdict(move) for move in self.moves],
            "leads": [asdict(lead) for lead in self.leads],
            "payers": [{**asdict(payer), "saving": payer.saving} for payer in self.payers],
        }


def _summary(side: Side) -> dict[str, Any]:
    told = ("file", "about", "input_hash", "shape", "seed", "cost", "bound", "alone")
    counts = {"clusters": len(side.clusters), "councils_in_clusters": side.in_clusters}
    return {name: getattr(side, name) for name in told} | counts


def compared(first: Side, second: Side) -> Comparison:
    """Return what differs between two plans.

    Clusters of the two are matched by the members they have in common, the
    largest part first, so that a cluster which only lost a member is the same.
    """
    pairs = _matched(first.clusters, second.clusters)
    alike = [
        (one, other)
        for one, other in pairs
        if one.members == other.members and one.services == other.services
    ]
    same = tuple((one.number, other.number) for one, other in alike)
    kept, again = {one for one, _ in same}, {other for _, other in same}
    return Comparison(
        first=first,
        second=second,
        notes=tuple(_notes(first, second)),
        same=same,
        only_first=tuple(one.number for one in first.clusters if one.number not in kept),
        only_second=tuple(one.number for one in second.clusters if one.number not in again),
        moves=tuple(_moves(first, second, pairs)),
        leads=tuple(_leads(first, second, pairs)),
        payers=tuple(sorted(_payers(first, second), key=lambda one: (-one.saving, one.name))),
    )


Pairs = Sequence[tuple[SideCluster, SideCluster]]


def _matched(first: Sequence[SideCluster], second: Sequence[SideCluster]) -> Pairs:
    common = [
        (-_likeness(one, other), one.number, other.number, one, other)
        for one in first
        for other in second
        if one.members & other.members and one.services & other.services
    ]
    pairs: list[tuple[SideCluster, SideCluster]] = []
    for *_, one, other in sorted(common, key=lambda match: match[:3]):
        if all(one is not a and other is not b for a, b in pairs):
            pairs.append((one, other))
    return sorted(pairs, key=lambda pair: pair[0].number)


def _likeness(one: SideCluster, other: SideCluster) -> float:
    """Return which part of two clusters they have in common, members and services."""
    members = len(one.members & other.members) / len(one.members | other.members)
    return members * len(one.services & other.services) / len(one.services | other.services)


def _notes(first: Side, second: Side) -> Iterator[str]:
    if first.about != second.about:
        names = [side.about or "a county of somebody’s own" for side in (first, second)]
        yield f"The plans are of other counties: {names[0]} and {names[1]}."
    if first.input_hash == second.input_hash:
        yield "Both plans follow from the same input."
    else:
        yield (
            "The plans do not follow from the same input: councils, quantities, prices, rules or "
            "wishes differ, and so costs may."
        )
    if first.shape != second.shape:
        yield f"Their shapes differ: {_words(first.shape)} and {_words(second.shape)}."
    for side, other in ((first, second), (second, first)):
        if missing := side.councils - other.councils:
            names = sorted(side.names[key] for key in missing)
            more = f" and {len(names) - 5} more" if len(names) > 5 else ""
            which = "first" if side is first else "second"
            yield f"Only in the {which}: {', '.join(names[:5])}{more}."


def _words(shape: str) -> str:
    return {"shared": "shared clusters", "per_service": "service by service"}.get(shape, shape)


def _moves(first: Side, second: Side, pairs: Pairs) -> Iterator[Move]:
    """Return who is in another cluster than the one that theirs became, each move once."""
    became = {one.number: other.number for one, other in pairs}
    services = first.services.keys() & second.services.keys()
    before, after = _places(first), _places(second)
    for key in sorted(first.councils & second.councils, key=lambda key: first.names[key]):
        found: list[tuple[int | None, int | None]] = []
        for service in sorted(services):
            old, new = before.get((key, service)), after.get((key, service))
            stayed = new is None if old is None else old in became and became[old] == new
            if not stayed and (old, new) not in found:
                found.append((old, new))
        for old, new in found:
            yield Move(key, first.names[key], old, new)


def _places(side: Side) -> dict[tuple[str, str], int]:
    return {
        (member, service): cluster.number
        for cluster in side.clusters
        for member in cluster.members
        for service in cluster.led
    }


def _leads(first: Side, second: Side, pairs: Pairs) -> Iterator[NewLead]:
    for one, other in pairs:
        for service in sorted(one.services & other.services):
            (lead_before, way_before), (lead_after, way_after) = (
                one.led[service],
                other.led[service],
            )
            if (lead_before, way_before) != (lead_after, way_after):
                yield NewLead(
                    service=service,
                    before=one.number,
                    after=other.number,
                    lead_before=first.names.get(lead_before, lead_before),
                    lead_after=second.names.get(lead_after, lead_after),
                    way_before=way_before,
                    way_after=way_after,
                )


def _payers(first: Side, second: Side) -> Iterator[Payer]:
    for key in first.pays.keys() & second.pays.keys():
        if abs(first.pays[key] - second.pays[key]) >= 1:
            yield Payer(key, first.names[key], first.pays[key], second.pays[key])
