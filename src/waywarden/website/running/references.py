"""One number for each request: in its answer, in every line of the log, on a page of an error."""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

#: The number of the request that is being answered; blank outside of any.
CURRENT: ContextVar[str] = ContextVar("reference", default="")
HEADER = "X-Request-ID"

# No letters or digits that are mistaken for one another when read out.
_SIGNS = "ABCDEFGHJKLMNPQRTUVWXY346789"


def new_reference() -> str:
    """Return a number a visitor can quote, such as "KX4T-9RMD"."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def number_of(record: logging.LogRecord) -> str:
    """Return the number of the request a line of the log is about; blank where it is about none.

    Django tells of an answer once it has left us, when no request is being answered any more.
    """
    asked = getattr(record, "request", None)
    return CURRENT.get() or str(getattr(asked, "reference", ""))


def reference() -> str:
    """Return the number of the request that is being answered, or a new one outside of any."""
    return CURRENT.get() or new_reference()


class ReferenceMiddleware:
    """Numbers each request. A number sent by a visitor is not taken: it could be anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = new_reference()
        request.reference = number  # type: ignore[attr-defined]
        token = CURRENT.set(number)
        try:
            response = self.get_response(request)
            response[HEADER] = number
        finally:
            CURRENT.reset(token)
        return response
