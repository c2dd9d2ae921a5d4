"""The gate before a page within a cluster: its people, those who run it, and what they may."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate

from waywarden.county.people.acting import office_of
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.models import (
    Cluster,
    Default,
    GoingAlone,
    Membership,
    Portion,
    Role,
    Settlement,
    Terms,
)

View = Callable[..., HttpResponse]
Within = Callable[[View], Callable[..., HttpResponse]]
#: Whether somebody may, in a cluster, on a day.
MayInCluster = Callable[[Office, Cluster, date], bool]
#: The same of a council that would go alone.
MayGoAlone = Callable[[Office, GoingAlone, date], bool]


def of_cluster(may: MayInCluster) -> Within:
    """Let in those for whom ``may`` holds of the cluster in the address; the view is given it."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, cluster: str, **named: Any) -> HttpResponse:
            found = _cluster(cluster)
            if not may(office_of(request), found, localdate()):
                raise PermissionDenied
            return view(request, found, **named)

        return within

    return gated


def of_member(may: Callable[[Office, Membership, date], bool]) -> Within:
    """The same of a council in a cluster."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, cluster: str, key: str, **named: Any) -> HttpResponse:
            held = queries.held_by(_cluster(cluster), key)
            if held is None:
                raise Http404("That council was not asked.")
            if not may(office_of(request), held, localdate()):
                raise PermissionDenied
            return view(request, held, **named)

        return within

    return gated


def of_role(may: Callable[[Office, Role, date], bool]) -> Within:
    """The same of a role of a cluster."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, cluster: str, role: int) -> HttpResponse:
            found = role_of(_cluster(cluster), role)
            if not may(office_of(request), found, localdate()):
                raise PermissionDenied
            return view(request, found)

        return within

    return gated


def of_service(may: MayInCluster) -> Within:
    """The same of a service in the scope of a cluster."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, cluster: str, code: str, **named: Any) -> HttpResponse:
            scope = queries.scope_called(_cluster(cluster), code)
            if scope is None:
                raise Http404("This service is not in the cluster's scope.")
            if not may(office_of(request), scope.cluster, localdate()):
                raise PermissionDenied
            return view(request, scope, **named)

        return within

    return gated


def of_terms(may: Callable[[Office, Terms, date], bool]) -> Within:
    """The same of a version of a cluster's terms."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, cluster: str, number: int) -> HttpResponse:
            terms = queries.terms_numbered(_cluster(cluster), number)
            if terms is None:
                raise Http404("There are no such terms.")
            if not may(office_of(request), terms, localdate()):
                raise PermissionDenied
            return view(request, terms)

        return within

    return gated


def of_default(may: Callable[[Office, Default, date], bool]) -> Within:
    """The same of what a member did not pay."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, cluster: str, default: int) -> HttpResponse:
            found = queries.default_numbered(_cluster(cluster), default)
            if found is None:
                raise Http404("Nothing of that is unpaid here.")
            if not may(office_of(request), found, localdate()):
                raise PermissionDenied
            return view(request, found)

        return within

    return gated


def of_settlement(may: Callable[[Office, Settlement, date], bool]) -> Within:
    """The same of a version of how a cluster is dissolved."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, cluster: str, number: int) -> HttpResponse:
            found = queries.settlement_numbered(_cluster(cluster), number)
            if found is None:
                raise Http404("There is no such settlement.")
            if not may(office_of(request), found, localdate()):
                raise PermissionDenied
            return view(request, found)

        return within

    return gated


def of_portion(may: Callable[[Office, Portion, date], bool]) -> Within:
    """The same of what is a member's by a settlement."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, cluster: str, number: int, key: str) -> HttpResponse:
            settlement = queries.settlement_numbered(_cluster(cluster), number)
            portion = queries.portion_of(settlement, key) if settlement else None
            if portion is None:
                raise Http404("There is no such balance.")
            if not may(office_of(request), portion, localdate()):
                raise PermissionDenied
            return view(request, portion)

        return within

    return gated


def role_of(cluster: Cluster, number: int) -> Role:
    """Return a role of a cluster."""
    for role in queries.roles_of(cluster):
        if role.pk == number:
            return role
    raise Http404("There is no such role.")


def _cluster(key: str) -> Cluster:
    found = queries.cluster_called(key)
    if found is None:
        raise Http404("There is no such cluster.")
    return found
