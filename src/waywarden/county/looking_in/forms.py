"""What is asked of whoever looks in from outside."""

from django import forms

from waywarden.county.looking_in.models import MOST_HOURS
from waywarden.county.offices.forms import reason_field
from waywarden.fabric.forms.plain import PlainForm


class AccessForm(PlainForm):
    """Why somebody from outside looks in, and for how long."""

    reason = reason_field("Why you need to look in")
    hours = forms.IntegerField(
        label="For how many hours",
        help_text=f"From 1 to {MOST_HOURS}. It ends by itself.",
        min_value=1,
        max_value=MOST_HOURS,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Enter a whole number from 1 to {MOST_HOURS}",
        ),
    )
