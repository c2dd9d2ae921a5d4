"""Questions about clusters: who is in one, what is agreed, and what each member pays and saves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS, speaks_for_county
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.devolution.clusters.looking import asked_once
from waywarden.devolution.clusters.models import (
    Cluster,
    Default,
    Handover,
    Meeting,
    Membership,
    Portion,
    Resource,
    Role,
    Scope,
    Settlement,
    Share,
    Terms,
)
from waywarden.fabric.common.subjects import Subject
from waywarden.rules.clusters_terms import Saving, season_bills

Tier = Jurisdiction.Tier
#: A council of fewer people than this is a small one.
FEW_PEOPLE = 500


def cluster_called(key: str) -> Cluster | None:
    """Return a cluster by the last part of its address."""
    return Cluster.objects.select_related("proposed_by").filter(key=key).first()


def clusters() -> list[Cluster]:
    """Return every cluster with its roles, members and services, by name."""
    found = Cluster.objects.select_related("proposed_by").order_by("name", "pk")
    scope = Scope.objects.select_related("service").order_by("service__order")
    return list(
        found.prefetch_related(
            Prefetch("roles", Role.objects.select_related("holder", "expression")),
            Prefetch("memberships", Membership.objects.select_related("decision")),
            Prefetch("scope", scope),
        )
    )


@asked_once
def run_by(acting: Office, *, on: date) -> set[int]:
    """Return the clusters that somebody's council runs on a day, where they are its officers.

    Those it leads, a council while it is a member; those it proposed while they are only
    proposed or it is in them; and, for a county or unitary council, those of its parishes. Who
    left runs none.
    """
    if acting.kind not in OFFICERS:
        return set()
    theirs = Membership.objects.filter(body=acting.body_id).select_related("decision")
    inside = [held for held in theirs if held.is_inside(on)]
    member = [held.cluster_id for held in inside if held.is_member(on)]
    leads = Q(roles__service__isnull=True, roles__holder=acting.body_id, pk__in=member)
    leads |= Q(roles__service__isnull=True, roles__expression__body=acting.body_id)
    asked = [held.cluster_id for held in inside]
    own = Q(proposed_by=acting.body_id) & (Q(status=Cluster.Status.PROPOSED) | Q(pk__in=asked))
    of_county = Q(memberships__body__in=_councils_in(acting.body, on=on))
    if speaks_for_county(acting):
        own = Q(proposed_by=acting.body_id) | of_county
    return set(Cluster.objects.filter(leads | own).values_list("pk", flat=True))


def _councils_in(body: Body, *, on: date) -> QuerySet[Jurisdiction, int]:
    """Return the councils of the parishes in the county a council answers for."""
    held = Jurisdiction.objects.as_of(on)
    counties = held.filter(body=body, tier=Tier.COUNTY).values("area")
    return held.filter(tier=Tier.PARISH, area__county__in=counties).values_list("body", flat=True)


def answers_for(acting: Office, body: Body, *, on: date) -> bool:
    """Whether a council's parishes lie in the county that somebody is an officer of."""
    return speaks_for_county(acting) and body.pk in _councils_in(acting.body, on=on)


@asked_once
def memberships_of(cluster: Cluster) -> list[Membership]:
    """Return who was asked or takes part, by the name of the council."""
    found = cluster.memberships.select_related("body", "decision", "cluster__proposed_by")
    return list(found.order_by("body__name", "pk"))


def members_of(cluster: Cluster, *, on: date) -> list[Membership]:
    """Return who takes part on a day, by the name of the council."""
    return [each for each in memberships_of(cluster) if each.is_member(on)]


@asked_once
def membership_of(acting: Office, cluster: Cluster, on: date) -> Membership | None:
    """Return how the body somebody acts for is in a cluster on a day; none where it is not."""
    theirs = cluster.memberships.filter(body=acting.body_id).select_related("decision", "body")
    return next((each for each in theirs if each.is_inside(on)), None)


