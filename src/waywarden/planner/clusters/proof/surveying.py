"""The county as clusters are enumerated in it: all of it, and what lies about one council."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.pricing import may_be_alone
from waywarden.planner.clusters.terms import NEVER, TOLERANCE
from waywarden.planner.compiling import compiled_in_place, compiled_within
from waywarden.planner.sharing import Graph, Sharing

# The rows of `County.amounts`, and the columns of `County.ways`.
WORK, VISITS, PEAK, TRIPS, TAKES = range(5)
SETUP, UNIT, CALL_OUT, TRAVEL, CAPACITY = range(5)

# The places of `County.rules`, and the columns of `County.ties`.
LIMIT, FACTOR, PER_CLUSTER, PER_MEMBER, MOST = range(5)
TOGETHER, TOGETHER_END, APART, APART_END = range(4)

#: In place of a lead: anyone of those that offer the same terms and need not travel.
ANYONE = -1

#: From here on something cannot be.
HARDLY = NEVER / 2


class County(NamedTuple):
    """A sharing as clusters are enumerated in it: N councils, L leads, S services, K ways.

    ``amounts`` is 5 x S x N, ``ways`` L x S x K x 5, a closed way with a set-up
    of `NEVER`. Those next to council j stand in ``near`` from ``starts[j]`` to
    ``starts[j + 1]``. ``rank`` is its place in the order of roots. Those it is
    tied to stand in ``tied``, from where to where ``ties`` says. ``alone`` is
    what it pays in a cluster of its own for what it takes part in.
    """

    amounts: Floats
    ways: Floats
    places: Floats
    table_km: Floats
    rules: Floats
    starts: Ints
    near: Ints
    rank: Ints
    locked: Ints
    ties: Ints
    tied: Ints
    alone: Floats


def county_of(sharing: Sharing) -> County:
    """Put a sharing into the form in which its clusters are enumerated."""
    graph = _graph_of_the_willing(sharing)
    ways = _ways(sharing)
    ties, tied = _ties(sharing)
    most = min(sharing.most_members, len(sharing.takes_part))
    rules = [sharing.limit_km, sharing.road_factor, sharing.per_cluster, sharing.per_member, most]
    alone = np.where(sharing.takes_part, sharing.alone, 0.0).sum(axis=1)
    stays = np.array([may_be_alone(sharing, row) for row in range(len(alone))])
    amounts = (sharing.work, sharing.visits, sharing.peak, sharing.trips, sharing.takes_part)
    return County(
        amounts=np.ascontiguousarray([amount.T for amount in amounts], dtype=np.float64),
        ways=ways,
        places=np.stack([sharing.east_km, sharing.north_km], axis=1),
        table_km=np.ascontiguousarray(sharing.table_km, dtype=np.float64),
        rules=np.array(rules, dtype=np.float64),
        starts=graph.starts,
        near=graph.others,
        rank=_ranks(sharing, ways),
        locked=np.ascontiguousarray(sharing.locked, dtype=np.int64),
        ties=ties,
        tied=tied,
        alone=np.where(stays, np.minimum(alone, NEVER), NEVER),
    )


def _graph_of_the_willing(sharing: Sharing) -> Graph:
    """Return who may be next to whom in a cluster: anybody, if clusters need not hang together."""
    joins = sharing.joins
    councils = np.arange(len(joins))
    if sharing.is_contiguous:
        ends, near = (
            np.repeat(councils, np.diff(sharing.neighbours.starts)),
            sharing.neighbours.others,
        )
    else:
        ends, near = (one.ravel() for one in np.meshgrid(councils, councils, indexing="ij"))
    kept = joins[ends] & joins[near] & (ends != near)
    counts = np.bincount(ends[kept], minlength=len(joins))
    return Graph(np.r_[0, np.cumsum(counts)].astype(np.int64), near[kept].astype(np.int64))


def _ways(sharing: Sharing) -> Floats:
    councils = len(sharing.takes_part)
    capacity = sharing.capacity * (1 + TOLERANCE)
    is_open = np.isfinite(sharing.setup)
    is_open[:councils] &= sharing.takes_part[:, :, None]
    is_open[:councils] &= sharing.peak[:, :, None] <= capacity[:councils]
    terms = [sharing.setup, sharing.unit, sharing.call_out, sharing.travel, capacity]
    closed = [NEVER, 0.0, 0.0, 0.0, -1.0]
    pairs = zip(terms, closed, strict=True)
    return np.ascontiguousarray(np.stack([np.where(is_open, *pair) for pair in pairs], axis=3))


def _ranks(sharing: Sharing, ways: Floats) -> Ints:
    """Return each council's place from the most capacity, in parts of all there is to do."""
    councils = len(sharing.takes_part)
    demand = sharing.peak.sum(axis=0) + 1.0
    room = np.minimum(ways[:councils, :, :, CAPACITY].max(axis=2, initial=0.0), demand) / demand
    order = np.lexsort([np.arange(councils), -sharing.peak.sum(axis=1), -room.sum(axis=1)])
    ranks = np.empty(councils, dtype=np.int64)
    ranks[order] = np.arange(councils)
    return ranks


