"""The forms of a list: what it may be filtered by, and the name of a filter that is kept."""

from typing import Any

from django import forms
from django.urls import Resolver404, resolve

from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.tables.lists import MOST_LETTERS, ListPage
from waywarden.fabric.tables.models import LONGEST_NAME, LONGEST_QUERY


class FilterForm(PlainForm):
    """One field for each column of a list that can be filtered, holding what was asked."""

    says_optional = False

    def __init__(self, page: ListPage[Any]) -> None:
        super().__init__(initial=page.filters)
        for column in page.columns:
            if column.filtered:
                self.fields[column.name] = _field(page, column.name, column.heading or column.name)
        self._dress()

    def _dress(self) -> None:
        for field in self.fields.values():
            css = "govuk-select" if isinstance(field, forms.ChoiceField) else "govuk-input"
            field.widget.attrs["class"] = css


def _field(page: ListPage[Any], name: str, label: str) -> forms.Field:
    if name not in page.choices:
        return forms.CharField(label=f"{label} contains", required=False, max_length=MOST_LETTERS)
    offered = [(text, text) for text in page.choices[name]]
    return forms.ChoiceField(label=label, required=False, choices=[("", "All"), *offered])


class SaveViewForm(PlainForm):
    """A name for a filter of a list of ours."""

    name = forms.CharField(
        label="Name of this view",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter a name for the view, such as Cherwell by size",
            "max_length": f"The name must be {LONGEST_NAME} letters or fewer",
        },
    )
    path = forms.CharField(widget=forms.HiddenInput, max_length=300)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_QUERY)

    def clean_path(self) -> str:
        """Keep only addresses of ours: a saved view must not lead away."""
        path: str = self.cleaned_data["path"]
        try:
            resolve(path)
        except Resolver404:
            raise forms.ValidationError("There is no such list here") from None
        return path
