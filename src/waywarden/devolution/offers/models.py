from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.services.models import Service
from waywarden.devolution.offers.confirmations import PowerConfirmation
from waywarden.fabric.common.models import Versioned, VersionedQuerySet
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.documents.models import StoredFile
from waywarden.rules.calendar import Whose
from waywarden.rules.powers.table import DELEGATE_EXECUTIVE

#: Who meets in a parish that has no council, or of which nobody knows whether it has one.
WITHOUT_A_COUNCIL = {
    Body.Kind.MEETING: Whose.PARISH_MEETING,
    Body.Kind.PARISH_OR_MEETING: Whose.COUNCIL_OR_MEETING,
}
#: For how long the link of an offer works once answers are due.
LINK_LASTS = timedelta(days=31)
#: The stage of a council whose minute of agreeing was withdrawn since.
MINUTE_WITHDRAWN = "Minute withdrawn"


class RoundQuerySet(VersionedQuerySet):
    """Offer rounds, in the county's words."""

    def public(self) -> Self:
        """Keep what everybody may read: not what is still being written."""
        return self.exclude(status=Round.Status.DRAFT)


class Round(Versioned):
    """An offer of services, on the same terms, to every council of a county's parishes."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Being written"
        OPEN = "open", "Open for answers"
        CLOSED = "closed", "Closed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    MOVES = {
        Status.DRAFT: (Status.OPEN, Status.WITHDRAWN),
        Status.OPEN: (Status.CLOSED, Status.WITHDRAWN),
        Status.CLOSED: (Status.OPEN,),
        Status.WITHDRAWN: (),
    }

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="offer_rounds")
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    #: The day the services would start, and until when councils answer.
    starts_on = models.DateField()
    answer_by = models.DateField()
    years = models.PositiveSmallIntegerField(default=3)
    says = models.TextField(blank=True)
    criteria = models.TextField(blank=True)
    #: The key of the power an agreement would rest on, as `rules.powers` names it.
    power = models.CharField(max_length=30, default=DELEGATE_EXECUTIVE)
    #: The number of the plan whose costs the packs show; none where there is none.
    plan = models.PositiveIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_round_has_a_title"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "open", "closed", "withdrawn"]),
                name="a_round_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__lt=F("starts_on")),
                name="answers_are_due_before_the_services_start",
            ),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=25), name="a_round_offers_years"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(opened_at__isnull=False),
                name="a_round_was_opened_before_it_is_open",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"round-{self.pk}"

    @property
    def subject(self) -> Subject:
        return Subject("round", self.key, self.get_absolute_url(), bodies=(self.body.key,))

    def get_absolute_url(self) -> str:
        return reverse("offers:round", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class OfferedService(models.Model):
    """A service that a round offers: what the county pays for it, and what it asks for that."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="services")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    #: What the county pays in a year for one unit: thousandths of a penny.
    rate_millipence = models.PositiveBigIntegerField()
    #: How often it pays for it to be done, in how many years.
    visits = models.PositiveSmallIntegerField(null=True, blank=True)
    per_years = models.PositiveSmallIntegerField(default=1)
    standard = models.TextField(blank=True)
    #: Kept, and offered no more: it was taken out while the round was written.
    is_left_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "service"], name="a_round_offers_each_service_once"
            ),
            models.CheckConstraint(
                condition=Q(per_years__gte=1), name="visits_are_within_a_year_at_least"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} in {self.round}"


class OfferQuerySet(VersionedQuerySet):
    """Offers to single councils, in the county's words."""

    def in_round(self, of: Round) -> Self:
        """Keep the offers of one round."""
        return self.filter(round=of)


