"""The lists within the pages of a cluster, to download as CSV and Excel."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.county.people.acting import office_of
from waywarden.devolution.clusters import inside_lists, permissions, queries, seeing
from waywarden.devolution.clusters.gate import of_cluster, of_settlement, of_terms
from waywarden.devolution.clusters.models import Cluster, Settlement, Terms
from waywarden.fabric.tables.columns import Column
from waywarden.fabric.tables.writing import table_response

T = TypeVar("T")


@require_safe
@of_cluster(permissions.may_see_inside)
def members(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Download who was asked or takes part."""
    rows = inside_lists.members_of(cluster, on=localdate())
    return _file(request, cluster, "members", inside_lists.MEMBERS, rows)


@require_safe
@of_terms(permissions.may_read)
def shares(request: HttpRequest, terms: Terms) -> HttpResponse:
    """Download what each member pays by a version of the terms."""
    rows = inside_lists.shares_of(terms, on=localdate())
    of = f"shares-by-terms-{terms.number}"
    return _file(request, terms.cluster, of, inside_lists.SHARES, rows)


@require_safe
@of_cluster(permissions.may_see_inside)
def votes(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Download how each member voted at each meeting."""
    acting, on = office_of(request), localdate()
    meetings = seeing.meetings_of(acting, cluster, on=on)
    rows = inside_lists.votes_of(
        cluster, meetings, may_read=lambda terms: permissions.may_read(acting, terms, on)
    )
    return _file(request, cluster, "votes", inside_lists.VOTES, rows)


@require_safe
@of_cluster(permissions.may_see_inside)
def resources(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Download what members lend, hire out and share."""
    rows = queries.resources_of(cluster, on=localdate())
    return _file(request, cluster, "resources", inside_lists.RESOURCES, rows)


@require_safe
@of_cluster(permissions.may_see_inside)
def unpaid(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Download what members have not paid, and who owes what for it."""
    rows = inside_lists.unpaid_of(seeing.defaults_of(office_of(request), cluster, on=localdate()))
    return _file(request, cluster, "unpaid", inside_lists.UNPAID, rows)


@require_safe
@of_settlement(permissions.may_read_settlement)
def portions(request: HttpRequest, settlement: Settlement) -> HttpResponse:
    """Download what is each member's by a settlement."""
    rows = queries.portions_of(settlement)
    of = f"settlement-{settlement.number}"
    return _file(request, settlement.cluster, of, inside_lists.PORTIONS, rows)


@require_safe
@of_settlement(permissions.may_read_settlement)
def handovers(request: HttpRequest, settlement: Settlement) -> HttpResponse:
    """Download who has which thing, and finishes which work, by a settlement."""
    rows = queries.handovers_of(settlement)
    of = f"settlement-{settlement.number}-who-has-what"
    return _file(request, settlement.cluster, of, inside_lists.HANDOVERS, rows)


def _file(
    request: HttpRequest,
    cluster: Cluster,
    of: str,
    columns: Sequence[Column[T]],
    rows: Iterable[T],
) -> HttpResponse:
    on = localdate()
    about = {"source": inside_lists.SOURCE, "licence": inside_lists.LICENCE}
    return table_response(request, f"{cluster.key}-{of}-{on}", columns, rows, made_on=on, **about)
