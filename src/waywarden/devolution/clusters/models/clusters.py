from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.services.models import Service
from waywarden.fabric.common.models import Versioned, VersionedQuerySet
from waywarden.fabric.common.subjects import Subject

#: How the source of a figure begins that was taken from a plan: it is modelled.
ESTIMATED = "Estimate at the prices expected in "


class Cluster(Versioned):
    """Councils that take services on together, from the first idea to the day it is dissolved."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        FORMING = "forming", "Forming"
        FORMED = "formed", "Formed"
        DISSOLVED = "dissolved", "Dissolved"
        WITHDRAWN = "withdrawn", "Withdrawn"

    MOVES = {
        Status.PROPOSED: (Status.FORMING, Status.WITHDRAWN),
        Status.FORMING: (Status.FORMED, Status.WITHDRAWN),
        Status.FORMED: (Status.DISSOLVED,),
        Status.DISSOLVED: (),
        Status.WITHDRAWN: (),
    }

    #: The last part of its address, never changed once it was given.
    key = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    #: The day the services would start.
    starts_on = models.DateField()
    says = models.TextField(blank=True)
    #: What all of it costs in a year without VAT, and where that is from.
    whole_pence = models.PositiveBigIntegerField(null=True, blank=True)
    whole_source = models.TextField(blank=True)
    formed_at = models.DateTimeField(null=True, blank=True)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_cluster_has_a_name"),
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "forming", "formed", "dissolved", "withdrawn"]),
                name="a_cluster_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=Q(whole_pence__isnull=True, whole_source="")
                | Q(whole_pence__gte=1) & ~Q(whole_source=""),
                name="the_whole_cost_names_its_source",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["formed", "dissolved"], formed_at__isnull=False)
                | Q(status__in=["proposed", "forming", "withdrawn"], formed_at__isnull=True),
                name="a_formed_cluster_was_formed_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        bodies = (self.proposed_by.key,)
        return Subject("cluster", self.key, self.get_absolute_url(), bodies=bodies)

    def get_absolute_url(self) -> str:
        return reverse("clusters:cluster", args=[self.key])

    @property
    def is_whole_modelled(self) -> bool:
        """Whether what all of it costs is a plan’s figure, that nobody has replaced by its own."""
        return self.whole_source.startswith(ESTIMATED)

    @property
    def is_proposed(self) -> bool:
        return self.status == self.Status.PROPOSED

    @property
    def is_forming(self) -> bool:
        return self.status == self.Status.FORMING

    @property
    def is_formed(self) -> bool:
        return self.status == self.Status.FORMED

    @property
    def is_over(self) -> bool:
        """Whether it was withdrawn or dissolved: what was said in it stays as it is."""
        return self.status in (self.Status.WITHDRAWN, self.Status.DISSOLVED)

    @property
    def is_under_way(self) -> bool:
        """Whether councils can still be invited, answer, agree and take roles."""
        return self.status in (self.Status.FORMING, self.Status.FORMED)


class Scope(Versioned):
    """A service in the scope of a cluster: how often, in which months, and how it is delivered."""

    class Model(models.TextChoices):
        OWN = "own", "The lead council’s own staff"
        SHARED = "shared", "Staff that members lend"
        CONTRACTOR = "contractor", "A contractor of the lead council"
        LOCAL = "local", "A local group or social company"
        VOLUNTEERS = "volunteers", "Volunteers"
        COUNTY = "county", "The county goes on"

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="scope")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    visits = models.PositiveSmallIntegerField(default=1)
    first_month = models.PositiveSmallIntegerField(default=1)
    last_month = models.PositiveSmallIntegerField(default=12)
    #: How the cluster intends to have it delivered, and why; blank until it has chosen.
    intended = models.CharField(max_length=10, choices=Model, blank=True)
    intended_why = models.TextField(blank=True)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "service"], name="a_cluster_has_each_service_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    visits__gte=1,
                    first_month__gte=1,
                    first_month__lte=12,
                    last_month__gte=1,
                    last_month__lte=12,
                ),
                name="a_service_is_done_in_months_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(intended="", intended_why="")
                | Q(intended__in=["own", "shared", "contractor", "local", "volunteers", "county"])
                & ~Q(intended_why=""),
                name="a_service_is_meant_to_be_delivered_in_a_known_way_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} in {self.cluster}"


class Membership(Versioned):
    """A council in a cluster: asked, answering by its own resolution, joined, and perhaps left."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "Joined"
        DECLINED = "declined", "Declined"

    class Readers(models.TextChoices):
        MEMBERS = "members", "The members of the cluster"
        COUNTY = "county", "The members and the county"
        NOBODY = "nobody", "Nobody but our council"

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    #: None while the cluster is only proposed.
    invited_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    is_reason_public = models.BooleanField(default=False)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: From which day it takes part, and its last day once it leaves; both inclusive.
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    #: What the services cost it alone in a year without VAT, and where that is from.
    alone_pence = models.PositiveBigIntegerField(null=True, blank=True)
    alone_source = models.TextField(blank=True)
    is_without_staff = models.BooleanField(default=False)
    #: How many live in its area, as it told the cluster; counts where the register has no figure.
    people_told = models.PositiveIntegerField(null=True, blank=True)
    #: What it pays for its last season once it has given notice, and by which terms.
    last_bill_pence = models.PositiveBigIntegerField(null=True, blank=True)
    last_bill_terms = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Where the words lie by which it said why it leaves, beside the journal; and who reads them.
    why_reference = models.UUIDField(null=True, blank=True)
    why_for = models.CharField(max_length=10, choices=Readers, blank=True)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "body"],
                condition=Q(ends_on__isnull=True),
                name="a_council_is_in_a_cluster_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", "agreed", "declined"]),
                name="a_membership_has_a_known_answer",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, invited_at__isnull=False),
                name="an_invitation_to_a_cluster_is_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer="agreed") | Q(decision__isnull=False, starts_on__isnull=False),
                name="a_council_joins_by_a_decision_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(answer="agreed", ends_on__gte=F("starts_on")),
                name="only_a_member_leaves_and_after_it_joined",
            ),
            models.CheckConstraint(
                condition=Q(alone_pence__isnull=True, alone_source="")
                | Q(alone_pence__isnull=False) & ~Q(alone_source=""),
                name="a_cost_alone_names_its_source",
            ),
            models.CheckConstraint(
                condition=Q(last_bill_pence__isnull=True, last_bill_terms__isnull=True)
                | Q(
                    last_bill_pence__isnull=False,
                    last_bill_terms__isnull=False,
                    ends_on__isnull=False,
                ),
                name="who_leaves_is_billed_last_by_terms",
            ),
            models.CheckConstraint(
                condition=Q(why_reference__isnull=True, why_for="")
                | Q(
                    why_reference__isnull=False,
                    why_for__in=["members", "county", "nobody"],
                    ends_on__isnull=False,
                ),
                name="who_leaves_chooses_who_reads_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.body}"

    @property
    def is_alone_modelled(self) -> bool:
        """Whether its cost alone is a plan’s figure, that the council has not replaced."""
        return self.alone_source.startswith(ESTIMATED)

    @property
    def why_key(self) -> str:
        """What the journal keeps the words under by which it said why it leaves."""
        return f"why-left-{self.pk}"

    @property
    def has_lost_its_minute(self) -> bool:
        """Whether it withdrew the record of the decision by which it joined."""
        return self.decision is not None and self.decision.is_withdrawn

    @property
    def has_joined(self) -> bool:
        """Whether it agreed and its decision stands; it may have left since."""
        return self.answer == self.Answer.AGREED and not self.has_lost_its_minute

    def is_member(self, on: date) -> bool:
        """Whether it takes part: it has joined and has not left before a day."""
        return self.has_joined and (self.ends_on is None or self.ends_on >= on)

    def took_part(self, on: date) -> bool:
        """Whether it was a member on a day: it had begun, and had not left."""
        return self.is_member(on) and self.starts_on is not None and self.starts_on <= on

    def is_inside(self, on: date) -> bool:
        """Whether its people see what members see: it is asked or takes part."""
        if self.invited_at is None or self.answer == self.Answer.DECLINED:
            return False
        return self.ends_on is None or self.ends_on >= on

    def sees_until(self) -> date | None:
        """The last day whose matters its people may see; none while there is no such day."""
        if self.answer == self.Answer.DECLINED and self.answered_at:
            return localtime(self.answered_at).date()
        return self.ends_on

    def saw(self, first: date, last: date | None) -> bool:
        """Whether what held from a first day to a last fell into its time in the cluster."""
        if self.invited_at is None:
            return False
        until = self.sees_until()
        began = localtime(self.invited_at).date()
        return (until is None or first <= until) and (last is None or last >= began)

    def stage(self, on: date) -> str:
        """Where it stands, in a word."""
        if self.has_lost_its_minute:
            return "Minute withdrawn"
        if self.ends_on is not None:
            return "Left" if self.ends_on < on else "Leaving"
        if self.answer:
            return self.Answer(self.answer).label
        return "Invited, no answer yet" if self.invited_at else "Not asked yet"
