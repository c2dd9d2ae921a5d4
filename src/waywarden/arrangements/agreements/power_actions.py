"""What the monitoring officer confirms of the power of an agreement, and takes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.arrangements.agreements import queries
from waywarden.arrangements.agreements.models import Agreement, Confirmation
from waywarden.arrangements.agreements.refusing import CannotAgree
from waywarden.county.decisions.relying import key_of
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """Which warnings the monitoring officer confirms, when, and where that can be read."""

    #: Each with the power and the services it is about, as forms name it.
    warnings: Sequence[str]
    given_on: date
    reference: str = ""
    #: Whether another officer notes what the monitoring officer has said.
    is_noted: bool = False


@transaction.atomic
def confirm_power(
    *, agreement: Agreement, version: int, said: Confirmed, by: Actor, now: datetime
) -> None:
    """Record that the monitoring officer confirms warnings about the power."""
    parties, lines = queries.parties_of(agreement), queries.lines_of(agreement)
    reliance = queries.reliance_of(agreement, parties, lines)
    standing = {key_of(agreement.power, e): e for e in reliance.warnings} if reliance else {}
    if said.given_on > localtime(now).date():
        raise CannotAgree("It cannot have been confirmed on a day that has not come.")
    if said.is_noted and not said.reference.strip():
        raise CannotAgree("Say where the word of the monitoring officer can be read.")
    if not said.warnings or not set(said.warnings) <= set(standing):
        raise Overtaken("A warning was confirmed, or fell away, meanwhile. Look at them again.")
    Agreement.objects.change_as_read(agreement, version)
    for key in said.warnings:
        found = standing[key]
        Confirmation.objects.create(
            agreement=agreement,
            power=agreement.power,
            warning=found.finding.key,
            services=" ".join(sorted(found.codes)),
            says=found.asks,
            **{name: getattr(said, name) for name in ("given_on", "reference", "is_noted")},
            recorded_by=by.shown_as,
            recorded_at=now,
        )
    after = {"power": agreement.power, "warnings": [*said.warnings], "is_noted": said.is_noted}
    did = "confirmed the power of an agreement"
    after["given_on"] = str(said.given_on)
    journal.write(by=by, did=did, to=agreement.subject, after=after)


@transaction.atomic
def take_back(*, confirmation: Confirmation, reason: str, by: Actor, now: datetime) -> None:
    """Take a confirmation back: its warning stands again. What was sent stays as it was sent."""
    standing = Confirmation.objects.filter(pk=confirmation.pk, taken_back_at=None)
    if not standing.update(taken_back_at=now):
        raise Overtaken("It was taken back already.")
    agreement = confirmation.agreement
    Agreement.objects.change_as_read(agreement, agreement.version)
    before = {"power": confirmation.power, "warnings": [confirmation.warning]}
    to, did = agreement.subject, "took a confirmation of a power back"
    journal.write(by=by, did=did, to=to, before=before, reason=reason)
