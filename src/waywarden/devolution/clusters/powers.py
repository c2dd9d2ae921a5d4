"""By which powers a cluster's services are delivered, and what the law says of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from waywarden.county.councils.models import Body
from waywarden.county.decisions.relying import Basis, Found, Reliance, key_of, kind_of, towards
from waywarden.county.services.models import Service
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.models import Cluster, ClusterConfirmation, Role, Scope
from waywarden.devolution.offers.relying_queries import asked_of
from waywarden.rules.powers import Kind
from waywarden.rules.powers.table import CONTRACT, DELEGATE, GRANT, LEND

#: So many of the other members a sentence names; the rest are another member.
NAMED = 2


@dataclass(frozen=True)
class Rests:
    """What the services that one council, group or company delivers for the others rest on."""

    #: The key of the council that delivers, or the name of the group or company.
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


def rests_of(cluster: Cluster) -> list[Rests]:
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
    standing = confirmations_of(cluster)
    return [
        _rests(cluster, role, power, services, standing)
        for (power, _), (role, services) in groups.items()
    ]


def power_for(role: Role, scope: Scope) -> str:
    """Return the key of the power by which whoever leads a service delivers it for the others."""
    if role.holder_id is None:
        return CONTRACT if role.holder_kind == Role.Holder.CONTRACTOR else GRANT
    return LEND if scope.intended == Scope.Model.SHARED else DELEGATE


def taker_of(role: Role) -> str:
    """Name who delivers, as confirmations keep it."""
    return role.holder.key if role.holder else role.holder_name


def confirmations_of(cluster: Cluster) -> list[ClusterConfirmation]:
    """Return what was confirmed and not taken back, the last first."""
    return list(cluster.confirmations.filter(taken_back_at=None).order_by("-pk"))


def _rests(
    cluster: Cluster,
    role: Role,
    power: str,
    services: Sequence[Service],
    standing: Iterable[ClusterConfirmation],
) -> Rests:
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
        for giver in _givers(cluster, role)
    ]
    return Rests(taker, str(role.held_by), tuple(services), _one(found), confirmed)


def _codes(confirmed: Iterable[ClusterConfirmation]) -> Mapping[str, frozenset[str]]:
    codes: dict[str, set[str]] = {}
    for each in confirmed:
        codes.setdefault(each.warning, set()).update(each.services.split())
    return {warning: frozenset(held) for warning, held in codes.items()}


def _givers(cluster: Cluster, role: Role) -> list[Body]:
    """Return one council for each kind of the others, called as a sentence names all of them."""
    others: dict[Kind, list[Body]] = {}
    for held in queries.memberships_of(cluster):
        if held.body_id != role.holder_id and held.answer != held.Answer.DECLINED:
            others.setdefault(kind_of(held.body.kind), []).append(held.body)
    givers = [
        Body(name=_or([body.name for body in bodies]), kind=bodies[0].kind)
        for _, bodies in sorted(others.items())
    ]
    return givers or [Body(name="another member", kind=Body.Kind.PARISH)]


def _or(names: Sequence[str]) -> str:
    """Name one of several, such as "Coldbrook Parish Council or another member"."""
    named = list(dict.fromkeys(names))
    rest = ["another member"] if len(named) > NAMED else []
    return " or ".join([*named[:NAMED], *rest])


def _one(found: Sequence[Reliance]) -> Reliance:
    """Make one of what was found of several kinds of councils: each warning once."""
    first = found[0]
    every = {(one.finding.key, one.codes): one for each in reversed(found) for one in each.found}
    lawful = set.intersection(*(set(each.instead) for each in found))
    instead = tuple(power for power in first.instead if power in lawful)
    return Reliance(first.power, tuple(every.values()), instead, first.noted)
