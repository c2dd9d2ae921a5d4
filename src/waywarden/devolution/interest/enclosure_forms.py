"""The form of a paper that comes with an expression."""

from typing import Any

from django import forms

from waywarden.devolution.interest.enclosure_actions import Enclosed
from waywarden.devolution.interest.forms import one_of
from waywarden.devolution.interest.models import Enclosure
from waywarden.fabric.documents.kinds import ACCEPTED, ENDINGS
from waywarden.fabric.forms.plain import DayField, PlainForm

CHOOSE = "Choose the file to add"
ENDS = ",".join([*(f".{ENDINGS[kind]}" for kind in ACCEPTED), ".jpeg"])


class EnclosureForm(PlainForm):
    """What a paper is, and its file."""

    kind = one_of("What is it?", "Choose what it is", Enclosure.Kind.choices)
    ends_on = DayField(
        label="The last day it covers", help_text="For insurance alone.", required=False
    )
    # An empty file, and what a file is, are looked into by whoever keeps it.
    file = forms.FileField(
        label="The file",
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ENDS}),
        help_text=(
            "A PDF, a picture (JPEG, PNG or WebP), a Word, Excel or OpenDocument file without "
            "macros, plain text or CSV. Of pictures, the place and time they were taken at are "
            "removed, and large ones are made smaller."
        ),
        error_messages={"required": CHOOSE, "invalid": CHOOSE, "missing": CHOOSE},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_insurance = cleaned.get("kind") == Enclosure.Kind.INSURANCE
        if is_insurance and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", "Enter the last day the insurance covers")
        return cleaned

    def refuse(self, why: str) -> None:
        """Say why the file cannot be kept, beside it and in place of anything else said of it."""
        self.errors.pop("file", None)
        self.add_error("file", why)

    def said(self) -> Enclosed:
        """Return what the paper is; only insurance has a last day."""
        kind = self.cleaned_data["kind"]
        is_insurance = kind == Enclosure.Kind.INSURANCE
        return Enclosed(kind=kind, ends_on=self.cleaned_data["ends_on"] if is_insurance else None)


class TakePaperBackForm(PlainForm):
    """Taking a paper back needs no words."""
