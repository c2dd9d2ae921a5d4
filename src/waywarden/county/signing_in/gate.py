"""The gate before what changes how somebody signs in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from waywarden.county.signing_in.entering import is_fresh
from waywarden.fabric.common.gate import for_signed_in

View = Callable[..., HttpResponse]


def for_just_signed_in(view: View) -> View:
    """Let in who has signed in a moment ago; whoever found a browser left open must not pass."""

    @wraps(view)
    def within(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **named)
        messages.info(request, "Sign in again to change how you sign in. Nothing was changed yet.")
        back = request.path if request.method == "GET" else reverse("people:ways")
        return redirect(f"{reverse('people:sign-in')}?{urlencode({'next': back})}")

    return for_signed_in(within)
