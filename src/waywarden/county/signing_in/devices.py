"""Devices that have signed in before, known by a signed cookie.

Whoever guesses from elsewhere empties the buckets of strangers; a known device
takes from its own, so that nobody is shut out by somebody else's guessing.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from waywarden.county.people.models import Person
from waywarden.county.signing_in.hashes import keyed_hash_of
from waywarden.fabric.common.tokens import new_token
from waywarden.fabric.forms.buckets import network_of

COOKIE = "known_device"
SALT = "waywarden.county.signing_in.devices"
LASTS = 400 * 24 * 60 * 60
#: A shared computer of a parish office has that many clerks at most.
MOST_PEOPLE = 8


@dataclass(frozen=True)
class Device:
    """A browser that bears our cookie, and the people who have signed in on it."""

    name: str
    people: tuple[str, ...]

    def knows(self, email: str) -> bool:
        """Whether somebody of this address has signed in here."""
        return _sign_of(email) in self.people


def device_of(request: HttpRequest) -> Device:
    """Read the device's cookie; one that bears none is new."""
    try:
        name, *people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return Device(new_token(), ())
    return Device(str(name), tuple(map(str, people)))


def remember_device(request: HttpRequest, answer: HttpResponse, person: Person) -> None:
    """Let a device be known as one on which this person has signed in."""
    device = device_of(request)
    others = [sign for sign in device.people if sign != _sign_of(person.email)]
    people = [_sign_of(person.email), *others][:MOST_PEOPLE]
    answer.set_cookie(
        COOKIE,
        signing.dumps([device.name, *people], salt=SALT, compress=True),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def network_or_device(request: HttpRequest, email: str) -> str:
    """Say by what tries are counted apart: the network, or a device that knows the address."""
    device = device_of(request)
    return f"device {device.name}" if device.knows(email) else network_of(request)


def device_or_network(request: HttpRequest) -> str:
    """Say by what tries are counted apart of somebody who has not said who they are."""
    device = device_of(request)
    return f"device {device.name}" if device.people else network_of(request)


def account_at(request: HttpRequest, email: str) -> str:
    """Say by what tries at one account are counted apart: strangers all together."""
    device = device_of(request)
    on = f"device {device.name}" if device.knows(email) else "strangers"
    return f"{email.strip().lower()} {on}"


def _sign_of(email: str) -> str:
    # Short, for a cookie has little room; the whole is signed.
    return keyed_hash_of(f"device of {email.strip().lower()}")[:24]
