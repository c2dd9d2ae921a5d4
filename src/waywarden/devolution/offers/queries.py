"""Questions about offers: the rounds there are, and the pack of one council."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from waywarden.county.councils.models import Body
from waywarden.county.decisions.relying import Basis, Reliance
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Quantity
from waywarden.devolution.offers.calendars import CouncilDays
from waywarden.devolution.offers.costs import Costs, Span, costs_of
from waywarden.devolution.offers.models import MINUTE_WITHDRAWN, Offer, OfferedService, Round
from waywarden.devolution.offers.notice_days import NoticeDay
from waywarden.devolution.offers.relying_queries import basis_of, reliance_to
from waywarden.fabric.common.wording import amount
from waywarden.fabric.journal.models import Entry
from waywarden.rules.calendar import Whose
from waywarden.rules.four_numbers import FourNumbers
from waywarden.rules.pence import line
from waywarden.rules.timetable import Meeting, meeting

Tier = Jurisdiction.Tier
#: What the history says once a council has told something of itself.
TOLD_OWN = "said something of its council for an offer"


@dataclass(frozen=True)
class PackLine:
    """One service in a council's pack: how much of it there is, and what the county pays."""

    offered: OfferedService
    area: Area
    held: Quantity | None

    @property
    def pays(self) -> int | None:
        """What the county would pay in a year, in pence; none where the quantity is not known."""
        if self.held is None:
            return None
        return line(self.offered.rate_millipence, self.held.amount_milli)

    @property
    def quantity(self) -> str:
        """How much there is, with its unit."""
        return amount(self.held.amount_milli, self.held.unit) if self.held else "Not known"

    @property
    def is_disputed(self) -> bool:
        return self.held is not None and self.held.is_disputed

    @property
    def sureness(self) -> str:
        """How sure the figure is, in a word or two."""
        if self.held is None:
            return ""
        if self.held.is_disputed:
            return "Disputed"
        return "Estimate (C)" if self.held.is_estimate else f"Measured ({self.held.confidence})"


@dataclass(frozen=True)
class Way:
    """One way to do it, and its four numbers."""

    name: str
    numbers: FourNumbers


@dataclass(frozen=True)
class Pack:
    """All that an offer means for one council."""

    offer: Offer
    lines: list[PackLine]
    costs: Costs | None
    #: What is known of the power it rests on; none where nobody asks.
    basis: Basis | None = None

    @cached_property
    def reliance(self) -> Reliance | None:
        """What is found of the power, towards this council by its name."""
        return reliance_to(self.offer, self.basis) if self.basis else None

    @property
    def missing(self) -> list[str]:
        """The services of which nobody knows how much there is."""
        return [entry.offered.service.name for entry in self.lines if entry.pays is None]

    @property
    def is_of_no_council(self) -> bool:
        """Whether it is a parish meeting, or not known to be a council."""
        return self.offer.whose is not Whose.PARISH_COUNCIL

    @property
    def meets(self) -> Meeting | None:
        """Its next meeting, with the day by which its notice must be out; none if it named none."""
        meeting_on = self.offer.meeting_on
        return meeting(meeting_on, self.offer.whose) if meeting_on else None

    def notice(self, today: date) -> NoticeDay | None:
        """By which day the notice of that meeting is out, in sentences as of a day."""
        return NoticeDay(self.meets, self.offer.round.starts_on, today) if self.meets else None

    @property
    def is_of_several_places(self) -> bool:
        """Whether the council holds more than one parish."""
        return len({entry.area.pk for entry in self.lines}) > 1

    @property
    def county_pays(self) -> int | None:
        """What the county would pay for all of it; none where any quantity is not known."""
        known = [entry.pays for entry in self.lines if entry.pays is not None]
        return sum(known) if known and len(known) == len(self.lines) else None

    @property
    def disputed(self) -> list[PackLine]:
        return [entry for entry in self.lines if entry.is_disputed]

    @property
    def is_estimated(self) -> bool:
        """Whether any of its quantities is an estimate."""
        return any(entry.held is not None and entry.held.is_estimate for entry in self.lines)

    @property
    def alone(self) -> FourNumbers:
        """The four numbers of a council that goes alone."""
        return self._numbers(self.costs.alone if self.costs else None)

    @property
    def together(self) -> FourNumbers | None:
        """Those of its share in the plan's cluster; none where it is in no cluster."""
        if self.costs is None or self.costs.together is None:
            return None
        return self._numbers(self.costs.together)

    @property
    def best(self) -> FourNumbers:
        """What stands first on the page: its share in the cluster, or else alone."""
        return self.together or self.alone

    @property
    def quoted(self) -> FourNumbers | None:
        """The four numbers of a price the council was quoted itself; none where it names none."""
        quote = self.offer.own_quote_pence
        if quote is None:
            return None
        return FourNumbers(
            cost=quote, county_pays=self.county_pays, tax_base_milli=self.offer.tax_base_milli
        )

    @property
    def ways(self) -> list[Way]:
        """The four numbers of each way that is known, one beside the other."""
        ways = {
            "Your share in the cluster": self.together,
            "Alone": self.alone,
            "Your own quote": self.quoted,
        }
        return [Way(name, numbers) for name, numbers in ways.items() if numbers]

    def _numbers(self, span: Span | None) -> FourNumbers:
        return FourNumbers(
            cost=span.expected if span else None,
            low=span.low if span else None,
            high=span.high if span else None,
            county_pays=self.county_pays,
            tax_base_milli=self.offer.tax_base_milli,
        )


def services_of(of: Round) -> list[OfferedService]:
    """Return what a round offers, in the catalogue's order."""
    offered = of.services.filter(is_left_out=False).select_related("service")
    return list(offered.order_by("service__order"))


