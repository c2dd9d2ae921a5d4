"""What a cluster begun could come to at the least, whoever joins it: the optimistic completion.

A cluster begun is a set P of councils, n of them, of at most m; others may be
ruled out. Whoever joins it is a set E of at most R = m - n of the rest, such
that P and E hang together. What P and E cost, less what their members would
pay, is bounded from below as a constant and a sum of gains over E.

Why it holds. Let A(l) be what a line l, one lead in one way, asks for P in
one service, and a(l, x) what it asks for council x more. The service costs
P + E the least of A(l) + sum of a(l, x), over the lines that can lead it:
their lead is in P or could yet join, reaches all of P that takes part, and has
room for it. Let B be the least A (nought where nobody of P takes part, for
then the service may cost nothing). As E has at most R councils, A(l) - B is
at least the sum over E of (A(l) - B) / R, so that the service costs at least
B + sum over E of min over l of (a(l, x) + (A(l) - B) / R). Where a line has
little room, (A(l) - B) * peak(x) / room stands for that part instead, since
the peaks of E fit into the room. Minima of sums are
not less than sums of minima, so the services may be added up; what a member
itself adds is added to its gain. Lines of several leads with the same terms
that need not travel count as one line of anyone, whose room is the greatest
of theirs, and which reaches whom any of them reaches. Nobody of E is to be kept
apart from anybody of P. All that is left out, locks of these, who must be
together, and that E hangs together beyond being near enough, could only raise
the cost. The sum over E is at least the sum of the R least gains
below nought, and at least the least sum of gains of parts of councils whose
peaks, in parts of the room there is, sum over the services to no more than the
number of services. As somebody must lead the service that the root takes part
in, it is also at least the least of these sums over each who could, counting
only councils that one reaches.
"""

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.proof.surveying import (
    ANYONE,
    CAPACITY,
    HARDLY,
    PEAK,
    TAKES,
    Land,
)
from waywarden.planner.clusters.proof.trees import (
    CENTRE,
    CENTRES,
    FREE,
    FRONTIER,
    FRONTIERS,
    GAINING,
    GAINS,
    HOP,
    NEXT,
    OUT,
    OUT_OF,
    PEAKS,
    QUEUE,
    RATIOS,
    STATE,
    TAKERS,
    Tree,
)
from waywarden.planner.clusters.terms import NEVER
from waywarden.planner.compiling import compiled_within


@compiled_within
def weigh_joining(land: Land, tree: Tree, size: int, count: int) -> float:
    """Fill in the gains of all who could join; return what the services cost at the least.

    `NEVER` where the cluster begun cannot be led, whoever joins it.
    """
    services = land.lines_of.size
    most = tree.members.size
    _walk(land, tree, size, most - size)
    gains, weights = tree.gains[size], tree.weights[size]
    for x in range(count):
        gains[x] = tree.own[x] if tree.marks[HOP, x] > 0 else NEVER
        weights[x] = 0.0
    total = 0.0
    for service in range(services):
        some = _see(land, tree, size, service, count)
        least, room = _least(land, tree, size, service, some)
        if least >= HARDLY:
            return NEVER
        total += least
        _least_arcs(land, tree, size, service, count, least, some)
        for x in range(count):
            if land.amounts[TAKES, service, x] > 0:
                gains[x] += tree.least[x]
                if room > 0:
                    weights[x] += land.amounts[PEAK, service, x] / room
    return total


@compiled_within
def _walk(land: Land, tree: Tree, size: int, steps: int) -> None:
    """Count the steps from the cluster to whom it could yet reach; -1 for all others.

    Who is kept apart from an earlier member had no gain before the last came in, and has none.
    """
    state, hop, queue = tree.marks[STATE], tree.marks[HOP], tree.marks[QUEUE]
    apart = land.apart[tree.members[size - 1]]
    for x in range(hop.size):
        hop[x] = -1
    for at in range(size):
        hop[tree.members[at]] = 0
        queue[at] = tree.members[at]
    at, known = 0, size
    while at < known:
        x = queue[at]
        at += 1
        for edge in range(land.starts[x], land.starts[x + 1] if hop[x] < steps else 0):
            y = land.near[edge]
            could = size == 1 or tree.gains[size - 1, y] < HARDLY
            if hop[y] < 0 and state[y] == FREE and could and apart[y] == 0:
                hop[y] = hop[x] + 1
                queue[known] = y
                known += 1


