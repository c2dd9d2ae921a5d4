"""Finding the body and the decision a page is about, or answering that there is none."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from waywarden.county.councils.models import Body
from waywarden.county.decisions import permissions, queries
from waywarden.county.decisions.models import Decision
from waywarden.county.people.acting import asking


def body_called(key: str) -> Body:
    """Return a body that pages may show."""
    return get_object_or_404(Body.objects.listed(), key=key)


def own_body(request: HttpRequest, key: str) -> Body:
    """Return a body of which whoever asks is an officer; it is not theirs otherwise."""
    body = body_called(key)
    if not permissions.may_record(asking(request).acting, body):
        raise PermissionDenied
    return body


def decision_of(body: Body, number: int) -> Decision:
    """Return a decision of a body."""
    if found := queries.decision_of(body, number):
        return found
    raise Http404("There is no such decision.")
