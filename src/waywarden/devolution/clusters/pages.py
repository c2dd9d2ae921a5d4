"""What the page of a cluster shows, and to whom: each member's money, fairness, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.county.people.models import Office
from waywarden.county.services import queries as catalogue
from waywarden.devolution.clusters import leading, permissions, policies, queries, stated_queries
from waywarden.devolution.clusters.models import (
    Cluster,
    Membership,
    Role,
    Scope,
    Share,
    Stated,
    Terms,
)
from waywarden.fabric.common.wording import pounds
from waywarden.rules.clusters_terms import (
    Benefit,
    Saving,
    above_alone,
    benefit,
    most_exposed,
    needed_by_month,
    percent,
)


@dataclass(frozen=True)
class Line:
    """What one member pays by a version of the terms."""

    share: Share
    #: What it pays in the season, which is less where it joined late.
    bill: int
    #: The most it owes if any one of the others does not pay.
    exposure: int

    @property
    def body(self) -> object:
        return self.share.membership.body

    @property
    def percent(self) -> str:
        """What it saves against alone, in per cent; blank where alone costs nothing."""
        return percent(Saving(self.share.alone_pence, self.share.pence).per_thousand)


@dataclass(frozen=True)
class Money:
    """A version of the terms, laid out for its members."""

    terms: Terms
    lines: list[Line]
    waiting: list[Membership]
    small: Benefit | None
    others: Benefit | None
    #: Of whom nobody knows how many people they have; they count as small.
    unknown: list[Membership]
    #: The day it is laid out on.
    on: date

    @property
    def above(self) -> list[Line]:
        """Who pays more than alone."""
        return [line for line in self.lines if line.share.is_above_alone]

    @property
    def fairness(self) -> str:
        """Whether anybody would be better off without the others, in a sentence."""
        shares = {line.share.membership.body.name: line.share for line in self.lines}
        over = above_alone(
            {name: share.pence for name, share in shares.items()},
            {name: share.alone_pence for name, share in shares.items()},
        )
        if not over:
            return "No member, and no group of members whose costs are known, pays more than alone."
        named = ", ".join(f"{name} by {pounds(pence)}" for name, pence in over.items())
        return f"Better off alone, so that each must consent by itself: {named}."

    @property
    def warnings(self) -> list[str]:
        return policies.warnings_of_procurement(self.terms, on=self.on)

    @property
    def unpaid_pence(self) -> int:
        """What nobody pays of the season: no member was there for all of it."""
        return self.terms.whole_pence - sum(line.bill for line in self.lines)

    @property
    def is_as_hashed(self) -> bool:
        return self.terms.is_as_hashed()


def money_of(terms: Terms, *, on: date) -> Money:
    """Lay out a version of the terms."""
    rows = queries.shares_of(terms)
    by_key = {share.membership.body.key: share for share in rows}
    shares = {key: share.pence for key, share in by_key.items()}
    bills = queries.bills_of(terms, rows)
    lead = queries.lead_of(terms.cluster).holder
    owed = most_exposed(shares, way=terms.on_default, lead=lead.key if lead else "")
    members = [share.membership for share in rows]
    small, others = queries.savings_of(terms, members, on=on)
    return Money(
        terms,
        [Line(share, bills[key], owed[key]) for key, share in by_key.items()],
        queries.still_to_agree(terms, members),
        benefit(small),
        benefit(others),
        queries.of_unknown_size(members, on=on),
        on,
    )


@dataclass(frozen=True)
class Lead:
    """A role with what the law and its capacity say of it."""

    role: Role
    warnings: list[str]
    #: Whether whoever looks may say what its holder can do, and give it back.
    is_own: bool = False
    #: What a group or company that leads a service says it would cost; for members.
    cost: Stated | None = None
    #: Whether whoever looks may choose a group that asked the county.
    may_choose_group: bool = False

    @property
    def left_to_councils(self) -> list[str]:
        """What a group or company that leads the cluster leaves to the councils, each with its law.

        It leads a service by contract or grant, where nothing of this comes up.
        """
        is_asked = self.role.service_id is None and self.role.is_held_by_no_council
        return [each.in_words for each in leading.MATTERS] if is_asked else []

    @property
    def model(self) -> str:
        """The way in which a group or company delivers the service; blank for a council."""
        return queries.model_of(self.role)


def leads_of(
    cluster: Cluster,
    members: Sequence[Membership],
    *,
    on: date,
    is_inside: bool,
    acting: Office | None,
) -> list[Lead]:
    """Return the roles of a cluster; what its leads can do is for its members."""
    scope = {each.service_id: each for each in queries.scope_of(cluster)}
    costs = stated_queries.costs_stated(cluster) if is_inside else {}
    found = []
    for role in queries.roles_of(cluster):
        warnings = policies.warnings_of_lead(role)
        if is_inside and role.service_id in scope:
            needed = _needed_of(scope[role.service_id], members, on=on)
            warnings += policies.warnings_of_capacity(role, scope[role.service_id], needed)
        is_own = acting is not None and permissions.may_hold(acting, role, on)
        cost = costs.get((role.service_id, queries.model_of(role)))
        may_choose = acting is not None and permissions.may_choose_group(acting, role, on)
        found.append(Lead(role, warnings, is_own, cost, may_choose))
    return found


def _needed_of(scope: Scope, members: Sequence[Membership], *, on: date) -> list[int]:
    """Return how much of a service is to be done in each month for the members, by what is held."""
    areas = queries.places_of([member.body for member in members], on=on)
    every = [area for each in areas.values() for area in each]
    held = catalogue.current_quantities(every, [scope.service])
    amount = sum(each.amount_milli or 0 for each in held.values())
    months = {"first": scope.first_month, "last": scope.last_month}
    return needed_by_month(amount, visits=scope.visits, **months)


def obstacles_of(cluster: Cluster, members: Sequence[Membership], *, on: date) -> list[str]:
    """Return what keeps a cluster from being formed, or from being invited to."""
    if cluster.is_proposed:
        return policies.obstacles_to_inviting(cluster, queries.memberships_of(cluster))
    newest = next(iter(queries.terms_of(cluster)), None)
    small = queries.savings_of(newest, members, on=on)[0] if newest else []
    if cluster.is_forming:
        return policies.obstacles_to_forming(cluster, members, newest, small=small)
    if newest is None or cluster.is_over:
        return []
    # Of terms that all have agreed to, what a small council loses by them stands as well.
    in_terms = policies.obstacles_in_terms(newest, members)
    return in_terms + policies.obstacles_of_small_councils(small)
