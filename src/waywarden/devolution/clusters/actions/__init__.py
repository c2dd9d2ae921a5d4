"""Changes to clusters, by what they change: the cluster, members, links, roles, terms, how it
delivers, who does not pay, its end.

And a council that would go alone.
"""

from waywarden.devolution.clusters.actions import (
    alone,
    clusters,
    confirming,
    defaulting,
    delivering,
    joining,
    members,
    roles,
    settling,
    terms,
)

__all__ = [
    "alone",
    "clusters",
    "confirming",
    "defaulting",
    "delivering",
    "joining",
    "members",
    "roles",
    "settling",
    "terms",
]
