"""The gate before an offer: whoever runs the round, the council's own people, and its link."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from waywarden.county.offices.telling import reply_address
from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.devolution.offers import permissions, queries
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.typed import CHANGES

#: Where a session keeps the offers whose links were opened: the hash of each link.
LINKS = "offer_links"
#: Said to whoever comes back to an offer without its link.
BY_LETTER = (
    "If you came by the letter to your council, open the link in it once more: it needs no "
    "account. Whoever holds an office here signs in."
)


@dataclass(frozen=True)
class Visit:
    """Somebody before an offer: who they are, and whether the link alone let them in."""

    offer: Offer
    by: Actor
    is_by_link: bool
    may_answer: bool
    runs_it: bool


View = Callable[[HttpRequest, Visit], HttpResponse]


def for_council(*, changes: bool = False) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let in who may see an offer; with ``changes`` who may answer it. It is nobody else's.

    Whoever came by the link of the council's letter needs no account. The others
    act in an office, and their forms say which.
    """

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        def in_office(request: HttpRequest, number: int, key: str) -> HttpResponse:
            return view(request, _of_office(request, number, key, changes=changes))

        @wraps(view)
        def within(request: HttpRequest, number: int, key: str) -> HttpResponse:
            visit = by_link(request, number, key, today=localdate())
            if visit is not None:
                return view(request, visit)
            if asking(request).person is None:
                held = _held(request, number, key)
                if held is not None and held.is_link_ended:
                    return link_ended(request, held)
                if request.method not in CHANGES:
                    messages.info(request, BY_LETTER)
            return in_office(request, number, key)

        return never_cache(within)

    return gated


def holder_of(offer: Offer) -> Actor:
    """Name whoever has the letter to a council, for the journal: nobody knows who that is."""
    return Actor(offer.key, f"Whoever has the letter to {offer.body}", offer.body.key)


def link_ended(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Say that the link somebody has was ended, and whom to ask."""
    context = {"offer": offer, "ask_at": reply_address(offer.round.body)}
    return render(request, "offers/link_ended.html", context, status=404)


def _held(request: HttpRequest, number: int, key: str) -> Offer | None:
    """Return the offer whose last link was opened in this browser, whether or not it works."""
    held = request.session.get(LINKS, {})
    if not isinstance(held, dict) or not held:
        return None
    of = Round.objects.public().filter(pk=number).first()
    offer = queries.offer_to(of, key) if of else None
    if offer is None or held.get(str(offer.pk)) != offer.token_hash or not offer.token_hash:
        return None
    return offer


def by_link(request: HttpRequest, number: int, key: str, *, today: date) -> Visit | None:
    """Return who came by a council's link, as long as the link lasts."""
    offer = _held(request, number, key)
    if offer is None or not offer.link_works(today):
        return None
    # A form that was opened in an office is that office's.
    if request.method in CHANGES and request.POST.get("acting_in"):
        return None
    return Visit(offer, holder_of(offer), is_by_link=True, may_answer=True, runs_it=False)


def _of_office(request: HttpRequest, number: int, key: str, *, changes: bool) -> Visit:
    who = asking(request)
    of = Round.objects.filter(pk=number).select_related("body").first()
    offer = queries.offer_to(of, key) if of else None
    if offer is None:
        raise Http404("There is no such offer.")
    may_answer = permissions.may_answer(who, offer)
    if not permissions.may_see(who, offer) or (changes and not may_answer):
        raise PermissionDenied
    runs_it = permissions.may_run(who.acting, offer.round)
    return Visit(offer, who.by, is_by_link=False, may_answer=may_answer, runs_it=runs_it)
