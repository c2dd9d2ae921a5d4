"""What the monitoring officer confirms of the power of a round, recorded on its page."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from waywarden.county.decisions.relying import key_of
from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.devolution.offers import (
    permissions,
    power_actions,
    queries,
    relying_queries,
)
from waywarden.devolution.offers.models import Confirmation, Round
from waywarden.devolution.offers.power_forms import ConfirmForm
from waywarden.fabric.forms.fields import WhyForm
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer

NOTED = (
    "You note what the monitoring officer has said to you. Whoever holds that office confirms it "
    "here themselves."
)
OWN = "You confirm it as monitoring officer. Nobody is stopped while you do not."
NOTHING = "Nothing waits to be confirmed."
NO_SERVICES = "Add the services first: a confirmation holds for the services it was given for."


def is_own_word(acting: Office) -> bool:
    """Whether what they confirm is the monitoring officer's own word, and no note of it."""
    return acting.kind == Office.Kind.MONITORING_OFFICER


@require_http_methods(METHODS)
@for_officers()
@once
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Record that the monitoring officer confirms warnings about the power."""
    of, is_own = _own(request, number), is_own_word(office_of(request))
    services = [each.service for each in queries.services_of(of)]
    standing = relying_queries.reliance_of(of, services).warnings if services else []
    first = {"given_on": localdate()}
    open_ones = [(key_of(of.power, found), found.asks) for found in standing]
    form = ConfirmForm(request.POST or None, initial=first, standing=open_ones, is_own=is_own)

    def change() -> str:
        by = asking(request).by
        power_actions.confirm(of=of, said=form.said(), by=by, now=now())
        return "It is recorded that the monitoring officer confirms it."

    lead = (OWN if is_own else NOTED) if standing else NOTHING if services else NO_SERVICES
    sheet = Sheet("The monitoring officer confirms", "Record it", lead=lead, way=_way(of))
    return answer(request, form, sheet, change=change, there=of)


@require_http_methods(METHODS)
@for_officers()
@once
def take_back(request: HttpRequest, number: int, confirmation: int) -> HttpResponse:
    """Take a confirmation back."""
    of, form = _own(request, number), WhyForm(request.POST or None)
    found = get_object_or_404(Confirmation.objects.select_related("round__body"), pk=confirmation)
    if found.round_id != of.pk:
        raise PermissionDenied

    def change() -> str:
        by = asking(request).by
        power_actions.take_back(confirmation=found, by=by, now=now(), **form.cleaned_data)
        return "It is taken back. The warning stands again."

    sheet = Sheet("Take this confirmation back", "Take it back", lead=found.says, way=_way(of))
    return answer(request, form, sheet, change=change, there=of)


def _own(request: HttpRequest, number: int) -> Round:
    of = get_object_or_404(Round.objects.select_related("body"), pk=number)
    if not permissions.may_run(asking(request).acting, of):
        raise PermissionDenied
    return of


def _way(of: Round) -> tuple[tuple[str, str], ...]:
    return (("Offers to communities", reverse("offers:rounds")), (of.title, of.get_absolute_url()))
