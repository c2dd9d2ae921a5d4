"""May this person? Who sees a plan that was made to try something out, and who shows it."""

from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import speaks_for_county
from waywarden.devolution.plans import queries
from waywarden.devolution.plans.models import PlanRun


def may_see_trials(acting: Office | None) -> bool:
    """Whether they may see trials: officers of a county or unitary council."""
    return acting is not None and speaks_for_county(acting)


def may_see(asking: Asking, run: PlanRun) -> bool:
    """Whether a plan is theirs to see: everybody's, unless it is a trial."""
    return not queries.is_hidden(run) or may_see_trials(asking.acting)
