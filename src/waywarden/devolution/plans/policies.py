"""What stands in the way of keeping or showing a plan, in words somebody can act on."""

from collections.abc import Collection

from waywarden.devolution.plans import queries
from waywarden.devolution.plans.models import PlanRun
from waywarden.planning.reports import Report

MOST_NAMED = 4


def obstacles_to_showing(run: PlanRun) -> list[str]:
    """Say why a plan cannot be shown to everybody."""
    if queries.is_hidden(run):
        return []
    return ["Everybody can read this plan already. Nothing was changed."]


def obstacles_to_keeping(report: Report, *, places: Collection[str]) -> list[str]:
    """Say why a plan cannot be kept for a county whose places have these keys."""
    obstacles = []
    unknown = [council.name for council in report.councils if council.key not in places]
    if unknown:
        named = ", ".join(unknown[:MOST_NAMED])
        more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
        obstacles.append(
            f"The plan is for councils this site does not hold: {named}{more}."
            " Load their county, then plan again."
        )
    if not report.councils:
        obstacles.append("The plan is for no council. Load a county with parishes first.")
    return obstacles
