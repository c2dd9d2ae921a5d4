"""The headers of every answer, files and errors included, that Django does not send by itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing of a visitor's machine is asked for by any page. The map shows a place when it is
# clicked and never asks where the visitor is.
REFUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
SENT = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in REFUSED),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class HeadersMiddleware:
    """Adds our headers where a view has not sent its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in SENT.items():
            response.setdefault(name, value)
        return response
