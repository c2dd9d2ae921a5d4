from collections import Counter
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from waywarden.arrangements.register import maps
from waywarden.arrangements.register.drawings import Ground
from waywarden.county.places import lookup
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area, Postcode
from waywarden.devolution.plans.pages import shown_plan
from waywarden.fabric.journal.caching import unless_unchanged
from waywarden.website import gallery as shown
from waywarden.website import glossary, guides
from waywarden.website import search as finding
from waywarden.website.running import health as looking


@require_safe
@unless_unchanged
def home(request: HttpRequest) -> HttpResponse:
    """Ask which parish, and show the county."""
    county = places.home_county()
    if county is None:
        return render(request, "website/nothing_loaded.html")
    today = localdate()
    parishes = places.parishes_of(county, on=today)
    context = {
        "parishes": parishes,
        "districts": _districts(county, parishes, on=today),
        "map": maps.county_map(Ground(county, today), None),
        "plan": shown_plan(county),
    }
    return render(request, "website/home.html", context)


def _districts(county: Area, parishes: list[Area], *, on: date) -> list[tuple[Area, int]]:
    """Pair each district with how many parishes it has."""
    counted = Counter(parish.within_id for parish in parishes)
    return [(district, counted[district.pk]) for district in places.districts_of(county, on=on)]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find a parish, service, district or word; go straight there when only one bears the name."""
    asked = request.GET.get("q", "").strip()[:100]
    county = places.home_county()
    if county and finding.is_postcode(asked):
        return _postcode(request, asked.upper())
    results = finding.find(asked, finding.entries(on=localdate()))
    if results.only:
        return redirect(results.only.address)
    return render(request, "website/search.html", {"results": results})


def _postcode(request: HttpRequest, asked: str) -> HttpResponse:
    """Go to the places a postcode may be in, or say why we cannot place it."""
    postcode = lookup.postcode_at(asked)
    if postcode:
        there = urlencode({"lon": postcode.longitude, "lat": postcode.latitude})
        return redirect(f"{reverse('register:at')}?{there}")
    context = {"asked": asked, "are_loaded": Postcode.objects.exists()}
    return render(request, "website/postcode.html", context)


@require_safe
def words_explained(request: HttpRequest) -> HttpResponse:
    """Explain the words and powers used on the site."""
    return render(request, "website/glossary.html", {"terms": glossary.terms().values()})


@require_safe
def help_by_role(request: HttpRequest) -> HttpResponse:
    """Lead everybody to the guides for what they are here."""
    return render(request, "website/help.html", {"roles": guides.roles()})


@require_safe
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """Say step by step how one thing is done."""
    found = guides.guides().get(key)
    if found is None:
        raise Http404
    context = {"guide": found, "roles": guides.roles_of(found)}
    return render(request, "website/guide.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """State how accessible the site is, how that was tested and what is known to fall short."""
    return render(request, "website/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is held about visitors."""
    return render(request, "website/privacy.html")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every part in every state, for those who build pages."""
    response = render(request, "website/components.html", shown.everything())
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Say whether the site is well, with 503 when it is not; lines where only text is wanted."""
    found = looking.findings(now=now())
    status = 200 if all(finding.is_well for finding in found) else 503
    if request.get_preferred_type(["application/json", "text/plain"]) == "text/plain":
        kind = "text/plain; charset=utf-8"
        return HttpResponse(looking.told(found), content_type=kind, status=status)
    return JsonResponse(looking.shown(found), status=status)
