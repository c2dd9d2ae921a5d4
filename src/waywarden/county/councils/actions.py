"""Changes to the record of bodies."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from waywarden.county.councils.models import Body, BodyCode, Contact, Succession
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal import actions as journal


@transaction.atomic
def record_bodies(
    *,
    of: Subject,
    bodies: Sequence[Body],
    codes: Sequence[BodyCode] = (),
    contacts: Sequence[Contact] = (),
    successions: Sequence[Succession] = (),
    by: Actor,
    today: date,
) -> None:
    """Record new bodies with their codes, contacts and successions, as one action about ``of``."""
    Body.objects.bulk_create(bodies)
    BodyCode.objects.bulk_create(codes)
    Contact.objects.bulk_create(contacts)
    Succession.objects.bulk_create(successions)
    journal.write(
        by=by,
        did="recorded bodies",
        to=of,
        after={
            "bodies": {body.key: [body.kind, body.name] for body in bodies},
            "successions": [
                [s.predecessor.key, s.successor.key, s.on.isoformat()] for s in successions
            ],
        },
    )


@transaction.atomic
def withdraw_examples(*, by: Actor, today: date) -> int:
    """Withdraw the made-up bodies of the demonstration; return how many there were."""
    keys = list(Body.objects.examples().order_by("key").values_list("key", flat=True))
    if not keys:
        return 0
    Body.objects.filter(key__in=keys).update(withdrawn_on=today)
    journal.write(
        by=by,
        did="withdrew example bodies",
        to=Subject("examples", "bodies"),
        before=dict.fromkeys(keys),
        after=dict.fromkeys(keys, today.isoformat()),
    )
    return len(keys)
