"""Who may see the history of a plan."""

from django.http import HttpRequest

from waywarden.county.people.acting import asking
from waywarden.devolution.plans import permissions
from waywarden.devolution.plans.finding import MOST_DIGITS
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.journal.histories import Find, Thing
from waywarden.fabric.journal.models import Entry


def plan(request: HttpRequest, key: str) -> Thing | None:
    """Find a plan by its number."""
    if not (key.isascii() and key.isdecimal() and len(key) <= MOST_DIGITS):
        return None
    run = PlanRun.objects.filter(number=int(key)).first()
    if run is None or not permissions.may_see(asking(request), run):
        return None
    return Thing(str(run), run.get_absolute_url(), Entry.objects.about("plan", key))


KINDS: dict[str, Find] = {"plan": plan}
