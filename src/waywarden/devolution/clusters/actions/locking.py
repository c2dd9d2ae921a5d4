"""The row of a cluster is held while something is done that nobody else may do at once."""

from waywarden.devolution.clusters.models import Cluster


def locked(cluster: Cluster) -> Cluster:
    """Read a cluster anew, and hold it until the transaction ends."""
    found = Cluster.objects.select_for_update(of=("self",)).select_related("proposed_by")
    return found.get(pk=cluster.pk)
