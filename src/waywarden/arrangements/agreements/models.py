import json
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.people.models import Office
from waywarden.county.places.models import Area
from waywarden.county.services.models import Service
from waywarden.fabric.common.models import Versioned, VersionedQuerySet
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.documents.models import StoredFile
from waywarden.rules.agreed_facts import Frozen
from waywarden.rules.agreements_moves import State
from waywarden.rules.periods import Period

#: What is said of a version whose words were changed behind the site.
ALTERED = (
    "The words that are kept of this version are not those that were sent. Nothing can be done "
    "with it: tell whoever looks after this site."
)


class Agreement(Versioned):
    """An agreement as it is being written. What was sent of it stands in its versions."""

    #: What it is called for ever, with a letter that finds out a wrong figure.
    number = models.CharField(max_length=24, unique=True)
    #: The council whose service it is, and whose officers write it.
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=200)
    power = models.CharField(max_length=20, blank=True)
    #: Where that can be read which the power asks for, by the name of what is to be recorded.
    records = models.JSONField(default=dict, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True)
    is_notice_to_year_end = models.BooleanField(default=False)
    #: The words of each field that is filled in, by its key.
    clauses = models.JSONField(default=dict, blank=True)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(number=""), name="an_agreement_has_number_and_title"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="an_agreement_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    @property
    def subject(self) -> Subject:
        return Subject("agreement", self.number, self.get_absolute_url(), bodies=(self.body.key,))

    def get_absolute_url(self) -> str:
        return reverse("agreements:agreement", args=[self.number])


class Party(models.Model):
    """Who is to agree: a body that is known here, or a group or company by its name."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: The name of one that is not known here; blank for a body.
    outside = models.CharField(max_length=200, blank=True)
    is_giver = models.BooleanField(default=False)
    is_lead = models.BooleanField(default=False)
    #: What it pays in a year; none where it is not agreed.
    share_pence = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=True) & ~Q(outside="")
                | Q(body__isnull=False) & Q(outside=""),
                name="a_party_is_a_body_or_has_a_name",
            ),
            models.UniqueConstraint(
                fields=["agreement", "body"], name="a_body_is_party_to_an_agreement_once"
            ),
            models.UniqueConstraint(
                fields=["agreement", "outside"],
                condition=~Q(outside=""),
                name="a_name_is_party_to_an_agreement_once",
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(is_giver=True), name="one_party_hands_over"
            ),
        ]

    def __str__(self) -> str:
        return self.body.name if self.body else self.outside

    @property
    def key(self) -> str:
        """What a version calls it by."""
        return self.body.key if self.body else f"party-{self.pk}"


class Line(models.Model):
    """A service that is handed over: where, how much, how well, from when to when, and to whom."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="lines")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    #: Who delivers it: the service lead, any of the parties.
    lead = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="leads")
    quantity_milli = models.PositiveBigIntegerField(null=True, blank=True)
    standard = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_line_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["agreement", "service", "area", "starts_on"],
                name="a_service_is_handed_over_once_in_an_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.area}"