def _ties(sharing: Sharing) -> tuple[Ints, Ints]:
    together, apart = sharing.together, sharing.apart
    after = len(together.others)
    columns = [together.starts[:-1], together.starts[1:]]
    columns += [after + apart.starts[:-1], after + apart.starts[1:]]
    tied = np.concatenate([together.others, apart.others])
    return np.stack(columns, axis=1).astype(np.int64), tied.astype(np.int64)


class Land(NamedTuple):
    """What lies about one council, the root: T councils that could be with it, itself the first.

    ``rows`` are their rows in the county, ``starts`` and ``near`` who is next
    to whom, by place here. ``lines[s, l]`` are the terms of one who could lead
    service s, ``leads[s, l]`` its place (`ANYONE`; from T on providers),
    ``lines_of[s]`` how many there are and ``arcs[s, l, x]`` what it asks for
    council x. ``within[y, x]`` tells whether lead y reaches council x, and
    ``offers[s, y]`` whether it is one of anyone. Of one service that the root
    takes part in, ``centre`` marks who could lead it, and ``nearby[y, x]``
    whether x could be in a cluster in which y does. ``apart[y, x]`` tells
    whether two are to be kept apart.
    """

    width: Ints  # 1: T
    rows: Ints
    starts: Ints
    near: Ints
    place: Ints  # N
    amounts: Floats  # 5 x S x T
    lines: Floats  # S x lines x 5
    leads: Ints  # S x lines
    lines_of: Ints  # S
    arcs: Floats  # S x lines x T
    road: Floats  # leads
    within: NDArray[np.uint8]  # leads x T
    offers: NDArray[np.uint8]  # S x leads
    nearby: NDArray[np.uint8]  # leads x T
    centre: NDArray[np.uint8]  # leads
    apart: NDArray[np.uint8]  # T x T


def land_for(county: County) -> Land:
    """Return room for what lies about any council of a county."""
    _, services, councils = county.amounts.shape
    leads, _, ways, _ = county.ways.shape
    widest = max((_width(county, root) for root in range(councils)), default=0)
    leading = widest + leads - councils
    lines = leading * ways
    return Land(
        width=np.zeros(1, dtype=np.int64),
        rows=np.zeros(widest, dtype=np.int64),
        starts=np.zeros(widest + 1, dtype=np.int64),
        near=np.zeros(len(county.near), dtype=np.int64),
        place=np.full(councils, -1, dtype=np.int64),
        amounts=np.zeros((5, services, widest)),
        lines=np.zeros((services, lines, 5)),
        leads=np.zeros((services, lines), dtype=np.int64),
        lines_of=np.zeros(services, dtype=np.int64),
        arcs=np.zeros((services, lines, widest)),
        road=np.zeros(widest),
        within=np.zeros((leading, widest), dtype=np.uint8),
        offers=np.zeros((services, leading), dtype=np.uint8),
        nearby=np.zeros((leading, widest), dtype=np.uint8),
        centre=np.zeros(leading, dtype=np.uint8),
        apart=np.zeros((widest, widest), dtype=np.uint8),
    )


def _width(county: County, root: int) -> int:
    councils = county.amounts.shape[2]
    rows, place = np.zeros(councils, dtype=np.int64), np.full(councils, -1, dtype=np.int64)
    return int(reach(county, root, rows, place))


@compiled_in_place
def reach(county: County, root: int, rows: Ints, place: Ints) -> int:
    """Write down who of lower rank could be with the root, and return how many with it."""
    rows[0], place[root] = root, 0
    count, at, ring = 1, 0, 1
    for _ in range(int(county.rules[MOST]) - 1):
        while at < ring:
            council = rows[at]
            at += 1
            for edge in range(county.starts[council], county.starts[council + 1]):
                other = county.near[edge]
                if place[other] < 0 and county.rank[other] > county.rank[root]:
                    place[other], rows[count] = count, other
                    count += 1
        ring = count
    return count


@compiled_in_place
def survey(county: County, land: Land, root: int) -> int:
    """Fill in what lies about a root; return how many councils could be with it, with it."""
    count: int = reach(county, root, land.rows, land.place)
    edges = 0
    for x in range(count):
        land.starts[x] = edges
        council = land.rows[x]
        for edge in range(county.starts[council], county.starts[council + 1]):
            if land.place[county.near[edge]] >= 0:
                land.near[edges] = land.place[county.near[edge]]
                edges += 1
    land.starts[count] = edges
    _mark_apart(county, land, count)
    for x in range(count):
        land.place[land.rows[x]] = -1
        for amount in range(5):
            for service in range(county.amounts.shape[1]):
                land.amounts[amount, service, x] = county.amounts[amount, service, land.rows[x]]
    land.width[0] = count
    land.lines_of[:] = 0
    land.offers[:, :] = 0
    land.centre[:] = 0
    for y in range(count + county.ways.shape[0] - county.rank.size):
        _list_lead(county, land, y, count)
    _mark_centres(county, land, count)
    return count


