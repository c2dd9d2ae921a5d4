"""What leaving costs a member: its last season by days, and what goes with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from waywarden.devolution.clusters import policies, queries
from waywarden.devolution.clusters.models import Membership, Resource, Terms

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


def bill_on_leaving(held: Membership, terms: Terms | None, *, last: date) -> int | None:
    """Return what a member pays for the season of terms if it leaves after a day."""
    if terms is None:
        return None
    bills = queries.bills_of(terms, queries.shares_of(terms), leaving={held.pk: last})
    return bills.get(held.body.key)


def _lasts(held: Membership, terms: Terms, soonest: date) -> Iterator[Last]:
    for day in _days(soonest, terms.season_ends_on):
        yield Last(day, bill_on_leaving(held, terms, last=day) or 0)


def _days(soonest: date, season_ends_on: date) -> list[date]:
    days = [soonest]
    while days[-1] < season_ends_on and len(days) < SHOWN - 1:
        days.append(min(_end_of_month(days[-1] + timedelta(days=1)), season_ends_on))
    return list(dict.fromkeys([*days, max(season_ends_on, soonest)]))


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
