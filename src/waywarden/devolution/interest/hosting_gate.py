"""The gate before the page of a host: its private link, and the officers of the body it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.devolution.interest import hosting as host_queries
from waywarden.devolution.interest import permissions
from waywarden.devolution.interest.models import Hosting
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.typed import CHANGES

#: Where a session keeps the links of hosts that were opened: the hash of each.
LINKS = "host_links"


#: Who has a letter is not known: the name that was typed for a host is no proof of it.
HOLDER = "Whoever has the letter to a host"


@dataclass(frozen=True)
class HostVisit:
    """Somebody before what a host was named for: who they are, and how they came."""

    hosting: Hosting
    by: Actor
    is_by_link: bool


View = Callable[[HttpRequest, HostVisit], HttpResponse]


def for_host(view: View) -> Callable[..., HttpResponse]:
    """Let in who came by the link of a host, and the officers of the body that is the host."""

    @for_officers()
    def in_office(request: HttpRequest, number: int) -> HttpResponse:
        return view(request, _of_office(request, number))

    @wraps(view)
    def within(request: HttpRequest, number: int) -> HttpResponse:
        visit = _by_link(request, number, today=localdate())
        if visit is not None:
            return view(request, visit)
        if _held_links(request).get(str(number)) and asking(request).person is None:
            return ended(request)
        return in_office(request, number)

    return never_cache(within)


def keep_link(request: HttpRequest, hosting: Hosting) -> None:
    """Note in the session that somebody holds the link of a host."""
    held = {str(hosting.expression_id): hosting.token_hash}
    request.session[LINKS] = _held_links(request) | held


def ended(request: HttpRequest) -> HttpResponse:
    """Say that the link of a host opens nothing any more."""
    return render(request, "interest/no_host_link.html", status=404)


def _held_links(request: HttpRequest) -> dict[str, str]:
    held = request.session.get(LINKS, {})
    return held if isinstance(held, dict) else {}


def _by_link(request: HttpRequest, number: int, *, today: date) -> HostVisit | None:
    held = _held_links(request).get(str(number), "")
    # A form that was opened in an office is that office's.
    if not held or (request.method in CHANGES and request.POST.get("acting_in")):
        return None
    found = host_queries.hosting_numbered(number)
    if found is None or found.token_hash != held or not found.works(today):
        return None
    of = found.expression
    return HostVisit(found, Actor(f"{of.key}-host", HOLDER), is_by_link=True)


def _of_office(request: HttpRequest, number: int) -> HostVisit:
    who, found = asking(request), host_queries.hosting_numbered(number)
    if found is None:
        raise Http404("There is no such expression of interest.")
    if not permissions.may_host(who.acting, found):
        raise PermissionDenied
    return HostVisit(found, who.by, is_by_link=False)
