"""What is asked of whoever records what the monitoring officer confirms."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms

from waywarden.county.decisions.relying import Found
from waywarden.devolution.offers.models import Round
from waywarden.devolution.offers.policies import key_of
from waywarden.devolution.offers.power_actions import Confirmed
from waywarden.fabric.forms.fields import line_field, words_field
from waywarden.fabric.forms.plain import DayField, PlainForm


class ConfirmForm(PlainForm):
    """Which warnings are confirmed, on which day, and where that can be read."""

    warnings = forms.MultipleChoiceField(
        label="What the monitoring officer confirms",
        help_text="That the offer may rest on this power all the same, whatever is asked here. "
        "What you leave out stays open.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose what is confirmed",
            "invalid_choice": "Choose from those that are open: one was confirmed, or fell away, "
            "meanwhile",
        },
    )
    given_on = DayField(label="The day it was confirmed")
    reference = line_field(
        "Where it can be read",
        asks="Say where it can be read, such as the day and subject of an e-mail",
        help_text="Such as the reference of the advice, or the day and subject of an e-mail.",
    )
    note = words_field(
        "What was said, if it should be kept",
        help_text="It stands in the history of this offer, which everybody reads. Do not name "
        "people.",
        most=1000,
        rows=3,
    )

    def __init__(
        self, *args: Any, of: Round, standing: Sequence[Found], is_own: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key_of(of, found), found.asks) for found in standing]
        cast(forms.MultipleChoiceField, self.fields["warnings"]).choices = choices
        self._is_own = is_own
        if is_own:
            self.fields["reference"].required = False
            self.fields["reference"].help_text = "If you have written it down elsewhere."

    def said(self) -> Confirmed:
        """Return what is confirmed."""
        said = self.cleaned_data
        given_on: date = said["given_on"]
        return Confirmed(
            warnings=said["warnings"],
            given_on=given_on,
            reference=said["reference"],
            note=said["note"],
            is_noted=not self._is_own,
        )
