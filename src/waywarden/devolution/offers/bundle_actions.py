"""Having the packs of a round put into one file."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from waywarden.devolution.offers import bundle_queries as queries
from waywarden.devolution.offers import policies
from waywarden.devolution.offers.actions import CannotOffer
from waywarden.devolution.offers.models import PackBundle, Round
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.work import jobs

#: Whoever has waited so long for packs may ask again: the first try was lost.
PATIENCE = timedelta(minutes=10)


@transaction.atomic
def ask_for_packs(*, of: Round, begin: Callable[[int], object], by: Actor, now: datetime) -> bool:
    """Have all packs of a round put into one file; say whether this is what began it.

    ``begin`` is given the key of what was asked for and puts the work in line, in
    this transaction. While they are being made nothing is begun; who asks again after
    `PATIENCE`, or once it was given up, begins it anew. Once they are made they can be
    asked for again: figures change.
    """
    CannotOffer.if_any(policies.obstacles_to_bundling(of))
    # Two who ask at once wait for one another here: a row that is not there cannot be locked.
    Round.objects.select_for_update().get(pk=of.pk)
    said = {"asked_by_key": by.key, "asked_by_shown_as": by.shown_as, "asked_at": now}
    bundle, is_new = PackBundle.objects.get_or_create(round=of, file=None, defaults=said)
    if not is_new and not _begun_anew(bundle, said, now):
        return False
    journal.write(by=by, did="asked for the packs of a round", to=of.subject)
    begin(bundle.pk)
    return True


def _begun_anew(bundle: PackBundle, said: dict[str, object], now: datetime) -> bool:
    making = queries.standing_of(bundle, now=now)
    if bundle.asked_at >= now - PATIENCE and not making.is_given_up:
        return False
    if making.job and making.job.is_set_aside:
        jobs.throw_away(making.job.pk)
    return bool(PackBundle.objects.filter(pk=bundle.pk).update(**said, councils_done=0))


def count_packs(*, bundle: PackBundle, done: int) -> None:
    """Say how many councils have their pack, for those who wait: nothing is decided by it."""
    PackBundle.objects.filter(pk=bundle.pk).update(councils_done=done)


@transaction.atomic
def finish_packs(*, bundle: PackBundle, ready: documents.Ready, by: Actor, today: date) -> bool:
    """Keep the file of all packs of a round; say whether it is the first that was made of it.

    Files that were made of the round before are forgotten: nobody is offered them any more.
    """
    held = PackBundle.objects.select_for_update().filter(pk=bundle.pk).first()
    if held is None or held.file_id is not None:
        return False
    of = held.round
    held.file = documents.keep(
        ready=ready,
        kept_for=Subject("round-packs", of.key),
        body_key=of.body.key,
        by=by,
        today=today,
    )
    held.save(update_fields=["file"])
    earlier = PackBundle.objects.filter(round=of, file__isnull=False).exclude(pk=held.pk)
    files = [each.file for each in earlier.select_related("file") if each.file]
    earlier.delete()
    documents.forget(files=files)
    return True
