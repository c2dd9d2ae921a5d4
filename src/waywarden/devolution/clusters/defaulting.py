"""A member that does not pay: what the others owe for it by their terms, and what is in the way."""

from datetime import date

from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.models import Cluster, Default, Membership, Terms
from waywarden.fabric.common.wording import day, pounds
from waywarden.rules.clusters_terms import exposure


def terms_for(held: Membership, *, on: date) -> Terms | None:
    """Return the terms by which a member pays: those in force, or of its last bill if it leaves."""
    if held.last_bill_terms is not None:
        return queries.terms_numbered(held.cluster, held.last_bill_terms)
    return queries.standing(held.cluster, on=on)


def owed_for(held: Membership, terms: Terms, unpaid: int, *, on: date) -> dict[int, int]:
    """Return what each of the others owes, by membership: by their terms, to the penny."""
    shares = [
        share
        for share in queries.shares_of(terms)
        if share.membership_id == held.pk or share.membership.is_member(on)
    ]
    by_key = {share.membership.body.key: share for share in shares}
    pence = {key: share.pence for key, share in by_key.items()}
    if held.body.key not in pence:
        return {}
    lead = queries.lead_of(held.cluster).holder
    led_by = lead.key if lead else ""
    owed = exposure(pence, held.body.key, way=terms.on_default, lead=led_by, unpaid=unpaid)
    return {by_key[key].membership_id: part for key, part in owed.items()}


def defaults_of(cluster: Cluster) -> list[Default]:
    """Return what members did not pay, what is still open first and then the latest."""
    found = cluster.defaults.select_related("membership__body", "terms")
    told = found.prefetch_related("owed__membership__body").order_by("-due_on", "-pk")
    return sorted(told, key=lambda default: not default.is_open)


def obstacles_to_recording(
    held: Membership, terms: Terms | None, *, due_on: date, today: date
) -> list[str]:
    """List what keeps it from being recorded that a member did not pay."""
    if not held.cluster.is_formed:
        return ["Only to a cluster that is formed does a member owe anything."]
    if not held.has_joined or held.starts_on is None or due_on < held.starts_on:
        return [f"{held.body} was no member on {day(due_on)}."]
    if due_on > today:
        return [f"{day(due_on)} has not come yet: until then it may still pay."]
    if terms is None:
        return ["No terms are agreed by every member: nothing says who pays for it."]
    if not owed_for(held, terms, 1, on=today):
        return [f"Terms {terms.number} have no share for {held.body}, or for nobody else."]
    return []


def obstacles_to_paying(default: Default, *, paid_on: date, today: date) -> list[str]:
    """List what keeps it from being recorded that what was unpaid is paid."""
    if default.paid_on is not None:
        return [f"It was recorded already as paid on {day(default.paid_on)}."]
    if paid_on > today:
        return [f"{day(paid_on)} has not come yet."]
    return []


def still_unpaid(cluster: Cluster) -> list[str]:
    """Say of each open default who has not paid what."""
    return [
        f"{default.membership.body} has not paid {pounds(default.unpaid_pence)}, due on "
        f"{day(default.due_on)}."
        for default in defaults_of(cluster)
        if default.is_open
    ]