@compiled_within
def _see(land: Land, tree: Tree, size: int, service: int, count: int) -> bool:
    """Mark whom anyone who offers a service to the cluster reaches; tell whether someone does."""
    seen, some = tree.seen, False
    for x in range(count):
        seen[x] = 0
    for y in range(land.centre.size):
        if tree.offers[size, service, y] and (y >= count or tree.marks[HOP, y] >= 0):
            some = True
            within = land.within[y]
            for x in range(count):
                seen[x] |= within[x]
    return some


@compiled_within
def _may_lead(land: Land, tree: Tree, size: int, service: int, line: int, some: bool) -> bool:
    lead = land.leads[service, line]
    if lead == ANYONE and not some:
        return False
    if 0 <= lead < land.width[0] and tree.marks[HOP, lead] < 0:
        return False
    has_room: bool = land.lines[service, line, CAPACITY] >= tree.sums[size, service, PEAKS]
    return has_room and tree.led[size, service, line] < HARDLY


@compiled_within
def _least(land: Land, tree: Tree, size: int, service: int, some: bool) -> tuple[float, float]:
    """Return what the cluster pays for a service at the least, and the most room a line has."""
    least, room = NEVER, 0.0
    for line in range(land.lines_of[service]):
        if _may_lead(land, tree, size, service, line, some):
            least = min(least, tree.led[size, service, line])
            room = max(room, land.lines[service, line, CAPACITY] - tree.sums[size, service, PEAKS])
    return (least if tree.sums[size, service, TAKERS] > 0 else 0.0), room


@compiled_within
def _least_arcs(  # noqa: C901
    land: Land, tree: Tree, size: int, service: int, count: int, least: float, some: bool
) -> None:
    """Write the least that each council adds to a service, and its part of a dearer lead."""
    added, peaks, seen = tree.least, land.amounts[PEAK, service], tree.seen
    most, typical = tree.members.size - size, 0.0
    for x in range(count):
        added[x] = NEVER
        typical += peaks[x] / count
    for line in range(land.lines_of[service]):
        if not _may_lead(land, tree, size, service, line, some):
            continue
        room = land.lines[service, line, CAPACITY] - tree.sums[size, service, PEAKS]
        over = tree.led[size, service, line] - least
        part, rate = over / most, 0.0
        if room < typical * most:
            part, rate = 0.0, over / max(room, 1e-12)
        arcs = land.arcs[service, line]
        if land.leads[service, line] == ANYONE:
            for x in range(count):
                cost = arcs[x] + part + rate * peaks[x]
                if cost < added[x] and peaks[x] <= room and seen[x]:
                    added[x] = cost
        else:
            for x in range(count):
                cost = arcs[x] + part + rate * peaks[x]
                if cost < added[x] and peaks[x] <= room:
                    added[x] = cost


@compiled_within
def put_in_order(land: Land, tree: Tree, size: int, count: int) -> None:
    """Put those who gain in order, by gain and by gain for room, and those next in line."""
    gains, weights, ratios = tree.gains[size], tree.weights[size], tree.least
    gaining, beside = 0, 0
    for x in range(count):
        if gains[x] < 0.0:
            tree.orders[size, GAINS, gaining] = tree.orders[size, RATIOS, gaining] = x
            ratios[x] = gains[x] / max(weights[x], 1e-12)
            gaining += 1
        if tree.marks[HOP, x] == 1 and gains[x] < HARDLY:
            tree.orders[size, FRONTIER, beside] = x
            beside += 1
    _sort(gains, tree.orders[size, GAINS], gaining)
    _sort(ratios, tree.orders[size, RATIOS], gaining)
    _sort(gains, tree.orders[size, FRONTIER], beside)
    tree.counts[size, GAINING], tree.counts[size, FRONTIERS] = gaining, beside
    tree.counts[size, NEXT] = 0
    centres = 0
    for y in range(land.centre.size):
        if land.centre[y] and (y >= count or tree.marks[HOP, y] >= 0):
            reached = 0
            for at in range(size):
                reached += land.nearby[y, tree.members[at]]
            if reached == size:
                tree.orders[size, CENTRE, centres] = y
                centres += 1
    tree.counts[size, CENTRES] = centres


