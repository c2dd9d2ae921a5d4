"""Pages for what went wrong: what it was, what to do, and a reference number to quote."""

import logging
import re
import sys

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from waywarden.website import other_offices, search
from waywarden.website.context import operator
from waywarden.website.running import reading_only
from waywarden.website.running.references import reference

#: What Django raises of forms that are larger than the settings let in.
TOO_MUCH = (TooManyFieldsSent, TooManyFilesSent, RequestDataTooBig)

log = logging.getLogger(__name__)


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense."""
    if isinstance(exception, BadRequest):
        said = as_sentences(str(exception))
    elif isinstance(exception, TOO_MUCH):
        said = "This form holds more than any form of ours. Send less of it at once."
    else:
        said = f"Something in the {_where(request)} is not as we expect it."
    return _page(request, 400, "We could not read that request", "malformed", said)


def as_sentences(said: str) -> str:
    """End what was said with one full stop, whoever said it with one or without.

    >>> as_sentences("Send it. Shorten it."), as_sentences("Choose a day.. Try again")
    ('Send it. Shorten it.', 'Choose a day. Try again.')
    """
    return re.sub(r"\.{2,}", ".", f"{said.strip()}.") if said.strip() else ""


def _where(request: HttpRequest) -> str:
    return "form" if request.method == "POST" else "address"


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for something that is not for this visitor."""
    opened_by, there = other_offices.opening(request), request.get_full_path()
    title = "You cannot see this page"
    return _page(request, 403, title, "forbidden", opened_by=opened_by, there=there)


def wrong_method(request: HttpRequest) -> HttpResponse:
    """Answer a form sent to a page that takes none, or a look at an address that only takes forms.

    Somebody comes to such an address after signing in, or by the browser's history.
    """
    if request.method not in ("GET", "HEAD"):
        return _page(request, 405, "This page takes no form", "takes_no_form")
    above = other_offices.address_above(request.path)
    return _page(request, 405, "There is nothing to see here", "takes_forms", above=above)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our own page."""
    return _page(request, 403, "We could not accept that form", "forged")


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for a page there is not, with those its address may have meant."""
    meant = search.near_address(request.path, on=localdate())
    return _page(request, 404, "There is no page here", "missing", meant=meant)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer when something of ours broke, without the database: that may be what broke."""
    if reading_only.cannot_be_written(sys.exc_info()[1]):
        return reading_only.not_saved(request)
    return _page(request, 500, "Something went wrong on our side", "failed")


def _page(
    request: HttpRequest, status: int, title: str, what: str, said: str = "", **more: object
) -> HttpResponse:
    number = reference()
    level = logging.ERROR if status == 500 else logging.WARNING
    log.log(
        level,
        "Reference %s: %s %s answered %s",
        *(number, request.method, request.path, status),
        exc_info=status == 500,
        extra={"status": status},
    )
    context = {"title": title, "what": what, "said": said, "reference": number}
    # A page about a fault of ours asks nothing of what may be broken.
    about = None if status == 500 else request
    page = render_to_string("website/error.html", context | more | operator(), about)
    response = HttpResponse(page, status=status)
    # Django would tell of it again, of a refusal with the whole way through the program.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
