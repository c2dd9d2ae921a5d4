"""The moves of the search: a council changes cluster, two change places, clusters join or part.

Each says whether it was made. It is made if the cost with the priced overload
rises by less than ``allowed``, and only then is it asked whether the clusters
still hang together, which takes longer. At the price `HARD` no overload is
allowed at all.
"""

from waywarden.planner.compiling import compiled
from waywarden.planner.grouping import (
    FREE,
    OVERLOADED,
    STAMP,
    Grouping,
    enter,
    link,
    settle,
    unlink,
)
from waywarden.planner.terms import NEVER, NOBODY, Terms
from waywarden.planner.weighing import Desk, weigh

#: A price of overload that nothing is worth.
HARD = 1e12


@compiled
def note(grouping: Grouping, label: int, cost: float, excess: float) -> None:
    """Write down what a cluster costs now, and carry it to the total."""
    grouping.total[0] += cost - grouping.cost[label]
    grouping.total[1] += excess - grouping.excess[label]
    grouping.tally[OVERLOADED] += (1 if excess > 0.0 else 0) - (
        1 if grouping.excess[label] > 0.0 else 0
    )
    grouping.cost[label] = cost
    grouping.excess[label] = excess


@compiled
def reprice(terms: Terms, grouping: Grouping, desk: Desk, price: float) -> None:
    """Weigh every cluster anew at a price of overload, and sum up anew."""
    grouping.total[:] = 0.0
    grouping.tally[OVERLOADED] = 0
    for label in range(grouping.size.size):
        grouping.cost[label] = 0.0
        grouping.excess[label] = 0.0
        if grouping.size[label] > 0:
            cost, excess = weigh(terms, grouping, desk, label, NOBODY, 0, price)
            note(grouping, label, cost, excess)


@compiled
def take_free(grouping: Grouping) -> int:
    """Take the number of an empty cluster; there is one if any two councils share one."""
    grouping.tally[FREE] -= 1
    return grouping.free[grouping.tally[FREE]]


@compiled
def give_free(grouping: Grouping, label: int) -> None:
    """Give back the number of a cluster that is now empty."""
    grouping.free[grouping.tally[FREE]] = label
    grouping.tally[FREE] += 1


@compiled
def hangs_together(
    terms: Terms, grouping: Grouping, desk: Desk, label: int, leaving: int, entering: int
) -> bool:
    """Tell whether a cluster, less one and with another, is connected through its own members."""
    first = grouping.first[label]
    start = entering if entering >= 0 else (grouping.after[first] if first == leaving else first)
    grouping.tally[STAMP] += 1
    stamp = grouping.tally[STAMP]
    desk.reached[start] = stamp
    desk.queue[0] = start
    done, found = 0, 1
    while done < found:
        council = desk.queue[done]
        done += 1
        for edge in range(terms.starts[council], terms.starts[council + 1]):
            other = terms.near[edge]
            if desk.reached[other] == stamp or other == leaving:
                continue
            if grouping.cluster[other] == label or other == entering:
                desk.reached[other] = stamp
                desk.queue[found] = other
                found += 1
    return found == grouping.size[label] - (leaving >= 0) + (entering >= 0)


@compiled
def _is_worth(
    grouping: Grouping, one: int, other: int, cost: float, excess: float, price: float
) -> float:
    """Return by how much two clusters would be dearer at the cost and excess given for both."""
    before = grouping.excess[one] + grouping.excess[other]
    dearer = cost - grouping.cost[one] - grouping.cost[other]
    if excess > before and price >= HARD:
        return NEVER
    return dearer + price * (excess - before)


