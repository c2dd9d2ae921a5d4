"""Whose duty a service is where nothing has been agreed: the register's default answer.

Every line is recalled, with how sure we are in per cent, and is to be confirmed
by the monitoring officer before anyone relies on it. It warns and never
refuses. A service that is not in the table has no recorded power, and the
register says so instead of guessing.
"""

from dataclasses import dataclass
from enum import StrEnum

from waywarden.rules.legislation import Law, law


class Tier(StrEnum):
    """Which council, or who else, a service falls to."""

    COUNTY = "county"
    DISTRICT = "district"
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
    >>> default_duty("ADM").grounds
    ()
    """
    return default_duties(service)[0]
