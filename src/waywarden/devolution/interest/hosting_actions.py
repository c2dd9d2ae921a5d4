"""Changes to the host: another one is named, and the host that was asked agrees or declines."""

from datetime import datetime

from django.db import transaction

from waywarden.devolution.interest import letters, policies
from waywarden.devolution.interest.actions import (
    CannotAsk,
    Named,
    change,
    forget_letters_to,
    tell,
)
from waywarden.devolution.interest.models import Expression, Hosting
from waywarden.devolution.interest.telling_actions import ask_host
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


@transaction.atomic
def name_host(
    *, of: Expression, version: int, named: Named, by: Actor, now: datetime
) -> Hosting | None:
    """Name another host once it was sent, and ask it; the link of the one before opens no more.

    The same host is asked again where it was not told, or has long been silent.
    """
    held = Hosting.objects.select_for_update().filter(expression=of).first()
    answer = held.answer if held else ""
    CannotAsk.if_any(policies.obstacles_to_naming_a_host(of, answer=answer))
    if not change(of, version, named, did="named another host", by=by):
        return _ask_again(of, held, by=by, now=now)
    if not named.host:
        Hosting.objects.filter(expression=of).delete()
    made = ask_host(of, by=by, now=now)
    _take_letters_back(held, made)
    return made


def _ask_again(of: Expression, held: Hosting | None, *, by: Actor, now: datetime) -> Hosting | None:
    if not of.host or not policies.is_asked_again(held, now=now):
        return held
    made = ask_host(of, by=by, now=now)
    if made and made.is_put_off:
        # What stood before, also a link that still works, stays as it was.
        raise CannotAsk("Too many letters went to this address today. Ask again tomorrow.")
    _take_letters_back(held, made)
    journal.write(by=by, did="asked the host again", to=of.subject)
    return made


def _take_letters_back(held: Hosting | None, made: Hosting | None) -> None:
    """Drop the letters to where the host was before, unless that was a public address."""
    if held is None or held.is_public_address:
        return
    if made is None or made.address != held.address:
        forget_letters_to(held.address)


@transaction.atomic
def answer_as_host(
    *,
    hosting: Hosting,
    answer: str,
    says: str,
    by: Actor,
    now: datetime,
    is_in_office: bool = False,
) -> None:
    """Agree or decline to be the host, or let go what was agreed; those who ask are told."""
    of = hosting.expression
    CannotAsk.if_any(policies.obstacles_to_hosting(of, hosting, answer=answer))
    asked = {"pk": hosting.pk, "named_at": hosting.named_at, "answer": hosting.answer}
    given = {"answer": answer, "says": says, "answered_at": now}
    if not Hosting.objects.filter(**asked).update(is_answered_in_office=is_in_office, **given):
        raise Overtaken("It was answered already, or another host was named. Look at it again.")
    said = {"says": journal.personal(says, of=of.key)} if says else {}
    before = {"host_answer": hosting.answer} if hosting.answer else None
    after = {"host_answer": answer} | said
    journal.write(by=by, did="answered as the host", to=of.subject, before=before, after=after)
    tell(of, letters.host_answered, by=by, now=now)