class Offer(Versioned):
    """What a round offers one council: its letter, its link, its meeting and its answer."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "Agreed to join"
        MORE_TIME = "more-time", "Needs more time"
        DECLINED = "declined", "Not for us"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="offers")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="offers")
    #: The SHA-256 of the secret in the link that was sent last.
    token_hash = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: When an officer ended that link; none while it may work.
    link_ended_at = models.DateTimeField(null=True, blank=True)
    #: How often a letter was sent.
    letters = models.PositiveSmallIntegerField(default=0)
    #: The council's own next meeting that can decide.
    meeting_on = models.DateField(null=True, blank=True)
    #: Its tax base in thousandths of a Band D home, and a price it was quoted for all of it.
    tax_base_milli = models.PositiveBigIntegerField(null=True, blank=True)
    own_quote_pence = models.PositiveBigIntegerField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    is_reason_public = models.BooleanField(default=False)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: Who wants to be called back, until they were called, and when that was asked.
    call_back = models.CharField(max_length=200, blank=True)
    call_back_at = models.DateTimeField(null=True, blank=True)
    #: The day on which they were called; none while they wait.
    called_on = models.DateField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "body"], name="a_round_asks_a_council_once"),
            models.CheckConstraint(
                condition=Q(answer__in=["", "agreed", "more-time", "declined"]),
                name="an_offer_has_a_known_answer",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="an_offer_is_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer="agreed") | Q(decision__isnull=False),
                name="a_council_agrees_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, letters=0)
                | Q(sent_at__isnull=False, letters__gte=1),
                name="an_offer_counts_its_letters",
            ),
            models.CheckConstraint(
                condition=Q(tax_base_milli__isnull=True) | Q(tax_base_milli__gte=1),
                name="a_tax_base_is_not_nought",
            ),
            models.CheckConstraint(
                condition=Q(link_ended_at__isnull=True) | ~Q(token_hash=""),
                name="a_link_that_was_ended_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(called_on__isnull=True) | Q(call_back=""),
                name="a_number_is_erased_once_called",
            ),
            models.CheckConstraint(
                condition=Q(called_on__isnull=True) | Q(call_back_at__isnull=False),
                name="who_was_called_had_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.body}"

    @property
    def key(self) -> str:
        return f"offer-{self.pk}"

    @property
    def subject(self) -> Subject:
        bodies = (self.round.body.key, self.body.key)
        return Subject("offer", self.key, self.get_absolute_url(), bodies=bodies)

    def get_absolute_url(self) -> str:
        return reverse("offers:offer", args=[self.round.pk, self.body.key])

    @property
    def whose(self) -> Whose:
        """Whose meeting answers it: how long a notice it needs depends on that."""
        return WITHOUT_A_COUNCIL.get(Body.Kind(self.body.kind), Whose.PARISH_COUNCIL)

    @property
    def recipient_key(self) -> str:
        """Who its letters are for: the council, so that what it stops is stopped in every round."""
        return f"offers-to-{self.body.key}"

    @property
    def link_ends_on(self) -> date:
        """The last day on which the link that was sent works."""
        return self.round.answer_by + LINK_LASTS

    def link_works(self, today: date) -> bool:
        """Whether the link that was sent still opens the offer, to read if not to answer."""
        is_there = self.round.status in (Round.Status.OPEN, Round.Status.CLOSED)
        return is_there and not self.is_link_ended and today <= self.link_ends_on

    @property
    def is_link_ended(self) -> bool:
        """Whether an officer ended the link that was sent last."""
        return self.link_ended_at is not None

    @property
    def has_lost_its_minute(self) -> bool:
        """Whether the council withdrew the record of the decision by which it agreed."""
        return self.decision is not None and self.decision.is_withdrawn

    @property
    def stage(self) -> str:
        """Where it stands, in a word."""
        if self.has_lost_its_minute:
            return MINUTE_WITHDRAWN
        if self.answer:
            return self.Answer(self.answer).label
        return "Silent" if self.sent_at else "Not sent yet"

    def waiting_since(self) -> datetime | None:
        """When the council was last heard of, or written to; none where neither has been."""
        return self.answered_at or self.sent_at


class PackBundle(models.Model):
    """All packs of a round in one file: asked for, and there as soon as it is made."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="pack_bundles")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="pack_bundles"
    )
    councils_done = models.PositiveIntegerField(default=0)
    asked_by_key = models.CharField(max_length=200)
    asked_by_shown_as = models.CharField(max_length=300)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(file__isnull=True),
                name="packs_of_a_round_are_made_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Packs of {self.round}"


class Confirmation(PowerConfirmation):
    """What the monitoring officer confirmed of the power of a round: one warning, as it read."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="confirmations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "power", "warning", "services"],
                condition=Q(taken_back_at__isnull=True),
                name="a_warning_is_confirmed_once",
            ),
            models.CheckConstraint(
                condition=Q(is_noted=False) | ~Q(reference=""),
                name="what_is_noted_for_another_has_a_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.warning} of {self.round}"
