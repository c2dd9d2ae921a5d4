"""Moving councils between the clusters of a plan, and what is asked of the plan made from there."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from waywarden.devolution.making.wishes import Wishes
from waywarden.devolution.plans.models import PlanRun
from waywarden.planning.asking import Asked, Pairs, asked_again
from waywarden.planning.reports import ClusterReport, CouncilReport, Report

#: Where a council goes that is to be in no cluster.
OUT = "out"
#: So many councils are moved at once: each is a rule of the plan.
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
    taking_part = [each.key for each in report.councils if takes_part(each)]
    return Wishes(
        services=tuple(run.services),
        effort=str(quick if run.effort == quick else PlanRun.Effort.STANDARD),
        willing=None if run.is_everyone else tuple(sorted(taking_part)),
        willing_says=Wishes.willing_says if run.is_everyone else f"who take part in {run}",
        rules=report.asked,
    )


def takes_part(council: CouncilReport) -> bool:
    """Whether a council takes some service on in a plan, alone or with others."""
    return bool(council.clusters or council.alone_models)


def moves_of(groups: Sequence[Group], typed: Iterable[tuple[str, str]]) -> Moves:
    """Return where each council goes, the last that was said of it; home again is no move."""
    homes = {council.key: group.key for group in groups for council in group.councils}
    moves = dict(typed)
    return {key: to for key, to in moves.items() if homes[key] != to}


def obstacles_to_moving(report: Report, moves: Moves, *, there: Collection[str]) -> list[str]:
    """Say why councils cannot be moved so. ``there`` are the councils there are to plan."""
    if not moves:
        return ["Tick at least one council, and say where it goes. Nothing is changed yet."]
    if len(moves) > MOST_MOVED:
        return [f"Move {MOST_MOVED} councils or fewer at a time. Take some moves back."]
    named = {council.key: council for council in report.councils}
    return [
        *(said for key in moves if (said := _obstacle(named[key], there))),
        *(
            f"Nobody is left in {title(each)}, so nobody can join it. Take one of the moves back."
            for each in report.clusters
            if each.key in moves.values() and _anchor(each, moves, there) is None
        ),
    ]


def _obstacle(council: CouncilReport, there: Collection[str]) -> str:
    if council.key not in there:
        return f"{council.name} is no longer there to plan. Take the move back."
    if not takes_part(council):
        return (
            f"{council.name} takes part in none of these services in this plan, so it cannot join "
            "a cluster. Take the move back, or make a new plan in which it counts as willing."
        )
    return ""


def moved(base: Wishes, report: Report, moves: Moves, *, there: Collection[str]) -> Wishes:
    """Return what is asked of a plan in which councils are moved, and which begins from the rest.

    A council that joins a cluster is to be together with the cluster's lead, or
    where that is moved itself, with the first council that stays. Rules that
    name a moved council, or one that is no longer ``there``, are dropped.
    """
    groups = (
        tuple(sorted(key for key in members if key in there))
        for members in _members(report, moves).values()
    )
    kept = _kept(base.asked, moves, there)
    asked = replace(
        kept,
        together=_each_once([*kept.together, *_joining(report, moves, there)]),
        excluded=tuple(sorted({*kept.excluded, *_leaving(moves)})),
    )
    return replace(base, rules=asked.listed, start=tuple(sorted(filter(None, groups))))


def dropped(base: Wishes, moves: Moves, *, there: Collection[str]) -> Asked:
    """Return the rules of a plan that are dropped where councils are moved."""
    kept = _kept(base.asked, moves, there).listed
    return asked_again([rule for rule in base.rules if rule not in kept])


def _members(report: Report, moves: Moves) -> dict[str, list[str]]:
    groups = {
        each.key: [key for key in each.members if key not in moves] for each in report.clusters
    }
    for council, to in moves.items():
        if to != OUT:
            groups[to].append(council)
    return groups


def _anchor(cluster: ClusterReport, moves: Moves, there: Collection[str]) -> str | None:
    """Return with whom those who join a cluster are to be; none where nobody stays in it."""
    members = (cluster.lead, *cluster.members)
    return next((key for key in members if key in there and key not in moves), None)


def _joining(report: Report, moves: Moves, there: Collection[str]) -> Iterator[tuple[str, str]]:
    clusters = {each.key: each for each in report.clusters}
    for council, to in moves.items():
        anchor = _anchor(clusters[to], moves, there) if to != OUT else None
        if anchor:
            yield council, anchor


def _leaving(moves: Moves) -> Iterator[str]:
    return (council for council, to in moves.items() if to == OUT)


def _kept(asked: Asked, moves: Moves, there: Collection[str]) -> Asked:
    """Leave out the rules that name a moved council, or one that is not there."""
    stay = {*there} - {*moves}
    return Asked(
        together=tuple(pair for pair in asked.together if {*pair} <= stay),
        apart=tuple(pair for pair in asked.apart if {*pair} <= stay),
        locks={
            (council, service): lead
            for (council, service), lead in asked.locks.items()
            if {council, lead} <= stay
        },
        excluded=tuple(key for key in asked.excluded if key in stay),
    )


def _each_once(pairs: Iterable[tuple[str, str]]) -> Pairs:
    found = {(min(pair), max(pair)) for pair in pairs}
    return tuple(sorted(found))
