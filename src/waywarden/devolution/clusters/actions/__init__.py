"""Changes to clusters, by what they change: the cluster, members, roles, terms, its end."""

from waywarden.devolution.clusters.actions import clusters, members, roles, settling, terms

__all__ = ["clusters", "members", "roles", "settling", "terms"]
