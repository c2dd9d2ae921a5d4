"""What leaving costs a member: its last season by days, and what goes with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from waywarden.devolution.clusters import policies, queries
from waywarden.devolution.clusters.models import Membership, Resource, Share, Terms

#: So many last days are reckoned beforehand: the soonest, ends of months, the season's end.
SHOWN = 14


@dataclass(frozen=True)
class Last:
    """A last day, and what the member pays for the season up to it."""

    day: date
    pence: int


@dataclass(frozen=True)
class Leaving:
    """What a member is told before it leaves."""

    #: The terms in force; none where none are agreed, and nothing is owed by any.
    terms: Terms | None
    soonest: date
    share_pence: int
    lasts: list[Last]
    #: What it lends, hires out or shares, which leaves the list with it.
    resources: list[Resource]


@dataclass(frozen=True)
class LastBill:
    """What a member that leaves pays for its last season, as it is reckoned now."""

    terms: Terms
    pence: int
    last: date

    @property
    def is_short(self) -> bool:
        """Whether days after the season's end, for which no terms are agreed, are not in it."""
        return self.last > self.terms.season_ends_on


def leaving_of(held: Membership, *, today: date) -> Leaving:
    """Reckon what a member pays for the season, by its last day, and what goes with it."""
    terms = queries.standing(held.cluster, on=today)
    soonest = policies.soonest_last_day(held, terms, today=today)
    shares = terms.shares.filter(membership=held).values_list("pence", flat=True) if terms else []
    return Leaving(
        terms=terms,
        soonest=soonest,
        share_pence=sum(shares),
        lasts=list(_lasts(held, terms, soonest)) if shares and terms else [],
        resources=queries.resources_by(held),
    )


def bill_on_leaving(
    held: Membership, terms: Terms | None, shares: Sequence[Share], *, last: date
) -> int | None:
    """Return what a member pays for the season of terms if it leaves after a day."""
    if terms is None:
        return None
    return queries.bills_of(terms, shares, leaving={held.pk: last}).get(held.body.key)


def last_bill_of(held: Membership, *, today: date) -> LastBill | None:
    """Reckon what a member that leaves pays by the newest terms in force for its last season."""
    if held.ends_on is None:
        return None
    on = min(today, held.ends_on)
    for terms in queries.terms_of(held.cluster):
        shares = queries.shares_of(terms)
        bound = [share.membership for share in shares if share.membership.is_member(on)]
        is_its = held.pk in {each.pk for each in bound}
        has_begun = terms.season_starts_on <= held.ends_on
        if is_its and has_begun and not queries.still_to_agree(terms, bound):
            return LastBill(terms, queries.bills_of(terms, shares)[held.body.key], held.ends_on)
    return None


def with_why(held: Membership) -> list[Membership]:
    """Return the memberships of a council in a cluster of which it said why it left."""
    theirs = Membership.objects.filter(cluster=held.cluster_id, body=held.body_id)
    told = theirs.filter(why_reference__isnull=False).select_related("body", "cluster")
    return list(told.order_by("pk"))


def _lasts(held: Membership, terms: Terms, soonest: date) -> Iterator[Last]:
    shares = queries.shares_of(terms)
    for day in _days(soonest, terms.season_ends_on):
        yield Last(day, bill_on_leaving(held, terms, shares, last=day) or 0)


def _days(soonest: date, season_ends_on: date) -> list[date]:
    days = [soonest]
    while days[-1] < season_ends_on and len(days) < SHOWN - 1:
        days.append(min(_end_of_month(days[-1] + timedelta(days=1)), season_ends_on))
    return list(dict.fromkeys([*days, max(season_ends_on, soonest)]))


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
