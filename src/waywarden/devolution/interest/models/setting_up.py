from django.db import models
from django.db.models import Q

from waywarden.devolution.interest.models.expressions import Expression
from waywarden.rules.setting_up import STEP_KEYS

#: Where the number of each register stands in an expression.
NUMBERS = {
    "company": "company_number",
    "charity": "charity_number",
    "society": "society_number",
}


class SetUpStep(models.Model):
    """One step to a body of their own that is done, on which day, and what is noted of it."""

    expression = models.ForeignKey(
        Expression, on_delete=models.PROTECT, related_name="set_up_steps"
    )
    step = models.CharField(max_length=20)
    done_on = models.DateField()
    noted = models.CharField(max_length=200, blank=True)
    #: What they were before it was registered, and the number they gave; blank at other steps.
    kind_before = models.CharField(max_length=10, blank=True)
    number_before = models.CharField(max_length=11, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["expression", "step"], name="a_step_is_done_once"),
            models.CheckConstraint(
                condition=Q(step__in=STEP_KEYS), name="a_step_is_one_of_setting_up"
            ),
            models.CheckConstraint(
                condition=~Q(step="registered") | ~Q(noted=""),
                name="what_is_registered_has_its_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expression}: {self.step}"
