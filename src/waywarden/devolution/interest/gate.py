"""The gate before an expression: its private link, the people of who asks, and who answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import PRINCIPAL, may_edit
from waywarden.devolution.interest import permissions, queries
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.typed import CHANGES

#: Where a session keeps the expressions whose links were opened: the hash of each link.
LINKS = "expression_links"
BY_LINK = (
    "If you asked without an account, open the private link in your e-mail once more. Whoever "
    "holds an office here signs in."
)


@dataclass(frozen=True)
class Visit:
    """Somebody before an expression: who they are, and what they do with it."""

    expression: Expression
    by: Actor
    is_by_link: bool
    may_write: bool
    runs_it: bool


View = Callable[..., HttpResponse]


def for_asker(
    *, changes: bool = False, is_hidden: bool = False
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let in who may see an expression; with ``changes`` who writes it. It is nobody else's.

    What ``is_hidden`` is not there for anybody else, and they do not learn that it is.
    """

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        def in_office(request: HttpRequest, number: int, **named: Any) -> HttpResponse:
            return view(request, _of_office(request, number, changes=changes), **named)

        @wraps(view)
        def within(request: HttpRequest, number: int, **named: Any) -> HttpResponse:
            visit = by_link(request, number, today=localdate())
            if visit is not None:
                return view(request, visit, **named)
            if is_hidden:
                return _as_if_not_there(request, lambda: in_office(request, number, **named))
            if asking(request).person is None and request.method not in CHANGES:
                messages.info(request, BY_LINK)
            return in_office(request, number, **named)

        return never_cache(within)

    return gated


def _as_if_not_there(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer whoever may have it; to anybody else it is not there."""
    if asking(request).person is None:
        raise Http404("There is nothing here.")
    try:
        return answer()
    except PermissionDenied:
        raise Http404("There is nothing here.") from None


def keep_link(request: HttpRequest, of: Expression, token_hash: str) -> None:
    """Note in the session that somebody holds a link to an expression."""
    request.session[LINKS] = held_links(request) | {str(of.pk): token_hash}


def held_links(request: HttpRequest) -> dict[str, str]:
    """Return the links that were opened in this browser, by the number of the expression."""
    held = request.session.get(LINKS, {})
    return held if isinstance(held, dict) else {}


def by_link(request: HttpRequest, number: int, *, today: date) -> Visit | None:
    """Return who came by a private link, as long as the link lasts."""
    held = held_links(request).get(str(number), "")
    # A form that was opened in an office is that office's.
    if not held or (request.method in CHANGES and request.POST.get("acting_in")):
        return None
    of = queries.expression_numbered(number)
    # What an office has written is its body's, and nobody's by a link.
    if of is None or of.body_id is not None or not queries.works(of, held, today=today):
        return None
    return Visit(of, holder_of(of), is_by_link=True, may_write=True, runs_it=False)


def holder_of(of: Expression) -> Actor:
    """Name whoever has the link, for the journal: nobody knows who that is."""
    return Actor(of.key, "Whoever has the link to an expression of interest")


def office_that_asks(request: HttpRequest) -> Office | None:
    """Return the office in which somebody asks for their own council or group; else none."""
    acting = asking(request).acting
    if acting is None or acting.body.kind in PRINCIPAL or not may_edit(acting, acting.body):
        return None
    return acting


def _of_office(request: HttpRequest, number: int, *, changes: bool) -> Visit:
    who, of = asking(request), queries.expression_numbered(number)
    if of is None:
        raise Http404("There is no such expression of interest.")
    may_write = permissions.may_write(who, of)
    if not permissions.may_see(who, of) or (changes and not may_write):
        raise PermissionDenied
    runs_it = permissions.may_run(who.acting, of)
    return Visit(of, who.by, is_by_link=False, may_write=may_write, runs_it=runs_it)
