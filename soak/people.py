"""The cast on a site, each signed in as often as there are browsers."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from uuid import uuid4

from django.conf import settings
from django.utils.timezone import localdate

from tests.cast import Cast, person
from tests.cast import introduce as introduce_cast
from waywarden.county.people import actions
from waywarden.county.people.models import Office, Person

_CAST: list[Cast] = []


def introduce() -> Cast:
    """Record the cast, with Bron and Colm as clerks and Ada at the county."""
    found = introduce_cast()
    _CAST[:] = [found]
    found.office(found.bron, found.wychbourne_council, "clerk")
    found.office(found.colm, found.coldbrook_council, "clerk")
    found.office(found.ada, found.county_council, "partnerships-officer")
    return found


def cast() -> Cast:
    """Give the cast of this process's site."""
    return _CAST[0]


def key() -> str:
    """Give a form a key that no other has."""
    return str(uuid4())


def session_of(holder: Person) -> str:
    """Sign somebody in with both steps, and give the key of their session."""
    return cast().signed_in(holder).cookies[settings.SESSION_COOKIE_NAME].value


def give(holder: Person, kind: str, portfolio: str = "") -> Office:
    """Give somebody an office in Wychbourne from today on."""
    today = localdate()
    return actions.appoint(
        person=holder,
        body=cast().wychbourne_council,
        kind=kind,
        portfolio=portfolio,
        starts_on=today,
        ends_on=today + timedelta(days=300),
        by=cast().by,
        today=today,
    )


def newcomer(name: str, kind: str) -> Person:
    """Record somebody new who holds an office in Wychbourne."""
    found = person(name)
    if not Office.objects.held_by(found).exists():
        give(found, kind)
    return found


def director(name: str) -> Person:
    """Record a director of the county."""
    found = person(name)
    if not Office.objects.held_by(found).exists():
        cast().office(found, cast().county_council, "director")
    return found


def operator(name: str) -> Person:
    """Record somebody who looks after the installation."""
    found = person(name)
    Person.objects.filter(pk=found.pk).update(is_operator=True)
    found.refresh_from_db()
    return found


def district_officer(name: str) -> Person:
    """Record the district's monitoring officer."""
    found = person(name)
    if not Office.objects.held_by(found).exists():
        cast().office(found, cast().marlshire_council, "monitoring-officer")
    return found


def acting_office(holder: Person) -> Office:
    """Give the office somebody acts in: the first they were given."""
    return (
        Office.objects.held_by(holder).as_of(localdate()).order_by("pk").select_related("body")[0]
    )


@cache
def office_of(holder: Person) -> str:
    """Give the number of the office somebody acts in."""
    return str(acting_office(holder).pk)
