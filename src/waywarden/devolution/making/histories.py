"""Who may see the history of a plan asked for: whoever may follow it."""

from django.http import HttpRequest

from waywarden.county.people.acting import asking
from waywarden.devolution.making import permissions
from waywarden.devolution.making.models import AskedPlan
from waywarden.fabric.journal.histories import Find, Thing, number_in
from waywarden.fabric.journal.models import Entry


def asked_plan(request: HttpRequest, key: str) -> Thing | None:
    """Find a plan asked for by its key."""
    acting = asking(request).acting
    found = AskedPlan.objects.at_hand().filter(pk=number_in(key, "asked-plan-")).first()
    if found is None or acting is None or not permissions.may_see(acting, found):
        return None
    lines = Entry.objects.about("asked-plan", key)
    return Thing(str(found), found.get_absolute_url(), lines)


KINDS: dict[str, Find] = {"asked-plan": asked_plan}
