"""Says why there is no shared plan: which councils, and which rules, stand in the way."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NoReturn

import numpy as np

from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.pricing import best_lead
from waywarden.planner.councils import Infeasible
from waywarden.planner.sharing import Graph, Sharing


def refuse_stranded(sharing: Sharing, names: Sequence[str]) -> None:
    """Raise `Infeasible` for councils that neither share a service nor can have it alone."""
    stranded = np.flatnonzero((np.isinf(sharing.alone) & ~sharing.takes_part).any(axis=1))
    if len(stranded):
        raise Infeasible(
            f"{_named(stranded, names)}: a service that is not shared there cannot be had alone "
            "either. Give its cost alone, or let it be shared."
        )


def refuse_unserved(sharing: Sharing, cluster: Ints, names: Sequence[str]) -> None:
    """Raise `Infeasible` for councils that cannot go alone and are in no cluster."""
    is_alone = np.bincount(cluster)[cluster] == 1
    unserved = np.flatnonzero(np.isinf(sharing.alone).any(axis=1) & is_alone)
    if len(unserved):
        raise Infeasible(
            f"{_named(unserved, names)}: no cluster was found that could take this in, and it "
            "cannot go alone. Give its cost alone, or let a council near it lead."
        )


def refuse_broken(
    sharing: Sharing, cluster: Ints, names: Sequence[str], services: Sequence[str]
) -> NoReturn:
    """Raise `Infeasible` with the rules that a grouping breaks, five of them at most."""
    said = list(islice(broken_rules(sharing, cluster, names, services), 6))
    more = ["and more"] if len(said) > 5 else []
    raise Infeasible(
        f"No plan was found that keeps every rule. In the nearest one, "
        f"{'; '.join(said[:5] + more)}. "
        "Change one of these rules, or allow more members or a longer way."
    )


def broken_rules(
    sharing: Sharing, cluster: Ints, names: Sequence[str], services: Sequence[str] = ()
) -> Iterator[str]:
    """Say of each rule that a grouping breaks how it does, ties first."""
    for one, other in _pairs(sharing.together, cluster, same=False):
        yield f"{_named([one, other], names, ' and ')} are not together"
    for one, other in _pairs(sharing.apart, cluster, same=True):
        yield f"{_named([one, other], names, ' and ')} are not apart"
    for label in np.unique(cluster):
        yield from _without_lead(sharing, np.flatnonzero(cluster == label), names, services)


def _pairs(graph: Graph, cluster: Ints, *, same: bool) -> Iterator[tuple[int, int]]:
    """Return pairs of a graph, each once, that are in one cluster, or that are not."""
    for one in range(len(cluster)):
        for other in graph.of(one):
            if one < other and (cluster[one] == cluster[other]) == same:
                yield one, int(other)


def _without_lead(
    sharing: Sharing, rows: Ints, names: Sequence[str], services: Sequence[str]
) -> Iterator[str]:
    """Say which services nobody leads for a group: nobody can, or none that the locks ask for."""
    for service in range(sharing.takes_part.shape[1]):
        served = rows[sharing.takes_part[rows, service]]
        locks = np.unique(sharing.locked[served, service])
        locks = locks[locks >= 0]
        is_alone = len(rows) == 1
        if is_alone and not len(locks):
            continue
        if is_alone or (len(served) and best_lead(sharing, rows, service) is None):
            by = f", locked to {_named(locks, names, ' and ')}" if len(locks) else ""
            done = services[service] if services else f"service {service + 1}"
            yield f"nobody leads {done} for {_named(rows, names)}{by}"


def _named(
    rows: Ints | Sequence[int], names: Sequence[str], between: str = ", ", most: int = 5
) -> str:
    said = [names[row] if names else f"Row {row + 1}" for row in rows[:most]]
    more = len(rows) - len(said)
    return between.join(said) + (f" and {more} more" if more else "")
