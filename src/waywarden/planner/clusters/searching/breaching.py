"""How many rules a cluster breaks: ties, those kept apart, and who must lead what."""

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.binding import BARRED, BARRED_END, LOCKS, TIED
from waywarden.planner.clusters.searching.desk import ENTERING, LEAVING, NEWCOMERS, Desk
from waywarden.planner.clusters.searching.grouping import AFTER, FAR, FIRST, SIZE, Grouping
from waywarden.planner.clusters.terms import NOBODY, Terms
from waywarden.planner.compiling import compiled_within

#: In place of a lead where two are asked for.
NEITHER = -2


@compiled_within
def rules_broken(terms: Terms, grouping: Grouping, desk: Desk, label: int) -> int:
    """Count the rules a cluster breaks with the change on the desk, and note who must lead what.

    Each council counts for itself those that it misses or should not be with;
    one alone also the services that somebody must lead for it.
    """
    members = _list_members(grouping, desk, label)
    for service in range(desk.must.size):
        desk.must[service] = NOBODY
    broken = 0
    for place in range(members):
        council = desk.queue[place]
        broken += _bonds_broken(terms, grouping, desk, label, council)
        if terms.bonds[council, LOCKS] > 0:
            _note_locks(terms.locked, desk.must, council)
            if members == 1:
                broken += terms.bonds[council, LOCKS]
    return broken


@compiled_within
def _bonds_broken(terms: Terms, grouping: Grouping, desk: Desk, label: int, council: int) -> int:
    """Count those a council of the cluster misses, and those it should not be with."""
    bonds, broken = terms.bonds, 0
    for bond in range(bonds[council, TIED], bonds[council, BARRED]):
        if not _is_member(grouping, desk, label, terms.bonded[bond]):
            broken += 1
    for bond in range(bonds[council, BARRED], bonds[council, BARRED_END]):
        if _is_member(grouping, desk, label, terms.bonded[bond]):
            broken += 1
    return broken


@compiled_within
def _list_members(grouping: Grouping, desk: Desk, label: int) -> int:
    """Write into the queue who would be in the cluster, and count them."""
    change, members = desk.change, 0
    member = grouping.clusters[label, FIRST]
    for _ in range(grouping.clusters[label, SIZE]):
        if member != change[LEAVING]:
            desk.queue[members] = member
            members += 1
        member = grouping.ring[member, AFTER]
    for place in range(NEWCOMERS, NEWCOMERS + change[ENTERING]):
        desk.queue[members] = change[place]
        members += 1
    return members


@compiled_within
def _is_member(grouping: Grouping, desk: Desk, label: int, council: int) -> bool:
    if council == desk.change[LEAVING]:
        return False
    if grouping.cluster[council] == label:
        return True
    for place in range(NEWCOMERS, NEWCOMERS + desk.change[ENTERING]):
        if desk.change[place] == council:
            return True
    return False


@compiled_within
def _note_locks(locked: Ints, must: Ints, council: int) -> None:
    for service in range(must.size):
        lead = locked[council, service]
        if lead >= 0 and must[service] == NOBODY:
            must[service] = lead
        elif lead >= 0 and must[service] != lead:
            must[service] = NEITHER


@compiled_within
def bar(must: Ints, reach: Floats, row: int, lead: int) -> None:
    """Put out of a lead's reach what another must lead."""
    for service in range(must.size):
        if must[service] != NOBODY and must[service] != lead:
            reach[row, FAR, service] = 1.0
