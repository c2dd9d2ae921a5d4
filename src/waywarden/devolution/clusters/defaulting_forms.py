"""What is asked of a member that did not pay, and of its paying after all."""

from decimal import Decimal

from django import forms

from waywarden.devolution.clusters.defaulting import Unpaid
from waywarden.devolution.clusters.models import Default
from waywarden.fabric.forms.fields import CHOOSE, line_field, pence_of, pounds_field, why_field
from waywarden.fabric.forms.plain import DayField, PlainForm


class UnpaidForm(PlainForm):
    """What a member did not pay."""

    unpaid = pounds_field("How much has it not paid, in pounds without VAT?")
    due_on = DayField(label="The day by which it was to pay")
    reference = line_field(
        "What shows it?",
        asks="Say what shows it",
        help_text="The invoice, a resolution or a minute. Name no person.",
    )

    def clean_unpaid(self) -> Decimal:
        unpaid: Decimal = self.cleaned_data["unpaid"]
        if not unpaid:
            raise forms.ValidationError("Enter more than nought")
        return unpaid

    def said(self) -> Unpaid:
        """Return what was typed, in pence."""
        said = self.cleaned_data
        given = {"due_on": said["due_on"], "reference": said["reference"]}
        return Unpaid(unpaid_pence=pence_of(said["unpaid"]), **given)


class PaidForm(PlainForm):
    """When something was paid, and what shows it."""

    paid_on = DayField(label="The day it was paid")
    reference = line_field(
        "What shows it?",
        asks="Say what shows it",
        help_text="The receipt or the line in the accounts. Name no person.",
    )


class EndForm(PlainForm):
    """How what is unpaid ends without being paid, and why."""

    ending = forms.ChoiceField(
        label="How does it end?",
        choices=Default.Ending.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it ends", "invalid_choice": CHOOSE},
    )
    why = why_field("Why? Name no person.")
