"""Forgetting somebody who has left: their name, address and keys go, the record of acts stays.

The journal knows people by keys that say nothing of them, so its chain holds as
before. What is kept by law or agreement (offices held, papers, decisions) stays
under that key. Each room forgets its own.
"""

from datetime import datetime

from django.db import transaction

from waywarden.county.offices import actions as offices
from waywarden.county.people import actions as people
from waywarden.county.people.models import Person
from waywarden.county.people.policies import NOWHERE
from waywarden.county.recovery import actions as recovery
from waywarden.county.signing_in import actions as signing_in
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.forms.actions import drop_drafts_of
from waywarden.fabric.imports import actions as imports
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.tables.actions import drop_views_of


@transaction.atomic
def erase(*, person: Person, by: Actor, now: datetime, reason: str) -> None:
    """Forget who a person was. It cannot be undone; backups forget as they are thrown away.

    Raises ``people.CannotErase`` while they hold an office, and without a reason.
    """
    email = person.email
    people.erase(person=person, by=by, now=now, reason=reason)
    signing_in.shut_out(person=person)
    notices.forget(key=person.key, email=email)
    offices.forget_address(address=email, instead=f"offered@{NOWHERE}")
    recovery.forget_address(address=email, instead=f"offered@{NOWHERE}")
    imports.forget(by_key=person.key, word=email, now=now)
    drop_drafts_of(person.key)
    drop_views_of(person.key)
