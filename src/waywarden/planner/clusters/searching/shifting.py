"""The move of councils that are tied together: all of a block go to another cluster at once."""

from waywarden.planner.clusters.binding import OWN_BLOCK
from waywarden.planner.clusters.searching.desk import Desk, exchange
from waywarden.planner.clusters.searching.grouping import (
    AFTER,
    FIRST,
    SIZE,
    Grouping,
    enter,
    give_free,
)
from waywarden.planner.clusters.searching.moving import hangs_together
from waywarden.planner.clusters.searching.regrowing import Soil, dissolve, restore, total
from waywarden.planner.clusters.searching.weighing import rate
from waywarden.planner.clusters.terms import NOBODY, Terms
from waywarden.planner.compiling import compiled_within


@compiled_within
def shift_block(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    soil: Soil,
    council: int,
    label: int,
    price: float,
    allowed: float,
) -> bool:
    """Move a council, and all of its block that are with it, to another cluster; tell if done.

    It is done if the cost, excess priced in, rises by no more than ``allowed``,
    and both clusters still hang together.
    """
    left, members = grouping.cluster[council], grouping.clusters[label, SIZE]
    movers = _block_size(terms, grouping, council)
    goes_nowhere = members == 0 and movers == grouping.clusters[left, SIZE]
    if goes_nowhere or members + movers > terms.most_members:
        return False
    soil.labels[0], soil.labels[1] = left, label
    before = total(grouping, price)
    councils = dissolve(grouping, soil, 2)
    for place in range(councils):
        mover, home = soil.councils[place, 0], soil.councils[place, 1]
        stays = terms.bonds[mover, OWN_BLOCK] != terms.bonds[council, OWN_BLOCK]
        enter(terms, grouping, mover, home if stays else label)
    rate(terms, grouping, desk, left, price)
    rate(terms, grouping, desk, label, price)
    is_worth_it: bool = total(grouping, price) - before <= allowed and _both_hang_together(
        terms, grouping, desk, left, label
    )
    if not is_worth_it:
        restore(terms, grouping, soil, councils, 2, 2)
    elif grouping.clusters[left, SIZE] == 0:
        give_free(grouping, left)
    return is_worth_it


@compiled_within
def _block_size(terms: Terms, grouping: Grouping, council: int) -> int:
    """Count those of a council's block that are in its cluster."""
    label, movers = grouping.cluster[council], 0
    member = grouping.clusters[label, FIRST]
    for _ in range(grouping.clusters[label, SIZE]):
        if terms.bonds[member, OWN_BLOCK] == terms.bonds[council, OWN_BLOCK]:
            movers += 1
        member = grouping.ring[member, AFTER]
    return movers


@compiled_within
def _both_hang_together(
    terms: Terms, grouping: Grouping, desk: Desk, left: int, label: int
) -> bool:
    if not terms.is_contiguous:
        return True
    exchange(desk, NOBODY, NOBODY)
    if grouping.clusters[left, SIZE] > 0 and not hangs_together(terms, grouping, desk, left):
        return False
    return hangs_together(terms, grouping, desk, label)
