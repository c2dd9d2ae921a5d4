"""Forms, in all the ways they must not be taken: forged, stale, about another body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import ForeignKey

from soak.browsers import Fields
from tests.permissions.addresses import Pattern, address
from tests.permissions.county import County
from tests.permissions.policy import POLICY, WITHOUT_OFFICE, WITHOUT_TOKEN, Role
from waywarden.county.councils.models import Body
from waywarden.county.people.gate import SENT
from waywarden.fabric.journal import queries as journal

#: Names under which a form might smuggle in another body.
SMUGGLED = ("body", "council", "key", "body_key", "of", "office")


def who_may(county: County, pattern: Pattern, body: Body) -> str | None:
    """Name somebody who may send a form to an address, if anybody may."""
    change = POLICY[pattern.name].change
    return next((name for name in county.people if county.role(name, body) in change), None)


def forged(county: County, pattern: Pattern) -> Iterator[str]:
    """Send a form without its token; it must not be taken."""
    body = county.bodies[0]
    name = who_may(county, pattern, body)
    if name is None or pattern.name in WITHOUT_TOKEN:
        return
    office = county.office(name)
    browser = county.browser(name, enforce_csrf_checks=True)
    with transaction.atomic():
        sent = {SENT: office.pk if office else ""}
        answer = browser.post(address(pattern, county, body), sent)
        transaction.set_rollback(True)
    if answer.status_code != 403:
        yield f"{pattern.name} takes a form without its token: {answer.status_code}"


def from_another_office(county: County, pattern: Pattern) -> Iterator[str]:
    """Send a form opened in another office, or in none; it must not be taken (AB2)."""
    body = county.bodies[0]
    if not POLICY[pattern.name].takes_forms or pattern.name in WITHOUT_OFFICE:
        return
    name = who_may(county, pattern, body)
    other = next(
        o for o in map(county.office, county.people) if o and o != county.office(str(name))
    )
    # Somebody without an office sends none; to anybody else that is another office too.
    none = ({}, {SENT: ""}) if county.office(str(name)) else ()
    for sent in (*none, {SENT: str(other.pk)}, {SENT: "x"}):
        with transaction.atomic():
            before = journal.length()
            answer = county.browser(str(name)).post(address(pattern, county, body), sent)
            grew = journal.length() - before
            transaction.set_rollback(True)
        if answer.status_code != 409 or grew:
            yield f"{pattern.name} takes a form of another office ({sent}): {answer.status_code}"


def smuggling(county: County, pattern: Pattern) -> Iterator[str]:
    """Send one's own form with another body named in it; nothing of the other may change (AB1)."""
    own, other = county.bodies
    name = who_may(county, pattern, own)
    if name is None or county.role(name, own) not in (Role.CLERK, Role.OFFICER):
        return
    where, office = address(pattern, county, own), county.office(name)
    with transaction.atomic():
        fields = filled(county, name, where) | {SENT: str(office.pk if office else "")}
        before = rows_of(other)
        county.browser(name).post(where, fields | _naming(other))
        after = rows_of(other)
        transaction.set_rollback(True)
    if before != after:
        yield f"{pattern.name} changed {other} for {name}, who is nobody there"


def _naming(other: Body) -> dict[str, str]:
    return dict.fromkeys(SMUGGLED, other.key) | {"body_id": str(other.pk), "id": str(other.pk)}


def filled(county: County, name: str, where: str) -> dict[str, str]:
    """Open a page and give the fields of its last form, as they stand there."""
    page = county.browser(name).get(where)
    if page.status_code != 200:
        return {}
    found = Fields(page.content.decode("utf-8", "replace")).forms
    return found[-1] if found else {}


def rows_of(body: Body) -> dict[str, list[dict[str, Any]]]:
    """Give every row that belongs to a body, whatever its kind."""
    return {
        f"{model.__name__}.{field.name}": list(
            model._base_manager.filter(**{field.name: body}).order_by("pk").values()
        )
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, ForeignKey) and field.related_model is Body
    }
