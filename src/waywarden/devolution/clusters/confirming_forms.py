"""What is asked of whoever records what the monitoring officer confirms of a cluster."""

from django import forms

from waywarden.devolution.offers.power_forms import ConfirmForm
from waywarden.fabric.forms.fields import words_field


class ConfirmClusterForm(ConfirmForm):
    """Which warnings about a cluster are confirmed, on which day, and where that can be read."""

    warnings = forms.MultipleChoiceField(
        label="What the monitoring officer confirms",
        help_text="That the cluster may rest on this power all the same, whatever is asked here. "
        "What you leave out stays open.",
        widget=forms.CheckboxSelectMultiple,
        error_messages=ConfirmForm.base_fields["warnings"].error_messages,
    )
    note = words_field(
        "What was said, if it should be kept",
        help_text="It stands in the history of this cluster, which its members read. Do not name "
        "people.",
        most=1000,
        rows=3,
    )
