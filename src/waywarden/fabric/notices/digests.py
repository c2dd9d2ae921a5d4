"""Gathers what people asked to hear once a day or week into one letter each."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.template.loader import render_to_string

from waywarden.fabric.notices.actions import new_message_id
from waywarden.fabric.notices.letters import site_address
from waywarden.fabric.notices.models import How, Notice
from waywarden.fabric.notices.telling import DIGEST, topics

HOW_OFTEN = {How.DAILY: "once a day", How.WEEKLY: "once a week"}


def gather(*, now: datetime) -> int:
    """Write every digest that is due; return how many were written."""
    due = Notice.objects.to_gather(now).values_list("to_key", "how").order_by("to_key").distinct()
    return sum(_gather_for(key, how, now) for key, how in due)


@transaction.atomic
def _gather_for(key: str, how: str, now: datetime) -> int:
    # Locked: of two workers who gather at once, the second finds nothing left.
    due = Notice.objects.to_gather(now).filter(to_key=key, how=how).select_for_update()
    found = list(due.order_by("topic", "pk"))
    if not found:
        return 0
    digest = _digest_of(found, how, now)
    Notice.objects.filter(pk__in=[notice.pk for notice in found]).update(
        status=Notice.Status.GATHERED, in_digest=digest
    )
    return 1


def _digest_of(found: Sequence[Notice], how: str, now: datetime) -> Notice:
    newest = max(found, key=lambda notice: notice.pk)
    answers = {notice.reply_to for notice in found}
    count = len(found)
    return Notice.objects.create(
        message_id=new_message_id(),
        to_key=newest.to_key,
        to_email=newest.to_email,
        to_shown_as=newest.to_shown_as,
        topic=DIGEST.key,
        subject=found[0].subject if count == 1 else f"{count} things to know",
        text=_text_of(found),
        why=f"you asked to be told of this {HOW_OFTEN[How(how)]}",
        reply_to=answers.pop() if len(answers) == 1 else "",
        by_key=newest.by_key,
        told_on=newest.told_on,
        how=How.NOW,
        due_at=now,
    )


def _text_of(found: Sequence[Notice]) -> str:
    parts = [
        (topics()[key].name if key in topics() else key, [(one, _link(one)) for one in notices])
        for key, notices in groupby(found, key=lambda notice: notice.topic)
    ]
    return render_to_string("notices/digest.txt", {"parts": parts}).strip()


def _link(notice: Notice) -> str:
    return site_address(notice.link) if notice.link else ""