@compiled_within
def _mark_apart(county: County, land: Land, count: int) -> None:
    """Mark who is to be kept apart from whom."""
    for x in range(count):
        council = land.rows[x]
        for y in range(count):
            land.apart[x, y] = 0
        for tie in range(county.ties[council, APART], county.ties[council, APART_END]):
            y = land.place[county.tied[tie]]
            if y >= 0:
                land.apart[x, y] = 1


@compiled_within
def lead_at(county: County, land: Land, y: int, count: int) -> int:
    """Return the row of the lead at a place: a council, or after them a provider."""
    row: int = land.rows[y] if y < count else county.rank.size + y - count
    return row


@compiled_within
def _list_lead(county: County, land: Land, y: int, count: int) -> None:
    """Add the ways of one lead to the lines of each service it could lead for the root."""
    lead = lead_at(county, land, y, count)
    for x in range(count):
        land.road[x] = way_km(county, lead, land.rows[x])
        land.within[y, x] = 1 if land.road[x] <= county.rules[LIMIT] else 0
    for service in range(land.lines_of.size):
        if land.amounts[TAKES, service, 0] == 0 or land.within[y, 0]:
            for way in range(county.ways.shape[2]):
                if county.ways[lead, service, way, SETUP] < HARDLY:
                    _list_way(county, land, service, y, lead, way, count)


@compiled_within
def _list_way(
    county: County, land: Land, service: int, y: int, lead: int, way: int, count: int
) -> None:
    terms = county.ways[lead, service, way]
    if terms[TRAVEL] == 0.0:
        land.offers[service, y] = 1
        if _is_listed(land, service, terms):
            return
    line = land.lines_of[service]
    land.lines_of[service] += 1
    land.leads[service, line] = ANYONE if terms[TRAVEL] == 0.0 else y
    for term in range(5):
        land.lines[service, line, term] = terms[term]
    _price_arcs(county, land, service, line, lead, count)


@compiled_within
def _is_listed(land: Land, service: int, terms: Floats) -> bool:
    """Tell whether anyone offers these terms already, and note the greater capacity."""
    for line in range(land.lines_of[service]):
        listed = land.lines[service, line]
        if land.leads[service, line] != ANYONE or listed[SETUP] != terms[SETUP]:
            continue
        if listed[UNIT] == terms[UNIT] and listed[CALL_OUT] == terms[CALL_OUT]:
            listed[CAPACITY] = max(listed[CAPACITY], terms[CAPACITY])
            return True
    return False


@compiled_within
def _price_arcs(county: County, land: Land, service: int, line: int, lead: int, count: int) -> None:
    """Write what a line asks for each council; for one it cannot serve, `NEVER`."""
    terms = land.lines[service, line]
    is_anyone = land.leads[service, line] == ANYONE
    for x in range(count):
        cost = terms[UNIT] * land.amounts[WORK, service, x]
        cost += terms[CALL_OUT] * land.amounts[VISITS, service, x]
        if not is_anyone and land.amounts[TAKES, service, x] > 0:
            locked = county.locked[land.rows[x], service]
            is_far = land.road[x] > county.rules[LIMIT] or land.road[x] > HARDLY
            if is_far or (locked >= 0 and locked != lead):
                cost = NEVER
            else:
                cost += terms[TRAVEL] * land.road[x] * land.amounts[TRIPS, service, x]
        land.arcs[service, line, x] = cost


@compiled_within
def _mark_centres(county: County, land: Land, count: int) -> None:
    """Mark who could lead the service most take part in that the root does, and for whom."""
    chosen = _common_service(land, count)
    for y in range(count + county.ways.shape[0] - county.rank.size):
        lead = lead_at(county, land, y, count)
        for way in range(county.ways.shape[2]):
            if county.ways[lead, chosen, way, SETUP] < HARDLY:
                land.centre[y] = 1
        for x in range(count):
            is_free = land.amounts[TAKES, chosen, x] == 0
            land.nearby[y, x] = 1 if is_free or land.within[y, x] else 0


@compiled_within
def _common_service(land: Land, count: int) -> int:
    chosen, most = 0, -1.0
    for service in range(land.lines_of.size):
        takers = 0.0
        for x in range(count):
            takers += land.amounts[TAKES, service, x]
        if land.amounts[TAKES, service, 0] > 0 and takers > most:
            chosen, most = service, takers
    return chosen


@compiled_within
def way_km(county: County, lead: int, council: int) -> float:
    """Return the way from a lead to a council."""
    if county.table_km.size:
        listed: float = county.table_km[lead, council]
        return listed
    east = county.places[lead, 0] - county.places[council, 0]
    north = county.places[lead, 1] - county.places[council, 1]
    way: float = county.rules[FACTOR] * math.sqrt(east * east + north * north)
    return way
