"""Moving councils between the clusters of a plan, and what is asked of the plan made from there."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from waywarden.devolution.making.wishes import Wishes
from waywarden.devolution.plans.models import PlanRun
from waywarden.planning.asking import Asked, Pairs
from waywarden.planning.reports import ClusterReport, CouncilReport, Report

#: Where a council goes that is to be in no cluster.
OUT = "out"
#: So many councils are moved at once: each is a rule of the plan, and has its price.
MOST_MOVED = 20
#: Which cluster of the plan, by its key, or `OUT`, each moved council goes to, by its key.
Moves = Mapping[str, str]


@dataclass(frozen=True)
class Group:
    """The councils of one cluster of a plan, or all that are in none."""

    key: str
    name: str
    councils: tuple[CouncilReport, ...]


def groups_of(report: Report) -> list[Group]:
    """Return the clusters of a plan with their councils, and last those in none, all by name."""
    named = {council.key: council for council in report.councils}
    inside = {key for cluster in report.clusters for key in cluster.members}
    groups = [
        Group(each.key, title(each), _sorted(named[key] for key in each.members))
        for each in report.clusters
    ]
    outside = _sorted(council for key, council in named.items() if key not in inside)
    return [*groups, *([Group(OUT, "In no cluster", outside)] if outside else [])]


def title(cluster: ClusterReport) -> str:
    """Name a cluster with its number, as its page does."""
    return f"Cluster {cluster.number}: {cluster.name}"


def _sorted(councils: Iterator[CouncilReport]) -> tuple[CouncilReport, ...]:
    return tuple(sorted(councils, key=lambda one: (one.name, one.key)))


def can_be_changed(run: PlanRun) -> bool:
    """Whether councils can be moved in a plan: not where each service has clusters of its own."""
    return run.shape == PlanRun.Shape.SHARED


def wishes_behind(run: PlanRun, report: Report) -> Wishes:
    """Return what a plan was asked with, as far as the plan itself says it."""
    quick = PlanRun.Effort.QUICK
    taking_part = [each.key for each in report.councils if each.clusters or each.alone_models]
    return Wishes(
        services=tuple(run.services),
        effort=str(quick if run.effort == quick else PlanRun.Effort.STANDARD),
        willing=None if run.is_everyone else tuple(sorted(taking_part)),
        willing_says=Wishes.willing_says if run.is_everyone else f"who take part in {run}",
        rules=report.asked,
    )


def obstacles_to_moving(report: Report, moves: Moves) -> list[str]:
    """Say why councils cannot be moved so."""
    if not moves:
        return ["Tick at least one council, and say where it goes. Nothing is changed yet."]
    if len(moves) > MOST_MOVED:
        return [f"Move {MOST_MOVED} councils or fewer at a time. Take some moves back."]
    return [
        f"Everybody in {title(each)} is moved, so nobody can join it. Take one of the moves back."
        for each in report.clusters
        if each.key in moves.values() and _anchor(each, moves) is None
    ]


def moved(base: Wishes, report: Report, moves: Moves, *, there: Collection[str]) -> Wishes:
    """Return what is asked of a plan in which councils are moved, and which begins from the rest.

    A council that joins a cluster is to be together with the cluster's lead, or
    where that is moved itself, with the first council that stays. Rules that
    named a moved council are dropped. ``there`` are the councils there are to plan.
    """
    groups = (
        tuple(sorted(key for key in members if key in there))
        for members in _members(report, moves).values()
    )
    kept = _without(base.asked, moves)
    asked = replace(
        kept,
        together=_each_once([*kept.together, *_joining(report, moves)]),
        excluded=tuple(sorted({*kept.excluded, *_leaving(moves)})),
    )
    return replace(base, rules=asked.listed, start=tuple(sorted(filter(None, groups))))


def _members(report: Report, moves: Moves) -> dict[str, list[str]]:
    groups = {
        each.key: [key for key in each.members if key not in moves] for each in report.clusters
    }
    for council, to in moves.items():
        if to != OUT:
            groups[to].append(council)
    return groups


def _anchor(cluster: ClusterReport, moves: Moves) -> str | None:
    """Return with whom those who join a cluster are to be; none where nobody stays in it."""
    staying = [key for key in (cluster.lead, *cluster.members) if key not in moves]
    return staying[0] if staying else None


def _joining(report: Report, moves: Moves) -> Iterator[tuple[str, str]]:
    clusters = {each.key: each for each in report.clusters}
    for council, to in moves.items():
        anchor = _anchor(clusters[to], moves) if to != OUT else None
        if anchor:
            yield council, anchor


def _leaving(moves: Moves) -> Iterator[str]:
    return (council for council, to in moves.items() if to == OUT)


def _without(asked: Asked, moves: Moves) -> Asked:
    """Leave out the rules that name a moved council."""
    return Asked(
        together=tuple(pair for pair in asked.together if not {*pair} & {*moves}),
        apart=tuple(pair for pair in asked.apart if not {*pair} & {*moves}),
        locks={
            (council, service): lead
            for (council, service), lead in asked.locks.items()
            if not {council, lead} & {*moves}
        },
        excluded=tuple(key for key in asked.excluded if key not in moves),
    )


def _each_once(pairs: list[tuple[str, str]]) -> Pairs:
    found = {(min(pair), max(pair)) for pair in pairs}
    return tuple(sorted(found))
