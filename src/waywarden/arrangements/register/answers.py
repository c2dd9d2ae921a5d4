"""The register's answers as plain objects, and the sentences that explain them."""

from dataclasses import dataclass
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area
from waywarden.county.services.models import Quantity, Service
from waywarden.county.services.queries import Standards
from waywarden.rules.duties import DefaultDuty, Obligation, ParishRoute, Tier
from waywarden.rules.legislation import Law

NOT_RECORDED = "power not recorded"

PLATES: dict[str, str] = {
    Body.Kind.COUNTY: "county",
    Body.Kind.UNITARY: "county",
    Body.Kind.METROPOLITAN: "county",
    Body.Kind.LONDON_BOROUGH: "county",
    Body.Kind.DISTRICT: "district",
    Body.Kind.CITY: "district",
    Body.Kind.TOWN: "parish",
    Body.Kind.PARISH: "parish",
}

PARISH_ROUTES = {
    ParishRoute.CONSENT: "A parish may do it with the highway authority's consent",
    ParishRoute.AGREEMENT: "A parish may do it by agreement",
    ParishRoute.OWN_POWER: "A parish may do it by its own power",
    ParishRoute.GRANT: "A parish or group may do it with a grant",
}


@dataclass(frozen=True)
class Delivery:
    """One body's part in a service: all of it, or what lies "on the highway"."""

    duties: tuple[DefaultDuty, ...]
    body: Body | None

    @property
    def duty(self) -> DefaultDuty:
        """The duty, or the first of several that one body holds."""
        return self.duties[0]

    @property
    def where(self) -> str:
        """The part of a place it covers; empty where it covers all of it."""
        return self.duty.where if len(self.duties) == 1 else ""

    @property
    def plate(self) -> str:
        return PLATES.get(self.body.kind, "none") if self.body else "none"

    @property
    def laws(self) -> list[Law]:
        return [ground.law for duty in self.duties for ground in duty.grounds]

    @property
    def laws_by_act(self) -> dict[str, list[Law]]:
        """The laws under their acts, so that an act is named once."""
        acts: dict[str, list[Law]] = {}
        for law in self.laws:
            acts.setdefault(law.act, []).append(law)
        return acts

    @property
    def certainty(self) -> int | None:
        """How sure we are of the law, in per cent: that of the least sure ground."""
        grounds = (ground for duty in self.duties for ground in duty.grounds)
        return min((ground.certainty_percent for ground in grounds), default=None)

    @property
    def why(self) -> str:
        """Say in a sentence why the register names this body, or nobody."""
        if self.body is None:
            return self._why_nobody()
        capacity = f", {self.duty.capacity}" if self.duty.capacity else ""
        return f"{self.claim}{capacity}."

    @property
    def claim(self) -> str:
        """Say whose own duty or power it is, for a body that is known."""
        holder = "the council’s" if self._is_single_tier else f"the {self.duty.tier.value}’s"
        what = "duty" if self.duty.obligation is Obligation.DUTY else "power, not a duty"
        claim = f"{holder} own {what}"
        return f"{self.where.capitalize()}: {claim}" if self.where else claim.capitalize()

    @property
    def remark(self) -> str:
        """What else must be said of the law beside a body that is named."""
        return self.duty.remark if self.body else ""

    @property
    def _is_single_tier(self) -> bool:
        return self.body is not None and self.body.kind not in (
            Body.Kind.COUNTY,
            Body.Kind.DISTRICT,
            Body.Kind.CITY,
        )

    def _why_nobody(self) -> str:
        if self.duty.tier in (Tier.COUNTY, Tier.DISTRICT):
            tier = self.duty.tier.value
            return f"It falls to the {tier}, but no such council is recorded here on this day."
        return self.duty.remark or "Nobody has recorded whose duty this is."


@dataclass(frozen=True)
class Answer:
    """The register's answer for one service in one place on one day."""

    service: Service
    area: Area
    on: date
    deliveries: tuple[Delivery, ...]
    standards: Standards
    quantity: Quantity | None
    confirmed_by: str

    @property
    def chief(self) -> Delivery:
        """The delivery that answers "who?" where only one line fits."""
        return self.deliveries[0]

    @property
    def deliverer(self) -> Body | None:
        return self.chief.body

    @property
    def delivered_by(self) -> str:
        """Name every body that delivers, each with its part; empty where nobody is known."""
        return "; ".join(f"{d.body.name} {d.where}".strip() for d in self.deliveries if d.body)

    @property
    def why(self) -> str:
        return " ".join(delivery.why for delivery in self.deliveries)

    @property
    def power(self) -> str:
        """Name the laws relied on; empty where none is recorded."""
        return "; ".join(
            dict.fromkeys(law.name for delivery in self.deliveries for law in delivery.laws)
        )

    @property
    def parish_may(self) -> str:
        """Say how a parish may come to do it; empty where nobody has recorded a way."""
        duty = self.chief.duty
        if duty.parish_route not in PARISH_ROUTES:
            return ""
        said = PARISH_ROUTES[duty.parish_route]
        if not duty.parish_grounds:
            return f"{said}."
        laws = " and ".join(ground.law.name for ground in duty.parish_grounds)
        sure = min(ground.certainty_percent for ground in duty.parish_grounds)
        return f"{said} ({laws}; {sure}% sure, to be confirmed)."

    # What a table of answers says of the quantity.

    @property
    def quantity_source(self) -> str:
        return self.quantity.source if self.quantity else ""

    @property
    def quantity_confidence(self) -> str:
        return self.quantity.confidence if self.quantity else ""

    @property
    def quantity_disputed(self) -> bool | None:
        """Whether the quantity is disputed; ``None`` where there is none to dispute."""
        return self.quantity.is_disputed if self.quantity else None


WHOSE = {
    Tier.COUNTY: "The county’s",
    Tier.DISTRICT: "The district’s",
    Tier.ANY: "Nobody’s duty: any council may",
    Tier.OWNER: "Whoever owns the item",
    Tier.PARTS: "Each part falls to whoever it falls to alone",
    Tier.NOT_RECORDED: "Not recorded",
}


def whose(duty: DefaultDuty) -> str:
    """Say in a few words whose a service is by default."""
    what = {Obligation.DUTY: " duty", Obligation.POWER: " power, not a duty"}.get(
        duty.obligation, ""
    )
    if duty.tier not in (Tier.COUNTY, Tier.DISTRICT):
        return f"{WHOSE[duty.tier]}."
    where = f" {duty.where}" if duty.where else ""
    capacity = f", {duty.capacity}" if duty.capacity else ""
    return f"{WHOSE[duty.tier]}{what}{where}{capacity}."
