"""What the rooms below hold that an officer of a county has to look after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.offices.telling import reply_addresses
from waywarden.county.people.models import Office
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.county.services.models import Quantity
from waywarden.devolution.clusters import alone_queries
from waywarden.devolution.clusters import queries as clusters
from waywarden.devolution.clusters.models import Cluster, GoingAlone
from waywarden.devolution.interest import queries as interest
from waywarden.devolution.interest.lists import Line, lines_of
from waywarden.devolution.offers import queries as offers
from waywarden.devolution.offers.models import Offer, Round
from waywarden.devolution.offers.policies import obstacles_to_writing
from waywarden.devolution.offers.queries import Step
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.tables.lists import Button

#: So many silent councils are named.
SILENT_SHOWN = 5


@dataclass(frozen=True)
class OpenRound:
    """An offer that is open: its councils, and where each of them is."""

    round: Round
    offers: list[Offer]
    #: When a letter first went to each council that had one, by the key of the offer.
    first_written: Mapping[str, datetime]
    #: The address at which each council is written to, by its number.
    addresses: Mapping[int, str]
    on: date

    @property
    def steps(self) -> list[Step]:
        """How many councils are at each step; the counts add up to all of them."""
        return offers.pipeline(self.offers)

    @property
    def days_left(self) -> int:
        """How many days councils have still to answer; below nothing once that day is over."""
        return (self.round.answer_by - self.on).days

    @property
    def left(self) -> str:
        """How long councils have still to answer, in words."""
        days = self.days_left
        if days < 0:
            return "the day for answers is over"
        if days == 0:
            return "answers close today"
        return f"{days} day{'' if days == 1 else 's'} left"

    @property
    def silent(self) -> list["Silent"]:
        """Who was written to and has not answered, the longest wait first."""
        waiting = [
            Silent(
                offer,
                self.first_written.get(offer.key, offer.sent_at),
                self.addresses.get(offer.body_id, ""),
                self.on,
            )
            for offer in self.offers
            if offer.stage == "Silent"
        ]
        return sorted(waiting, key=lambda each: (-each.days, each.offer.body.name))

    @property
    def longest_silent(self) -> list["Silent"]:
        return self.silent[:SILENT_SHOWN]

    def at(self, stage: str) -> list[Offer]:
        """Return the offers at a step."""
        return [offer for offer in self.offers if offer.stage == stage]


@dataclass(frozen=True)
class Silent:
    """A council that was written to and has not answered."""

    offer: Offer
    since: datetime | None
    #: Where it is written to; blank where that is not known.
    address: str
    on: date

    @property
    def days(self) -> int:
        """Since when it was written to first."""
        return (self.on - localtime(self.since).date()).days if self.since else 0

    @property
    def why_not(self) -> str:
        """What keeps another letter from being sent to it; blank where nothing does."""
        found = obstacles_to_writing(self.offer, address=self.address, today=self.on)
        return found[0] if found else ""

    @property
    def letter(self) -> Button:
        """What sends it another letter."""
        where = reverse("offers:write", args=[self.offer.round_id, self.offer.body.key])
        return Button(where, "Write", f"to {self.offer.body}")


@dataclass(frozen=True)
class Held:
    """All that an officer's council has to look after on a day."""

    body: Body
    on: date
    rounds: list[OpenRound]
    #: Who has asked to run a service and is not answered yet.
    asked: list[Line]
    #: Clusters they run that are neither withdrawn nor dissolved.
    clusters: list[Cluster]
    #: Figures of its county that somebody disputes, the oldest first.
    disputed: list[Quantity]
    #: What councils of its county would deliver alone, and that is not settled.
    alone: list[GoingAlone]


def held_for(acting: Office, *, on: date) -> Held:
    """Return what an officer's council has to look after on a day."""
    rounds = Round.objects.filter(body=acting.body, status=Round.Status.OPEN)
    found = rounds.select_related("body").order_by("answer_by", "pk")
    runs = clusters.run_by(acting, on=on)
    return Held(
        body=acting.body,
        on=on,
        rounds=[_open(of, on=on) for of in found],
        asked=[
            line
            for line in lines_of(interest.sent_to(acting.body), on=on)
            if line.days_waiting is not None
        ],
        clusters=[each for each in clusters.clusters() if each.pk in runs and not each.is_over],
        disputed=_disputed(acting, on=on),
        alone=alone_queries.open_in_county_of(acting.body, on=on),
    )


def _open(of: Round, *, on: date) -> OpenRound:
    made = offers.offers_of(of)
    first = journal.first_at("sent an offer", kind="offer", keys=[offer.key for offer in made])
    addresses = reply_addresses([offer.body for offer in made])
    return OpenRound(of, made, first, addresses, on)


def _disputed(acting: Office, *, on: date) -> list[Quantity]:
    held = Jurisdiction.objects.filter(body=acting.body, tier=Jurisdiction.Tier.COUNTY).as_of(on)
    places = Area.objects.filter(county__in=held.values("area")).as_of(on)
    found = Quantity.objects.current().filter(area__in=places, is_disputed=True)
    return list(found.select_related("area", "service").order_by("recorded_at", "pk"))