class Confirmation(models.Model):
    """The monitoring officer says that it may rest on its power in spite of a warning."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="confirmations")
    power = models.CharField(max_length=20)
    warning = models.CharField(max_length=60)
    #: The codes of the services it was given for.
    services = models.TextField(blank=True)
    says = models.TextField()
    given_on = models.DateField()
    reference = models.CharField(max_length=200, blank=True)
    #: Whether another officer noted what the monitoring officer had said.
    is_noted = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    #: When it was taken back; none while it stands.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(power="") & ~Q(warning="") & ~Q(says=""),
                name="a_confirmed_warning_is_of_a_power",
            )
        ]

    def __str__(self) -> str:
        return self.says


class Version(models.Model):
    """What was sent to be signed: kept for ever as it was shown, under its hash."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    #: The facts in the one way they are hashed.
    facts_json = models.TextField()
    hash = models.CharField(max_length=64)
    state = models.CharField(max_length=20, default="sent")
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=300)
    #: Since when it is in force, and its last day, which a notice brings forward.
    in_force_on = models.DateField(null=True, blank=True)
    last_on = models.DateField()
    notice_given_on = models.DateField(null=True, blank=True)
    notice_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="versions_of_an_agreement_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "sent",
                        "signed-by-some",
                        "executed",
                        "mobilising",
                        "in-force",
                        "under-notice",
                        "ended",
                        "withdrawn",
                        "superseded",
                    ]
                ),
                name="a_version_stands_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["in-force", "under-notice"], in_force_on__isnull=False)
                | ~Q(state__in=["in-force", "under-notice"]),
                name="what_is_in_force_is_so_since_a_day",
            ),
            models.CheckConstraint(
                condition=Q(in_force_on__isnull=True) | Q(last_on__gte=F("in_force_on")),
                name="a_version_ends_after_it_is_in_force",
            ),
            models.CheckConstraint(
                condition=Q(notice_given_on__isnull=True, notice_by="")
                | Q(notice_given_on__isnull=False) & ~Q(notice_by=""),
                name="notice_is_given_by_somebody_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=["in-force", "under-notice"]),
                name="one_version_of_an_agreement_is_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.number} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("agreements:version", args=[self.agreement.number, self.number])

    @property
    def facts(self) -> dict[str, Any]:
        """What was sent, as it was shown."""
        found: dict[str, Any] = json.loads(self.facts_json)
        return found

    @property
    def is_as_sent(self) -> bool:
        """Whether the words that are kept still have the hash they were sent under."""
        return Frozen(self.facts_json.encode()).digest == self.hash

    @property
    def standing(self) -> State:
        """Where it stands."""
        return State(self.state)

    @property
    def title(self) -> str:
        return str(self.facts["terms"]["title"])

    @property
    def party_names(self) -> dict[str, str]:
        """The names of its parties, by their keys."""
        return {each["key"]: each["name"] for each in self.facts["parties"]}

    @property
    def known_keys(self) -> set[str]:
        """The keys of those parties that are bodies known here."""
        return {each["key"] for each in self.facts["parties"] if each["is_known_here"]}

    @property
    def term(self) -> Period:
        """Its first and last day, as they were sent."""
        terms = self.facts["terms"]
        return Period(date.fromisoformat(terms["starts_on"]), date.fromisoformat(terms["ends_on"]))

    @property
    def sent_on(self) -> date:
        return localtime(self.sent_at).date()


class Signature(models.Model):
    """A party has signed a version: on screen by its office, or on paper that two people saw."""

    class Way(models.TextChoices):
        SCREEN = "screen", "Signed here"
        PAPER = "paper", "Signed on paper"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    #: The key by which the version calls the party: as long as the key of a body.
    party = models.CharField(max_length=120)
    way = models.CharField(max_length=10, choices=Way)
    #: The SHA-256 of what was shown to whoever signed.
    hash = models.CharField(max_length=64)
    #: The office that signed here, or added the paper.
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: The decision of a party that records none here.
    reference = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    #: How the conditions of its decision were met.
    conditions_met = models.TextField(blank=True)
    #: What was said of interests to whoever signed.
    warned = models.TextField(blank=True)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()
    #: Another person, who has compared the paper with what was sent.
    confirmed_by = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: When it counts; none while a paper waits to be confirmed.
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "party"], name="a_party_signs_a_version_once"
            ),
            models.CheckConstraint(
                condition=Q(way="screen", file__isnull=True, signed_at__isnull=False)
                | Q(way="paper", file__isnull=False, confirmed_by__isnull=True, signed_at=None)
                | Q(way="paper", file__isnull=False, confirmed_by__isnull=False)
                & Q(signed_at__isnull=False),
                name="a_paper_counts_once_somebody_has_confirmed_it",
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=False, reference="", decided_on__isnull=True)
                | Q(decision__isnull=True, decided_on__isnull=False) & ~Q(reference=""),
                name="a_signature_names_one_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_name}: {self.get_way_display()}"

    @property
    def party_name(self) -> str:
        return self.version.party_names.get(self.party, self.party)
