"""A community group or company that leads: who may, and what stays with the councils by law."""

from collections.abc import Collection
from dataclasses import dataclass

from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.devolution.clusters import policies, queries
from waywarden.devolution.clusters.models import Cluster, Role, Terms
from waywarden.devolution.interest import permissions as interest
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.common.subjects import Actor
from waywarden.rules.legislation import law

#: Who asked the county and may lead: what exists already, and is no council.
LEADING_KINDS = (Expression.Kind.GROUP, Expression.Kind.VOLUNTARY, Expression.Kind.COMPANY)
#: Bodies that are no council, so that they are no members either.
NO_COUNCILS = frozenset(
    {
        Body.Kind.GROUP,
        Body.Kind.VOLUNTARY,
        Body.Kind.CIC,
        Body.Kind.SOCIAL_ENTERPRISE,
        Body.Kind.CONTRACTOR,
        Body.Kind.BUSINESS,
    }
)


@dataclass(frozen=True)
class Matter:
    """Something that councils alone do in a cluster, and the law it rests on."""

    says: str
    law_key: str

    @property
    def in_words(self) -> str:
        """Say it with its section, and whether that is still to be confirmed."""
        found = law(self.law_key)
        cited = f"{found.name}, {found.note}" if found.note else found.name
        return f"{self.says} ({cited})."


FORMING = Matter(
    "The councils or the county form a cluster and dissolve it: councils arrange with one another "
    "who carries out their functions",
    "LGA1972-s101",
)
VOTING = Matter("Only the councils that are members vote at its meetings", "LGA1972-s102")
PAYING = Matter(
    "Only councils are members, and pay towards what one of them spends for all", "LGA1972-s136"
)
RESOLVING = Matter(
    "A council joins and agrees by its own resolution, sent in by its own officers or the county",
    "LGA1972-s101",
)
MATTERS = (FORMING, VOTING, PAYING, RESOLVING)


def group_leading(cluster: Cluster) -> Expression | None:
    """Return the expression of the group or company that leads a cluster; none where none does."""
    return queries.lead_of(cluster).expression


def groups_to_choose(acting: Office, role: Role) -> list[Expression]:
    """Return who asked somebody's county, was agreed to, and may lead, by name."""
    found = Expression.objects.filter(
        asked_of=acting.body_id,
        status=Expression.Status.DECIDED,
        outcome=Expression.Outcome.AGREED,
        kind__in=LEADING_KINDS,
        erased_on__isnull=True,
        services__in=_services_of(role),
    )
    near = found.select_related("asked_of", "body").distinct().order_by("who", "pk")
    return [each for each in near if interest.may_run(acting, each)]


def _services_of(role: Role) -> Collection[int]:
    if role.service_id is not None:
        return {role.service_id}
    return {each.service_id for each in queries.scope_of(role.cluster)}


def obstacles_to_choosing(role: Role, of: Expression) -> list[str]:
    """List what keeps a group or company that asked the county from taking a role."""
    if not role.cluster.is_under_way:
        return [policies.NOT_UNDER_WAY]
    if role.is_held:
        return [policies.taken_first(role)]
    is_agreed = of.status == Expression.Status.DECIDED and of.outcome == Expression.Outcome.AGREED
    if of.kind not in LEADING_KINDS or not is_agreed or of.erased_on is not None:
        return [
            "Only a group or company leads whose expression of interest the county has agreed to. "
            "Decide on it first; a council takes the role itself once it has joined."
        ]
    if not of.services.filter(pk__in=_services_of(role)).exists():
        return [f"{of.who} asked for other services: it was agreed to for those."]
    return _obstacles_in_terms(role, of)


def _obstacles_in_terms(role: Role, of: Expression) -> list[str]:
    """Refuse a lead that by the newest terms, or those it follows, would pay for a member."""
    versions = queries.terms_of(role.cluster) if role.service_id is None else []
    for terms in versions:
        if terms.on_default == Terms.OnDefault.LEAD:
            return [_would_pay(of.who, f"By terms {terms.number} the cluster lead pays")]
        if queries.has_stood(terms):
            break
    return []


def obstacles_to_paying(lead: Role, on_default: str) -> list[str]:
    """List what keeps terms from being drawn up by which a lead that is no member would pay."""
    if lead.is_held_by_no_council and on_default == Terms.OnDefault.LEAD:
        return [_would_pay(lead.held_by, "By these terms the cluster lead would pay")]
    return []


def _would_pay(who: str, by_them: str) -> str:
    return (
        f"{by_them} if a member does not. {who} is no member and does not pay. {PAYING.in_words} "
        "Draw up terms by which the others pay."
    )


def obstacles_to_a_group(cluster: Cluster, matter: Matter, *, by: Actor) -> list[str]:
    """Refuse what councils alone do to the group or company that leads, where it acts itself."""
    of = group_leading(cluster)
    if of is None or of.body is None or of.body.key != by.body:
        return []
    return [f"{of.who} leads, and is no council. {matter.in_words}"]


def obstacles_to_voting(cluster: Cluster, cast: Collection[str]) -> list[str]:
    """Refuse a vote of the group or company that leads."""
    of = group_leading(cluster)
    if of is None or of.body is None or of.body.key not in cast:
        return []
    return [f"{of.who} leads, and is no council. {VOTING.in_words}"]


def obstacles_to_membership(body: Body) -> list[str]:
    """Refuse a group or company as a member."""
    if body.kind not in NO_COUNCILS:
        return []
    return [f"{body} is no council. {PAYING.in_words} It may lead, once the county agreed to it."]
