"""Whether a power carries what one council would hand to others: to whom, and which services.

The facts a power is asked about come from the default duties, which are recalled until the
monitoring officer has confirmed them. Until then they warn of what they would refuse. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.decisions.policies import WITH_EXECUTIVE
from waywarden.rules.duties import ParishRoute, Tier, default_duties
from waywarden.rules.legislation import TO_BE_CONFIRMED
from waywarden.rules.powers import Finding, Kind, Party, Power, Use, Weight, check, open_powers
from waywarden.rules.powers.parties import PARISHES
from waywarden.rules.powers.table import power as power_of

#: What councils and other bodies are in the eye of these laws.
KINDS: Mapping[str, Kind] = {
    Body.Kind.TOWN: Kind.PARISH,
    Body.Kind.PARISH: Kind.PARISH,
    Body.Kind.MEETING: Kind.MEETING,
    Body.Kind.PARISH_OR_MEETING: Kind.UNKNOWN,
    **dict.fromkeys(WITH_EXECUTIVE, Kind.PRINCIPAL),
    Body.Kind.TRUSTEES: Kind.PUBLIC,
    Body.Kind.JOINT_COMMITTEE: Kind.PUBLIC,
    Body.Kind.POLICE: Kind.PUBLIC,
    Body.Kind.HEALTH: Kind.PUBLIC,
}
#: How a sentence names all the councils of a kind.
ANY_OF = {
    Kind.PARISH: "a parish or town council",
    Kind.MEETING: "a parish meeting",
    Kind.UNKNOWN: "a parish of which it is not known whether it has a council",
}
#: Whether a parish holds a function, by how it may come to do it: consent leaves that open.
HOLDS = {
    ParishRoute.OWN_POWER: True,
    ParishRoute.AGREEMENT: False,
    ParishRoute.GRANT: False,
}


@dataclass(frozen=True)
class Asked:
    """A service that a power is asked about; settled where its default duty was confirmed."""

    code: str = ""
    name: str = ""
    is_settled: bool = False


@dataclass(frozen=True)
class Basis:
    """What would rest on a power: who gives, by which power, from when, and what.

    ``confirmed`` names the services for which each warning was confirmed.
    """

    giver: Body
    power: str
    on: date
    services: tuple[Asked, ...]
    confirmed: Mapping[str, frozenset[str]]
    #: The warnings of which another officer noted what the monitoring officer had said.
    noted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """One finding, and the services of which it holds: none where it holds of whatever is done."""

    finding: Finding
    services: tuple[Asked, ...]

    @property
    def says(self) -> str:
        """The sentence, led by the services it is about."""
        names = ", ".join(each.name for each in self.services)
        return f"{names}: {self.finding.says}" if names else self.finding.says

    @property
    def asks(self) -> str:
        """The sentence as it is put to the monitoring officer: without that it is put to them."""
        return without_tail(self.says)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the services it is about."""
        return frozenset(each.code for each in self.services)


@dataclass(frozen=True)
class Reliance:
    """All that was found of a power, and which others these sides could use."""

    power: Power
    found: tuple[Found, ...]
    instead: tuple[Power, ...]
    noted: frozenset[str] = frozenset()

    @property
    def refusals(self) -> list[Found]:
        """What the law, as read in its source, refuses."""
        return self._of(Weight.REFUSES)

    @property
    def unknown(self) -> list[Found]:
        """What nobody has recorded."""
        return self._of(Weight.MISSING)

    @property
    def warnings(self) -> list[Found]:
        """What waits for the monitoring officer, and keeps nobody from going on."""
        return [each for each in self._of(Weight.WARNS) if not each.finding.is_confirmed]

    @property
    def confirmed(self) -> list[Found]:
        """What the monitoring officer has confirmed."""
        return [each for each in self._of(Weight.WARNS) if each.finding.is_confirmed]

    @property
    def is_all_confirmed(self) -> bool:
        """Whether all that was asked is confirmed, and nothing is refused or unknown besides."""
        return len(self.confirmed) == len(self.found) > 0

    @property
    def is_noted(self) -> bool:
        """Whether another officer noted any of what is confirmed."""
        return any(each.finding.key in self.noted for each in self.confirmed)

    def _of(self, weight: Weight) -> list[Found]:
        return [each for each in self.found if each.finding.weight is weight]


def towards(basis: Basis, takers: Mapping[Kind, str]) -> Reliance:
    """Ask a power about every service and whoever takes it, each kind by its name."""
    uses = {
        asked: [_use(basis, asked, kind, name) for kind, name in takers.items()]
        for asked in basis.services or (Asked(),)
    }
    found = [(asked, one) for asked, its in uses.items() for one in _findings(its, asked)]
    lawful = [set(open_powers(_surely(use, asked))) for asked, its in uses.items() for use in its]
    instead = _named_instead(found, set.intersection(*lawful))
    return Reliance(power_of(basis.power), tuple(_together(found)), instead, basis.noted)


