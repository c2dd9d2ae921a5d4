"""Fields that many forms ask for, each with its errors in plain words; and the form of a reason."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from waywarden.fabric.common.outgoing import NotReached, check_shown
from waywarden.fabric.forms.plain import PlainForm

THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
#: A choice that was not offered.
CHOOSE = "Choose one of those listed"


class PoundsField(forms.DecimalField):
    """Pounds as people write them, with commas between thousands or a pound sign."""

    def to_python(self, value: Any) -> Any:
        """Take away what is not a part of the number."""
        plain = (
            value.strip().removeprefix("£").replace(" ", "") if isinstance(value, str) else value
        )
        if isinstance(plain, str) and THOUSANDS.fullmatch(plain):
            plain = plain.replace(",", "")
        return super().to_python(plain)


class WebAddressField(forms.URLField):
    """A web address that others will follow: none that leads inside a private network."""

    def clean(self, value: Any) -> Any:
        """Refuse an address that nobody outside could open, or that leads where nobody should."""
        address = super().clean(value)
        try:
            if address:
                check_shown(address)
        except NotReached as refused:
            raise ValidationError(str(refused)) from None
        return address


def pence_of(pounds: Decimal) -> int:
    """Return what was typed as pounds in whole pence."""
    return int((pounds * 100).to_integral_value())


def in_pounds(pence: int | None) -> str | None:
    """Write pence, not below nothing, as a field of pounds holds them.

    >>> in_pounds(123450), in_pounds(5), in_pounds(None)
    ('1234.50', '0.05', None)
    """
    return None if pence is None else f"{pence // 100}.{pence % 100:02d}"


def pounds_field(
    label: str, *, help_text: str = "", required: bool = True, places: int = 2
) -> forms.DecimalField:
    """Ask for pounds and pence; with more places for rates under a penny."""
    example = "1,234.50" if places == 2 else "1,234.50 or 0.025"
    says = f"Enter an amount in pounds, such as {example}"
    wrong = ("required", "invalid", "min_value", "max_digits", "max_decimal_places")
    return PoundsField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=0,
        max_digits=12,
        decimal_places=places,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages=dict.fromkeys((*wrong, "max_whole_digits"), says),
    )


def number_field(
    label: str,
    *,
    least: int = 0,
    most: int,
    initial: int | None = None,
    required: bool = False,
    help_text: str = "",
) -> forms.IntegerField:
    """Ask for a whole number between two."""
    says = f"Enter a whole number from {least:,} to {most:,}"
    says += "" if required else ", or leave it blank"
    width = 3 if most < 1000 else 5
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        initial=initial,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": f"govuk-input--width-{width}"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), says),
    )


def line_field(
    label: str, *, asks: str, most: int = 200, required: bool = True, help_text: str = ""
) -> forms.CharField:
    """Ask for one line; ``asks`` is what to do where it is missing, such as "Name the option"."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        error_messages={
            "required": asks,
            "max_length": f"{asks} in {most:,} characters or fewer",
        },
    )


def words_field(
    label: str,
    *,
    asks: str = "Write what was said in a few words",
    most: int = 20_000,
    rows: int = 5,
    required: bool = False,
    help_text: str = "",
) -> forms.CharField:
    """Ask for some paragraphs."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": asks, "max_length": f"Write {most:,} characters or fewer"},
    )


def why_field(label: str = "Why?") -> forms.CharField:
    """Ask for a reason."""
    return words_field(label, asks="Say why", most=1000, rows=3, required=True)


class WhyForm(PlainForm):
    """Why something is done."""

    reason = why_field()
