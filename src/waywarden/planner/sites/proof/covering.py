"""Enough must be open for everyone who must be served: which leads may then stay closed.

At prices where too little is open of itself, the least dear of the rest open
too: a knapsack of those that stay closed.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from waywarden.planner.arrays import Flags, Floats
from waywarden.planner.compiling import compiled_in_place, compiled_within
from waywarden.planner.sites.grounds import BOUNDLESS, SLACK, Ground
from waywarden.planner.sites.knapsacks import Desk, add_thing, desk_of, fill, most_shared

#: Of more leads than these some are always open that hardly matter, and nothing is gained.
MOST_LEADS = 100
#: Rooms are weighed in so many steps.
COARSEST, FINEST = 2_000, 20_000


@dataclass
class Cover:
    """What of a ground may stay closed: leads whose ``rooms`` come to no more than ``spare``."""

    ground: Ground
    rooms: Floats = field(init=False)
    spare: float = field(init=False)
    _desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        ground = self.ground
        wanted = float(ground.demands[~np.isfinite(ground.alone)].sum())
        rooms = np.where(np.isfinite(ground.setups), np.minimum(ground.rooms, wanted), 0.0)
        self.rooms = np.zeros(ground.leads.max(initial=-1) + 1)
        np.maximum.at(self.rooms, ground.leads, rooms)
        self.spare = float(self.rooms.sum()) - wanted
        whole = np.floor(self.rooms)
        self.rooms = np.where(self.rooms - whole < 2 * SLACK * (1 + whole), whole, self.rooms)
        self._steps = max(COARSEST, min(FINEST, math.ceil(self.spare)))
        self._desk = desk_of(len(self.rooms) + 1, self._steps)

    def opened(self, worths: Floats) -> Flags:
        """Say which leads to open, at least, given what each is worth: together the best."""
        is_open = np.zeros(len(worths), dtype=np.bool_)
        open_enough(worths, self.rooms, self.spare, self._desk, is_open)
        return is_open

    def least_beside(self, worths: Floats) -> Floats:
        """Return what those open beside each lead are worth together at least, if it is open."""
        least = np.zeros(len(worths))
        tables = np.zeros((2, len(worths) + 1, self._steps + 1))
        weigh_beside(worths, self.rooms, max(0.0, self.spare), tables, least)
        return least


def is_covered(ground: Ground) -> bool:
    """Say whether the leads of a ground are few and as many may be open as people like."""
    return ground.most_open == BOUNDLESS and ground.leads.max(initial=-1) < MOST_LEADS


@compiled_in_place
def open_enough(worths: Floats, rooms: Floats, spare: float, desk: Desk, is_open: Flags) -> None:
    """Open what pays, and of the rest what costs least and leaves no more than ``spare`` closed."""
    count, wanted = 0, 0.0
    for lead in range(len(worths)):
        is_open[lead] = worths[lead] < math.inf
        if 0.0 <= worths[lead] < math.inf:
            desk.arcs[count] = lead
            desk.gains[count] = worths[lead]
            desk.weights[count] = rooms[lead]
            desk.parts[count] = 1.0
            wanted += rooms[lead]
            count += 1
    if wanted > spare:
        fill(desk, count, max(0.0, spare), True, -math.inf)
    for thing in range(count):
        is_open[desk.arcs[thing]] = desk.parts[thing] < 1.0


@compiled_in_place
def weigh_beside(
    worths: Floats, rooms: Floats, spare: float, tables: Floats, least: Floats
) -> None:
    """Write what those open beside each lead are worth together at least, if it is open."""
    unit, steps = _measure(rooms, spare, tables.shape[2] - 1)
    before, after, leads, total = tables[0], tables[1], len(worths), 0.0
    before[0, : steps + 1] = 0.0
    after[leads, : steps + 1] = 0.0
    for lead in range(leads):
        gain = worths[lead] if worths[lead] < math.inf else 0.0
        total += gain
        weight = _in_steps(rooms[lead], unit)
        add_thing(gain, weight, steps, before[lead], before[lead + 1])
    for lead in range(leads - 1, -1, -1):
        gain = worths[lead] if worths[lead] < math.inf else 0.0
        add_thing(gain, _in_steps(rooms[lead], unit), steps, after[lead + 1], after[lead])
    for lead in range(leads):
        gain = worths[lead] if worths[lead] < math.inf else 0.0
        least[lead] = total - gain - most_shared(before[lead], after[lead + 1], steps)


@compiled_within
def _measure(rooms: Floats, spare: float, most: int) -> tuple[float, int]:
    """Return the step in which rooms are measured and how many of them may stay closed."""
    is_whole = spare < most + 1.0
    for room in rooms:
        is_whole = is_whole and room == math.floor(room)
    if is_whole:
        return 1.0, math.floor(spare)
    return max(spare, 1e-9) / most, most


@compiled_within
def _in_steps(room: float, unit: float) -> int:
    """Return a room in whole steps, rounded down so that no more has to be open than must."""
    return int(room) if unit == 1.0 else int(min(room / unit, FINEST + 1.0) * (1.0 - 1e-12))
