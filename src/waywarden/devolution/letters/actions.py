"""Having the letters of a plan put into one file."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from waywarden.devolution.letters import queries
from waywarden.devolution.letters.models import LetterBundle
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.work import jobs

#: Whoever has waited so long for letters may ask again: the first try was lost.
PATIENCE = timedelta(minutes=10)


@transaction.atomic
def ask_for_letters(
    *, run: PlanRun, begin: Callable[[int], object], by: Actor, today: date
) -> bool:
    """Have all letters of a plan put into one file; say whether this is what began it.

    ``begin`` is given the key of what was asked for and puts the work in line, in
    this transaction: both are there, or neither. Of two who ask at once one
    begins it; who asks again after `PATIENCE`, or once it was given up, begins
    it anew.
    """
    now = datetime.now(UTC)
    said = {"asked_by_key": by.key, "asked_by_shown_as": by.shown_as, "asked_at": now}
    bundle, is_new = LetterBundle.objects.get_or_create(run=run, defaults=said)
    if not is_new and not _begun_anew(bundle, said, now):
        return False
    journal.write(by=by, did="asked for the letters of a plan", to=run.subject)
    begin(bundle.pk)
    return True


def _begun_anew(bundle: LetterBundle, said: dict[str, object], now: datetime) -> bool:
    held = LetterBundle.objects.select_for_update().get(pk=bundle.pk)
    making = queries.Making(held, jobs.standing(queries.MAKER, held.pk))
    is_lost = held.file_id is None and held.asked_at < now - PATIENCE
    if not is_lost and not making.is_given_up:
        return False
    if making.job and making.job.is_set_aside:
        jobs.throw_away(making.job.pk)
    return bool(LetterBundle.objects.filter(pk=held.pk).update(**said, councils_done=0))


def count_letters(*, bundle: LetterBundle, done: int) -> None:
    """Say how many councils have their letter, for those who wait: nothing is decided by it."""
    LetterBundle.objects.filter(pk=bundle.pk).update(councils_done=done)


@transaction.atomic
def finish_letters(*, bundle: LetterBundle, ready: documents.Ready, by: Actor, today: date) -> bool:
    """Keep the file of all letters of a plan; say whether it is the first."""
    held = LetterBundle.objects.select_for_update().get(pk=bundle.pk)
    if held.file_id is not None:
        return False
    subject = Subject("plan-letters", bundle.run.input_hash)
    held.file = documents.keep(ready=ready, kept_for=subject, by=by, today=today)
    held.save(update_fields=["file"])
    return True