def held_by(cluster: Cluster, key: str) -> Membership | None:
    """Return the latest membership of a council, by its key."""
    found = cluster.memberships.filter(body__key=key).order_by("-pk")
    return found.select_related("body", "decision", "cluster__proposed_by").first()


def subject_of(cluster: Cluster, *, on: date) -> Subject:
    """Name a cluster for the journal, with the councils that are to see what is done to it."""
    asked = memberships_of(cluster)
    inside = [each.body.key for each in asked if each.is_inside(on)]
    # A council that proposed it and is not in it any more learns nothing more of it.
    is_out = any(each.body_id == cluster.proposed_by_id and each.invited_at for each in asked)
    proposed_by = [] if is_out else [cluster.proposed_by.key]
    bodies = tuple(dict.fromkeys([*proposed_by, *inside]))
    return Subject("cluster", cluster.key, cluster.get_absolute_url(), bodies=bodies)


def held_on(cluster: Cluster, body: Body, *, on: date) -> Membership | None:
    """Return the latest membership of a council that had begun by a day."""
    theirs = cluster.memberships.filter(body=body, starts_on__lte=on).order_by("-starts_on", "-pk")
    found = theirs.select_related("body", "decision")
    return next((each for each in found if each.has_joined), None)


@asked_once
def scope_of(cluster: Cluster) -> list[Scope]:
    """Return the services in scope, in the catalogue's order."""
    return list(cluster.scope.select_related("service").order_by("service__order"))


def scope_called(cluster: Cluster, code: str) -> Scope | None:
    """Return a service in the scope of a cluster, by the service's code."""
    found = cluster.scope.select_related("service", "cluster__proposed_by")
    return found.filter(service__code=code).first()


def asked_or_members_of(cluster: Cluster, *, on: date) -> list[Membership]:
    """Return who takes part on a day; while nobody does, whoever is asked and has not declined."""
    asked = memberships_of(cluster)
    members = [each for each in asked if each.is_member(on)]
    return members or [each for each in asked if each.answer != Membership.Answer.DECLINED]


@asked_once
def roles_of(cluster: Cluster) -> list[Role]:
    """Return the cluster lead first, and the service leads in the catalogue's order."""
    roles = cluster.roles.select_related("service", "holder", "expression__body", "meant_for")
    return sorted(roles, key=lambda role: role.service.order if role.service else -1)


def service_lead_of(scope: Scope) -> Role | None:
    """Return the role of whoever leads a service."""
    roles = scope.cluster.roles.select_related("holder", "expression")
    return roles.filter(service=scope.service_id).first()


def model_of(role: Role) -> str:
    """Return the way in which a group or company that leads a service delivers it."""
    if role.holder_kind == Role.Holder.CONTRACTOR:
        return Scope.Model.CONTRACTOR
    return Scope.Model.LOCAL if role.is_held_by_no_council else ""


@asked_once
def lead_of(cluster: Cluster) -> Role:
    """Return the role of cluster lead."""
    roles = cluster.roles.select_related("holder", "expression__body")
    return roles.get(service__isnull=True)


@asked_once
def terms_of(cluster: Cluster) -> list[Terms]:
    """Return every version of the terms, the newest first."""
    found = cluster.terms.select_related("cluster__proposed_by", "led_by_group")
    return list(found.order_by("-number"))


def terms_numbered(cluster: Cluster, number: int) -> Terms | None:
    """Return a version of the terms."""
    found = cluster.terms.select_related("cluster__proposed_by", "led_by_group")
    return found.filter(number=number).first()


def terms_with_shares(cluster: Cluster, numbers: Collection[int]) -> list[Terms]:
    """Return some versions of the terms, their shares read along."""
    found = cluster.terms.filter(number__in=numbers).select_related("cluster__proposed_by")
    return list(found.prefetch_related("shares__membership__body"))


