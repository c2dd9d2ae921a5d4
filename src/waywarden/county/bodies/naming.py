"""Puts names where the journal holds keys, for the people of one body.

The journal never names anybody: it knows a person as person-3. On a page for a
body's own officers that is the name they know a colleague by; of everybody else
it is no more than where they work.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from waywarden.county.councils.models import Body
from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office, Person
from waywarden.county.places.models import Area
from waywarden.county.recovery.models import Recovery
from waywarden.fabric.journal.telling import Naming

#: The fields that hold keys; what people have typed into others stays as they typed it.
KEYED = frozenset({"", "person", "body", "gave", "in_place_of", "what", "kept_for"})
#: What stands for a person of no body we know of.
SOMEBODY = "somebody"


def for_people_of(body: Body) -> Naming:
    """Return what puts names for keys on pages that only a body's own people may see."""

    def named(given: Iterable[tuple[str, str]]) -> dict[str, str]:
        said = list(given)
        wanted = {held for field, held in said if field in KEYED}
        return {
            **for_everybody(said),
            **_people(_numbers(wanted, "person-"), body),
            **_offices(_numbers(wanted, "office-"), body),
            **_invitations(_numbers(wanted, "invitation-"), body),
            **_recoveries(_numbers(wanted, "recovery-"), body),
        }

    return named


def for_everybody(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name what everybody may know by name: places and bodies."""
    wanted = {held for field, held in said if field in KEYED}
    return {area.key: area.name for area in Area.objects.filter(key__in=wanted)} | _bodies(wanted)


def _numbers(keys: set[str], prefix: str) -> list[int]:
    written = re.compile(rf"{prefix}([0-9]{{1,9}})")
    return [int(found[1]) for key in keys if (found := written.fullmatch(key))]


def _bodies(keys: set[str]) -> dict[str, str]:
    """Name bodies, whether by their key alone or with what they are before it."""
    found = Body.objects.filter(key__in={key.removeprefix("body ") for key in keys})
    return {written: body.name for body in found for written in (body.key, f"body {body.key}")}


def _people(numbers: list[int], body: Body) -> dict[str, str]:
    """Name the body's own people; of others say where they are, or that they are somebody."""
    if not numbers:
        return {}
    offices: dict[int, list[Office]] = defaultdict(list)
    held = Office.objects.filter(person__in=numbers).select_related("body")
    for office in held.order_by("-starts_on", "-pk"):
        offices[office.person_id].append(office)
    people = Person.objects.filter(pk__in=numbers)
    return {person.key: _person(person, offices[person.pk], body) for person in people}


def _person(person: Person, offices: list[Office], body: Body) -> str:
    if any(office.body_id == body.pk for office in offices):
        return str(person)
    return f"{SOMEBODY} at {offices[0].body}" if offices else SOMEBODY


def _offices(numbers: list[int], body: Body) -> dict[str, str]:
    """Name offices: the body's own with who holds them, others' as everybody may know them."""
    found = Office.objects.filter(pk__in=numbers).select_related("person", "body")
    return {
        office.subject.key: f"{office.title} ({office.person})"
        if office.body_id == body.pk
        else str(office)
        for office in found
    }


def _invitations(numbers: list[int], body: Body) -> dict[str, str]:
    """Say to which office an invitation was, not to whom: that address may be withdrawn."""
    found = Invitation.objects.to_body(body).filter(pk__in=numbers)
    return {sent.key: f"invitation to be {sent.title}" for sent in found}


def _recoveries(numbers: list[int], body: Body) -> dict[str, str]:
    found = Recovery.objects.filter(body=body, pk__in=numbers)
    return {each.key: f"letting in a {each.office.lower()} from outside" for each in found}
