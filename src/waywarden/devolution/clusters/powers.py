"""By which powers a cluster's services are delivered, and what the law says of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.decisions.relying import Basis, Found, Reliance, key_of, kind_of, towards
from waywarden.county.services.models import Service
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.models import (
    Cluster,
    ClusterConfirmation,
    Membership,
    Role,
    Scope,
)
from waywarden.devolution.offers.relying_queries import asked_of
from waywarden.rules.powers import Kind
from waywarden.rules.powers.table import CONTRACT, DELEGATE, GRANT, LEND

#: So many of the other members a sentence names; the rest are another member.
NAMED = 2
#: A council that is not named: it has not joined, or there are too many.
UNNAMED = "another member"


@dataclass(frozen=True)
class Rests:
    """What the services that one council, group or company delivers for the others rest on."""

    #: The key of the council that delivers or of who asked the county, or the name of a company.
    taker: str
    name: str
    services: tuple[Service, ...]
    reliance: Reliance
    #: What the monitoring officer has confirmed of it, the last first.
    confirmations: list[ClusterConfirmation]

    @property
    def power(self) -> str:
        """The key of the power."""
        return self.reliance.power.key

    @property
    def instead(self) -> str:
        """Which powers could be used in place of one that the law refuses."""
        return " or ".join(power.name for power in self.reliance.instead)

    def key_of(self, found: Found) -> str:
        """Name one warning with who delivers, as the form does."""
        return f"{self.taker}: {key_of(self.power, found)}"


def rests_of(cluster: Cluster, *, on: date) -> list[Rests]:
    """Return what the services of a cluster rest on, for each who delivers and each power."""
    lead = queries.lead_of(cluster)
    groups: dict[tuple[str, str], tuple[Role, list[Service]]] = {}
    roles = {role.service_id: role for role in queries.roles_of(cluster)}
    for scope in queries.scope_of(cluster):
        own = roles.get(scope.service_id)
        role = own if own and own.is_held else lead
        if role.is_held and scope.intended != Scope.Model.COUNTY:
            key = power_for(role, scope), taker_of(role)
            groups.setdefault(key, (role, []))[1].append(scope.service)
    standing, others = confirmations_of(cluster), _others(cluster, on=on)
    return [
        _rests(cluster, _givers(others, role, on=on), (role, power), services, standing)
        for (power, _), (role, services) in groups.items()
    ]


def power_for(role: Role, scope: Scope) -> str:
    """Return the key of the power by which whoever leads a service delivers it for the others."""
    if role.holder_id is None:
        return CONTRACT if role.holder_kind == Role.Holder.CONTRACTOR else GRANT
    return LEND if scope.intended == Scope.Model.SHARED else DELEGATE


def taker_of(role: Role) -> str:
    """Name who delivers, as confirmations keep it: a group that asked by its expression's key."""
    if role.holder is not None:
        return role.holder.key
    return role.expression.key if role.expression is not None else role.holder_name


def confirmations_of(cluster: Cluster) -> list[ClusterConfirmation]:
    """Return what was confirmed and not taken back, the last first."""
    return list(cluster.confirmations.filter(taken_back_at=None).order_by("-pk"))


def _rests(
    cluster: Cluster,
    givers: Iterable[Body],
    by: tuple[Role, str],
    services: Sequence[Service],
    standing: Iterable[ClusterConfirmation],
) -> Rests:
    role, power = by
    taker = taker_of(role)
    confirmed = [each for each in standing if (each.power, each.taker) == (power, taker)]
    holder = role.holder
    takers = {kind_of(holder.kind if holder else ""): str(role.held_by)}
    found = [
        towards(
            Basis(
                giver,
                power,
                cluster.starts_on,
                asked_of(services),
                _codes(confirmed),
                frozenset(each.warning for each in confirmed if each.is_noted),
            ),
            takers,
        )
        for giver in givers
    ]
    return Rests(taker, str(role.held_by), tuple(services), _one(found), confirmed)


def _codes(confirmed: Iterable[ClusterConfirmation]) -> Mapping[str, frozenset[str]]:
    codes: dict[str, set[str]] = {}
    for each in confirmed:
        codes.setdefault(each.warning, set()).update(each.services.split())
    return {warning: frozenset(held) for warning, held in codes.items()}


def _others(cluster: Cluster, *, on: date) -> list[Membership]:
    """Return whoever is or may yet be a member: who declined or has left gives nothing."""
    return [
        held
        for held in queries.memberships_of(cluster)
        if held.answer != held.Answer.DECLINED and (held.ends_on is None or held.ends_on >= on)
    ]


def _givers(others: Iterable[Membership], role: Role, *, on: date) -> list[Body]:
    """Return one council for each kind of the others, called as a sentence names all of them.

    Everybody reads the sentence, and what is confirmed keeps it: a council is named once it joined.
    """
    kinds: dict[Kind, list[Membership]] = {}
    for held in others:
        if held.body_id != role.holder_id:
            kinds.setdefault(kind_of(held.body.kind), []).append(held)
    givers = [
        Body(name=_or(_names(held, on)), kind=held[0].body.kind)
        for _, held in sorted(kinds.items())
    ]
    return givers or [Body(name=UNNAMED, kind=Body.Kind.PARISH)]


def _names(others: Sequence[Membership], on: date) -> list[str]:
    """Name those who have joined; the others together are another member."""
    members = [held.body.name for held in others if held.is_member(on)]
    return members if len(members) == len(others) else [*members, UNNAMED]


def _or(names: Sequence[str]) -> str:
    """Name one of several, such as "Coldbrook Parish Council or another member"."""
    named = list(dict.fromkeys(names))
    councils = [name for name in named if name != UNNAMED]
    rest = [UNNAMED] if len(councils) > NAMED or UNNAMED in named else []
    return " or ".join([*councils[:NAMED], *rest])


def _one(found: Sequence[Reliance]) -> Reliance:
    """Make one of what was found of several kinds of councils: each warning once."""
    first = found[0]
    every = {(one.finding.key, one.codes): one for each in reversed(found) for one in each.found}
    lawful = set.intersection(*(set(each.instead) for each in found))
    instead = tuple(power for power in first.instead if power in lawful)
    return Reliance(first.power, tuple(every.values()), instead, first.noted)
