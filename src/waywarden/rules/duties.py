"""Whose duty a service is where nothing has been agreed: the register's default answer.

Every line is recalled, with how sure we are in per cent, and is to be confirmed
by the monitoring officer before anyone relies on it. It warns and never
refuses. A service that is not in the table has no recorded power, and the
register says so instead of guessing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from waywarden.rules.legislation import Law, law


class Tier(StrEnum):
    """Which council, or who else, a service falls to."""

    COUNTY = "county"
    DISTRICT = "district"
    UNITARY = "unitary"
    PARISH = "parish"
    ANY = "any"
    OWNER = "owner"
    PARTS = "parts"
    NOT_RECORDED = "not recorded"


class Obligation(StrEnum):
    """Whether the law says must, or only may."""

    DUTY = "duty"
    POWER = "power"
    NOT_RECORDED = "not recorded"


class ParishRoute(StrEnum):
    """How a parish may come to do a service that is not its own."""

    CONSENT = "with the highway authority's consent"
    AGREEMENT = "by agreement"
    OWN_POWER = "by its own power"
    GRANT = "with a grant"
    NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class Ground:
    """A law that an answer rests on, and how sure we are that it is the right one."""

    law_key: str
    certainty_percent: int

    @property
    def law(self) -> Law:
        """Give the law itself, as the table of legislation states it."""
        return law(self.law_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultDuty:
    """Who answers for a service by default, in what capacity and under which law.

    ``is_executive`` is None where nobody has recorded whether the function is
    an executive one.
    """

    service: str
    tier: Tier
    where: str = ""
    capacity: str = ""
    obligation: Obligation = Obligation.NOT_RECORDED
    is_executive: bool | None = None
    grounds: tuple[Ground, ...] = ()
    parish_route: ParishRoute = ParishRoute.NOT_RECORDED
    parish_grounds: tuple[Ground, ...] = ()
    remark: str = ""

    @property
    def has_power(self) -> bool:
        """Say whether any law is recorded; where not, show "power not recorded"."""
        return bool(self.grounds)

    @property
    def laws(self) -> tuple[Law, ...]:
        """Give the laws the answer rests on, the chief one first; none where none is recorded."""
        return tuple(ground.law for ground in self.grounds)

    @property
    def certainty(self) -> int | None:
        """Say how sure we are of the chief law, in per cent; None where none is recorded."""
        return self.grounds[0].certainty_percent if self.grounds else None

    @property
    def parish_may(self) -> str:
        """Say what a parish may do about it, and how; empty where nobody has recorded that.

        >>> default_duty("LIB").parish_may
        'A parish council may do this by agreement.'
        """
        if self.parish_grounds:
            return " ".join(ground.law.says for ground in self.parish_grounds)
        if self.parish_route is ParishRoute.NOT_RECORDED:
            return ""
        return f"A parish council may do this {self.parish_route}."


EXECUTIVE_CERTAINTY_PERCENT = 90
AS_HIGHWAY_AUTHORITY = "as highway authority"
MOWING_AND_LITTER = (
    "Cutting falls to the county and litter on the highway to the district, so a mower that "
    "scatters litter leaves it between two councils."
)

_MAINTAIN_HIGHWAYS = (
    Ground("HA1980-s41", 95),
    Ground("HA1980-s96", 95),
    Ground("HA1980-s154", 90),
)
_WITH_CONSENT = (Ground("HA1980-s96-5", 90),)


def _highway(service: str, remark: str = "") -> DefaultDuty:
    return DefaultDuty(
        service=service,
        tier=Tier.COUNTY,
        capacity=AS_HIGHWAY_AUTHORITY,
        obligation=Obligation.DUTY,
        is_executive=True,
        grounds=_MAINTAIN_HIGHWAYS,
        parish_route=ParishRoute.CONSENT,
        parish_grounds=_WITH_CONSENT,
        remark=remark,
    )


def _county(service: str, *grounds: Ground, route: ParishRoute) -> DefaultDuty:
    return DefaultDuty(
        service=service,
        tier=Tier.COUNTY,
        obligation=Obligation.DUTY,
        is_executive=True,
        grounds=grounds,
        parish_route=route,
    )


_DUTIES = (
    _highway("DPS01", remark=MOWING_AND_LITTER),
    _highway("DPS02", remark=MOWING_AND_LITTER),
    _highway("HDG"),
    _highway("EPI"),
    _highway("SID"),
    _county(
        "SGN",
        Ground("RTRA1984-s65", 85),
        Ground("HA1980-s41", 85),
        route=ParishRoute.AGREEMENT,
    ),
    DefaultDuty(
        service="FLY",
        tier=Tier.COUNTY,
        where="on the highway",
        obligation=Obligation.POWER,
        is_executive=True,
        grounds=(Ground("HA1980-s132", 90),),
        parish_route=ParishRoute.AGREEMENT,
    ),
    DefaultDuty(
        service="FLY",
        tier=Tier.DISTRICT,
        where="elsewhere",
        obligation=Obligation.POWER,
        grounds=(Ground("TCPA1990-s225", 85),),
        parish_route=ParishRoute.AGREEMENT,
    ),
    _county("WED", Ground("HA1980-s41", 85), route=ParishRoute.AGREEMENT),
    _county(
        "GUL",
        Ground("HA1980-s41", 90),
        Ground("HA1980-s100", 90),
        route=ParishRoute.AGREEMENT,
    ),
    DefaultDuty(
        service="ROW",
        tier=Tier.COUNTY,
        obligation=Obligation.DUTY,
        is_executive=True,
        grounds=(Ground("HA1980-s41", 95), Ground("HA1980-s130", 95)),
        parish_route=ParishRoute.OWN_POWER,
        parish_grounds=(Ground("HA1980-s43", 95),),
    ),
    DefaultDuty(
        service="LIT",
        tier=Tier.DISTRICT,
        obligation=Obligation.DUTY,
        grounds=(Ground("EPA1990-s89", 95), Ground("EPA1990-s59", 85)),
        parish_route=ParishRoute.OWN_POWER,
        parish_grounds=(Ground("LA1983-ss5-6", 85),),
        remark="A parish's own power covers litter bins. " + MOWING_AND_LITTER,
    ),
    DefaultDuty(
        service="TOI",
        tier=Tier.ANY,
        obligation=Obligation.POWER,
        grounds=(Ground("PHA1936-s87", 90),),
        parish_route=ParishRoute.OWN_POWER,
        parish_grounds=(Ground("PHA1936-s87", 90),),
        remark="No council must provide public toilets; a county, district or parish may.",
    ),
    _county("LIB", Ground("PLMA1964-s7", 95), route=ParishRoute.AGREEMENT),
    _county("U5S", Ground("CA2006-s5A", 80), route=ParishRoute.GRANT),
    DefaultDuty(service="FUR", tier=Tier.OWNER, remark="It falls to whoever owns the item."),
    DefaultDuty(
        service="LEN",
        tier=Tier.PARTS,
        remark="A bundle of other services: each part falls to whoever it falls to alone.",
    ),
)

SERVICES = tuple(dict.fromkeys(duty.service for duty in _DUTIES))


def default_duties(service: str) -> tuple[DefaultDuty, ...]:
    """Give every default answer for a service, the first being the chief one.

    Illegal signs fall to the county on the highway and to the district
    elsewhere; nearly every other service has one answer.

    >>> [f"{duty.tier} {duty.where}" for duty in default_duties("FLY")]
    ['county on the highway', 'district elsewhere']
    """
    recorded = tuple(duty for duty in _DUTIES if duty.service == service)
    return recorded or (DefaultDuty(service=service, tier=Tier.NOT_RECORDED),)


def default_duty(service: str) -> DefaultDuty:
    """Give the chief default answer for a service.

    >>> default_duty("DPS01").capacity
    'as highway authority'
    >>> default_duty("ADM").has_power
    False
    """
    return default_duties(service)[0]


def holder_tier(duty: DefaultDuty, tiers_here: Collection[str]) -> Tier | None:
    """Give the tier that holds a duty in a place, or None where that is not known.

    A unitary council holds what a county and a district hold elsewhere.

    >>> holder_tier(default_duty("LIT"), {"county", "district", "parish"})
    <Tier.DISTRICT: 'district'>
    >>> holder_tier(default_duty("LIT"), {"unitary", "parish"})
    <Tier.UNITARY: 'unitary'>
    >>> holder_tier(default_duty("FUR"), {"unitary", "parish"}) is None
    True
    """
    if duty.tier not in {Tier.COUNTY, Tier.DISTRICT}:
        return None
    if duty.tier in tiers_here:
        return duty.tier
    return Tier.UNITARY if Tier.UNITARY in tiers_here else None
