"""The gate before what a council is asked: the link of its letter, and who answers for it."""

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
from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.models import Link, Membership
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.typed import CHANGES

#: Where a session keeps the invitations whose links were opened: the hash of each link.
LINKS = "cluster_links"
#: Said to whoever comes back to an invitation without its link.
BY_LETTER = (
    "If you came by the letter to your council, open the link in it once more: it needs no "
    "account. Whoever holds an office here signs in."
)


@dataclass(frozen=True)
class Visit:
    """Somebody before what a council is asked: who they are, and whether by its link alone."""

    held: Membership
    by: Actor
    link: Link | None = None

    @property
    def is_by_link(self) -> bool:
        """Whether the link alone let them in."""
        return self.link is not None


View = Callable[[HttpRequest, Visit], HttpResponse]
#: Whether somebody in an office may, of a council in a cluster, on a day.
May = Callable[[Office, Membership, date], bool]


def for_invited(may: May) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let in who came by the link of a council's letter, and for whom ``may`` holds of it."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        in_office = _in_office(view, may)

        @wraps(view)
        def within(request: HttpRequest, cluster: str, key: str) -> HttpResponse:
            link = _opened(request, cluster, key)
            # A form that was opened in an office is that office's.
            if link is None or (request.method in CHANGES and request.POST.get("acting_in")):
                return _without_link(request, lambda: in_office(request, cluster, key))
            if link.works(localdate()):
                return view(request, Visit(link.membership, holder_of(link.membership), link))
            if asking(request).person is None:
                return opens_nothing(request, link, on=localdate())
            return in_office(request, cluster, key)

        return never_cache(within)

    return gated


def _in_office(view: View, may: May) -> Callable[..., HttpResponse]:
    @for_officers()
    def in_office(request: HttpRequest, cluster: str, key: str) -> HttpResponse:
        held = _held(cluster, key)
        if held is None:
            raise Http404("That council was not asked.")
        if not may(office_of(request), held, localdate()):
            raise PermissionDenied
        return view(request, Visit(held, asking(request).by))

    return in_office


def _without_link(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    if asking(request).person is None and request.method not in CHANGES:
        messages.info(request, BY_LETTER)
    return answer()


def keep_link(request: HttpRequest, link: Link) -> None:
    """Note in the session that somebody holds the link of a council's letter."""
    request.session[LINKS] = _links(request) | {str(link.membership_id): link.token_hash}


def holder_of(held: Membership) -> Actor:
    """Name whoever has the letter to a council, for the journal: nobody knows who that is."""
    key = f"clusters-of-{held.body.key}"
    return Actor(key, f"Whoever has the letter to {held.body}", held.body.key)


def opens_nothing(request: HttpRequest, link: Link | None, *, on: date) -> HttpResponse:
    """Say that a link opens nothing, why not, and whom to ask."""
    held = link.membership if link else None
    state = link.state(on) if link else None
    context = {
        "link": link,
        "held": held,
        "state": state,
        "ask_at": reply_address(held.cluster.proposed_by) if held else "",
    }
    # That a council has answered is no fault of who comes back to read so.
    status = 200 if state == Link.State.ANSWERED else 404
    return render(request, "clusters/link_over.html", context, status=status)


def _opened(request: HttpRequest, cluster: str, key: str) -> Link | None:
    """Return the link to an invitation that was opened in this browser, whether or not it works."""
    opened = _links(request)
    held = _held(cluster, key) if opened else None
    said = opened.get(str(held.pk)) if held else None
    found = Link.objects.select_related("membership__cluster__proposed_by", "membership__body")
    return found.filter(token_hash=said, membership=held).first() if said else None


def _held(cluster: str, key: str) -> Membership | None:
    found = queries.cluster_called(cluster)
    return queries.held_by(found, key) if found else None


def _links(request: HttpRequest) -> dict[str, str]:
    opened = request.session.get(LINKS, {})
    return opened if isinstance(opened, dict) else {}
