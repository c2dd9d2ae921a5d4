"""Changes to clusters, by what they change: the cluster, members, roles, terms, how it delivers,
its end.

And a council that would go alone.
"""

from waywarden.devolution.clusters.actions import (
    alone,
    clusters,
    delivering,
    members,
    roles,
    settling,
    terms,
)

__all__ = ["alone", "clusters", "delivering", "members", "roles", "settling", "terms"]
