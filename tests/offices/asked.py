"""The cast's browsers: forms sent as a person sends them, in the office they act in."""

from datetime import date, timedelta
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from waywarden.county.people.models import Office

YEAR = timedelta(days=365)


def send(browser: Client, where: str, acting: Office | None, **fields: object) -> HttpResponse:
    """Send a form in an office, with its key."""
    given = {"acting_in": acting.pk if acting else "", "once": str(uuid4())}
    return browser.post(where, given | fields)


def days(starts_on: date | None = None, ends_on: date | None = None) -> dict[str, str]:
    """Give the two days of an office, from today for a year unless it is said otherwise."""
    first = starts_on or localdate()
    return {"starts_on": first.isoformat(), "ends_on": (ends_on or first + YEAR).isoformat()}
