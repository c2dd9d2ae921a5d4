"""May this person? Who sees a plan that was made to try something out, and who shows it."""

from datetime import date

from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import speaks_for_county
from waywarden.county.places.models import Jurisdiction
from waywarden.devolution.plans import queries
from waywarden.devolution.plans.models import PlanRun


def may_see_trials(acting: Office | None) -> bool:
    """Whether they may see trials: officers of a county or unitary council."""
    return acting is not None and speaks_for_county(acting)


def may_see(asking: Asking, run: PlanRun) -> bool:
    """Whether a plan is theirs to see: everybody's, unless it is a trial."""
    return not queries.is_hidden(run) or may_see_trials(asking.acting)


def may_propose(acting: Office | None, run: PlanRun, on: date) -> bool:
    """Whether they may propose the clusters of a plan: officers of the county it was made for."""
    if acting is None or not speaks_for_county(acting):
        return False
    held = Jurisdiction.objects.filter(body=acting.body, area=run.county_id)
    return held.filter(tier=Jurisdiction.Tier.COUNTY).as_of(on).exists()
