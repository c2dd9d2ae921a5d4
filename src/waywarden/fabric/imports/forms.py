"""What is sent to be taken in: a block of cells, or a file."""

from typing import Any

from django import forms

from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.imports.queries import MOST_BYTES

PASTED = "Pasted cells"


class SendForm(PlainForm):
    """A file, or cells copied from a spreadsheet with their row of headings."""

    says_optional = False

    file = forms.FileField(
        label="Send a file",
        required=False,
        max_length=200,
        help_text="CSV, Excel (.xlsx, .xls) or OpenDocument (.ods), up to 5 MB",
        error_messages={
            "empty": "The file is empty. Send one with a row of headings and rows below",
            "max_length": "The name of the file is too long. Shorten it",
        },
    )
    cells = forms.CharField(
        label="Or paste cells",
        required=False,
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="Copy the cells in your spreadsheet with their row of headings, and paste them",
        error_messages={"max_length": "That is more than can be pasted. Send it as a file"},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given = super().clean() or {}
        if self.errors:
            return given
        has_cells = bool(given.get("cells", "").strip())
        if given.get("file") and given["file"].size > MOST_BYTES:
            self.add_error("file", "The file is larger than 5 MB. Send it in smaller parts")
        elif bool(given.get("file")) == has_cells:
            self.add_error("file", "Choose a file or paste cells, one of the two")
        return given

    def sent(self) -> tuple[str, bytes]:
        """Return the name and the bytes of what was sent."""
        file = self.cleaned_data.get("file")
        if file:
            return file.name, file.read()
        return PASTED, self.cleaned_data["cells"].encode()


class ReasonForm(PlainForm):
    """Why somebody changes what is another council's; asked where a table would."""

    says_optional = False

    reason = forms.CharField(
        label="Why do you change it?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody can read it in the history. Name no person.",
        error_messages={"max_length": "The reason must be 500 letters or fewer"},
    )
