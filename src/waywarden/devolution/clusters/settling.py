"""What stands in the way of meeting, lending and dissolving a cluster, in words to act on."""

from collections.abc import Collection, Sequence
from datetime import date

from waywarden.devolution.clusters.models import Cluster, Membership, Settlement, Terms
from waywarden.devolution.clusters.policies import NOT_AS_HASHED, NOT_UNDER_WAY
from waywarden.devolution.clusters.queries import newest_settlement, still_to_consent
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
    cluster: Cluster, newest: Settlement | None, members: Sequence[Membership]
) -> list[str]:
    """List what keeps a cluster from being dissolved."""
    if not cluster.is_formed:
        return ["Only a cluster that is formed is dissolved."]
    if newest is None:
        return ["Draw up first who gets and pays what, takes which asset and ends which work."]
    if not newest.is_as_hashed():
        return [NOT_AS_HASHED]
    waiting = [held.body.name for held in still_to_consent(newest, members)]
    return [f"Not agreed to the settlement yet: {', '.join(waiting)}."] if waiting else []
