"""Clusters, who is in them and leads them, and what they agree on."""

from waywarden.devolution.clusters.models.alone import Answer, Finding, GoingAlone
from waywarden.devolution.clusters.models.clusters import ESTIMATED, Cluster, Membership, Scope
from waywarden.devolution.clusters.models.confirming import ClusterConfirmation
from waywarden.devolution.clusters.models.defaulting import Default, Owed
from waywarden.devolution.clusters.models.delivering import Stated
from waywarden.devolution.clusters.models.links import Link
from waywarden.devolution.clusters.models.roles import Role
from waywarden.devolution.clusters.models.settling import (
    Consent,
    Handover,
    Meeting,
    Portion,
    Resource,
    Settlement,
)
from waywarden.devolution.clusters.models.terms import Agreement, Share, Terms

__all__ = [
    "ESTIMATED",
    "Agreement",
    "Answer",
    "Cluster",
    "ClusterConfirmation",
    "Consent",
    "Default",
    "Finding",
    "GoingAlone",
    "Handover",
    "Link",
    "Meeting",
    "Membership",
    "Owed",
    "Portion",
    "Resource",
    "Role",
    "Scope",
    "Settlement",
    "Share",
    "Stated",
    "Terms",
]
