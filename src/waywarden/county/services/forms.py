import re
from decimal import Decimal
from typing import Any, cast

from django import forms

from waywarden.county.services.models import Quantity
from waywarden.fabric.common.wording import amount
from waywarden.fabric.forms.plain import DayField
from waywarden.fabric.forms.versions import VersionedForm

NEW, DISPUTE = "new", "dispute"
BETWEEN_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
COMMA = "Write a point before decimals, as in 12.5, and a comma only between thousands"


class AmountField(forms.DecimalField):
    """An amount as people write it, such as 1,200.5; nothing below zero."""

    #: What it is counted in, as far as that is known.
    unit = ""

    def __init__(self, **kwargs: Any) -> None:
        says = "Enter a number, such as 1,200 or 1,200.5"
        super().__init__(
            min_value=0,
            max_digits=12,
            decimal_places=3,
            widget=forms.TextInput(
                attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}
            ),
            error_messages={
                "invalid": says,
                "min_value": "Enter a number that is not below zero",
                "max_digits": says,
                "max_whole_digits": "Enter a number below one thousand million",
                "max_decimal_places": "Enter at most three places after the point",
            },
            **kwargs,
        )

    def in_words(self, value: Any) -> str:
        """Write an amount with its unit, whether it was read from a form or from a row."""
        try:
            return amount(int(Decimal(str(value).replace(",", "")) * 1000), self.unit)
        except ArithmeticError:
            return str(value)

    def to_python(self, value: Any) -> Any:
        """Take commas between thousands away, and refuse one that stands for a point."""
        if isinstance(value, str):
            value = value.replace(" ", "")
            if "," in value and not BETWEEN_THOUSANDS.fullmatch(value):
                raise forms.ValidationError(COMMA, code="comma")
            value = value.replace(",", "")
        return super().to_python(value)


class QuantityForm(VersionedForm):
    """A new figure with its source, or what is wrong with the one that is held."""

    what = forms.ChoiceField(
        label="What do you want to do?",
        choices=[
            (NEW, "Enter a figure that somebody counted or measured"),
            (DISPUTE, "Say that the figure is wrong, without having another"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you want to do", "invalid_choice": "Choose one"},
    )
    amount = AmountField(label="The figure", required=False)
    source = forms.CharField(
        label="Where is it from?",
        help_text="The document or the count it was read in. Do not name people.",
        max_length=500,
        required=False,
    )
    stated_on = DayField(label="The day it was counted, or the document’s date", required=False)
    dispute = forms.CharField(
        label="What is wrong with the figure held?",
        help_text="Everybody can read it. Do not name people.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )
    reason = forms.CharField(
        label="Why do you change it?",
        help_text="The council of the place is told, and everybody can read it. Name no person.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Say why you change another council’s figure"},
    )
    says_optional = False

    def __init__(self, *args: Any, asks_why: bool, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(AmountField, self.fields["amount"]).unit = unit
        if not asks_why:
            del self.fields["reason"]

    #: What each choice asks for, and what to say where it is missing.
    ASKED = {
        NEW: {
            "amount": "Enter the figure",
            "source": "Say where the figure is from",
            "stated_on": "Enter the day it was counted",
        },
        DISPUTE: {"dispute": "Say what is wrong with the figure"},
    }

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice made needs."""
        said = super().clean() or {}
        for name, sentence in self.ASKED.get(said.get("what", ""), {}).items():
            if said.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, sentence)
        if said.get("what") == DISPUTE and said.get("version") == 0:
            self.add_error("what", "No figure is held that could be disputed. Enter one.")
        return said

    @property
    def kept(self) -> frozenset[str]:
        """What the choice made is about; the rest is not looked at."""
        return frozenset({"what", *self.ASKED[self.cleaned_data["what"]]})

    @property
    def amount_milli(self) -> int:
        """The figure in thousandths of its unit."""
        return int(self.cleaned_data["amount"] * 1000)


def fields_of(held: Quantity | None) -> dict[str, Any]:
    """Return what the form starts with: the figure held, and which it is."""
    if held is None:
        return {"version": 0}
    given = {"version": held.pk, "dispute": held.dispute}
    if held.is_estimate:
        return given
    amount = (Decimal(held.amount_milli) / 1000).normalize()
    return given | {
        "amount": f"{amount:f}",
        "source": held.source,
        "stated_on": held.stated_on,
    }
