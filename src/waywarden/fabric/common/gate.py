"""The gate before a page that is somebody's own."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from waywarden.fabric.common.typed import CHANGES, typed_words

View = Callable[..., HttpResponse]


def for_signed_in(view: View) -> View:
    """Let in whoever has signed in; others are sent to sign in and come back.

    Nothing of it is kept: whoever asks next in the same browser may be somebody else.
    """

    @wraps(view)
    def within(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **named)
        return ask_to_sign_in(request)

    return never_cache(within)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to sign in; whoever sent a form is told first, and given back its words."""
    if request.method not in CHANGES:
        return redirect_to_login(request.get_full_path())
    there = redirect_to_login(page_of_form(request))["Location"]
    context = {"typed": typed_words(request), "there": there}
    return render(request, "website/not_sent.html", context, status=401)


def page_of_form(request: HttpRequest) -> str:
    """Give the address of the page that held a form, as far as the browser says."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = (came_from.scheme, came_from.netloc) == (request.scheme, request.get_host())
    if not is_ours:
        return request.get_full_path()
    return came_from._replace(scheme="", netloc="", fragment="").geturl() or "/"
