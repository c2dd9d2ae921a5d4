from datetime import date
from typing import Self, cast

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from waywarden.county.councils.models import Body
from waywarden.fabric.common.models import Dated, DatedManager, DatedQuerySet, Sourced
from waywarden.fabric.common.subjects import Subject


class AreaQuerySet(DatedQuerySet):
    """Areas, in the county's words."""

    def as_of(self, day: date) -> Self:
        """Keep the areas there were on ``day``; not those a source shows were not there yet."""
        return super().as_of(day).exclude(absent_on__gte=day)

    def lowest(self) -> Self:
        """Keep the places where people live: parishes and unparished areas."""
        return self.filter(kind__in=[Area.Kind.PARISH, Area.Kind.UNPARISHED])

    def parishes(self) -> Self:
        return self.filter(kind=Area.Kind.PARISH)

    def inside(self, county: "Area") -> Self:
        """Keep the areas of one county, without the county itself."""
        return self.filter(county=county)


class Area(Dated):
    """A county, district, unitary, parish or unparished area."""

    class Kind(models.TextChoices):
        COUNTY = "county", "County"
        DISTRICT = "district", "District"
        UNITARY = "unitary", "Unitary"
        PARISH = "parish", "Parish"
        UNPARISHED = "unparished", "Unparished area"

    key = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind)
    within = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    county = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="areas"
    )
    extent_milli = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="thousandths of a hectare"
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    absent_on = models.DateField(
        null=True, blank=True, help_text="a day on which it was not there yet"
    )

    objects = AreaQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["county", "kind"], name="areas_of_a_county_by_kind")]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="an_area_is_somewhere_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_there_on(self, day: date) -> bool:
        """Whether it was there on a day, as far as is known."""
        return self.period.contains(day) and not (self.absent_on and day <= self.absent_on)

    def get_absolute_url(self) -> str:
        """Return the address of the page about it, without reading its county for a place."""
        if self.county_id is None:
            return reverse("register:county", args=[self.key])
        if self.kind in (self.Kind.DISTRICT, self.Kind.UNITARY):
            county = cast(Area, self.county)
            return f"{reverse('register:county', args=[county.key])}?district={self.key}"
        return reverse("register:place", args=[self.key])

    @property
    def subject(self) -> Subject:
        return Subject("area", self.key, self.get_absolute_url())


class AreaCode(Dated):
    """A code an area has or had; ``seen_on`` is the day a source listed it."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=20, default="gss")
    code = models.CharField(max_length=40, db_index=True)
    seen_on = models.DateField(null=True, blank=True)
    source = models.TextField()

    objects = DatedManager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["area", "scheme", "code"], name="an_area_has_each_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AreaName(models.Model):
    """A name an area has or had, besides the one it is shown under."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    seen_on = models.DateField(null=True, blank=True)
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="an_area_has_each_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class BoundarySet(Dated):
    """One loading of boundaries: whence, whether modelled, and from when they count."""

    name = models.CharField(max_length=200)
    source = models.TextField()
    licence = models.TextField()
    is_approximate = models.BooleanField()
    fingerprint = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects = DatedManager()

    def __str__(self) -> str:
        return self.name


class Boundary(Dated):
    """The shape of an area, as GeoJSON in longitude and latitude, with its bounding box."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="boundaries")
    boundary_set = models.ForeignKey(
        BoundarySet, on_delete=models.PROTECT, related_name="boundaries"
    )
    geometry = models.JSONField()
    min_lon = models.FloatField()
    min_lat = models.FloatField()
    max_lon = models.FloatField()
    max_lat = models.FloatField()

    objects = DatedManager()

    class Meta(Dated.Meta):
        verbose_name_plural = "boundaries"
        indexes = [
            models.Index(
                fields=["min_lon", "max_lon", "min_lat", "max_lat"],
                name="boundaries_by_bounding_box",
            )
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["area", "boundary_set"], name="a_set_bounds_each_area_once"
            ),
            models.CheckConstraint(
                condition=Q(min_lon__lte=F("max_lon"), min_lat__lte=F("max_lat")),
                name="a_bounding_box_is_the_right_way_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.boundary_set}"


class Neighbour(models.Model):
    """Two areas that touch. The pair is kept once, the lower row first."""

    a = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="neighbours_after")
    b = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="neighbours_before")
    distance_m = models.PositiveIntegerField(help_text="between centres")
    shared_edge_m = models.PositiveIntegerField(null=True, blank=True)
    is_modelled = models.BooleanField()
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="each_pair_of_neighbours_once"),
            models.CheckConstraint(
                condition=Q(a__lt=F("b")), name="neighbours_are_two_areas_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a} and {self.b}"


class Jurisdiction(Dated):
    """The body that holds a tier of government in an area. A unitary holds two of them."""

    class Tier(models.TextChoices):
        COUNTY = "county", "County"
        DISTRICT = "district", "District"
        PARISH = "parish", "Parish"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="jurisdictions")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="jurisdictions")
    tier = models.CharField(max_length=10, choices=Tier)

    objects = DatedManager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "area", "tier"], name="a_body_holds_a_tier_of_an_area_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} for {self.area}"


class Measure(Sourced):
    """A number about an area that somebody counted or modelled, such as its population."""

    class Kind(models.TextChoices):
        POPULATION = "population", "People"
        HOUSEHOLDS = "households", "Households"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.PositiveIntegerField()
    reference = models.CharField(
        max_length=60, help_text="the day or year counted, in the source's words"
    )
    is_modelled = models.BooleanField()

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["area", "kind", "reference", "is_modelled"],
                name="an_area_has_each_measure_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.area}: {self.value}"


class Postcode(models.Model):
    """Where a postcode is, from an official file loaded by the operator."""

    code = models.CharField(max_length=8, primary_key=True, help_text="capitals, without a space")
    latitude = models.FloatField()
    longitude = models.FloatField()
    source = models.TextField()

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"