def key_of(power: str, found: Found) -> str:
    """Name one warning of a power with the services it is about, as forms do."""
    return " ".join((power, found.finding.key, *sorted(found.codes)))


def kind_of(body_kind: str) -> Kind:
    """Return what a body is in the eye of these laws; a group or company is outside them."""
    return KINDS.get(body_kind, Kind.OUTSIDE)


def without_tail(says: str) -> str:
    """Leave out of a warning that the monitoring officer has to confirm it.

    >>> without_tail("It is doubtful. (Local Government Act 1972, section 102: to be confirmed "
    ...     "by the monitoring officer.)")
    'It is doubtful. (Local Government Act 1972, section 102.)'
    """
    return says.replace(f": {TO_BE_CONFIRMED}.)", ".)").replace(
        f" is {TO_BE_CONFIRMED}.)", " was not confirmed.)"
    )


def _use(basis: Basis, asked: Asked, kind: Kind, name: str) -> Use:
    power = power_of(basis.power)
    return Use(
        basis.power,
        on=basis.on,
        giver=_giver(basis.giver, asked),
        taker=Party(name, kind, holds_function=_parish_holds(asked)),
        service=asked.code,
        # What must be recorded is asked for when an agreement is drawn up.
        recorded=frozenset(power.needs),
        confirmed=frozenset(
            key for key, codes in basis.confirmed.items() if {asked.code} - {""} <= codes
        ),
    )


def _giver(body: Body, asked: Asked) -> Party:
    if kind_of(body.kind) in PARISHES:
        held = _parish_holds(asked)
        return Party(body.name, kind_of(body.kind), holds_function=held, by_executive=False)
    own = {Tier.COUNTY, Tier.ANY} | ({Tier.DISTRICT} if body.kind != Body.Kind.COUNTY else set())
    duties = default_duties(asked.code)
    holds = next((True for duty in duties if duty.tier in own), None)
    is_elsewhere = holds is None and all(duty.tier is Tier.DISTRICT for duty in duties)
    return Party(
        body.name,
        kind_of(body.kind),
        has_executive=body.kind in WITH_EXECUTIVE or None,
        holds_function=False if is_elsewhere else holds,
        by_executive=next((duty.is_executive for duty in duties if duty.tier in own), None),
    )


def _parish_holds(asked: Asked) -> bool | None:
    return HOLDS.get(default_duties(asked.code)[0].parish_route)


def _surely(use: Use, asked: Asked) -> Use:
    """Leave out whose function it is, unless that was confirmed."""
    if asked.is_settled:
        return use
    giver, taker = (replace(side, holds_function=None) for side in (use.giver, use.taker))
    return replace(use, giver=giver, taker=taker)


def _findings(uses: Iterable[Use], asked: Asked) -> Iterable[Finding]:
    """Give what was found of a service, once, whichever kinds of councils it is found of."""
    found: dict[str, list[Finding]] = {}
    for use in uses:
        surely = {one.key for one in check(_surely(use, asked)) if one.refuses}
        for one in check(use):
            is_soft = one.refuses and one.key not in surely
            found.setdefault(one.key, []).append(_softened(one, use) if is_soft else one)
    return [_gravest(ones) for ones in found.values()]


def _gravest(ones: Sequence[Finding]) -> Finding:
    """Make one of what was found of several kinds of councils: the gravest, in each's words."""
    weights = list(Weight)
    weight = min((one.weight for one in ones), key=weights.index)
    kept = [one for one in ones if one.weight is weight]
    says = " ".join(dict.fromkeys(one.says for one in kept))
    instead = tuple(dict.fromkeys(key for one in kept for key in one.instead))
    return replace(kept[0], says=says, instead=instead)


def _softened(refusal: Finding, use: Use) -> Finding:
    law = refusal.law.name if refusal.law else "The law"
    says = f"{refusal.says} ({law}; whose duty it is by default is {TO_BE_CONFIRMED}.)"
    is_confirmed = refusal.key in use.confirmed
    return replace(refusal, weight=Weight.WARNS, says=says, is_confirmed=is_confirmed)


def _together(found: list[tuple[Asked, Finding]]) -> Iterator[Found]:
    """Say once what holds of several services, the gravest first."""
    services: dict[Finding, dict[Asked, None]] = {}
    for asked, finding in found:
        services.setdefault(finding, {})[asked] = None
    weights = list(Weight)
    for finding in sorted(services, key=lambda one: weights.index(one.weight)):
        yield Found(finding, tuple(asked for asked in services[finding] if asked.code))


def _named_instead(found: list[tuple[Asked, Finding]], lawful: set[Power]) -> tuple[Power, ...]:
    """Return the powers named in place of a refused one that carry all of it, likeliest first."""
    named = [key for _, one in found if one.refuses for key in one.instead]
    return tuple(power for key in dict.fromkeys(named) if (power := power_of(key)) in lawful)
