"""The move of the search: a council goes to another cluster, and one may come back for it."""

from waywarden.planner.clusters.searching.desk import ENTERING, LEAVING, NEWCOMERS, Desk, exchange
from waywarden.planner.clusters.searching.grouping import (
    AFTER,
    COST,
    EXCESS,
    FIRST,
    REACHED,
    SIZE,
    STAMP,
    Grouping,
    give_free,
    link,
    note,
    settle,
    unlink,
)
from waywarden.planner.clusters.searching.weighing import weigh
from waywarden.planner.clusters.terms import END, NEVER, START, Terms
from waywarden.planner.compiling import compiled_in_place, compiled_within

#: A price of overload at which none is allowed at all.
HARD = 1e12


@compiled_in_place
def trade(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    council: int,
    label: int,
    other: int,
    price: float,
    allowed: float,
) -> bool:
    """Move a council to another cluster, one of whose members may come back; tell if it was done.

    It is done if the cost, overload priced in, rises by no more than
    ``allowed``. Only then is it asked whether both clusters still hang
    together, which takes longer. ``other`` may be nobody.
    """
    left = grouping.cluster[council]
    if other < 0 and grouping.clusters[label, SIZE] >= terms.most_members:
        return False
    exchange(desk, other, council)
    cost, excess = weigh(terms, grouping, desk, label, price)
    if dearer(grouping, left, label, cost, excess, price) > allowed:
        return False
    exchange(desk, council, other)
    left_cost, left_excess = weigh(terms, grouping, desk, left, price)
    if dearer(grouping, left, label, cost + left_cost, excess + left_excess, price) > allowed:
        return False
    if terms.is_contiguous:
        if not hangs_together(terms, grouping, desk, left):
            return False
        exchange(desk, other, council)
        if other >= 0 and not hangs_together(terms, grouping, desk, label):
            return False
    _carry_out(terms, grouping, council, label, other)
    note(grouping, label, cost, excess)
    note(grouping, left, left_cost, left_excess)
    return True


@compiled_within
def dearer(
    grouping: Grouping, one: int, other: int, cost: float, excess: float, price: float
) -> float:
    """Return by how much two clusters would be dearer at the cost and excess given for both."""
    bill = grouping.bill
    more = excess - bill[one, EXCESS] - bill[other, EXCESS]
    if more > 0.0 and price >= HARD:
        return NEVER
    rise: float = cost - bill[one, COST] - bill[other, COST] + price * more
    return rise


@compiled_in_place
def hangs_together(terms: Terms, grouping: Grouping, desk: Desk, label: int) -> bool:
    """Tell whether a cluster, with the change on the desk, is connected through its own members."""
    leaving, entering = desk.change[LEAVING], desk.change[NEWCOMERS]
    wanted = grouping.clusters[label, SIZE] + desk.change[ENTERING] - (1 if leaving >= 0 else 0)
    first = grouping.clusters[label, FIRST]
    start = grouping.ring[first, AFTER] if first == leaving else first
    grouping.tally[STAMP] += 1
    stamp = grouping.tally[STAMP]
    desk.queue[0] = entering if entering >= 0 else start
    grouping.ring[desk.queue[0], REACHED] = stamp
    done, found = 0, 1
    while done < found and found < wanted:
        council = desk.queue[done]
        done += 1
        for edge in range(terms.edges[council, START], terms.edges[council, END]):
            near = terms.near[edge]
            if grouping.ring[near, REACHED] == stamp or near == leaving:
                continue
            if grouping.cluster[near] == label or near == entering:
                grouping.ring[near, REACHED] = stamp
                desk.queue[found] = near
                found += 1
    is_whole: bool = found >= wanted
    return is_whole


@compiled_within
def _carry_out(terms: Terms, grouping: Grouping, council: int, label: int, other: int) -> None:
    left = grouping.cluster[council]
    unlink(grouping, council)
    if other >= 0:
        unlink(grouping, other)
        link(grouping, other, left)
    link(grouping, council, label)
    settle(terms, grouping, label)
    settle(terms, grouping, left)
    if grouping.clusters[left, SIZE] == 0:
        give_free(grouping, left)