@asked_once
def shares_of(terms: Terms) -> list[Share]:
    """Return what each member pays by a version of the terms, by the name of the council."""
    found = terms.shares.select_related("membership__body", "membership__decision")
    return sorted(found, key=lambda share: share.membership.body.name)


def bills_of(
    terms: Terms, shares: Sequence[Share], *, leaving: Mapping[int, date] | None = None
) -> dict[str, int]:
    """Return what each member pays for the season of terms, by the key of the council.

    ``leaving`` gives the last day of members who would leave, by membership.
    """
    held = {share.membership.body.key: share.membership for share in shares}
    last = {key: (leaving or {}).get(each.pk, each.ends_on) for key, each in held.items()}
    return season_bills(
        {share.membership.body.key: share.pence for share in shares},
        {key: each.starts_on for key, each in held.items() if each.starts_on is not None},
        starts_on=terms.season_starts_on,
        ends_on=terms.season_ends_on,
        left={key: day for key, day in last.items() if day is not None},
    )


def still_to_agree(
    terms: Terms, members: Sequence[Membership], *, by: date | None = None
) -> list[Membership]:
    """Return the members that have not agreed to a version, as it is hashed, with their consent.

    ``by`` counts resolutions up to a day alone.
    """
    agreed = {
        each.membership_id
        for each in terms.agreements.select_related("decision")
        if each.hash == terms.hash and each.stands and _is_by(each.decision.stated_on, by)
    }
    return [member for member in members if member.pk not in agreed]


def has_stood(terms: Terms) -> bool:
    """Whether everybody with a share had agreed to a version, even if a minute was withdrawn."""
    told = terms.agreements.filter(hash=terms.hash).values_list("membership", flat=True)
    return set(terms.shares.values_list("membership", flat=True)) <= set(told)


def _is_by(stated_on: date | None, by: date | None) -> bool:
    return by is None or (stated_on is not None and stated_on <= by)


def in_force(cluster: Cluster, *, on: date) -> Terms | None:
    """Return the newest version that everybody in it had agreed to by a day."""
    return standing(cluster, on=on, by=on)


def standing(cluster: Cluster, *, on: date, by: date | None = None) -> Terms | None:
    """Return the newest version that every member of it who takes part still agreed to."""
    members = members_of(cluster, on=on)
    for terms in terms_of(cluster):
        shared = set(terms.shares.values_list("membership", flat=True))
        bound = [member for member in members if member.pk in shared]
        if bound and not still_to_agree(terms, bound, by=by):
            return terms
    return None


def places_of(bodies: Iterable[Body], *, on: date) -> dict[int, list[Area]]:
    """Return the parishes that councils hold on a day, by council."""
    found: dict[int, list[Area]] = {body.pk: [] for body in bodies}
    held = Jurisdiction.objects.filter(tier=Tier.PARISH, body__in=found).as_of(on)
    for each in held.select_related("area__within"):
        found[each.body_id].append(each.area)
    return found


def people_in(members: Sequence[Membership], *, on: date) -> dict[int, int]:
    """Return how many live in the parishes of each member, by membership, where it is known.

    The register counts; where it has no figure for all its parishes, what the council told.
    """
    areas = places_of([member.body for member in members], on=on)
    known = places.populations_of([area for each in areas.values() for area in each])
    found = {}
    for member in members:
        held = areas[member.body_id]
        if member.people_told is not None:
            found[member.pk] = member.people_told
        if held and all(area.pk in known for area in held):
            found[member.pk] = sum(known[area.pk].value for area in held)
    return found


def of_unknown_size(members: Sequence[Membership], *, on: date) -> list[Membership]:
    """Return the members of which nobody knows whether they are small."""
    people = people_in(members, on=on)
    return [each for each in members if each.pk not in people and not each.is_without_staff]


