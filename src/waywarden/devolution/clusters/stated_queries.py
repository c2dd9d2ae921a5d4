"""Questions about what somebody said of the ways to deliver a service."""

from waywarden.devolution.clusters.models import Cluster, Scope, Stated


def stated_of(scope: Scope, model: str) -> dict[str, str | int | None]:
    """Return what is said of a way to deliver a service: words, of a cost pence, by aspect."""
    return {
        each.aspect: each.pence if each.aspect == Stated.Aspect.COST else each.says
        for each in scope.stated.filter(model=model)
        if each.is_known
    }


def everything_stated(cluster: Cluster) -> list[Stated]:
    """Return all that is said of the ways to deliver the services of a cluster."""
    found = Stated.objects.filter(scope__cluster=cluster).select_related("expression")
    return [each for each in found if each.is_known]


def costs_stated(cluster: Cluster) -> dict[tuple[int | None, str], Stated]:
    """Return what the ways to deliver are said to cost, by the service's number and the way."""
    told = Stated.objects.filter(scope__cluster=cluster, aspect=Stated.Aspect.COST)
    known = told.filter(pence__isnull=False).select_related("scope", "expression")
    return {(each.scope.service_id, each.model): each for each in known}
