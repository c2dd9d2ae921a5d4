"""Erasing why a council left a cluster."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from waywarden.county.people.acting import asking, office_of
from waywarden.devolution.clusters import leaving, permissions, seeing
from waywarden.devolution.clusters.actions import leaving as actions
from waywarden.devolution.clusters.gate import of_member
from waywarden.devolution.clusters.models import Membership
from waywarden.devolution.clusters.views import way
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer

GOES = "What the council said of why it leaves goes for good. That it leaves, and when, stays."


@require_http_methods(METHODS)
@of_member(permissions.may_erase_why)
@once
def erase_why(request: HttpRequest, held: Membership) -> HttpResponse:
    """Erase why a council left; its own people read it here once more."""
    form, told = PlainForm(request.POST or None), leaving.with_why(held)
    words = seeing.whys_of(office_of(request), told, on=localdate())

    def erase() -> str:
        actions.erase_why(held=held, by=asking(request).by, now=now())
        return "Why it leaves is erased."

    title = "Erase why it leaves"
    sheet = Sheet(title, "Erase it", lead=GOES, kicker=held.body.name, way=way(held.cluster))
    return answer(
        request,
        form,
        sheet,
        change=erase,
        there=held.cluster,
        context={"words": list(words.values()), "is_told": bool(told)},
        template="clusters/erase_why.html",
    )
