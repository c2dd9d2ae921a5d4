"""What of a cluster's past somebody may see: what fell into the time of their council in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from waywarden.county.people.models import Office
from waywarden.devolution.clusters import defaulting, permissions, queries
from waywarden.devolution.clusters.models import Cluster, Default, Meeting, Membership
from waywarden.fabric.journal import queries as journal

#: Whether what held from a first day to a last (none: to this day) may be seen.
Saw = Callable[[date, date | None], bool]


@dataclass(frozen=True, kw_only=True)
class Unpaid:
    """What a member did not pay, and what whoever looks may do about it."""

    default: Default
    may_put_right: bool
    may_end: bool


def unpaid_of(acting: Office, cluster: Cluster, *, on: date) -> list[Unpaid]:
    """Return what members did not pay, with what may be done about it."""
    return [
        Unpaid(
            default=default,
            may_put_right=permissions.may_put_right(acting, default, on),
            may_end=permissions.may_end_unpaid(acting, default, on),
        )
        for default in defaults_of(acting, cluster, on=on)
    ]


def defaults_of(acting: Office, cluster: Cluster, *, on: date) -> list[Default]:
    """Return what members did not pay, due and recorded in the time of whoever looks."""
    saw = permissions.time_of(acting, cluster, on)
    return [
        each
        for each in defaulting.defaults_of(cluster)
        if saw(each.due_on, max(each.due_on, each.recorded_on))
    ]


def whys_of(acting: Office, asked: Iterable[Membership], *, on: date) -> dict[int, str]:
    """Return why councils left, by membership, as far as whoever looks may read it."""
    shown = {
        held.why_reference: held.pk
        for held in asked
        if held.why_reference and permissions.may_read_why(acting, held, on)
    }
    words = journal.personal_values(shown) if shown else {}
    return {shown[reference]: said for reference, said in words.items()}


def whys_to_erase(acting: Office, cluster: Cluster, *, on: date) -> list[Membership]:
    """Return the memberships whose reason for leaving whoever looks may erase."""
    told = [held for held in queries.memberships_of(cluster) if held.why_reference]
    return [held for held in told if permissions.may_erase_why(acting, held, on)]


def meetings_of(acting: Office, cluster: Cluster, *, on: date) -> list[Meeting]:
    """Return what the members decided in the time of whoever looks."""
    saw = permissions.time_of(acting, cluster, on)
    return [each for each in queries.meetings_of(cluster) if saw(each.held_on, each.held_on)]
