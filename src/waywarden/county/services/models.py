from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from waywarden.county.places.models import Area
from waywarden.fabric.common.models import Confidence, Sourced
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.common.wording import amount
from waywarden.fabric.documents.models import StoredFile


class ServiceQuerySet(models.QuerySet):
    """Services, in the county's words."""

    def delivered(self) -> "ServiceQuerySet":
        """Keep what is delivered to a place, leaving out what only enters a cost."""
        return self.filter(is_component=False)


class Service(models.Model):
    """Something a council does for a place, or a component that only enters its cost."""

    code = models.CharField(max_length=10, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    formal_name = models.CharField(max_length=200)
    summary = models.TextField()
    unit = models.CharField(max_length=20)
    unit_note = models.TextField(blank=True)
    visit_word = models.CharField(
        max_length=30, help_text="one of what is done in a year, such as cut"
    )
    visits_word = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    is_component = models.BooleanField(default=False)
    months = models.JSONField(
        default=list, help_text="the months of the season; empty where not known"
    )
    usual = models.JSONField(
        null=True, blank=True, help_text="how often elsewhere: text, source, confidence"
    )
    sheet = models.JSONField(
        default=dict, help_text="the county's five headings: text, source, confidence"
    )
    setup_pence = models.PositiveBigIntegerField(null=True, blank=True)
    setup_note = models.TextField(blank=True)
    setup_confidence = models.CharField(max_length=1, blank=True)
    capacity = models.TextField(blank=True)
    note = models.TextField(blank=True)
    lgsl = models.PositiveIntegerField(
        null=True, blank=True, help_text="English and Welsh service list"
    )

    objects = ServiceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("register:service", args=[self.slug])

    @property
    def subject(self) -> Subject:
        return Subject("service", self.code, self.get_absolute_url())


class Standard(Sourced):
    """How many visits in how many years: the minimum, what is funded, or what is delivered."""

    class Level(models.TextChoices):
        MINIMUM = "minimum", "Minimum"
        FUNDED = "funded", "Funded"
        DELIVERED = "delivered", "Delivered"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="standards")
    level = models.CharField(max_length=10, choices=Level)
    visits = models.PositiveSmallIntegerField()
    years = models.PositiveSmallIntegerField(default=1, help_text="in how many years")
    county_code = models.CharField(max_length=9, help_text="GSS code of the county whose it is")

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["service", "level", "county_code"],
                name="a_county_sets_each_standard_of_a_service_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.get_level_display()}"


class Price(Sourced):
    """What a service costs done one way. A rate is thousandths of a penny for a unit."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="prices")
    basis = models.CharField(max_length=200)
    rate_millipence = models.PositiveBigIntegerField(null=True, blank=True)
    amount_pence = models.PositiveBigIntegerField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of another sum")
    unit = models.CharField(max_length=20)
    per = models.CharField(max_length=10)
    base_year = models.CharField(
        max_length=20, blank=True, help_text="whose money it is; blank where not known"
    )

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["service", "basis"], name="a_service_has_each_price_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    rate_millipence__isnull=False, amount_pence__isnull=True, percent__isnull=True
                )
                | Q(rate_millipence__isnull=True, amount_pence__isnull=False, percent__isnull=True)
                | Q(rate_millipence__isnull=True, amount_pence__isnull=True, percent__isnull=False),
                name="a_price_is_a_rate_an_amount_or_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.basis}"


class DeliveryModel(models.Model):
    """A way of getting a service delivered, from a town's own employees to volunteers."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField()
    quote = models.TextField(blank=True, help_text="the source document's own words")
    source = models.TextField()
    order = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.name


class DutyVerification(models.Model):
    """A monitoring officer's confirmation of whose duty a service is by default."""

    service = models.OneToOneField(Service, on_delete=models.PROTECT, related_name="verification")
    verified_on = models.DateField()
    verified_by = models.CharField(max_length=200, help_text="the office and council")

    def __str__(self) -> str:
        return f"{self.service}, {self.verified_on:%d %B %Y}"


class QuantityQuerySet(models.QuerySet):
    """Quantities, in the county's words."""

    def current(self) -> "QuantityQuerySet":
        """Keep those that nothing has superseded."""
        return self.filter(superseded_on__isnull=True, withdrawn_on__isnull=True)

    def estimates(self) -> "QuantityQuerySet":
        return self.filter(is_estimate=True)

    def examples(self) -> "QuantityQuerySet":
        """Keep the made-up quantities of the demonstration that have not been withdrawn."""
        return self.filter(is_example=True, withdrawn_on__isnull=True)


class Quantity(Sourced):
    """How much of a service a place has: a measured amount, or an estimate with its range."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="quantities")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="quantities")
    amount_milli = models.PositiveBigIntegerField(
        help_text="thousandths of the unit; expected, where estimated"
    )
    low_milli = models.PositiveBigIntegerField(null=True, blank=True)
    high_milli = models.PositiveBigIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=20)
    is_estimate = models.BooleanField()
    is_disputed = models.BooleanField(default=False)
    dispute = models.TextField(blank=True)
    #: How much there is as whoever disputes it counts, and where it is wrong: a grid reference.
    claims_milli = models.PositiveBigIntegerField(null=True, blank=True)
    pin = models.CharField(max_length=20, blank=True)
    #: What its council and the county may look at, and nobody else; and what it shows, in words.
    photo = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    photo_shows = models.CharField(max_length=300, blank=True)
    is_example = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    superseded_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = QuantityQuerySet.as_manager()

    class Meta(Sourced.Meta):
        verbose_name_plural = "quantities"
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["area", "service"],
                condition=Q(superseded_on__isnull=True, withdrawn_on__isnull=True),
                name="a_place_has_one_current_quantity_of_a_service",
            ),
            models.CheckConstraint(
                condition=Q(is_estimate=False, low_milli__isnull=True, high_milli__isnull=True)
                | Q(
                    is_estimate=True,
                    low_milli__isnull=False,
                    high_milli__isnull=False,
                    low_milli__lte=F("amount_milli"),
                    high_milli__gte=F("amount_milli"),
                    confidence=Confidence.ESTIMATE,
                ),
                name="an_estimate_is_a_range_and_says_so",
            ),
            models.CheckConstraint(
                condition=Q(is_disputed=True) | Q(claims_milli__isnull=True, pin=""),
                name="only_a_dispute_claims_and_points",
            ),
            models.CheckConstraint(
                condition=Q(photo__isnull=True, photo_shows="")
                | (Q(photo__isnull=False, is_disputed=True) & ~Q(photo_shows="")),
                name="only_a_dispute_has_a_photo_and_it_says_what_it_shows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} in {self.area}"

    @property
    def claimed(self) -> str:
        """What whoever disputes it says besides words; blank where that is nothing."""
        said = []
        if self.claims_milli is not None:
            said.append(f"Counted instead: {amount(self.claims_milli, self.unit)}.")
        if self.pin:
            said.append(f"Where: {self.pin}.")
        return " ".join(said)
