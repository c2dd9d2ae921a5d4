"""A member that does not pay: what the others owe for it by their terms, and what is in the way."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.models import Cluster, Default, Membership, Terms
from waywarden.fabric.common.wording import day, pounds
from waywarden.rules.clusters_terms import exposure


@dataclass(frozen=True, kw_only=True)
class Unpaid:
    """How much a member did not pay, by when it was due, and what shows it."""

    unpaid_pence: int
    due_on: date
    reference: str


def terms_for(held: Membership, *, on: date) -> Terms | None:
    """Return the terms by which a member pays: those of a day, or else of its last bill."""
    found = queries.in_force(held.cluster, on=on)
    is_named = found is not None and found.shares.filter(membership=held).exists()
    if not is_named and held.last_bill_terms is not None:
        return queries.terms_numbered(held.cluster, held.last_bill_terms)
    return found


def owed_for(held: Membership, terms: Terms, unpaid: int, *, on: date) -> dict[int, int]:
    """Return what each of the others who were there on a day owes, by membership, to the penny.

    Whoever owes nothing is left out.
    """
    shares = [
        share
        for share in queries.shares_of(terms)
        if share.membership_id == held.pk or share.membership.took_part(on)
    ]
    by_key = {share.membership.body.key: share for share in shares}
    pence = {key: share.pence for key, share in by_key.items()}
    if held.body.key not in pence:
        return {}
    led_by = _lead_of(terms, on=on)
    owed = exposure(pence, held.body.key, way=terms.on_default, lead=led_by, unpaid=unpaid)
    return {by_key[key].membership_id: part for key, part in owed.items() if part}


def _lead_of(terms: Terms, *, on: date) -> str:
    """Return the key of who led on a day; where that was before the lead of now, of the terms."""
    role = queries.lead_of(terms.cluster)
    if role.holder and role.taken_at and localtime(role.taken_at).date() <= on:
        return role.holder.key
    named = terms.shares.filter(membership__body__name=terms.led_by)
    return next(iter(named.values_list("membership__body__key", flat=True)), "")


def defaults_of(cluster: Cluster) -> list[Default]:
    """Return what members did not pay, what is still open first and then the latest."""
    found = cluster.defaults.select_related("membership__body", "terms")
    told = found.prefetch_related("owed__membership__body").order_by("-due_on", "-pk")
    return sorted(told, key=lambda default: not default.is_open)


def most_unpaid(held: Membership, terms: Terms, *, by: date) -> int:
    """Return the most a member can owe by terms by a day: a season, and each year begun since."""
    shares = queries.shares_of(terms)
    key, first = held.body.key, terms.season_starts_on
    yearly = sum(share.pence for share in shares if share.membership_id == held.pk)
    begun = by.year - first.year - ((by.month, by.day) < (first.month, first.day))
    years = min(max(begun, 0), terms.years + terms.extension_years - 1)
    return queries.bills_of(terms, shares)[key] + yearly * years


def obstacles_to_recording(
    held: Membership, terms: Terms | None, unpaid: Unpaid, *, today: date
) -> list[str]:
    """List what keeps it from being recorded that a member did not pay."""
    due_on = unpaid.due_on
    if not held.cluster.is_formed:
        return ["Only to a cluster that is formed does a member owe anything."]
    if not held.has_joined or held.starts_on is None or due_on < held.starts_on:
        return [f"{held.body} was no member on {day(due_on)}."]
    if due_on > today:
        return [f"{day(due_on)} has not come yet: until then it may still pay."]
    if terms is None:
        return [
            f"No terms were agreed by every member on {day(due_on)}: nothing says who pays for it."
        ]
    if not owed_for(held, terms, 1, on=due_on):
        return [f"Terms {terms.number} have no share for {held.body}, or for nobody else."]
    return _obstacles_of_the_sum(held, terms, unpaid)


def _obstacles_of_the_sum(held: Membership, terms: Terms, unpaid: Unpaid) -> list[str]:
    told = [each for each in held.defaults.filter(terms=terms) if each.is_owed]
    same = (unpaid.due_on, unpaid.reference.casefold())
    if same in {(each.due_on, each.reference.casefold()) for each in told if each.is_open}:
        return [f"“{unpaid.reference}” of {day(unpaid.due_on)} is recorded as unpaid already."]
    most = most_unpaid(held, terms, by=unpaid.due_on)
    before = sum(each.unpaid_pence for each in told)
    if before + unpaid.unpaid_pence > most:
        return [
            f"By terms {terms.number} {held.body} pays {pounds(most)} without VAT by "
            f"{day(unpaid.due_on)}, and {pounds(before)} of it is recorded as unpaid already: "
            f"{pounds(unpaid.unpaid_pence)} more cannot be missing."
        ]
    return []


def obstacles_to_paying(default: Default, *, paid_on: date, today: date) -> list[str]:
    """List what keeps it from being recorded that what was unpaid is paid."""
    if not default.is_open:
        return obstacles_to_ending(default)
    if paid_on > today:
        return [f"{day(paid_on)} has not come yet."]
    if paid_on < default.due_on:
        return [
            f"It was due on {day(default.due_on)}: if it was paid before, nothing was unpaid. "
            "Withdraw the record instead."
        ]
    return []


def obstacles_to_ending(default: Default) -> list[str]:
    """List what keeps what is unpaid from being ended."""
    if default.paid_on is not None:
        return [f"It was recorded already as paid on {day(default.paid_on)}."]
    if default.ended_on is not None:
        return [f"It ended already on {day(default.ended_on)}."]
    return []


def still_unpaid(cluster: Cluster) -> list[str]:
    """Say of each open default who has not paid what."""
    return [
        f"{default.membership.body} has not paid {pounds(default.unpaid_pence)}, due on "
        f"{day(default.due_on)}."
        for default in defaults_of(cluster)
        if default.is_open
    ]
