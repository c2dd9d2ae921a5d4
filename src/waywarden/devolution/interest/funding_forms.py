"""The forms of funds and awards."""

from collections.abc import Sequence
from typing import Any

from django import forms

from waywarden.devolution.interest.forms import choose, offer, one_of
from waywarden.devolution.interest.funding_actions import Terms
from waywarden.devolution.interest.models import Expression, Fund
from waywarden.fabric.common.wording import pounds
from waywarden.fabric.forms.fields import (
    CHOOSE,
    WebAddressField,
    in_pounds,
    line_field,
    pence_of,
    pounds_field,
    words_field,
)
from waywarden.fabric.forms.plain import DayField, PlainForm
from waywarden.fabric.forms.versions import VersionedForm


class FundFields(PlainForm):
    """What is known of a fund."""

    name = line_field("The name of the fund", asks="Enter the name")
    given_by = line_field("Who gives it", asks="Say who gives it")
    reach = one_of("Is it national or local?", "Choose which", Fund.Reach.choices)
    pays_for = one_of("What does it pay for?", "Choose what it pays for", Fund.For.choices)
    kinds = forms.MultipleChoiceField(
        label="Who may apply?",
        choices=Expression.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who may apply", "invalid_choice": CHOOSE},
    )
    criteria = words_field("By what is an application judged?", most=5_000)
    most = pounds_field("The most that one applicant is given, in pounds", required=False)
    opens_on = DayField(label="Opens on", required=False)
    closes_on = DayField(label="Closes on", help_text="The last day.", required=False)
    link = WebAddressField(
        label="Its page",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Enter an address, such as https://example.org/fund"},
    )
    source = words_field(
        "Where is this from?", asks="Say where this is from", required=True, rows=2, most=1000
    )
    checked_on = DayField(label="The day somebody looked at that source")
    pot = pounds_field(
        "All there is to give, in pounds",
        help_text="Only for a fund of your own council: what is left of it is then shown.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "Enter a day that is not before it opens")
        return cleaned

    def terms(self) -> Terms:
        """Return what is known of the fund."""
        said = {name: to for name, to in self.cleaned_data.items() if name in _TYPED}
        most, pot = (
            None if self.cleaned_data[name] is None else pence_of(self.cleaned_data[name])
            for name in ("most", "pot")
        )
        return Terms(most_pence=most, pot_pence=pot, **said)


_TYPED = frozenset(FundFields.base_fields) - {"most", "pot"}


def as_typed(fund: Fund) -> dict[str, object]:
    """Write a fund as its form holds it."""
    amounts = {"most": in_pounds(fund.most_pence), "pot": in_pounds(fund.pot_pence)}
    return {name: getattr(fund, name) for name in _TYPED} | amounts | {"version": fund.version}


class AddFundForm(FundFields):
    """A fund to be listed."""


class ChangeFundForm(FundFields, VersionedForm):
    """A fund put right."""


class NoWordsForm(PlainForm):
    """What is done without a word."""


class AwardForm(PlainForm):
    """How much of which fund."""

    fund = choose("Which fund?", required=True)
    amount = pounds_field("How much, in pounds?")

    def __init__(self, *args: Any, funds: Sequence[tuple[Fund, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._funds = {str(fund.pk): fund for fund, _ in funds}
        named = [(str(fund.pk), f"{fund}: {pounds(left)} left") for fund, left in funds]
        offer(self, "fund", [("", "Choose one"), *named])

    def chosen(self) -> tuple[Fund, int]:
        """Return the fund, and how much in pence."""
        return self._funds[self.cleaned_data["fund"]], pence_of(self.cleaned_data["amount"])
