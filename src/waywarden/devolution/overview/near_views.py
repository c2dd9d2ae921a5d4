"""What could be taken on near a place: asked by name or postcode, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from waywarden.county.places import queries as places
from waywarden.county.places.naming import full_name
from waywarden.devolution.overview import near as finding

MOST_CHARACTERS = 100


@require_safe
@never_cache
def near(request: HttpRequest) -> HttpResponse:
    """Show what is open near a place, who does it next door, and whom to ask."""
    county, today = places.home_county(), localdate()
    if county is None:
        return render(request, "website/nothing_loaded.html")
    among, asked = places.places_of(county, on=today), request.GET.get("q", "").strip()
    asked = asked[:MOST_CHARACTERS]
    meant = finding.Meant()
    if asked:
        meant = finding.meant_by(asked, among, county=county, on=today)
    context = {
        "asked": full_name(meant.place) if meant.place else asked,
        "among": [full_name(place) for place in among],
        "meant": meant,
        "others": [place for place in meant.choices if place != meant.place],
        "near": finding.near(meant.place, on=today) if meant.place else None,
    }
    return render(request, "overview/near.html", context)
