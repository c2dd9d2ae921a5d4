"""Who has taken what on so far: how far each council of a county is, as far as that is public.

A council's own business stays its own. An answer counts only once anybody may read it: by a
minute that is open to everybody, or by a reason that the council lets be read. Who is in a
cluster that is forming or formed stands on the cluster's page, whatever minute it rests on. Of
all others it is known only that they were asked.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.devolution.clusters import queries as clusters
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.offers import queries as offers
from waywarden.devolution.offers.models import Offer, Round

Tier = Jurisdiction.Tier


@dataclass(frozen=True)
class Stage:
    """One stage: its name, what it means, and how the map fills it."""

    name: str
    says: str
    fill: str


FORMED = Stage("In a formed cluster", "The cluster’s page says who leads it.", "seq-5")
FORMING = Stage(
    "In a cluster that is forming", "It has joined by a resolution; not every member has.", "seq-4"
)
AGREED = Stage(
    "Has agreed, in no cluster so far", "It resolved to take on what it was offered.", "seq-3"
)
MORE_TIME = Stage("Needs more time", "It says so, and why, for everybody to read.", "seq-2")
DECLINED = Stage(
    "Leaves it with the county", "It says so, and why, for everybody to read.", "map-3"
)
ASKED = Stage(
    "Asked", "It was written to. What it has answered, if anything, is not public.", "seq-1"
)
NOT_ASKED = Stage("Not asked yet", "No letter of an offer has gone to it.", "unknown")
#: From the furthest.
STAGES = (FORMED, FORMING, AGREED, MORE_TIME, DECLINED, ASKED, NOT_ASKED)
ANSWERS = {Offer.Answer.MORE_TIME: MORE_TIME, Offer.Answer.DECLINED: DECLINED}


@dataclass(frozen=True)
class Row:
    """One council: the places it holds, how far it is, and what it takes on."""

    body: Body
    places: tuple[Area, ...]
    stage: Stage
    clusters: tuple[Cluster, ...]
    #: By name: those of its clusters, else those it was offered and agreed to take on.
    services: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """Every council of a county on a day, by name."""

    county: Area
    on: date
    rows: list[Row]
    rounds: list[Round]

    @property
    def counted(self) -> list[tuple[Stage, int]]:
        """How many councils are at each stage; the counts add up to all of them."""
        many = Counter(row.stage for row in self.rows)
        return [(stage, many[stage]) for stage in STAGES]

    @property
    def taken_on(self) -> int:
        """How many councils are in a formed cluster."""
        return sum(row.stage is FORMED for row in self.rows)

    @cached_property
    def by_place(self) -> dict[str, Row]:
        """The council of each place, by the key of the place."""
        return {place.key: row for row in self.rows for place in row.places}


def progress_of(county: Area, *, on: date) -> Progress:
    """Return how far each council and meeting of a county's parishes is on a day."""
    held = _held(county, on=on)
    rounds = _rounds(county, on=on)
    answered, inside = _answered(rounds), _inside(on=on)
    rows = [_row(body, held[body], answered, inside) for body in held]
    return Progress(county, on, sorted(rows, key=lambda row: (row.body.name, row.body.key)), rounds)


def _held(county: Area, *, on: date) -> dict[Body, tuple[Area, ...]]:
    """Return the places of each council that is listed."""
    parishes = Jurisdiction.objects.filter(tier=Tier.PARISH, area__county=county).as_of(on)
    held: dict[Body, tuple[Area, ...]] = {}
    for each in parishes.select_related("body", "area").order_by("area__name", "pk"):
        if each.body.withdrawn_on is None:
            held[each.body] = (*held.get(each.body, ()), each.area)
    return held


def _rounds(county: Area, *, on: date) -> list[Round]:
    """Return the offers to councils of a county that were opened and stand, the newest first."""
    whose = Jurisdiction.objects.filter(tier=Tier.COUNTY, area=county).as_of(on).values("body")
    standing = [Round.Status.OPEN, Round.Status.CLOSED]
    found = Round.objects.filter(body__in=whose, status__in=standing).select_related("body")
    return list(found.order_by("-opened_at", "-pk"))


@dataclass(frozen=True)
class _Answered:
    """How far a council is by its offers alone, and which services it agreed to take on."""

    stage: Stage
    services: tuple[str, ...] = ()


def _answered(rounds: Iterable[Round]) -> dict[int, _Answered]:
    """Say of each council that was asked what is public of its answers, by its primary key.

    That it agreed stands, whichever offer it was; else the newest offer says where it is.
    """
    found: dict[int, _Answered] = {}
    for of in rounds:
        services = tuple(each.service.name for each in offers.services_of(of))
        for offer in offers.offers_of(of):
            stage = _public(offer)
            is_first = offer.body_id not in found
            if is_first or (stage is AGREED and found[offer.body_id].stage is not AGREED):
                taken = services if stage is AGREED else ()
                found[offer.body_id] = _Answered(stage, taken)
    return found


def _public(offer: Offer) -> Stage:
    """Return what everybody may know of an offer."""
    if offer.sent_at is None and not offer.answer:
        return NOT_ASKED
    if offer.has_lost_its_minute:
        return ASKED
    is_told = bool(offer.reason) and offer.is_reason_public
    if offer.answer == Offer.Answer.AGREED:
        return AGREED if is_told or _is_open(offer.decision) else ASKED
    return ANSWERS.get(Offer.Answer(offer.answer), ASKED) if offer.answer and is_told else ASKED


def _is_open(decision: Decision | None) -> bool:
    """Whether anybody may read that a council resolved it."""
    return decision is not None and not decision.is_exempt


def _inside(*, on: date) -> dict[int, list[Cluster]]:
    """Return the clusters that a council is in and everybody sees, by its primary key."""
    found: dict[int, list[Cluster]] = {}
    for cluster in clusters.clusters():
        if cluster.status in (Cluster.Status.FORMED, Cluster.Status.FORMING):
            for held in cluster.memberships.all():
                if held.is_member(on):
                    found.setdefault(held.body_id, []).append(cluster)
    return found


def _row(
    body: Body,
    places: tuple[Area, ...],
    answered: Mapping[int, _Answered],
    inside: Mapping[int, list[Cluster]],
) -> Row:
    own = tuple(inside.get(body.pk, ()))
    if not own:
        found = answered.get(body.pk, _Answered(NOT_ASKED))
        return Row(body, places, found.stage, (), found.services)
    is_formed = any(each.status == Cluster.Status.FORMED for each in own)
    services = {scope.service.name for each in own for scope in each.scope.all()}
    return Row(body, places, FORMED if is_formed else FORMING, own, tuple(sorted(services)))
