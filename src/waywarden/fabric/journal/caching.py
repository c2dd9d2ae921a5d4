"""Make a public page once, and answer "not modified" to whoever holds it already.

Public pages change only when the journal grows or the day turns, so both stand
in the key a page is kept under. A browser that asks again costs one query.
"""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from waywarden import __version__
from waywarden.fabric.journal import queries as journal

View = Callable[..., HttpResponse]
KEY = "_page_key"

# What a page may be asked for. Anything else in a query string changes nothing,
# and must neither fill the cache nor part one page into many.
ASKED = ("on", "district", "service", "sort", "kind", "page", "rows", "shape")

# What may be asked in so many words that keeping each would crowd out the rest.
UNKEPT = ("place", "name")


def _key(request: HttpRequest) -> str:
    """Name this page as it is today; asked twice of one request, it is worked out once."""
    if not hasattr(request, KEY):
        asked = [(name, request.GET[name]) for name in ASKED if name in request.GET]
        said = f"{__version__} {journal.version()} {localdate()} {request.path} {asked}"
        setattr(request, KEY, hashlib.sha256(said.encode()).hexdigest()[:32])
    return str(getattr(request, KEY))


def _is_for_everybody(request: HttpRequest) -> bool:
    """Whether a page may be kept: not while it is being built, nor one with words for somebody.

    Those name who has signed in, or say what somebody has just done.
    """
    user = getattr(request, "user", None)
    is_usual = not any(request.GET.get(name) for name in UNKEPT)
    is_somebodys = bool(user and user.is_authenticated) or len(get_messages(request)) > 0
    return is_usual and not settings.DEBUG and not is_somebodys


def _etag(request: HttpRequest, **_: str) -> str | None:
    """Tag a page so that a browser can ask whether it changed; none while it is being built."""
    # "Any version will do" must not be answered before it is known that there is one.
    if not _is_for_everybody(request) or request.headers.get("If-None-Match", "").strip() == "*":
        return None
    return f'W/"{_key(request)}"'


def unless_unchanged(view: View) -> View:
    """Keep a view's page for as long as nothing changes, for this process and for browsers."""

    @wraps(view)
    def made_once(request: HttpRequest, **named: str) -> HttpResponse:
        if not _is_for_everybody(request):
            return view(request, **named)
        if held := cache.get(_key(request)):
            content, kind = held
            return HttpResponse(content, content_type=kind)
        response = view(request, **named)
        if response.status_code == 200:
            cache.set(_key(request), (response.content, response["Content-Type"]))
        return response

    return cache_control(no_cache=True)(condition(etag_func=_etag)(made_once))