def pack_of(offer: Offer, *, on: date) -> Pack:
    """Return what an offer means for its council on a day."""
    return _packs(offer.round, [offer], on=on)[0]


def packs_of(of: Round, *, on: date) -> list[Pack]:
    """Return what a round means for each council, in as many queries for many as for few."""
    return _packs(of, offers_of(of), on=on)


def _packs(of: Round, offers: Sequence[Offer], *, on: date) -> list[Pack]:
    offered, places = services_of(of), _places(offers, on=on)
    every = [area for areas in places.values() for area in areas]
    held = catalogue.current_quantities(every, [each.service for each in offered])
    costs = costs_of(of.plan, places, frozenset(each.service.code for each in offered))
    basis = basis_of(of, [each.service for each in offered])
    return [
        Pack(offer, _lines(places[offer.body_id], offered, held), costs.get(offer.body_id), basis)
        for offer in offers
    ]


def _places(offers: Sequence[Offer], *, on: date) -> dict[int, list[Area]]:
    """Return the parishes that councils hold on a day, by council."""
    places: dict[int, list[Area]] = {offer.body_id: [] for offer in offers}
    held = Jurisdiction.objects.filter(tier=Tier.PARISH, body__in=places).as_of(on)
    for each in held.select_related("area").order_by("area__name", "pk"):
        places[each.body_id].append(each.area)
    return places


def _lines(
    areas: Sequence[Area],
    offered: Sequence[OfferedService],
    held: Mapping[tuple[int, int], Quantity],
) -> list[PackLine]:
    return [
        PackLine(each, area, held.get((area.pk, each.service_id)))
        for area in areas
        for each in offered
    ]


def councils_to_ask(body: Body, *, on: date) -> list[Body]:
    """Return the councils and meetings of the parishes in the county a council answers for."""
    held = Jurisdiction.objects.as_of(on)
    counties = held.filter(body=body, tier=Tier.COUNTY).values("area")
    parishes = held.filter(tier=Tier.PARISH, area__county__in=counties).select_related("body")
    found = {each.body_id: each.body for each in parishes if each.body.withdrawn_on is None}
    return sorted(found.values(), key=lambda each: each.name)


def offers_of(of: Round) -> list[Offer]:
    """Return the offers of a round, by the name of the council."""
    offers = Offer.objects.in_round(of).select_related("body", "round__body", "decision")
    return list(offers.order_by("body__name"))


def offer_to(of: Round, key: str) -> Offer | None:
    """Return the offer of a round to a council, by its key."""
    offers = Offer.objects.in_round(of).select_related("body", "round__body", "decision__body")
    return offers.filter(body__key=key).first()


@dataclass(frozen=True)
class Step:
    """One step of the pipeline: how many councils are there."""

    name: str
    count: int


def pipeline(offers: Sequence[Offer]) -> list[Step]:
    """Count the councils at each step; the counts add up to all of them."""
    names = ["Not sent yet", "Silent", *Offer.Answer.labels, MINUTE_WITHDRAWN]
    counted = dict.fromkeys(names, 0)
    for offer in offers:
        counted[offer.stage] += 1
    # That a minute is withdrawn is rare, and said only where it happened.
    return [
        Step(name, count) for name, count in counted.items() if count or name != MINUTE_WITHDRAWN
    ]


def days_of(of: Round, *, on: date) -> list[CouncilDays]:
    """Return the days a round leaves each of its councils, by what they said in any offer."""
    meets: dict[int, set[date]] = {}
    said = Offer.objects.filter(round__body=of.body, meeting_on__gte=on)
    for each in said:
        if each.meeting_on:
            meets.setdefault(each.body_id, set()).add(each.meeting_on)
    return [CouncilDays(offer, meets.get(offer.body_id, set()), on) for offer in offers_of(of)]


@dataclass(frozen=True)
class Before:
    """What a council said of itself in another offer: its value, as a form shows it, and which.

    A tax base is one of a year: that in which the services of the offer would start.
    """

    value: object
    offer: str
    year: int


def has_told_own(offer: Offer) -> bool:
    """Whether a council has told anything of itself for an offer, or cleared what was filled in."""
    held = (offer.meeting_on, offer.tax_base_milli, offer.own_quote_pence)
    if any(value is not None for value in held):
        return True
    return Entry.objects.about("offer", offer.key).filter(did=TOLD_OWN).exists()


def said_before(offer: Offer, *, on: date) -> dict[str, Before]:
    """Return what a council told whoever offers in other rounds, by its name.

    That is the tax base of the latest year, and the first of its meetings to come. Nothing where
    it has told anything of this offer, so that what it clears stays clear.
    """
    if has_told_own(offer):
        return {}
    others = Offer.objects.filter(body=offer.body, round__body=offer.round.body)
    newest = others.exclude(pk=offer.pk).select_related("round")
    found = {}
    told = newest.filter(tax_base_milli__isnull=False).order_by("-round__starts_on", "-pk")
    base = told.first()
    if base and base.tax_base_milli:
        found["tax_base"] = _before(homes(base.tax_base_milli), base)
    meets = newest.filter(meeting_on__gte=on).order_by("meeting_on", "-pk").first()
    if meets:
        found["meeting_on"] = _before(meets.meeting_on, meets)
    return found


def _before(value: object, said: Offer) -> Before:
    return Before(value, said.round.title, said.round.starts_on.year)


def homes(milli: int) -> str:
    """Write a tax base as a form shows it.

    >>> homes(262_400)
    '262.400'
    """
    return f"{milli // 1000}.{milli % 1000:03d}"
