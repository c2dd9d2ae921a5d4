"""What a plan needs to know of a county, wherever it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Kinds of council, as the register has them.
TOWN, PARISH, MEETING, PARISH_OR_MEETING = "town", "parish", "parish-meeting", "parish-or-meeting"
KINDS = (TOWN, PARISH, MEETING, PARISH_OR_MEETING)


class CannotPlan(ValueError):
    """Nothing can be planned from what was given. The message says why and what to do."""

    is_plain = True


@dataclass(frozen=True)
class Amount:
    """How much of a service a place has, in thousandths of the service's unit.

    Measured amounts have all three figures alike.
    """

    low_milli: int
    expected_milli: int
    high_milli: int
    is_estimate: bool


@dataclass(frozen=True)
class CouncilFacts:
    """One parish or town council or parish meeting, and its place.

    ``kind`` is that of the register: town, parish, parish-meeting or
    parish-or-meeting (not known which). ``willingness`` is by service code;
    a service that is missing has not been answered. ``address`` is the page of
    its place on the site, relative, the same wherever the facts were read.
    """

    key: str
    name: str
    code: str
    district: str
    kind: str
    easting_m: float
    northing_m: float
    longitude: float
    latitude: float
    population: int | None
    population_is_modelled: bool
    amounts: Mapping[str, Amount]
    willingness: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """A council that cannot be planned, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class CountyFacts:
    """A county's councils, in the order of their keys, and which places touch."""

    county: str
    councils: tuple[CouncilFacts, ...]
    neighbours: tuple[tuple[str, str], ...]
    left_out: tuple[LeftOut, ...] = ()
