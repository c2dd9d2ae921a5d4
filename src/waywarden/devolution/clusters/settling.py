"""What stands in the way of meeting, lending and dissolving a cluster, in words to act on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from waywarden.devolution.clusters.defaulting import still_unpaid
from waywarden.devolution.clusters.models import Cluster, Membership, Portion, Settlement, Terms
from waywarden.devolution.clusters.policies import BEING_PAID, NOT_AS_HASHED, NOT_UNDER_WAY
from waywarden.devolution.clusters.queries import (
    is_being_paid,
    members_of,
    newest_settlement,
    resources_of,
    scope_of,
    still_to_consent,
)
from waywarden.fabric.common.wording import day, pounds


def obstacles_to_meeting(
    cluster: Cluster, terms: Terms | None, *, held_on: date, today: date
) -> list[str]:
    """List what keeps the vote of a meeting from being recorded."""
    if not cluster.is_formed:
        return ["Only a cluster that is formed decides at meetings."]
    if held_on > today:
        return [f"{day(held_on)} has not come yet."]
    if terms is None:
        return ["No terms are agreed by every member: nobody knows who has how many votes."]
    return []


def obstacles_to_lending(held: Membership, *, on: date) -> list[str]:
    """List what keeps something from the list of what members lend."""
    if not held.cluster.is_under_way:
        return [NOT_UNDER_WAY]
    if not held.is_member(on):
        return [f"{held.body} has not joined."]
    newest = newest_settlement(held.cluster)
    if newest is not None and not still_to_consent(newest, members_of(held.cluster, on=on)):
        return [
            "Every member has agreed to how the cluster is dissolved: nothing comes onto the list."
        ]
    return []


def obstacles_to_settling(
    cluster: Cluster,
    members: Sequence[Membership],
    named: Collection[int],
    balances: Sequence[int],
    *,
    last_on: date,
    today: date,
) -> list[str]:
    """List what keeps a settlement from being drawn up."""
    if not cluster.is_formed:
        return ["Only a cluster that is formed is dissolved. Withdraw it instead."]
    if is_being_paid(cluster):
        return [BEING_PAID]
    obstacles = []
    if last_on < today:
        obstacles.append(f"{day(last_on)} is over: choose a day to come as its last.")
    if set(named) != {member.pk for member in members}:
        obstacles.append("Say of every member what it is paid, takes over and finishes.")
    if rest := sum(balances):
        more, less = ("paid out", "paid in") if rest > 0 else ("paid in", "paid out")
        obstacles.append(f"{pounds(abs(rest))} more is {more} than {less}: they must be the same.")
    return obstacles


def obstacles_to_consenting(settlement: Settlement, held: Membership, *, on: date) -> list[str]:
    """List what keeps a member from agreeing to a settlement."""
    newest = newest_settlement(settlement.cluster)
    if not settlement.cluster.is_formed:
        return [NOT_UNDER_WAY]
    if newest is None or newest.pk != settlement.pk:
        return ["There is a newer settlement: agree to that one."]
    if not settlement.portions.filter(membership=held).exists() or not held.is_member(on):
        return [f"It says nothing of {held.body}. Draw it up anew."]
    if not settlement.is_as_hashed():
        return [NOT_AS_HASHED]
    if any(each.stands for each in settlement.consents.filter(membership=held)):
        return [f"{held.body} has agreed to it already."]
    return []


def obstacles_to_dissolving(
    cluster: Cluster, newest: Settlement | None, members: Sequence[Membership], *, on: date
) -> list[str]:
    """List what keeps a cluster from being dissolved: each thing, work and balance by name."""
    if not cluster.is_formed:
        return ["Only a cluster that is formed is dissolved."]
    if newest is None:
        return ["Draw up first who gets and pays what, takes which asset and ends which work."]
    if not newest.is_as_hashed():
        return [NOT_AS_HASHED]
    waiting = [held.body.name for held in still_to_consent(newest, members)]
    obstacles = [f"Not agreed to the settlement yet: {', '.join(waiting)}."] if waiting else []
    handed = list(newest.handovers.all())
    things = {each.resource_id: each.membership_id for each in handed if each.resource_id}
    work = {each.scope_id: each.membership_id for each in handed if each.scope_id}
    if missing := obstacles_to_handing_over(cluster, members, things, work, on=on):
        obstacles += [*missing, "Draw it up anew with that: what was agreed to is not changed."]
    portions = newest.portions.select_related("membership__body").order_by("membership__body__name")
    obstacles += [_unsettled(portion) for portion in portions if not portion.is_settled]
    return obstacles + still_unpaid(cluster)


def _unsettled(portion: Portion) -> str:
    if portion.balance_pence > 0:
        return f"{portion.membership.body} has not been paid its {pounds(portion.balance_pence)}."
    return f"{portion.membership.body} has not paid its {pounds(portion.pays_pence)}."


def obstacles_to_handing_over(
    cluster: Cluster,
    members: Sequence[Membership],
    things: Mapping[int, int | None],
    work: Mapping[int, int | None],
    *,
    on: date,
) -> list[str]:
    """List each thing on the list, and each service, that is handed to nobody who takes part."""
    inside = {held.pk for held in members}
    obstacles = [
        f"Say who has “{thing}” afterwards ({thing.get_way_display().lower()} by "
        f"{thing.membership.body})."
        for thing in resources_of(cluster, on=on)
        if things.get(thing.pk) not in inside
    ]
    obstacles += [
        f"Say who finishes the open work of {scope.service.name}, or that there is none."
        for scope in scope_of(cluster)
        if scope.pk not in work or work[scope.pk] not in (inside | {None})
    ]
    return obstacles


def obstacles_to_noting_paid(
    portion: Portion, members: Sequence[Membership], *, paid_on: date, today: date
) -> list[str]:
    """List what keeps a balance from being noted as paid."""
    settlement = portion.settlement
    newest = newest_settlement(settlement.cluster)
    if not settlement.cluster.is_formed:
        return [NOT_UNDER_WAY]
    if newest is None or newest.pk != settlement.pk:
        return ["There is a newer settlement: balances are paid by that one."]
    if still_to_consent(settlement, members):
        return ["Not every member has agreed to the settlement yet: nothing is to be paid by it."]
    if portion.is_settled:
        return [f"{portion.membership.body} has nothing left to pay or be paid."]
    if paid_on > today:
        return [f"{day(paid_on)} has not come yet."]
    if paid_on < settlement.made_on:
        return [
            f"The settlement was drawn up on {day(settlement.made_on)}: nothing was owed before."
        ]
    return []
