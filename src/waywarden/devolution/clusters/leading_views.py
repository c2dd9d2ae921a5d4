"""A group or company that asked the county is chosen to lead, from those that were agreed to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from waywarden.county.people.acting import asking, office_of
from waywarden.devolution.clusters import leading, permissions
from waywarden.devolution.clusters.actions import leading as actions
from waywarden.devolution.clusters.gate import of_role
from waywarden.devolution.clusters.leading_forms import GroupForm
from waywarden.devolution.clusters.models import Role
from waywarden.devolution.clusters.views import LETTERS, council_of, way
from waywarden.fabric.forms.buckets import limited
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer

AGREED = (
    "Listed are groups and companies that asked your council for these services, and to which it "
    "has agreed. It is written to at once. A council takes the role itself, once it has joined."
)
NONE_AGREED = (
    "No group or company has asked your council for these services and been agreed to. Decide on "
    "its expression of interest first; then it is listed here."
)


@require_http_methods(METHODS)
@limited(LETTERS, council_of)
@of_role(permissions.may_choose_group)
@once
def choose(request: HttpRequest, found: Role) -> HttpResponse:
    """Choose a group or company that leads."""
    groups = leading.groups_to_choose(office_of(request), found)
    form = GroupForm(request.POST or None, groups=groups)

    def choose() -> str:
        said = {"of": form.chosen(), "shows": form.cleaned_data["shows"]}
        if not actions.choose(role=found, by=asking(request).by, now=now(), **said):
            messages.warning(request, "It gave no address: tell it yourself.")
        return f"{found.held_by} leads: {found}."

    lead = AGREED if groups else NONE_AGREED
    title = "One that asked the county leads it"
    sheet = Sheet(title, "Note it", lead=lead, kicker=str(found), way=way(found.cluster))
    return answer(request, form, sheet, change=choose, there=found.cluster)
