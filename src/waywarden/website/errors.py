"""Pages for what went wrong: what it was, what to do, and a reference number to quote."""

import logging
import secrets

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from waywarden.website import search
from waywarden.website.context import operator

log = logging.getLogger(__name__)

# No letters or digits that are mistaken for one another when read out.
_SIGNS = "ABCDEFGHJKLMNPQRTUVWXY346789"


def reference() -> str:
    """Return a number a visitor can quote, such as "KX4T-9RMD"."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense."""
    said = str(exception) if isinstance(exception, BadRequest) else ""
    return _page(request, 400, "We could not read that request", "malformed", said)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for something that is not for this visitor."""
    return _page(request, 403, "You cannot see this page", "forbidden")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our own page."""
    return _page(request, 403, "We could not accept that form", "forged")


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for a page there is not, with those its address may have meant."""
    meant = search.near_address(request.path, on=localdate())
    return _page(request, 404, "There is no page here", "missing", meant=meant)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer when something of ours broke, without the database: that may be what broke."""
    return _page(request, 500, "Something went wrong on our side", "failed")


def _page(
    request: HttpRequest, status: int, title: str, what: str, said: str = "", **more: object
) -> HttpResponse:
    number = reference()
    level = logging.ERROR if status == 500 else logging.WARNING
    log.log(
        level, "Reference %s: %s %s", number, request.method, request.path, exc_info=status == 500
    )
    context = {"title": title, "what": what, "said": said, "reference": number}
    # A page about a fault of ours asks nothing of what may be broken.
    about = None if status == 500 else request
    page = render_to_string("website/error.html", context | more | operator(), about)
    return HttpResponse(page, status=status)
