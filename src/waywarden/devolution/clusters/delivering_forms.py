"""What is asked of how a service is delivered: how often, what each way is like, which is meant."""

from typing import Any

from django import forms

from waywarden.devolution.clusters.actions.delivering import Choice, Statement, Work
from waywarden.devolution.clusters.forms import MONTH_NAMES
from waywarden.devolution.clusters.models import Role, Scope, Stated
from waywarden.devolution.interest.forms import one_of
from waywarden.fabric.forms.fields import (
    line_field,
    number_field,
    pence_of,
    pounds_field,
    words_field,
)
from waywarden.fabric.forms.plain import DayField
from waywarden.fabric.forms.versions import VersionedForm

MONTHS = [(str(number), name) for number, name in enumerate(MONTH_NAMES, 1)]
#: What is asked of each aspect; the cost is asked in pounds.
ASKED = {
    Stated.Aspect.JOBS: "Which jobs would there be, and for whom?",
    Stated.Aspect.TRAINING: "Who has to be trained in what?",
    Stated.Aspect.VAT: "Is VAT charged, and does anybody get it back?",
    Stated.Aspect.INSURANCE: "Who insures the work, and for how much?",
    Stated.Aspect.CAPACITY: "How much can be done in the busiest month?",
}


class WorkForm(VersionedForm):
    """How many times a year a service is done, and in which months."""

    visits = number_field("How many times a year is it done?", least=1, most=366, required=True)
    first_month = forms.ChoiceField(label="From which month?", choices=MONTHS)
    last_month = forms.ChoiceField(
        label="To which month?",
        choices=MONTHS,
        help_text="It may lie in the next year: from November to February.",
    )

    def work(self) -> Work:
        """Return what was typed."""
        said = self.cleaned_data
        first, last = int(said["first_month"]), int(said["last_month"])
        return Work(visits=said["visits"], first_month=first, last_month=last)


class ChooseForm(VersionedForm):
    """How a service is meant to be delivered."""

    intended = one_of("How is it meant to be delivered?", "Choose a way", Scope.Model.choices)
    intended_why = words_field("Why?", asks="Say why", required=True, most=2_000, rows=4)

    def choice(self) -> Choice:
        """Return what was chosen."""
        said = self.cleaned_data
        return Choice(intended=said["intended"], intended_why=said["intended_why"])


class StateForm(VersionedForm):
    """What somebody says of a way to deliver a service."""

    cost = pounds_field(
        "What would it cost, in pounds a year?",
        help_text="Without VAT. Leave blank what nobody has told you.",
        required=False,
    )
    said_by = line_field(
        "Who said so?",
        asks="Say who said so",
        help_text="A firm, group, insurer or office, and no private person’s name.",
    )
    said_on = DayField(label="When?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect, question in ASKED.items():
            self.fields[aspect.value] = words_field(question, most=500, rows=2)
        self.order_fields(["cost", *(aspect.value for aspect in ASKED)])
        self.dress()

    @property
    def kept(self) -> frozenset[str]:
        return super().kept - {"said_by", "said_on"}

    def statement(self, model: str, lead: Role | None) -> Statement:
        """Return what was typed, a cost in pence, and nothing where it was left blank.

        What the group or company that leads the service says is kept as its own, not by its name.
        """
        given = self.cleaned_data
        said: dict[str, str | int | None] = {
            aspect.value: given[aspect.value] or None for aspect in ASKED
        }
        said["cost"] = None if given["cost"] is None else pence_of(given["cost"])
        who = {"said_by": given["said_by"], "said_on": given["said_on"]}
        is_lead = lead is not None and lead.held_by == given["said_by"]
        expression = lead.expression if lead is not None and is_lead else None
        return Statement(model=model, said=said, expression=expression, **who)
