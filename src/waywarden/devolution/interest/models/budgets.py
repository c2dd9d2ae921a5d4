from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from waywarden.devolution.interest.models.expressions import Expression
from waywarden.rules.vat import Counted, Line, Price, Priced, counted, priced


class Budget(models.Model):
    """What running it would cost and bring in, as whoever asks reckons."""

    class Reclaims(models.TextChoices):
        ALL = "all", "All of it"
        PART = "part", "A part of it"
        NONE = "none", "None of it"
        UNKNOWN = "unknown", "We do not know"

    expression = models.OneToOneField(Expression, on_delete=models.PROTECT, related_name="budget")
    reclaims = models.CharField(max_length=10, choices=Reclaims)
    #: Where a part is reclaimed, how much in a hundred.
    percent = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reclaims__in=["all", "none", "unknown"], percent__isnull=True)
                | Q(reclaims="part", percent__isnull=False, percent__gte=1, percent__lte=99),
                name="a_budget_says_how_much_vat_is_reclaimed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expression}: budget"

    @property
    def percent_reclaimed(self) -> int:
        """How much of the VAT comes back; what is not known is not counted on."""
        return {self.Reclaims.ALL: 100, self.Reclaims.PART: self.percent or 0}.get(
            self.Reclaims(self.reclaims), 0
        )

    @property
    def reclaimed(self) -> str:
        """How much of the VAT they say comes back, in words."""
        if self.percent:
            return f"{self.percent} per cent of it"
        return self.Reclaims(self.reclaims).label

    def counted(self, lines: "Sequence[BudgetLine] | None" = None) -> Counted:
        """Add it up to the penny."""
        found = list(self.lines.all()) if lines is None else lines
        return counted([each.line for each in found], percent_reclaimed=self.percent_reclaimed)


class BudgetLine(models.Model):
    """One line of a budget: what comes in or what is paid, once or every year."""

    class Side(models.TextChoices):
        COST = "cost", "Cost"
        INCOME = "income", "Income"

    class Vat(models.TextChoices):
        NONE = Priced.NONE.value, "There is no VAT on it"
        WITHIN = Priced.WITHIN.value, "The amount includes VAT"
        ON_TOP = Priced.ON_TOP.value, "VAT comes on top"

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10, choices=Side)
    what = models.CharField(max_length=200)
    amount_pence = models.PositiveBigIntegerField()
    is_once = models.BooleanField(default=False)
    vat = models.CharField(max_length=10, choices=Vat, default=Vat.NONE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "order"], name="lines_of_a_budget_are_in_turn"
            ),
            models.CheckConstraint(
                condition=~Q(what="") & Q(amount_pence__gte=1),
                name="a_line_of_a_budget_says_what_and_how_much",
            ),
            models.CheckConstraint(
                condition=Q(side="cost", vat__in=["none", "within", "on-top"])
                | Q(side="income", vat="none"),
                name="a_line_of_a_budget_is_of_a_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def line(self) -> Line:
        """The line as it is added up."""
        is_cost = self.side == self.Side.COST
        return Line(self.amount_pence, is_cost, self.is_once, Priced(self.vat))

    @property
    def price(self) -> Price:
        """The amount without VAT, the VAT, and both."""
        return priced(self.amount_pence, Priced(self.vat))
