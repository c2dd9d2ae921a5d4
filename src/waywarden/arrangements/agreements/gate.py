"""The gate before a page of an agreement or of one of its versions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from waywarden.arrangements.agreements import permissions, queries
from waywarden.arrangements.agreements.models import Agreement, Version
from waywarden.county.people.acting import office_of
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office

View = Callable[..., HttpResponse]


def agreement_called(number: str) -> Agreement:
    """Return an agreement by the number in an address."""
    if found := queries.agreement_called(number):
        return found
    raise Http404("There is no such agreement.")


def of_agreement(may: Callable[[Office, Agreement], bool]) -> Callable[[View], View]:
    """Let in those for whom ``may`` holds of the agreement; the view is given it."""

    def gated(view: View) -> View:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, number: str, **named: Any) -> HttpResponse:
            found = agreement_called(number)
            acting = office_of(request)
            if not permissions.may_read(acting, found):
                raise Http404("There is no such agreement.")
            if not may(acting, found):
                raise PermissionDenied
            return view(request, found, **named)

        return within

    return gated


def of_version(may: Callable[[Office, Version], bool]) -> Callable[[View], View]:
    """The same of a version of an agreement."""

    def gated(view: View) -> View:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, number: str, version: int, **named: Any) -> HttpResponse:
            found = queries.version_numbered(agreement_called(number), version)
            acting = office_of(request)
            if found is None or not permissions.may_read_version(acting, found):
                raise Http404("There is no such version.")
            if not may(acting, found):
                raise PermissionDenied
            return view(request, found, **named)

        return within

    return gated
