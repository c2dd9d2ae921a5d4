"""What is asked of whoever proposes a recovery."""

from datetime import date
from typing import Any

from django import forms

from waywarden.county.councils.models import Body
from waywarden.county.offices.actions import Offer
from waywarden.county.offices.forms import (
    A_YEAR,
    address_field,
    kind_field,
    kinds_of_office,
    offer_kinds,
    reason_field,
)
from waywarden.county.people.permissions import APPOINTERS
from waywarden.fabric.forms.plain import DayField, PlainForm


class RecoverForm(PlainForm):
    """Who is to be let into a body again, and why."""

    address = address_field()
    kind = kind_field()
    ends_on = DayField(label="Last day of the office")
    reason = reason_field("Why nobody in the body can do it, and how you know whose address it is")

    def __init__(self, *args: Any, body: Body, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"ends_on": today + A_YEAR}, **kwargs)
        self._today = today
        offer_kinds(self, [kind for kind in kinds_of_office(body) if kind in APPOINTERS])

    def clean_ends_on(self) -> date:
        """Refuse a day that is over: an office begins on the day it is accepted."""
        last: date = self.cleaned_data["ends_on"]
        if last < self._today:
            raise forms.ValidationError("Enter a last day that is today or later")
        return last

    def offer(self) -> Offer:
        """Return what is proposed."""
        given = self.cleaned_data
        return Offer(given["address"], given["kind"], self._today, given["ends_on"])
