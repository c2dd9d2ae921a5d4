"""A first grouping: clusters next to one another are joined while that saves."""

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.searching.desk import ENTERING, LEAVING, NEWCOMERS, Desk
from waywarden.planner.clusters.searching.grouping import (
    AFTER,
    FIRST,
    SIZE,
    Grouping,
    enter,
    give_free,
    note,
    unlink,
)
from waywarden.planner.clusters.searching.moving import HARD, dearer
from waywarden.planner.clusters.searching.weighing import weigh
from waywarden.planner.clusters.terms import END, NEVER, NOBODY, START, Terms
from waywarden.planner.compiling import compiled_in_place, compiled_within


def merge_greedily(terms: Terms, grouping: Grouping, desk: Desk, least: float) -> None:
    """Join the two neighbouring clusters that save the most by it, until none saves ``least``.

    The saving counts by council of the smaller of the two. No overload is
    allowed, and no rule is broken by it; those that are broken are mended first.
    """
    councils = grouping.cluster.size
    offers, partners = np.full(councils, NEVER), np.full(councils, NOBODY, dtype=np.int64)
    told = np.arange(councils, dtype=np.int64)
    _merge_greedily(terms, grouping, desk, offers, partners, told, least)


@compiled_in_place
def _merge_greedily(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    offers: Floats,
    partners: Ints,
    told: Ints,
    least: float,
) -> None:
    count = offers.size
    while True:
        for place in range(count):
            _seek_partner(terms, grouping, desk, offers, partners, told[place])
        label = int(np.argmin(offers))
        if offers[label] > -least:
            return
        other = partners[label]
        _ask_all(grouping, desk, other)
        cost, excess = weigh(terms, grouping, desk, label, HARD)
        _move_all(terms, grouping, label, other)
        note(grouping, label, cost, excess)
        note(grouping, other, 0.0, 0.0)
        offers[other] = NEVER
        count = _those_to_tell(terms, grouping, label, told)


@compiled_within
def _seek_partner(
    terms: Terms, grouping: Grouping, desk: Desk, offers: Floats, partners: Ints, label: int
) -> None:
    """Find the cluster that it is cheapest to join with."""
    clusters = grouping.clusters
    offers[label], partners[label] = NEVER, NOBODY
    looked_at = NOBODY
    member = clusters[label, FIRST]
    for _ in range(clusters[label, SIZE]):
        for edge in range(terms.edges[member, START], terms.edges[member, END]):
            other = grouping.cluster[terms.near[edge]]
            members = clusters[label, SIZE] + clusters[other, SIZE]
            if other in (label, looked_at, partners[label]) or members > terms.most_members:
                continue
            looked_at = other
            _ask_all(grouping, desk, other)
            cost, excess = weigh(terms, grouping, desk, label, HARD)
            more = dearer(grouping, label, other, cost, excess, HARD)
            offer = more / min(clusters[label, SIZE], clusters[other, SIZE])
            if offer < offers[label]:
                offers[label], partners[label] = offer, other
        member = grouping.ring[member, AFTER]


@compiled_within
def _ask_all(grouping: Grouping, desk: Desk, other: int) -> None:
    """Ask for a cluster with all of another."""
    desk.change[LEAVING] = NOBODY
    desk.change[ENTERING] = grouping.clusters[other, SIZE]
    member = grouping.clusters[other, FIRST]
    for place in range(grouping.clusters[other, SIZE]):
        desk.change[NEWCOMERS + place] = member
        member = grouping.ring[member, AFTER]


@compiled_within
def _move_all(terms: Terms, grouping: Grouping, label: int, other: int) -> None:
    for _ in range(grouping.clusters[other, SIZE]):
        council = grouping.clusters[other, FIRST]
        unlink(grouping, council)
        enter(terms, grouping, council, label)
    give_free(grouping, other)


@compiled_within
def _those_to_tell(terms: Terms, grouping: Grouping, label: int, told: Ints) -> int:
    """List a cluster and those next to it, each once, and count them."""
    told[0] = label
    count = 1
    member = grouping.clusters[label, FIRST]
    for _ in range(grouping.clusters[label, SIZE]):
        for edge in range(terms.edges[member, START], terms.edges[member, END]):
            near = grouping.cluster[terms.near[edge]]
            is_new = True
            for place in range(count):
                if told[place] == near:
                    is_new = False
                    break
            if is_new:
                told[count] = near
                count += 1
        member = grouping.ring[member, AFTER]
    return count