def savings_of(
    terms: Terms, members: Sequence[Membership], *, on: date
) -> tuple[list[Saving], list[Saving]]:
    """Return what small members save by a version of the terms, and what the others save.

    A member is small with fewer than 500 people, or without staff. One of which nobody knows
    how many people it has counts as small, so that no small council loses unseen.
    """
    shares = {share.membership_id: share for share in terms.shares.all()}
    people = people_in(members, on=on)
    small: list[Saving] = []
    others: list[Saving] = []
    for member in members:
        if member.pk in shares:
            share = shares[member.pk]
            is_small = member.is_without_staff or people.get(member.pk, 0) < FEW_PEOPLE
            (small if is_small else others).append(Saving(share.alone_pence, share.pence))
    return small, others


def votes_of(terms: Terms | None, *, on: date) -> dict[str, int]:
    """Return how many votes each member bound by terms has on a day, by the key of the council."""
    if terms is None:
        return {}
    shares = terms.shares.select_related("membership__body", "membership__decision")
    bound = [share for share in shares if share.membership.is_member(on)]
    return {share.membership.body.key: share.votes for share in bound}


def meetings_of(cluster: Cluster) -> list[Meeting]:
    """Return what the members decided at meetings, the last first."""
    return list(cluster.meetings.order_by("-held_on", "-pk"))


def resources_of(cluster: Cluster, *, on: date) -> list[Resource]:
    """Return what members lend, hire out and share; with its owner a thing leaves the list."""
    found = cluster.resources.filter(taken_back_at__isnull=True)
    is_there = Q(membership__ends_on__isnull=True) | Q(membership__ends_on__gte=on)
    return list(found.filter(is_there).select_related("membership__body").order_by("name", "pk"))


def resources_by(held: Membership) -> list[Resource]:
    """Return what one member lends, hires out and shares."""
    return list(held.resources.filter(taken_back_at__isnull=True).order_by("name", "pk"))


@asked_once
def newest_settlement(cluster: Cluster) -> Settlement | None:
    """Return how a cluster is to be dissolved, as it was drawn up last."""
    return cluster.settlements.select_related("cluster__proposed_by").order_by("-number").first()


def settlement_numbered(cluster: Cluster, number: int) -> Settlement | None:
    """Return a version of the settlement."""
    found = cluster.settlements.select_related("cluster__proposed_by")
    return found.filter(number=number).first()


def default_numbered(cluster: Cluster, number: int) -> Default | None:
    """Return what a member did not pay, by its number."""
    found = cluster.defaults.select_related("membership__body", "cluster__proposed_by", "terms")
    return found.filter(pk=number).first()


def is_being_paid(cluster: Cluster) -> bool:
    """Whether a balance is noted as paid by the newest settlement."""
    newest = newest_settlement(cluster)
    return newest is not None and newest.portions.filter(paid_on__isnull=False).exists()


def portions_of(settlement: Settlement) -> list[Portion]:
    """Return what is each member's by a settlement, by the name of the council."""
    found = settlement.portions.select_related("membership__body", "settlement__cluster")
    return list(found.order_by("membership__body__name"))


def handovers_of(settlement: Settlement) -> list[Handover]:
    """Return who has which thing, and finishes which work, by a settlement."""
    return list(settlement.handovers.select_related("membership__body").order_by("pk"))


def portion_of(settlement: Settlement, key: str) -> Portion | None:
    """Return what is a council's by a settlement, by the council's key."""
    found = settlement.portions.filter(membership__body__key=key)
    return found.select_related("membership__body", "settlement__cluster__proposed_by").first()


def still_to_consent(settlement: Settlement, members: Sequence[Membership]) -> list[Membership]:
    """Return the members that have not agreed to a settlement as it is hashed."""
    agreed = {
        each.membership_id
        for each in settlement.consents.select_related("decision")
        if each.hash == settlement.hash and each.stands
    }
    return [member for member in members if member.pk not in agreed]
