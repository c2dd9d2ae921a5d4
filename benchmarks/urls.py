"""The site's addresses, and one that does nothing at all."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """Answer with two letters: what is left is the price of Django and its middleware."""
    return HttpResponse("ok")


urlpatterns = [path("bare/", bare), path("", include("waywarden.urls"))]