@compiled
def shift(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    council: int,
    label: int,
    price: float,
    allowed: float,
) -> bool:
    """Move a council to another cluster, if that is worth it."""
    left = grouping.cluster[council]
    if grouping.size[label] >= terms.most_members:
        return False
    desk.entering[0] = council
    cost, excess = weigh(terms, grouping, desk, label, NOBODY, 1, price)
    if _is_worth(grouping, left, label, cost, excess, price) > allowed:
        return False
    left_cost, left_excess = weigh(terms, grouping, desk, left, council, 0, price)
    cost_of_both, excess_of_both = cost + left_cost, excess + left_excess
    if _is_worth(grouping, left, label, cost_of_both, excess_of_both, price) > allowed:
        return False
    if terms.is_contiguous and grouping.size[left] > 2:
        if not hangs_together(terms, grouping, desk, left, council, NOBODY):
            return False
    unlink(grouping, council)
    enter(terms, grouping, council, label)
    note(grouping, label, cost, excess)
    _leave_behind(terms, grouping, left, left_cost, left_excess)
    return True


@compiled
def _leave_behind(
    terms: Terms, grouping: Grouping, label: int, cost: float, excess: float
) -> None:
    note(grouping, label, cost, excess)
    if grouping.size[label] == 0:
        give_free(grouping, label)
    else:
        settle(terms, grouping, label)


@compiled
def part(
    terms: Terms, grouping: Grouping, desk: Desk, council: int, price: float, allowed: float
) -> bool:
    """Let a council leave its cluster and go alone, if that is worth it."""
    if grouping.size[grouping.cluster[council]] < 2:
        return False
    label = take_free(grouping)
    if shift(terms, grouping, desk, council, label, price, allowed):
        return True
    give_free(grouping, label)
    return False


@compiled
def swap(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    council: int,
    other: int,
    price: float,
    allowed: float,
) -> bool:
    """Let two councils of different clusters change places, if that is worth it."""
    left, label = grouping.cluster[council], grouping.cluster[other]
    desk.entering[0] = council
    cost, excess = weigh(terms, grouping, desk, label, other, 1, price)
    if _is_worth(grouping, left, label, cost, excess, price) > allowed:
        return False
    desk.entering[0] = other
    left_cost, left_excess = weigh(terms, grouping, desk, left, council, 1, price)
    cost_of_both, excess_of_both = cost + left_cost, excess + left_excess
    if _is_worth(grouping, left, label, cost_of_both, excess_of_both, price) > allowed:
        return False
    if terms.is_contiguous:
        if not hangs_together(terms, grouping, desk, left, council, other):
            return False
        if not hangs_together(terms, grouping, desk, label, other, council):
            return False
    unlink(grouping, council)
    unlink(grouping, other)
    link(grouping, council, label)
    link(grouping, other, left)
    settle(terms, grouping, label)
    settle(terms, grouping, left)
    note(grouping, label, cost, excess)
    note(grouping, left, left_cost, left_excess)
    return True


@compiled
def dearer_together(
    terms: Terms, grouping: Grouping, desk: Desk, label: int, other: int, price: float
) -> float:
    """Return by how much two clusters as one would be dearer: never, where they cannot be."""
    if grouping.size[label] + grouping.size[other] > terms.most_members:
        return NEVER
    cost, excess = _weigh_together(terms, grouping, desk, label, other, price)
    return _is_worth(grouping, label, other, cost, excess, price)


@compiled
def _weigh_together(
    terms: Terms, grouping: Grouping, desk: Desk, label: int, other: int, price: float
) -> tuple[float, float]:
    member = grouping.first[other]
    for place in range(grouping.size[other]):
        desk.entering[place] = member
        member = grouping.after[member]
    return weigh(terms, grouping, desk, label, NOBODY, grouping.size[other], price)


@compiled
def merge(
    terms: Terms, grouping: Grouping, desk: Desk, label: int, other: int, price: float
) -> None:
    """Put the members of one cluster into another that is next to it."""
    cost, excess = _weigh_together(terms, grouping, desk, label, other, price)
    for _ in range(grouping.size[other]):
        council = grouping.first[other]
        unlink(grouping, council)
        enter(terms, grouping, council, label)
    note(grouping, label, cost, excess)
    note(grouping, other, 0.0, 0.0)
    give_free(grouping, other)
