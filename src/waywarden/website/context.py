"""What the base page shows on every page: the place, the ways in, what the data is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from waywarden import data
from waywarden.county.councils.models import Body
from waywarden.county.places import queries as places
from waywarden.county.places.models import BoundarySet
from waywarden.county.services.models import Quantity
from waywarden.fabric.journal import queries as journal

ATTRIBUTION = f"{data.ATTRIBUTION} {data.OUTLINES_ATTRIBUTION}"


@dataclass(frozen=True)
class Way:
    """One item of the main navigation."""

    words: str
    address: str
    is_here: bool


def operator() -> dict[str, Any]:
    """Return who runs this site and how to write to them, as far as the installation says."""
    return {
        "operator": settings.SITE_OPERATOR or "the council that runs this site",
        "operator_is_named": bool(settings.SITE_OPERATOR),
        "contact_email": settings.CONTACT_EMAIL,
    }


def site(request: HttpRequest) -> dict[str, Any]:
    """Return what the base page needs; one query while nothing in the journal changes."""
    key = f"site-{journal.version()}"
    held = cache.get(key)
    if held is None:
        cache.set(key, held := _held())
    county = held["county"]
    ways = _ways(county.get_absolute_url() if county else "", here=request.path)
    return {**operator(), **held, "ways": ways}


def _held() -> dict[str, Any]:
    county = places.home_county()
    sets = list(BoundarySet.objects.order_by("-loaded_at"))
    return {
        "county": county,
        "has_examples": Body.objects.examples().exists() or Quantity.objects.examples().exists(),
        "loaded_on": sets[0].loaded_at if sets else None,
        "is_approximate": any(loaded.is_approximate for loaded in sets),
        "attribution": ATTRIBUTION if county else "",
    }


def _ways(county_address: str, *, here: str) -> list[Way]:
    """List the pages there are, marking the part of the site we are in."""
    if not county_address:
        return []
    pages = [
        ("Find your parish", "/", here == "/" or here.startswith(("/places/", "/search/"))),
        ("Services", "/services/", here.startswith("/services/")),
        ("County map and table", county_address, here.startswith(("/counties/", "/progress/"))),
        ("Councils", "/bodies/", here.startswith("/bodies/")),
        ("Offers", "/offers/", here.startswith("/offers/")),
        ("Clusters", "/clusters/", here.startswith("/clusters/")),
        ("Plans", "/plans/", here.startswith("/plans/")),
        ("Methods and sources", "/methods/", here.startswith("/methods/")),
    ]
    return [Way(*page) for page in pages]
