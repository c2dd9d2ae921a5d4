"""When nothing can be saved: pages can be read, and a form is answered with what was typed in it.

An operator switches it on with READ_ONLY=yes or with a file called `read-only`
in the installation's folder. A database that is full or cannot be written to
is met in the same way, at the moment it refuses and for as long as it does.
"""

import errno
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from waywarden.fabric.common.typed import CHANGES, typed_words
from waywarden.website.context import operator
from waywarden.website.running.references import reference

log = logging.getLogger(__name__)

SWITCH = "read-only"
RETRY_IN_SECONDS = 300

# What SQLite and PostgreSQL say when they can be read and not written to.
SIGNS = (
    "database or disk is full",
    "readonly database",
    "read-only transaction",
    "read-only mode",
    "disk i/o error",
    "no space left",
    "disk full",
)
NO_ROOM = (errno.ENOSPC, errno.EROFS, errno.EDQUOT)


def is_switched_on() -> bool:
    """Whether the operator lets nothing be saved."""
    return bool(settings.READ_ONLY) or (settings.INSTANCE / SWITCH).exists()


def cannot_be_written(error: BaseException | None) -> bool:
    """Whether an error says that there is no room, or that nothing may be written."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    said = str(error).lower()
    return isinstance(error, DatabaseError) and any(sign in said for sign in SIGNS)


def not_saved(request: HttpRequest) -> HttpResponse:
    """Say that nothing was saved, and show what was typed so that it can be copied.

    Drawn without the rest of the page: what it would ask for may be what broke.
    """
    number = reference()
    log.warning("Reference %s: %s %s could not be saved", number, request.method, request.path)
    context = {"typed": typed_words(request), "reference": number, **operator()}
    page = render_to_string("website/not_saved.html", context)
    response = HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_IN_SECONDS)})
    add_never_cache_headers(response)
    # Django would tell of it again, with the way through the program.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    """Refuse what cannot be saved; let people leave all the same, as far as a browser can."""
    if request.resolver_match is None or request.resolver_match.view_name != "people:sign-out":
        return not_saved(request)
    gone = HttpResponse(render_to_string("website/signed_out.html", operator()))
    gone.delete_cookie(
        settings.SESSION_COOKIE_NAME,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        samesite="Lax",
    )
    add_never_cache_headers(gone)
    return gone


class ReadingOnlyMiddleware:
    """Answers forms while nothing can be saved; it stands behind the check that they are ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        saves_nothing = is_switched_on()
        request.saves_nothing = saves_nothing  # type: ignore[attr-defined]
        response = self.get_response(request)
        if saves_nothing:
            request.session.modified = False
        return response

    def process_view(self, request: HttpRequest, view: Any, *given: Any) -> HttpResponse | None:
        """Refuse a form before its view while the switch is on."""
        if request.method in CHANGES and is_switched_on():
            return _answer(request)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a view that found it could not save."""
        if not cannot_be_written(error):
            return None
        log.error("Nothing can be saved: %s", error)
        return _answer(request)


class PatientSessionMiddleware(SessionMiddleware):
    """Sessions that pages can be read without: one that cannot be saved does not break a page."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save a session; if it cannot be, a page goes out without, and a form is refused."""
        try:
            return super().process_response(request, response)
        except (DatabaseError, OSError) as error:
            if not cannot_be_written(error):
                raise
            log.error("A session cannot be saved: %s", error)
            return not_saved(request) if request.method in CHANGES else response