@compiled_within
def _sort(keys: Floats, order: Ints, count: int) -> None:
    """Sort by rising keys, equals by place, in shrinking strides (D. L. Shell, 1959)."""
    stride = 1
    while stride < count // 3:
        stride = 3 * stride + 1
    while stride >= 1:
        for begin in range(stride, count):
            x, at = order[begin], begin
            while at >= stride:
                before = order[at - stride]
                if keys[before] < keys[x] or (keys[before] == keys[x] and before < x):
                    break
                order[at] = before
                at -= stride
            order[at] = x
        stride //= 3


@compiled_within
def least_joining(land: Land, tree: Tree, size: int, most: int, enough: float) -> float:
    """Return the least that up to ``most`` joining could bring, or something below ``enough``.

    Notes which lead's reach it is of, or -1 for anybody's.
    """
    tree.counts[size, OUT_OF] = -1
    least = _joining(land, tree, size, most, -1)
    if least >= enough:
        return least
    bound = 0.0
    for at in range(tree.counts[size, CENTRES]):
        centre = tree.orders[size, CENTRE, at]
        if centre < land.width[0] and tree.marks[STATE, centre] == OUT:
            continue
        least = _joining(land, tree, size, most, centre)
        if least < bound:
            bound = least
            tree.counts[size, OUT_OF] = centre
        if bound < enough:
            break
    return bound


@compiled_within
def _joining(land: Land, tree: Tree, size: int, most: int, centre: int) -> float:
    """Return the least that up to ``most`` within reach of a centre could bring, by number or room.

    Centre -1 reaches anybody.
    """
    by_number, left = 0.0, most
    for at in range(tree.counts[size, GAINING]):
        x = tree.orders[size, GAINS, at]
        if left == 0:
            break
        if _is_free(land, tree, centre, x):
            by_number += tree.gains[size, x]
            left -= 1
    by_room, room = 0.0, float(land.lines_of.size)
    for at in range(tree.counts[size, GAINING]):
        x = tree.orders[size, RATIOS, at]
        if room <= 0.0 or by_room <= by_number:
            break
        if _is_free(land, tree, centre, x):
            by_room += tree.gains[size, x] * part_of(tree.weights[size, x], room)
            room -= tree.weights[size, x]
    return max(by_number, by_room)


@compiled_within
def _is_free(land: Land, tree: Tree, centre: int, x: int) -> bool:
    return tree.marks[STATE, x] == FREE and (centre < 0 or land.nearby[centre, x] > 0)


@compiled_within
def part_of(weight: float, room: float) -> float:
    """Return what part of something fits into a room."""
    return 1.0 if weight <= room else room / weight


@compiled_within
def note_joining(land: Land, tree: Tree, size: int, most: int, noted: int) -> int:
    """Write down who brought the least of all last reckoned; return how many are written down."""
    if most == 0:
        return noted
    centre = tree.counts[size, OUT_OF]
    least, before = _joining(land, tree, size, most, centre), noted
    total = 0.0
    for at in range(tree.counts[size, GAINING]):
        x = tree.orders[size, GAINS, at]
        if noted - before < most and _is_free(land, tree, centre, x):
            noted = note(tree, noted, x, 1.0)
            total += tree.gains[size, x]
    if total >= least - 1e-9 * abs(least):
        return noted
    noted, room = before, float(land.lines_of.size)
    for at in range(tree.counts[size, GAINING]):
        x = tree.orders[size, RATIOS, at]
        if room > 0.0 and _is_free(land, tree, centre, x):
            noted = note(tree, noted, x, part_of(tree.weights[size, x], room))
            room -= tree.weights[size, x]
    return noted


@compiled_within
def note(tree: Tree, noted: int, x: int, part: float) -> int:
    """Write down a council and its part in the relaxed cluster; return how many there are."""
    tree.relaxed[noted, 0] = x
    tree.relaxed[noted, 1] = part
    return noted + 1
