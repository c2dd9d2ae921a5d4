"""A page in words for whoever comes to an address in a way it does not take."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from waywarden.website import errors


class MethodsMiddleware:
    """Puts words into an answer of 405, which Django leaves empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = errors.wrong_method(request)
        page["Allow"] = response["Allow"]
        return page
