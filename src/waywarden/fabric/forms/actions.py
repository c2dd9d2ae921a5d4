"""Keeping drafts and the answers to forms. Neither is a record: the journal knows of none."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms.models import Draft, Submission

#: For how long a form sent twice is known to be the same.
ANSWERS_KEPT = timedelta(days=60)
#: For how long a draft waits for whoever began it.
DRAFTS_KEPT = timedelta(days=180)
MOST_DRAFTS = 100


class TooManyDrafts(Refusal):
    """More forms begun than anybody can mean to finish."""


@transaction.atomic
def save_draft(
    *,
    who: str,
    body: str,
    form: str,
    about: str,
    fields: dict[str, list[str]],
    now: datetime,
    called: str = "",
    back: str = "",
) -> Draft:
    """Keep what somebody has typed so far, in place of what was kept before."""
    of: dict[str, Any] = {"who": who, "body": body, "form": form, "about": about}
    kept = Draft.objects.filter(**of)
    if not kept.exists() and Draft.objects.begun_by(who).count() >= MOST_DRAFTS:
        raise TooManyDrafts(
            f"You have {MOST_DRAFTS} drafts already. Send or throw away some of them first."
        )
    said = {"fields": fields, "saved_at": now, "called": called, "back": back}
    draft, _ = Draft.objects.update_or_create(**of, defaults=said)
    return draft


def drop_draft(*, who: str, body: str, form: str, about: str) -> None:
    """Throw a draft away: it was sent, or is not wanted."""
    Draft.objects.filter(who=who, body=body, form=form, about=about).delete()


@transaction.atomic
def reassign_drafts(*, body: str, leaver: str, successor: str) -> int:
    """Hand what a leaver has begun for a body to a successor; return how many drafts that were.

    Where both have begun the same form, the successor's own stays.
    """
    moved = 0
    begun = Draft.objects.select_for_update().begun_by(leaver).filter(body=body)
    for draft in begun:
        own = Draft.objects.begun_by(successor)
        if own.filter(body=body, form=draft.form, about=draft.about).exists():
            Draft.objects.filter(pk=draft.pk).delete()
        else:
            moved += Draft.objects.filter(pk=draft.pk).update(who=successor)
    return moved


def drop_drafts_of(who: str) -> int:
    """Throw away all that somebody has begun, as when they ask to be forgotten."""
    return Draft.objects.begun_by(who).delete()[0]


def clear_out(*, today: date, now: datetime) -> None:
    """Forget answers and drafts that have been kept for long enough; run it once a day."""
    Submission.objects.filter(at__lt=now - ANSWERS_KEPT).delete()
    Draft.objects.filter(saved_at__lt=now - DRAFTS_KEPT).delete()
