"""The list of councils that would go alone: how each column is sorted, filtered and shown."""

from collections.abc import Mapping, Sequence

from waywarden.devolution.clusters.factors import FACTORS, STEPS, Factor
from waywarden.devolution.clusters.models import GoingAlone
from waywarden.fabric.common.wording import day
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = "What councils have asked, and what officers of the county have recorded."
LICENCE = "For the officers of the county: how a council is judged is between it and them."


def _services(of: GoingAlone) -> str:
    return ", ".join(sorted(service.name for service in of.services.all()))


def _step_of(factor: Factor) -> Listed[GoingAlone]:
    """Give the column of a factor; nobody sorts by it, for it is no score."""

    def step(of: GoingAlone) -> str:
        found = next((each for each in of.findings.all() if each.factor == factor.key), None)
        return STEPS[found.step] if found else "Not assessed"

    name = factor.key.replace("-", "_")
    return Listed(name, factor.asks, "text", step, heading=factor.name, starts="", is_wide=True)


ASKED: list[Listed[GoingAlone]] = [
    Listed(
        "council",
        "Which council",
        "text",
        lambda of: of.body.name,
        heading="Council",
        leads=lambda of: of.get_absolute_url(),
        filtered="text",
    ),
    Listed(
        "stage",
        "Where it stands",
        "text",
        lambda of: of.stage,
        heading="Stage",
        filtered="choice",
    ),
    Listed(
        "services",
        "What it would deliver alone",
        "text",
        _services,
        heading="Services",
        filtered="text",
    ),
    Listed(
        "asked_on",
        "The day it asked",
        "date",
        lambda of: of.asked_on,
        heading="Asked",
        cell=lambda of: day(of.asked_on),
        starts="most",
    ),
    Listed(
        "starts_on",
        "The day it would start",
        "date",
        lambda of: of.starts_on,
        heading="Would start",
        cell=lambda of: day(of.starts_on),
    ),
    Listed(
        "deferred_until",
        "Until when it is deferred",
        "date",
        lambda of: of.looked_at_again_on,
        heading="Deferred until",
        cell=lambda of: day(of.looked_at_again_on) if of.looked_at_again_on else "–",
    ),
    *(_step_of(factor) for factor in FACTORS),
]


def asked_list(rows: Sequence[GoingAlone], asked: Mapping[str, str]) -> ListPage[GoingAlone]:
    """Return who would go alone as an address asks for them, the newest first."""
    return listed(ASKED, rows, asked, what="councils", usual_sort="asked_on")
