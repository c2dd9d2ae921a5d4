"""Changes to the host: another one is named, and the host that was asked agrees or declines."""

from datetime import datetime

from django.db import transaction

from waywarden.devolution.interest import letters, policies
from waywarden.devolution.interest.actions import CannotAsk, Named, ask_host, change, tell
from waywarden.devolution.interest.models import Expression, Hosting
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


@transaction.atomic
def name_host(
    *, of: Expression, version: int, named: Named, by: Actor, now: datetime
) -> Hosting | None:
    """Name another host once it was sent, and ask it; the link of the one before opens no more."""
    held = Hosting.objects.select_for_update().filter(expression=of).first()
    answer = held.answer if held else ""
    CannotAsk.if_any(policies.obstacles_to_naming_a_host(of, answer=answer))
    if not change(of, version, named, did="named another host", by=by):
        return held
    if not named.host:
        Hosting.objects.filter(expression=of).delete()
    return ask_host(of, by=by, now=now)


@transaction.atomic
def answer_as_host(*, hosting: Hosting, answer: str, says: str, by: Actor, now: datetime) -> None:
    """Agree or decline to be the host, once; those who ask are told."""
    of = hosting.expression
    CannotAsk.if_any(policies.obstacles_to_hosting(of, hosting))
    asked = {"pk": hosting.pk, "named_at": hosting.named_at, "answer": ""}
    given = {"answer": answer, "says": says, "answered_at": now}
    if not Hosting.objects.filter(**asked).update(**given):
        raise Overtaken("It was answered already, or another host was named. Look at it again.")
    said = {"says": journal.personal(says, of=of.key)} if says else {}
    after = {"host_answer": answer} | said
    journal.write(by=by, did="answered as the host", to=of.subject, after=after)
    tell(of, letters.host_answered, by=by, now=now)
