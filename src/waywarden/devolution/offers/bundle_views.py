"""The packs of a round in one file: asked for, waited for, and downloaded by whoever runs it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.devolution.offers import (
    bundle_actions,
    bundle_queries,
    permissions,
    policies,
    queries,
)
from waywarden.devolution.offers.bundling import make_packs
from waywarden.devolution.offers.models import Round
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.documents.serving import download

BEGUN = "The packs are being put into one file."
ASKED_ALREADY = "They have been asked for already. Nothing was begun anew."


@require_safe
@never_cache
@for_officers()
def packs(request: HttpRequest, number: int) -> HttpResponse:
    """Lead to the file of all packs, or say how far it is."""
    of = _own(request, number)
    context = {
        "round": of,
        "councils": len(queries.offers_of(of)),
        "making": bundle_queries.making_of(of, now=now()),
        "made": bundle_queries.made_of(of),
        "obstacles": policies.obstacles_to_bundling(of),
    }
    return render(request, "offers/packs.html", context)


@require_POST
@for_officers()
def make(request: HttpRequest, number: int) -> HttpResponse:
    """Have all packs of a round put into one file, in the background."""
    of, by = _own(request, number), asking(request).by
    try:
        is_begun = bundle_actions.ask_for_packs(of=of, begin=make_packs.enqueue, by=by, now=now())
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.info(request, BEGUN if is_begun else ASKED_ALREADY)
    return redirect("offers:packs", number=number)


@require_safe
@never_cache
@for_officers()
def packs_zip(request: HttpRequest, number: int) -> HttpResponse:
    """Give all packs of a round in one file, once it is made."""
    made = bundle_queries.made_of(_own(request, number))
    if made is None:
        raise Http404("The packs of this offer have not been put into one file yet.")
    return download(made)


def _own(request: HttpRequest, number: int) -> Round:
    of = get_object_or_404(Round.objects.select_related("body"), pk=number)
    if not permissions.may_run(asking(request).acting, of):
        raise PermissionDenied
    return of
