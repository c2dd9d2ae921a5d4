"""The gate before a page within a cluster: its people, those who run it, and what they may."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar

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
    Membership,
    Portion,
    Role,
    Scope,
    Settlement,
    Terms,
)

View = Callable[..., HttpResponse]
Within = Callable[[View], Callable[..., HttpResponse]]
#: What an address names within a cluster.
Named = TypeVar("Named")
#: Whether somebody may, in a cluster, on a day.
MayInCluster = Callable[[Office, Cluster, date], bool]


def of_cluster(may: MayInCluster) -> Within:
    """Let in those for whom ``may`` holds of the cluster in the address; the view is given it."""
    return _gate(lambda cluster: cluster, may)


def of_member(may: Callable[[Office, Membership, date], bool]) -> Within:
    """The same of a council in a cluster."""
    return _gate(_member, may, "key")


def of_role(may: Callable[[Office, Role, date], bool]) -> Within:
    """The same of a role of a cluster."""
    return _gate(role_of, may, "role")


def of_service(may: MayInCluster) -> Within:
    """The same of a service in the scope of a cluster."""
    return _gate(_scope, lambda acting, scope, on: may(acting, scope.cluster, on), "code")


def of_terms(may: Callable[[Office, Terms, date], bool]) -> Within:
    """The same of a version of a cluster's terms."""
    return _gate(_terms, may, "number")


def of_default(may: Callable[[Office, Default, date], bool]) -> Within:
    """The same of what a member did not pay."""
    return _gate(_default, may, "default")


def of_settlement(may: Callable[[Office, Settlement, date], bool]) -> Within:
    """The same of a version of how a cluster is dissolved."""
    return _gate(_settlement, may, "number")


def of_portion(may: Callable[[Office, Portion, date], bool]) -> Within:
    """The same of what is a member's by a settlement."""
    return _gate(_portion, may, "number", "key")


def _gate(
    find: Callable[..., Named], may: Callable[[Office, Named, date], bool], *parts: str
) -> Within:
    """Find what the ``parts`` of an address name in its cluster; the view is given the others."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, cluster: str, **named: Any) -> HttpResponse:
            found = find(_cluster(cluster), *(named.pop(part) for part in parts))
            if not may(office_of(request), found, localdate()):
                raise PermissionDenied
            return view(request, found, **named)

        return within

    return gated


def role_of(cluster: Cluster, number: int) -> Role:
    """Return a role of a cluster."""
    roles = (role for role in queries.roles_of(cluster) if role.pk == number)
    return _there(next(roles, None), "There is no such role.")


def _cluster(key: str) -> Cluster:
    return _there(queries.cluster_called(key), "There is no such cluster.")


def _member(cluster: Cluster, key: str) -> Membership:
    return _there(queries.held_by(cluster, key), "That council was not asked.")


def _scope(cluster: Cluster, code: str) -> Scope:
    found = queries.scope_called(cluster, code)
    return _there(found, "This service is not in the cluster's scope.")


def _terms(cluster: Cluster, number: int) -> Terms:
    return _there(queries.terms_numbered(cluster, number), "There are no such terms.")


def _default(cluster: Cluster, number: int) -> Default:
    return _there(queries.default_numbered(cluster, number), "Nothing of that is unpaid here.")


def _settlement(cluster: Cluster, number: int) -> Settlement:
    return _there(queries.settlement_numbered(cluster, number), "There is no such settlement.")


def _portion(cluster: Cluster, number: int, key: str) -> Portion:
    found = queries.portion_of(_settlement(cluster, number), key)
    return _there(found, "There is no such balance.")


def _there(found: Named | None, otherwise: str) -> Named:
    if found is None:
        raise Http404(otherwise)
    return found
