"""What is offered to somebody before a closed door: another office of theirs, the page above."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve

from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office

#: How many of somebody's other offices are tried at one door.
MOST_TRIED = 5


def opening(request: HttpRequest) -> list[Office]:
    """Name the other offices of whoever asks that open the page they were refused."""
    who: Asking | None = getattr(request, "asking", None)
    if request.method != "GET" or who is None or request.resolver_match is None:
        return []
    others = [office for office in who.offices if office != who.acting]
    return [office for office in others[:MOST_TRIED] if _opens(request, who, office)]


def _opens(request: HttpRequest, who: Asking, office: Office) -> bool:
    """Ask for the page once more as if in another office, and keep nothing of it."""
    view, given, named = request.resolver_match  # type: ignore[misc]
    request.asking = who.as_if_in(office)  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            answer = view(request, *given, **named)
            transaction.set_rollback(True)
    except (PermissionDenied, Http404, BadRequest):
        return False
    finally:
        request.asking = who  # type: ignore[attr-defined]
    return bool(answer.status_code < 400)


def address_above(path: str) -> str:
    """Give the nearest page above an address; the first page is above all."""
    while path != "/":
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
        try:
            resolve(path)
        except Resolver404:
            continue
        break
    return path
