"""What a paper is called, and the file itself."""

from typing import Any

from django import forms

from waywarden.county.papers.models import Paper
from waywarden.fabric.documents.kinds import ACCEPTED, ENDINGS
from waywarden.fabric.forms.plain import PlainForm

CHOOSE = "Choose the file to add"
ENDS = ",".join([*(f".{ENDINGS[kind]}" for kind in ACCEPTED), ".jpeg"])


class PaperForm(PlainForm):
    """A paper to be added."""

    title = forms.CharField(
        max_length=200,
        help_text="Such as: Minutes of the meeting of 11 May 2026.",
        error_messages={
            "required": "Enter a title",
            "max_length": "The title must have 200 letters or fewer",
        },
    )
    kind = forms.ChoiceField(
        choices=Paper.Kind.choices,
        error_messages={
            "required": "Choose what kind of paper it is",
            "invalid_choice": "Choose what kind of paper it is from the list",
        },
    )
    is_public = forms.BooleanField(
        label="Everybody may read it",
        required=False,
        help_text="Otherwise only people who hold an office in this body may.",
    )
    # An empty file, and what a file is, are looked into by whoever keeps it.
    file = forms.FileField(
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

    def refuse(self, why: str) -> None:
        """Say why the file cannot be kept, beside it and in place of anything else said of it."""
        self.errors.pop("file", None)
        self.add_error("file", why)

    @property
    def details(self) -> dict[str, Any]:
        """What was said of the paper, without its file."""
        return {name: self.cleaned_data[name] for name in ("title", "kind", "is_public")}
