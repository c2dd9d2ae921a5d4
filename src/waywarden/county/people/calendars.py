"""What people of councils may put into their own calendars: the dates of the offices they hold."""

from datetime import date

from django.http import HttpRequest

from waywarden.county.people.acting import asking
from waywarden.county.people.models import Office, Person
from waywarden.fabric.notices.calendars import Entry, Followed


def offices_open_to(request: HttpRequest) -> list[Followed]:
    """Return the offices somebody may act in; not one that waits for a second step."""
    return [_followed(office) for office in asking(request).offices]


def offices_held_by(key: str, on: date) -> list[Followed]:
    """Return the offices a person holds on a day; none for somebody who may not sign in."""
    number = key.removeprefix("person-")
    if not number.isdecimal():
        return []
    people = Person.objects.filter(pk=number, is_active=True)
    held = Office.objects.filter(person__in=people).as_of(on).select_related("body")
    return [_followed(office) for office in held]


def ends_of_office(key: str, on: date) -> list[Entry]:
    """Return the last day of an office, which somebody should not meet unprepared."""
    office = office_followed(key)
    if office is None or office.ends_on is None:
        return []
    says = "On this day it ends by itself. Hand it over, or be given it anew, before then."
    title = f"Your office ends: {office}"
    return [Entry(office.subject, "ends", title, office.ends_on, says, "/account/")]


def office_followed(key: str) -> Office | None:
    """Return the office that a calendar follows, if it follows one."""
    number = key.removeprefix("office-")
    if not number.isdecimal():
        return None
    return Office.objects.filter(pk=number).select_related("body").first()


def _followed(office: Office) -> Followed:
    return Followed(office.subject.key, str(office))
