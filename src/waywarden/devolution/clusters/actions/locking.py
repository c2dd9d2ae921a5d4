"""What is held while something is done that nobody else may do at once."""

from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.interest.models import Expression


def locked(cluster: Cluster) -> Cluster:
    """Read a cluster anew, and hold it until the transaction ends."""
    found = Cluster.objects.select_for_update(of=("self",)).select_related("proposed_by")
    return found.get(pk=cluster.pk)


def locked_expression(of: Expression) -> Expression:
    """Read an expression anew; nobody erases who asked until the transaction ends."""
    found = Expression.objects.select_for_update(of=("self",)).select_related("asked_of", "body")
    return found.get(pk=of.pk)
