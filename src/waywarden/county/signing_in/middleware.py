"""Keeps those awake who are at work, and sends to sleep who has been signed in for long."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from waywarden.county.signing_in.entering import came_at

SEEN = "seen_at"
#: How exactly it is known when somebody was last here; each time costs a write.
EVERY = timedelta(minutes=10)
LONGEST = timedelta(days=7)


class AwakeMiddleware:
    """Puts off the end of a session in use; ends the longest, whether in use or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without its cookie nobody has signed in, and the page costs no query.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and (came := came_at(request)):
            if now() - came > LONGEST:
                logout(request)
            elif now().timestamp() - request.session.get(SEEN, 0) > EVERY.total_seconds():
                # Whoever saves a session puts off its end: see `queries.sign_ins_of`.
                request.session[SEEN] = now().timestamp()
        return self.get_response(request)
