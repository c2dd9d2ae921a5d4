"""What the monitoring officer confirms of the power of a round, and takes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.county.decisions.relying import Found, key_of
from waywarden.devolution.offers import policies, queries, relying_queries
from waywarden.devolution.offers.actions import CannotOffer
from waywarden.devolution.offers.models import Confirmation, Round
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """Which warnings the monitoring officer confirms, when, and where that can be read."""

    warnings: Sequence[str]
    given_on: date
    reference: str = ""
    note: str = ""
    #: Whether another officer notes what the monitoring officer has said.
    is_noted: bool = False


@transaction.atomic
def confirm(*, of: Round, said: Confirmed, by: Actor, now: datetime) -> None:
    """Record that the monitoring officer confirms warnings about the power of a round."""
    today = localtime(now).date()
    of = Round.objects.select_for_update(of=("self",)).select_related("body").get(pk=of.pk)
    services = [each.service for each in queries.services_of(of)]
    standing = relying_queries.reliance_of(of, services).warnings
    chosen = [each for each in standing if key_of(of.power, each) in said.warnings]
    obstacles = policies.obstacles_to_confirming(
        of, chosen, said.given_on, is_of_services=bool(services), today=today
    )
    CannotOffer.if_any(obstacles)
    if len(chosen) != len(set(said.warnings)):
        raise Overtaken("A warning was confirmed, or fell away, meanwhile. Look at them again.")
    Confirmation.objects.bulk_create(
        Confirmation(round=of, **kept_of(of.power, each, said, by=by, now=now)) for each in chosen
    )
    after = {
        "power": of.power,
        "warnings": [each.finding.key for each in chosen],
        "given_on": str(said.given_on),
        "is_noted": said.is_noted,
    }
    if said.note:
        after["note"] = journal.personal(said.note, of=of.key)
    journal.write(by=by, did="confirmed the power of an offer", to=of.subject, after=after)


def kept_of(
    power: str, found: Found, said: Confirmed, *, by: Actor, now: datetime
) -> dict[str, Any]:
    """Return the fields of a confirmation of one warning, whatever rests on the power."""
    return {
        "power": power,
        "warning": found.finding.key,
        "services": relying_queries.codes(found.codes),
        "says": found.says,
        "given_on": said.given_on,
        "reference": said.reference,
        "note": said.note,
        "is_noted": said.is_noted,
        "recorded_by_key": by.key,
        "recorded_by_shown_as": by.shown_as,
        "recorded_at": now,
    }


@transaction.atomic
def take_back(*, confirmation: Confirmation, reason: str, by: Actor, now: datetime) -> None:
    """Take a confirmation back: its warning stands again."""
    standing = Confirmation.objects.filter(pk=confirmation.pk, taken_back_at=None)
    if not standing.update(taken_back_at=now):
        raise Overtaken("It was taken back already.")
    before = {"power": confirmation.power, "warnings": [confirmation.warning]}
    journal.write(
        by=by,
        did="took a confirmation of a power back",
        to=confirmation.round.subject,
        before=before,
        reason=reason,
    )
