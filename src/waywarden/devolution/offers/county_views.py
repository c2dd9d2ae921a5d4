"""What the county does about one council of a round: it is called back, its link is ended."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.devolution.offers import actions, permissions, queries
from waywarden.devolution.offers.forms import CalledForm, EndLinkForm
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer


@require_http_methods(METHODS)
@never_cache
@for_officers()
@once
def called(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Tick off the call that a council had asked for."""
    offer = _own(request, number, key)
    asked_at = offer.call_back_at.isoformat() if offer.call_back_at else ""
    first = {"called_on": localdate(), "asked_at": asked_at}
    form = CalledForm(request.POST or None, initial=first)

    def change() -> str:
        by = asking(request).by
        actions.tick_off_call(offer=offer, called=form.called(), by=by, now=now())
        return f"{offer.body} was called back. The name and number it left are erased."

    lead = f"Whom to call: {offer.call_back}" if offer.call_back else "Nobody waits for a call."
    sheet = _sheet(offer, f"{offer.body} was called back", "Tick it off", lead)
    return answer(request, form, sheet, change=change, there=_councils(offer))


@require_http_methods(METHODS)
@never_cache
@for_officers()
@once
def end_link(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """End the link of a council's letter."""
    offer = _own(request, number, key)
    form = EndLinkForm(request.POST or None, initial={"letter": offer.letters})

    def change() -> str:
        by = asking(request).by
        try:
            actions.end_link(offer=offer, by=by, now=now(), **form.cleaned_data)
        except Overtaken:
            form.show_newest(offer.letters)
            raise
        return f"The link of {offer.body} is ended. You can send it a new one."

    lead = (
        "Whoever has the link, or came in by it, is let in no more. What the council said and "
        "answered stays. Its own officers can still sign in."
    )
    sheet = _sheet(offer, f"End the link of {offer.body}", "End it", lead)
    return answer(request, form, sheet, change=change, there=offer)


def _own(request: HttpRequest, number: int, key: str) -> Offer:
    """Return the offer to a council, for whoever runs its round."""
    of = Round.objects.filter(pk=number).select_related("body").first()
    offer = queries.offer_to(of, key) if of else None
    if offer is None:
        raise Http404("There is no such offer.")
    if not permissions.may_run(asking(request).acting, offer.round):
        raise PermissionDenied
    return offer


def _councils(offer: Offer) -> str:
    return reverse("offers:councils", args=[offer.round_id])


def _sheet(offer: Offer, title: str, button: str, lead: str) -> Sheet:
    way = ((offer.round.title, offer.round.get_absolute_url()), ("The councils", _councils(offer)))
    return Sheet(title, button, lead=lead, kicker=f"Offer to {offer.body}", way=way)
