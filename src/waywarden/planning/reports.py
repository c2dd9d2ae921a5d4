"""A plan in whole pence and plain facts: what is stored, downloaded, drawn and shown.

Each line is rounded once, half up, to pence; every total is the sum of its
lines. Ranges are at low, expected and high prices.
"""

from dataclasses import dataclass

#: The price cases: tenders for one job differ, so each cost is given at three prices.
PRICES = ("low", "expected", "high")


@dataclass(frozen=True)
class Range:
    """Pence a year at low, expected and high prices."""

    low: int
    expected: int
    high: int

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.expected + other.expected, self.high + other.high)

    def __sub__(self, other: "Range") -> "Range":
        """Return the difference in each price case (so "low" may exceed "high")."""
        return Range(self.low - other.low, self.expected - other.expected, self.high - other.high)

    def at(self, prices: str) -> int:
        """Return the pence in one of PRICES."""
        return {"low": self.low, "expected": self.expected, "high": self.high}[prices]


NOTHING = Range(0, 0, 0)


@dataclass(frozen=True)
class ServiceReport:
    """A service of the plan: the level planned, and what we estimate the county pays for it now.

    ``alone`` and ``planned`` are to all payers together: they include ``kept``,
    what the county goes on paying for councils that leave it the service.
    ``planned`` is without the cost of running clusters.
    """

    code: str
    name: str
    unit: str
    #: The work planned at a firm's prices, without clerks or clusters: what we estimate is paid.
    now: Range
    alone: Range
    planned: Range
    #: "Two cuts a year", and where that level comes from, with its letter.
    level: str
    level_source: str
    level_confidence: str
    kept: Range = NOTHING
    #: The county's published yearly budget for it, beside our estimate; None where none was read.
    published_pence: int | None = None
    published_source: str = ""
    published_year: str = ""


@dataclass(frozen=True)
class LedService:
    """One service in one cluster: which council leads, in which way, at which cost."""

    service: str
    lead: str
    model: str
    cost: Range
    #: Part of the lead's capacity in the peak month that is used, in whole percent; None: no limit.
    peak_percent: int | None


@dataclass(frozen=True)
class ClusterReport:
    """One proposed cluster. ``name`` is its lead's short name; numbers run from north to south."""

    number: int
    key: str
    name: str
    lead: str
    members: tuple[str, ...]
    services: tuple[LedService, ...]
    coordination: Range
    planned: Range
    alone: Range
    #: Those of PRICES at which it costs no more than its members alone.
    holds_at: tuple[str, ...]
    #: "map-1" to "map-4", so that neighbouring clusters differ.
    tint: str
    #: What keeps it from growing or another from leading, in words; empty where nothing binds.
    binds: tuple[str, ...]


@dataclass(frozen=True)
class CouncilReport:
    """One council: its cluster, and what it would pay alone and together.

    ``together`` is its share of its cluster's cost, divided in proportion to
    what each would pay alone; outside a cluster it is what it pays alone. What
    the county pays for the services it leaves with the county, ``stays``, is
    neither: it is ``kept``. ``cluster`` is None where it is in no cluster, or in
    several of a plan that is made service by service; ``clusters`` has them all.
    """

    key: str
    name: str
    kind: str
    is_planned_as_meeting: bool
    cluster: int | None
    alone: Range
    together: Range
    #: Services it would lead for its cluster.
    leads: tuple[str, ...]
    #: Each service's way alone, by service code: what it is compared with.
    alone_models: dict[str, str]
    #: Sentences: why it is here, what would change, who would do what.
    why: tuple[str, ...]
    clusters: tuple[int, ...] = ()
    stays: tuple[str, ...] = ()
    kept: Range = NOTHING


@dataclass(frozen=True)
class Report:
    """A whole plan. ``input_hash`` names everything the plan followed from.

    ``alone`` and ``planned`` are to all payers together: what councils pay, and
    ``kept``, what the county goes on paying for councils that have not said
    they would take part. Where none has, both are our estimate of what the county pays now.
    """

    input_hash: str
    county: str
    shape: str
    effort: str
    seed: int
    is_everyone: bool
    services: tuple[ServiceReport, ...]
    clusters: tuple[ClusterReport, ...]
    councils: tuple[CouncilReport, ...]
    left_out: tuple[tuple[str, str], ...]
    #: The work planned at a firm's prices, without clerks or clusters: what we estimate is paid.
    now: Range
    alone: Range
    planned: Range
    #: The proven bound at expected prices, rounded down; and the gap, in tenths of a percent, up.
    bound: int
    gap_permille: int
    #: What the bound rests on, in words.
    bound_is: str
    #: What the plan does and how good it is, in sentences.
    findings: tuple[str, ...]
    #: What was assumed, each with its letter and source: (words, confidence, source).
    assumed: tuple[tuple[str, str, str], ...]
    kept: Range = NOTHING
    #: The rules that were asked: what each is, and the keys that it names, as `Asked.listed`.
    asked: tuple[tuple[str, ...], ...] = ()

    @property
    def coordination(self) -> Range:
        """What running all clusters costs: the part of ``planned`` that is in no service."""
        return sum((cluster.coordination for cluster in self.clusters), NOTHING)

    @property
    def saving(self) -> Range:
        """How much less the plan costs than every council alone."""
        return self.alone - self.planned
