"""Shared clusters on the terms the loops read: what is fixed while a plan is sought."""

import math
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.clusters.binding import bonds_of
from waywarden.planner.compiling import compiled_within
from waywarden.planner.sharing import Sharing

#: Dearer than anything: what cannot be.
NEVER = 1e30

#: How far over a capacity counts as within it, for sums that were rounded on the way.
TOLERANCE = 1e-9

#: No council: in place of a row.
NOBODY = -1

# The columns of `Terms.places` and of `Terms.edges`.
EAST, NORTH, SINGLE, LIMIT, FACTOR = range(5)
START, END, DEPTH = range(3)

# What stands in `Terms.ways`, and the rows of `Terms.amounts`.
SETUP, UNIT, CALL_OUT, TRAVEL, CAPACITY, RATE = range(6)
WORK, VISITS, PEAK, TAKING_PART, TRIPS = range(5)


class Terms(NamedTuple):
    """A sharing as the loops read it: N councils, L leads, S services, K ways.

    The leads are the councils and after them the providers. ``places`` are
    where each is, what it pays by itself for the services it takes part in, how
    far it may reach and what a straight way is times by road; ``table`` is the
    way from each to each council, if that is given. ``amounts[j, :, s]`` is
    what council j adds to a cluster. ``ways[i, s, k]`` are the terms on which i
    leads s in way k, the capacity with its tolerance, and what a unit over it
    is rated at. ``edges[j]`` is from where to where in ``near`` those next to
    council j stand that may be in a cluster, and how many ways it has at most.
    ``unled`` is what each member is rated at for whom there is no lead.

    ``bonds``, ``bonded`` and ``locked`` are the rules, where there are any
    (`binding`), and ``breach`` is what each one broken is rated at.
    """

    places: Floats
    table: Floats
    amounts: Floats
    ways: Floats
    edges: Ints
    near: Ints
    bonds: Ints
    bonded: Ints
    locked: Ints
    unled: Floats
    breach: float
    per_cluster: float
    per_member: float
    most_members: int
    is_contiguous: bool
    has_rules: bool

    @property
    def providers(self) -> int:
        """How many leads are no councils."""
        return len(self.ways) - len(self.amounts)


def terms_of(sharing: Sharing, *, scale: float) -> Terms:
    """Put a sharing into the form the loops read; ``scale`` is what a council costs or so."""
    edges, near = _graph_of_the_willing(sharing)
    ways, edges[:, DEPTH] = _ways(sharing, scale)
    bonds, bonded = bonds_of(sharing)
    amounts = [sharing.work, sharing.visits, sharing.peak, sharing.takes_part, sharing.trips]
    return Terms(
        places=_places(sharing, scale),
        table=np.ascontiguousarray(sharing.table_km, dtype=np.float64),
        amounts=np.ascontiguousarray(np.stack(amounts, axis=1), dtype=np.float64),
        ways=ways,
        edges=edges,
        near=near,
        bonds=bonds,
        bonded=bonded,
        locked=np.where(sharing.takes_part, sharing.locked, NOBODY).astype(np.int64),
        unled=_unled(sharing, scale),
        breach=scale,
        per_cluster=float(sharing.per_cluster),
        per_member=float(sharing.per_member),
        most_members=int(min(sharing.most_members, len(sharing.takes_part))),
        is_contiguous=bool(sharing.is_contiguous),
        has_rules=sharing.has_rules,
    )


def _places(sharing: Sharing, scale: float) -> Floats:
    # What cannot be had alone is dearer than any plan without it, and yet adds up exactly.
    barred = 1e6 * scale
    alone = np.where(sharing.takes_part, sharing.alone, 0.0).sum(axis=1)
    single = _for_leads(np.where(np.isfinite(alone), alone, barred), sharing)
    # A way without end is out of reach whatever the limit.
    within = min(sharing.limit_km, np.finfo(np.float64).max)
    limit, factor = np.full_like(single, within), np.full_like(single, sharing.road_factor)
    columns = [sharing.east_km, sharing.north_km, single, limit, factor]
    return np.stack(columns, axis=1).astype(np.float64)


