"""Forgetting: what was begun and never sent goes by itself, and who asked goes as they wish."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.devolution.interest import letters, policies, queries
from waywarden.devolution.interest.actions import CannotAsk, forget_letters_to, tell
from waywarden.devolution.interest.models import (
    ERASED,
    Budget,
    BudgetLine,
    Challenge,
    Enclosure,
    Expression,
    Hosting,
    Link,
    Note,
    SetUpStep,
)
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import CHORES, Actor, Subject
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.journal import actions as journal

Status = Expression.Status
#: What stands in the place of a name, and in the place of words.
SOMEBODY, GONE = "Somebody erased", "Erased, as those who asked wished."


def forget_unsent(*, today: date, now: datetime) -> None:
    """Warn whoever has not sent what they began, and forget it later; run it once a day."""
    warn(now=now)
    forget(now=now)


@transaction.atomic
def warn(*, now: datetime) -> None:
    """Write to whoever has saved nothing for long, once, that it is forgotten on a day."""
    for of, saved_at in queries.unsent(begun_before=now - policies.WARNED_AFTER):
        if policies.is_to_be_warned(of, saved_at=saved_at, now=now):
            Expression.objects.filter(pk=of.pk).update(warned_at=now)
            on = localtime(policies.forgotten_at(saved_at, warned_at=now)).date()
            journal.write(
                by=CHORES,
                did="warned that it is forgotten",
                to=of.subject,
                after={"forgotten_on": str(on)},
            )
            tell(of, letters.forgotten_soon(on), by=CHORES, now=now)


@transaction.atomic
def forget(*, now: datetime) -> None:
    """Forget what was not sent for long, with all that belongs to it; the journal counts it."""
    old = [
        of
        for of, saved_at in queries.unsent(begun_before=now - policies.UNSENT_KEPT)
        if policies.is_to_be_forgotten(of, saved_at=saved_at, now=now)
    ]
    # Each body is told of its own alone; what a private link led to was nobody else's.
    bodies = Counter(of.body.key if of.body else "" for of in old)
    for body, count in sorted(bodies.items()):
        about = Subject("installation", "installation", bodies=(body,) if body else ())
        after = {"expressions": count}
        journal.write(by=CHORES, did="forgot what was never sent", to=about, after=after)
    journal.empty(person_keys=[key for of in old for key in (of.key, of.answer_key)], now=now)
    _drop_what_belongs_to(old)
    Challenge.objects.filter(expression__in=old).delete()
    BudgetLine.objects.filter(budget__expression__in=old).delete()
    Budget.objects.filter(expression__in=old).delete()
    Expression.objects.filter(pk__in=[of.pk for of in old]).delete()


@transaction.atomic
def erase(*, of: Expression, reason: str, by: Actor, now: datetime) -> None:
    """Erase who asked, and their words; what was decided, and how much of what, stays.

    What is not over is withdrawn with it. The reason names no person: it stays for good.
    """
    CannotAsk.if_any(policies.obstacles_to_erasing(of))
    before = {"stage": of.stage}
    address = of.contact_email
    on = localtime(now).date()
    if not Expression.objects.change(of, erased_on=on, **_unnamed(of)):
        raise Overtaken
    erased = journal.empty(person_keys=[of.key], now=now)
    papers = of.enclosures.count()
    _drop_what_belongs_to([of], addresses=[address])
    Challenge.objects.filter(expression=of).update(
        **dict.fromkeys(("outcomes", "finances", "capability"), GONE)
    )
    Note.objects.filter(expression=of).update(says=GONE)
    BudgetLine.objects.filter(budget__expression=of).update(what=GONE)
    after = {"stage": of.stage, "values_erased": erased, "papers_erased": papers}
    journal.write(
        by=by, did="erased who asked", to=of.subject, before=before, after=after, reason=reason
    )


def _unnamed(of: Expression) -> dict[str, Any]:
    """Give what stands in an expression once who asked is erased; a council is no person."""
    named = {"who": SOMEBODY, "charity_number": "", "company_number": ""}
    if of.body:
        named = {"who": of.body.name}
    status = of.status if of.is_over else Status.WITHDRAWN
    return named | dict.fromkeys((*ERASED, "host_kind"), "") | {"host_body": None, "status": status}


def _drop_what_belongs_to(old: Sequence[Expression], addresses: Sequence[str] = ()) -> None:
    """Drop the links, the papers, and the letters to addresses that nobody else gave."""
    files = list(StoredFile.objects.filter(enclosure__expression__in=old))
    Enclosure.objects.filter(expression__in=old).delete()
    documents.forget(files=files)
    hosts = Hosting.objects.filter(expression__in=old)
    told = [row.address for row in hosts if not row.is_public_address]
    hosts.delete()
    SetUpStep.objects.filter(expression__in=old).delete()
    Link.objects.filter(expression__in=old).delete()
    for address in {*addresses, *told, *(of.contact_email for of in old)}:
        forget_letters_to(address, than_in=old)
