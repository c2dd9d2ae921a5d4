"""Changes to one figure: another put in its place, or its own disputed."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from waywarden.county.places.models import Area
from waywarden.county.services import claims, policies, queries
from waywarden.county.services.actions import CannotCorrect, is_the_same
from waywarden.county.services.models import Quantity, Service
from waywarden.county.services.noting import said_of
from waywarden.county.services.telling import tell_the_other_council
from waywarden.fabric.common.models import Confidence
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.actions import Sound
from waywarden.fabric.journal import actions as journal


@transaction.atomic
def correct_quantity(
    *,
    area: Area,
    service: Service,
    seen: int,
    amount_milli: int,
    source: str,
    stated_on: date,
    by: Actor,
    today: date,
    reason: str = "",
) -> Quantity:
    """Put a measured figure in place of the one that was seen, which is kept as superseded.

    ``seen`` is the primary key of the figure that was shown, or 0 where none
    was; where another counts by now, ``Overtaken`` is raised. A council whose
    place it is not says why, and the parish is told.
    """
    CannotCorrect.if_any(policies.obstacles_to_a_figure(stated_on=stated_on, today=today))
    figure = Quantity(
        area=area,
        service=service,
        amount_milli=amount_milli,
        unit=service.unit,
        is_estimate=False,
        source=source,
        stated_on=stated_on,
        confidence=Confidence.READ,
    )
    did = "corrected a quantity"
    return _supersede(figure, seen=seen, did=did, by=by, today=today, reason=reason)


@transaction.atomic
def dispute_quantity(
    *,
    area: Area,
    service: Service,
    seen: int,
    dispute: str,
    by: Actor,
    today: date,
    reason: str = "",
    claim: claims.Claim | None = None,
) -> Quantity:
    """Mark the figure seen as disputed.

    Without a ``claim`` what was claimed before stays with the same words, and with others where
    the place's own council writes them: its count may not stand under another's words.
    """
    figure = Quantity.objects.current().filter(area=area, service=service, pk=seen).first()
    if figure is None:
        raise Overtaken
    if claim is None and dispute != figure.dispute and not _is_its_parish(by, area, today):
        claim = claims.NOTHING
    figure.pk, figure.is_disputed, figure.dispute = None, True, dispute
    photo = claim.photo if claim else None
    if claim is not None:
        CannotCorrect.if_any(policies.obstacles_to_a_photo(photo, shows=claim.shows))
        claim.put_on(figure)
    figure._state.adding = True
    did = "disputed a quantity"
    told: dict[str, Any] = {"by": by, "today": today, "reason": reason}
    return _supersede(figure, seen=seen, did=did, photo=photo, **told)


def _is_its_parish(by: Actor, area: Area, today: date) -> bool:
    parish = queries.parish_of(area, on=today)
    return parish is not None and by.body == parish.key


def _supersede(
    figure: Quantity,
    *,
    seen: int,
    did: str,
    by: Actor,
    today: date,
    reason: str,
    photo: Sound | None = None,
) -> Quantity:
    """Let a figure count in place of the one seen. Of two who saw the same, one alone succeeds."""
    parish = queries.parish_of(figure.area, on=today)
    CannotCorrect.if_any(policies.obstacles_to_changing(parish=parish, by=by, reason=reason))
    of = {"area": figure.area, "service": figure.service}
    held = Quantity.objects.current().select_for_update().filter(**of).first()
    if (held.pk if held else 0) != seen:
        raise Overtaken
    if photo is None and is_the_same(figure, held):
        raise CannotCorrect("That is the figure held already, from the same source and day.")
    CannotCorrect.if_any(policies.obstacles_to_ending_a_dispute(figure, held, parish=parish, by=by))
    subject = queries.quantity_subject(figure.area, figure.service, parish)
    if photo is not None:
        # Only now, when nothing stands in its way, does it go to the disk; the row comes after.
        body, ready = parish.key if parish else "", photo.to_disk()
        figure.photo = documents.store(ready=ready, kept_for=subject, body_key=body, by=by)
    _put_in_place(figure, held, seen=seen, today=today)
    journal.write(
        by=by,
        did=did,
        to=subject,
        before=said_of(held) if held else {},
        after=said_of(figure),
        reason=reason,
    )
    tell_the_other_council(figure, held, by=by, today=today, reason=reason)
    return figure


def _put_in_place(figure: Quantity, held: Quantity | None, *, seen: int, today: date) -> None:
    """Let a figure count from now on; the photo that it does not carry on is offered no more."""
    # Whoever else saw it waits for its row; where there is none, only one can be put there.
    Quantity.objects.filter(pk=seen).update(superseded_on=today)
    try:
        with transaction.atomic():
            figure.save(force_insert=True)
    except IntegrityError as error:
        raise Overtaken from error
    if held and held.photo and held.photo_id != figure.photo_id:
        documents.stop_offering(file=held.photo, today=today)