def _for_leads(amounts: Floats, sharing: Sharing) -> Floats:
    """Return amounts by council, and as many noughts after them as there are providers."""
    providers = len(sharing.setup) - len(amounts)
    return np.concatenate([amounts, np.zeros((providers, *amounts.shape[1:]))])


def _graph_of_the_willing(sharing: Sharing) -> tuple[Ints, Ints]:
    starts, near, joins = *sharing.neighbours, sharing.joins
    ends = np.repeat(np.arange(len(joins)), np.diff(starts))
    kept = joins[ends] & joins[near]
    ends_at = np.cumsum(np.bincount(ends[kept], minlength=len(joins)))
    edges = np.zeros((len(sharing.setup), 3), dtype=np.int64)
    edges[1 : len(joins), START], edges[: len(joins), END] = ends_at[:-1], ends_at
    return edges, near[kept].astype(np.int64)


def _unled(sharing: Sharing, scale: float) -> Floats:
    """Return what a council pays alone for each service on average."""
    counts = sharing.takes_part & np.isfinite(sharing.alone)
    paid = np.where(counts, sharing.alone, 0.0).sum(axis=0)
    return np.asarray(np.maximum(paid / np.maximum(counts.sum(axis=0), 1), scale / 1000))


def _ways(sharing: Sharing, scale: float) -> tuple[Floats, Ints]:
    """Return the ways, shape L x S x K x 6, those that are open first, and how many these are."""
    peak = _for_leads(sharing.peak, sharing)[:, :, None]
    takes_part = np.ones(sharing.setup.shape[:2], dtype=np.bool_)
    takes_part[: len(sharing.takes_part)] = sharing.takes_part
    capacity = sharing.capacity * (1 + TOLERANCE)
    is_open = np.isfinite(sharing.setup) & takes_part[:, :, None] & (peak <= capacity)
    terms = [sharing.setup, sharing.unit, sharing.call_out, sharing.travel, capacity]
    terms.append(_rates(sharing, is_open, scale))
    closed = [NEVER, 0.0, 0.0, 0.0, np.inf, 0.0]
    ways = np.stack(
        [np.where(is_open, term, none) for term, none in zip(terms, closed, strict=True)]
    )
    order = np.argsort(~is_open, axis=2, kind="stable")
    ways = np.take_along_axis(ways, order[None], axis=3)
    depth = is_open.sum(axis=2).max(axis=1, initial=0).astype(np.int64)
    return np.ascontiguousarray(ways.transpose(1, 2, 3, 0), dtype=np.float64), depth


def _rates(sharing: Sharing, is_open: Flags, scale: float) -> Floats:
    """Return what a unit of work over the capacity is rated at: the set-up cost by capacity.

    Where there is next to no set-up, a tenth of what the lead's own work costs
    stands for it, so that overload is never free.
    """
    with np.errstate(invalid="ignore"):
        work, visits = (_for_leads(own, sharing) for own in (sharing.work, sharing.visits))
        own = sharing.setup + sharing.unit * work[:, :, None]
        own = np.where(is_open, own + sharing.call_out * visits[:, :, None], 0.0)
    set_up = np.where(is_open, sharing.setup, 0.0)
    at_stake = np.maximum(set_up, np.maximum(own / 10, scale / 1000))
    peaks = sharing.peak[sharing.peak > 0]
    smallest = peaks.min() if len(peaks) else 1.0
    return np.asarray(at_stake / np.maximum(sharing.capacity, smallest), dtype=np.float64)


@compiled_within
def road_km(places: Floats, table: Floats, lead: int, council: int) -> float:
    """Return the way by road from a lead to a council."""
    if table.size > 0:
        given: float = table[lead, council]
        return given
    east = places[lead, EAST] - places[council, EAST]
    north = places[lead, NORTH] - places[council, NORTH]
    way: float = places[lead, FACTOR] * math.sqrt(east * east + north * north)
    return way
