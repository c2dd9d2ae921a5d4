"""A first grouping by joining clusters while that saves, and the last exact steps downhill."""

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.compiling import compiled
from waywarden.planner.grouping import Grouping, enter, unlink
from waywarden.planner.moving import (
    HARD,
    dearer_together,
    merge,
    note,
    part,
    shift,
    swap,
    take_free,
)
from waywarden.planner.terms import NEVER, NOBODY, Terms
from waywarden.planner.weighing import Desk


def merge_greedily(terms: Terms, grouping: Grouping, desk: Desk, least: float) -> None:
    """Join the two neighbouring clusters that save the most by it, until none saves ``least``.

    The saving counts by council of the smaller of the two.
    """
    councils = grouping.size.size
    offers, partners = np.full(councils, NEVER), np.full(councils, NOBODY, dtype=np.int64)
    _merge_greedily(terms, grouping, desk, offers, partners, least)


@compiled
def _merge_greedily(
    terms: Terms, grouping: Grouping, desk: Desk, offers: Floats, partners: Ints, least: float
) -> None:
    for label in range(offers.size):
        _seek_partner(terms, grouping, desk, offers, partners, label)
    while True:
        label = np.argmin(offers)
        if offers[label] > -least:
            return
        other = partners[label]
        merge(terms, grouping, desk, label, other, HARD)
        offers[other] = NEVER
        _seek_partner(terms, grouping, desk, offers, partners, label)
        _tell_neighbours(terms, grouping, desk, offers, partners, label, other)


@compiled
def _seek_partner(
    terms: Terms, grouping: Grouping, desk: Desk, offers: Floats, partners: Ints, label: int
) -> None:
    """Find the cluster that it is cheapest to join with."""
    offers[label], partners[label] = NEVER, NOBODY
    member = grouping.first[label]
    for _ in range(grouping.size[label]):
        for edge in range(terms.starts[member], terms.starts[member + 1]):
            other = grouping.cluster[terms.near[edge]]
            if other != label and other != partners[label]:
                _weigh_offer(terms, grouping, desk, offers, partners, label, other)
        member = grouping.after[member]


@compiled
def _weigh_offer(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    offers: Floats,
    partners: Ints,
    label: int,
    other: int,
) -> None:
    dearer = dearer_together(terms, grouping, desk, label, other, HARD)
    offer = dearer / min(grouping.size[label], grouping.size[other])
    if offer < offers[label]:
        offers[label], partners[label] = offer, other


@compiled
def _tell_neighbours(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    offers: Floats,
    partners: Ints,
    label: int,
    gone: int,
) -> None:
    """Let those next to a cluster that took in another think again whom to join."""
    member = grouping.first[label]
    for _ in range(grouping.size[label]):
        for edge in range(terms.starts[member], terms.starts[member + 1]):
            near = grouping.cluster[terms.near[edge]]
            if near == label:
                continue
            if partners[near] == gone or partners[near] == label:
                _seek_partner(terms, grouping, desk, offers, partners, near)
            else:
                _weigh_offer(terms, grouping, desk, offers, partners, near, label)
        member = grouping.after[member]


@compiled
def descend(terms: Terms, grouping: Grouping, desk: Desk, least: float) -> bool:
    """Make every single move that saves at least this, once through; tell if there was any.

    Councils change cluster, go alone or change places; clusters join or are
    dissolved. No overload is allowed.
    """
    moved = False
    for council in range(grouping.cluster.size):
        moved = part(terms, grouping, desk, council, HARD, -least) or moved
        for edge in range(terms.starts[council], terms.starts[council + 1]):
            other = terms.near[edge]
            if grouping.cluster[other] != grouping.cluster[council]:
                moved = _descend_between(terms, grouping, desk, council, other, least) or moved
    for label in range(grouping.size.size):
        moved = _dissolve_if_dear(terms, grouping, label, least) or moved
    return moved


@compiled
def _descend_between(
    terms: Terms, grouping: Grouping, desk: Desk, council: int, near: int, least: float
) -> bool:
    left, label = grouping.cluster[council], grouping.cluster[near]
    if dearer_together(terms, grouping, desk, label, left, HARD) < -least:
        merge(terms, grouping, desk, label, left, HARD)
        return True
    if shift(terms, grouping, desk, council, label, HARD, -least):
        return True
    member = grouping.first[label]
    for _ in range(grouping.size[label]):
        if swap(terms, grouping, desk, council, member, HARD, -least):
            return True
        member = grouping.after[member]
    return False


@compiled
def _dissolve_if_dear(terms: Terms, grouping: Grouping, label: int, least: float) -> bool:
    """Let all of a cluster go alone where that is cheaper."""
    single = 0.0
    member = grouping.first[label]
    for _ in range(grouping.size[label]):
        single += terms.single[member]
        member = grouping.after[member]
    if grouping.size[label] < 2 or single - grouping.cost[label] > -least:
        return False
    for _ in range(grouping.size[label]):
        council = grouping.first[label]
        unlink(grouping, council)
        by_itself = label if grouping.size[label] == 0 else take_free(grouping)
        enter(terms, grouping, council, by_itself)
        note(grouping, by_itself, terms.single[council], 0.0)
    return True
