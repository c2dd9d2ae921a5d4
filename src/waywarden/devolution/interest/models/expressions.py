from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.people.models import Office
from waywarden.county.places.models import Area
from waywarden.county.services.models import Service
from waywarden.devolution.offers.models import Round
from waywarden.fabric.common.models import Versioned, VersionedQuerySet
from waywarden.fabric.common.subjects import Subject
from waywarden.rules.challenge import acknowledge_by
from waywarden.rules.setting_up import FORMS

#: For how long a private link works.
LINK_LASTS = timedelta(days=400)

#: What says something of a person, or could: it is blank once who asked was erased.
ERASED = (
    *("contact_name", "contact_email", "what", "by_whom", "since", "help_wanted"),
    *("host", "host_email", "society_number", "legal_form"),
)


class Expression(Versioned):
    """Somebody asks a county to run a service, or to help in running it."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "A parish or town council, or a parish meeting"
        VOLUNTARY = "voluntary", "A voluntary organisation or charity"
        COMPANY = "company", "A community interest company or social enterprise"
        GROUP = "group", "A community group without a legal form"
        NEW = "new", "A group that does not exist yet"
        EMPLOYEES = "employees", "Two or more employees of the council"

    #: Who cannot sign an agreement as they are: a host may sign for them.
    WITHOUT_LEGAL_FORM = (Kind.GROUP, Kind.NEW, Kind.EMPLOYEES)

    class Status(models.TextChoices):
        BEGUN = "begun", "Begun"
        SENT = "sent", "Sent"
        TALKING = "talking", "Being talked about"
        ASSESSED = "assessed", "Assessed"
        DECIDED = "decided", "Decided"
        WITHDRAWN = "withdrawn", "Withdrawn"

    MOVES = {
        Status.BEGUN: (Status.SENT, Status.WITHDRAWN),
        Status.SENT: (Status.TALKING, Status.ASSESSED, Status.DECIDED, Status.WITHDRAWN),
        Status.TALKING: (Status.ASSESSED, Status.DECIDED, Status.WITHDRAWN),
        Status.ASSESSED: (Status.DECIDED, Status.WITHDRAWN),
        # What was deferred is decided later.
        Status.DECIDED: (Status.DECIDED, Status.WITHDRAWN),
        Status.WITHDRAWN: (),
    }

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Not agreed"
        DEFERRED = "deferred", "Deferred"

    class Host(models.TextChoices):
        PARISH = "parish", "A parish or town council"
        CIC = "cic", "A community interest company"

    asked_of = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="expressions_to")
    #: The council or group whose office wrote it; none where a private link alone leads to it.
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="expressions"
    )
    #: The offer whose criteria it is judged by; none where it is about something else.
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="expressions"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.BEGUN)
    #: Whether the county typed it in: it came on paper or from another site.
    is_from_elsewhere = models.BooleanField(default=False)

    # Who asks.
    kind = models.CharField(max_length=10, choices=Kind)
    who = models.CharField(max_length=200)
    charity_number = models.CharField(max_length=11, blank=True)
    company_number = models.CharField(max_length=8, blank=True)
    society_number = models.CharField(max_length=8, blank=True)
    #: The form they set a body up in, as `rules.setting_up` names it; blank where they do not.
    legal_form = models.CharField(max_length=10, blank=True)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)

    # What they ask for, and how they would do it.
    services = models.ManyToManyField(Service, related_name="expressions")
    places = models.ManyToManyField(Area, related_name="expressions")
    what = models.TextField(blank=True)
    by_whom = models.TextField(blank=True)
    since = models.CharField(max_length=200, blank=True)
    help_wanted = models.TextField(blank=True)
    host_kind = models.CharField(max_length=10, choices=Host, blank=True)
    host = models.CharField(max_length=200, blank=True)
    #: The body the host is, where it is known here; else the address it is reached at.
    host_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    host_email = models.EmailField(blank=True)
    is_challenge = models.BooleanField(default=False)

    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    #: The office that answers whoever asks.
    coordinator = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    # What was decided.
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    deferred_until = models.DateField(null=True, blank=True)
    #: The lawful ground of refusing a challenge, as `rules.challenge` names it.
    ground = models.CharField(max_length=20, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    #: When somebody was written to that it is forgotten, as it was not sent.
    warned_at = models.DateTimeField(null=True, blank=True)
    #: The day on which who asked was erased, as they wished.
    erased_on = models.DateField(null=True, blank=True)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["asked_of", "status"], name="expressions_by_stage")]
        constraints = [
            models.CheckConstraint(condition=~Q(who=""), name="an_expression_says_who_asks"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["council", "voluntary", "company", "group", "new", "employees"],
                    status__in=["begun", "sent", "talking", "assessed", "decided", "withdrawn"],
                    outcome__in=["", "agreed", "refused", "deferred"],
                ),
                name="an_expression_is_of_a_known_kind_and_stage",
            ),
            models.CheckConstraint(
                condition=Q(status="begun", sent_at__isnull=True)
                | Q(status="withdrawn")
                | Q(status__in=["sent", "talking", "assessed", "decided"], sent_at__isnull=False),
                name="an_expression_was_sent_before_it_is_looked_at",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, reasons="")
                | ~Q(outcome="") & Q(decided_at__isnull=False) & ~Q(reasons=""),
                name="what_is_decided_has_reasons_and_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="decided") | ~Q(outcome=""),
                name="an_expression_decided_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome="deferred", deferred_until__isnull=False)
                | ~Q(outcome="deferred") & Q(deferred_until__isnull=True),
                name="what_is_deferred_is_deferred_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ground="") | Q(outcome="refused", is_challenge=True),
                name="a_ground_is_one_of_refusing_a_challenge",
            ),
            models.CheckConstraint(
                condition=Q(host_kind="", host="")
                | Q(host_kind__in=["parish", "cic"]) & ~Q(host=""),
                name="a_host_has_a_kind_and_a_name",
            ),
            models.CheckConstraint(
                condition=~Q(host="") | Q(host_body__isnull=True, host_email=""),
                name="only_a_host_that_is_named_is_reached",
            ),
            models.CheckConstraint(
                condition=Q(legal_form__in=["", *FORMS]), name="a_legal_form_is_one_of_the_law"
            ),
            models.CheckConstraint(
                condition=Q(erased_on__isnull=True)
                | Q(
                    **dict.fromkeys(ERASED, ""),
                    host_kind="",
                    host_body__isnull=True,
                    status__in=["decided", "withdrawn"],
                ),
                name="who_was_erased_is_named_no_more",
            ),
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def key(self) -> str:
        return f"expression-{self.pk}"

    @property
    def answer_key(self) -> str:
        """What the journal keeps the county's own words under: they stay when who asked goes."""
        return f"{self.key}-answer"

    @property
    def subject(self) -> Subject:
        """What the journal calls it: the county's as well from the day it is sent."""
        own = (self.body.key,) if self.body else ()
        bodies = own if self.sent_at is None else (self.asked_of.key, *own)
        return Subject("expression", self.key, self.get_absolute_url(), bodies=bodies)

    def get_absolute_url(self) -> str:
        return reverse("interest:expression", args=[self.pk])

    @property
    def is_begun(self) -> bool:
        return self.status == self.Status.BEGUN

    @property
    def written(self) -> str:
        """Who is known to have written it: a body's office, or somebody by a private link."""
        if self.is_from_elsewhere:
            return "Received elsewhere, and typed in"
        if self.body:
            return f"Written in an office of {self.body}"
        return "Written by a private link: nobody has shown who they are"

    @property
    def needs_a_host(self) -> bool:
        """Whether nobody could sign for it: it has no legal form and names no host."""
        return self.kind in self.WITHOUT_LEGAL_FORM and not self.host

    @property
    def body_kind(self) -> str:
        """What kind of body has written it; blank where nobody has shown who they are."""
        return self.body.kind if self.body else ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more is done: it was withdrawn, agreed or not agreed."""
        is_settled = self.outcome in (self.Outcome.AGREED, self.Outcome.REFUSED)
        return self.status == self.Status.WITHDRAWN or is_settled

    @property
    def stage(self) -> str:
        """Where it stands, in words."""
        if self.status == self.Status.DECIDED:
            return f"Decided: {self.Outcome(self.outcome).label.lower()}"
        return self.Status(self.status).label

    @property
    def sent_on(self) -> date | None:
        return localtime(self.sent_at).date() if self.sent_at else None

    @property
    def due_on(self) -> date | None:
        """By which day the county is to do something; none where no day is set."""
        if self.status == self.Status.SENT and self.sent_on:
            return acknowledge_by(self.sent_on)
        return None if self.is_over else self.deferred_until


class Challenge(models.Model):
    """What is said besides of an expression under the Community Right to Challenge."""

    class Period(models.TextChoices):
        WITHIN = "within", "It is within the period the council set"
        NONE = "none", "The council has set no period"
        OUTSIDE = "outside", "It is outside the period the council set"
        UNKNOWN = "unknown", "I do not know"

    expression = models.OneToOneField(
        Expression, on_delete=models.PROTECT, related_name="challenge"
    )
    relevant_body = models.CharField(max_length=10)
    is_whole = models.BooleanField()
    #: Social, economic and environmental benefit, and how users' needs are met.
    outcomes = models.TextField()
    finances = models.TextField()
    capability = models.TextField()
    period = models.CharField(max_length=10, choices=Period)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    relevant_body__in=["voluntary", "charity", "parish", "employees"],
                    period__in=["within", "none", "outside", "unknown"],
                ),
                name="a_challenge_is_by_a_relevant_body",
            ),
            models.CheckConstraint(
                condition=~Q(outcomes="") & ~Q(finances="") & ~Q(capability=""),
                name="a_challenge_says_what_the_act_asks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expression}: challenge"


class Link(models.Model):
    """A private link to an expression: each letter has its own, and each lasts as long."""

    expression = models.ForeignKey(Expression, on_delete=models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Link {self.pk} to {self.expression.key}"

    def works(self, today: date) -> bool:
        """Whether it still opens the expression."""
        return today <= localtime(self.made_at).date() + LINK_LASTS


class Note(models.Model):
    """What was said, seen or changed on the way; those who ask see what is for them."""

    class Kind(models.TextChoices):
        SAID = "said", "Said"
        VISIT = "visit", "Visit"
        DONE = "done", "You said, we did"

    expression = models.ForeignKey(Expression, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    says = models.TextField()
    is_for_asker = models.BooleanField(default=False)
    noted_by = models.CharField(max_length=300)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["said", "visit", "done"]) & ~Q(says=""),
                name="a_note_is_of_a_known_kind_and_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(kind="done") | Q(is_for_asker=True),
                name="what_we_did_is_told_to_who_said_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on:%d %B %Y}"


class Assessment(models.Model):
    """How an expression meets one criterion. There is no score."""

    class Finding(models.TextChoices):
        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT_MET = "not-met", "Not met"

    expression = models.ForeignKey(Expression, on_delete=models.PROTECT, related_name="assessments")
    criterion = models.CharField(max_length=500)
    order = models.PositiveSmallIntegerField()
    finding = models.CharField(max_length=10, choices=Finding)
    says = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expression", "criterion"], name="a_criterion_is_judged_once"
            ),
            models.CheckConstraint(
                condition=Q(finding__in=["met", "partly", "not-met"]) & ~Q(says=""),
                name="a_finding_is_known_and_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_finding_display()}"
