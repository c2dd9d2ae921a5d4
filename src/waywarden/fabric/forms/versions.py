"""Two people change one thing: the second is shown both versions, and loses nothing typed.

One person who sends one form twice is no second person: what is saved already is answered as saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats

from waywarden.fabric.forms.drafts import NOT_TYPED, SENT
from waywarden.fabric.forms.once import SENT as ONCE
from waywarden.fabric.forms.plain import PlainForm

NOTHING = "Nothing"


class VersionedForm(PlainForm):
    """A form that changes a row only if the row is still as it was when the form was opened.

    Give it ``initial={..., "version": row.version}``, hand the version to the
    action, and answer ``Overtaken`` with ``answer_overtaken``.
    """

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @property
    def kept(self) -> frozenset[str]:
        """The fields whose values the row holds once they are saved; not a reason, for one."""
        return frozenset(field.name for field in self.visible_fields())


@runtime_checkable
class Measured(Protocol):
    """A field whose values have a unit, and that says how they are written with it."""

    def in_words(self, value: Any) -> str:
        """Write a value as a person reads it."""


@dataclass(frozen=True)
class Saved:
    """A row as somebody else has saved it meanwhile."""

    #: The values of the form's fields, as its ``initial`` would hold them.
    fields: Mapping[str, Any]
    version: int
    #: Who changed it last and when, as the journal says.
    by: str = ""
    at: datetime | None = None
    #: Where whoever keeps this version goes.
    url: str = "/"


@dataclass(frozen=True)
class Both:
    """One field in two versions, in words."""

    label: str
    theirs: str
    yours: str

    @property
    def differ(self) -> bool:
        """Whether the two say different things."""
        return self.theirs != self.yours


def answer_overtaken(request: HttpRequest, form: VersionedForm, saved: Saved) -> HttpResponse:
    """Say that it is saved where the row says by now what was sent; else show both versions."""
    if not all(_is_held(form[name], saved) for name in form.kept):
        return conflict_page(request, form, saved)
    messages.success(request, _what_is_saved(form))
    return redirect(saved.url)


def _what_is_saved(form: VersionedForm) -> str:
    """Say that it is saved; where a reason was typed too, that it stays as first given."""
    typed = [field for field in form.visible_fields() if field.name not in form.kept]
    if any(form.cleaned_data.get(field.name) for field in typed):
        return "This is saved already, with the reason first given. Nothing was changed."
    return "What you sent is saved."


def _is_held(field: forms.BoundField, saved: Saved) -> bool:
    try:
        held = field.field.clean(saved.fields.get(field.name))
    except ValidationError:
        return False
    return bool(held == field.form.cleaned_data.get(field.name))


def conflict_page(request: HttpRequest, form: VersionedForm, saved: Saved) -> HttpResponse:
    """Show both versions field by field, and the form with what was typed, ready to send on top."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data[form.add_prefix("version")] = str(saved.version)  # type: ignore[index]
    rows = [
        Both(str(field.label), in_words(field, saved.fields.get(field.name)), _typed(field))
        for field in form.visible_fields()
    ]
    own = {form.add_prefix(name) for name in form.fields}
    left_out = own | (NOT_TYPED - {"acting_in", SENT})
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in left_out
    ]
    context = {"form": form, "saved": saved, "rows": rows, "carried": carried}
    context |= {"has_key": ONCE in request.POST, "has_draft": SENT in request.POST}
    return render(request, "paperwork/conflict.html", context, status=409)


def _typed(field: forms.BoundField) -> str:
    return in_words(field, field.form.cleaned_data.get(field.name, field.data))


def in_words(field: forms.BoundField, value: Any) -> str:
    """Write a field's value as a person reads it."""
    if isinstance(value, list | tuple | set):
        return ", ".join(in_words(field, each) for each in value) or NOTHING
    labels = _labels(field.field)
    if value in labels:
        return labels[value]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value not in (None, "") and isinstance(field.field, Measured):
        return field.field.in_words(value)
    if isinstance(value, date):
        return formats.date_format(value, "j F Y")
    said = "" if value is None else str(value)
    return labels.get(said, said) or NOTHING


def _labels(field: forms.Field) -> dict[Any, str]:
    """Return the words of a field's choices, by what is sent for each and by what that means."""
    coerce = getattr(field, "coerce", str)
    choices = [(code, str(label)) for code, label in getattr(field, "choices", ()) if code != ""]
    return {key: label for code, label in choices for key in (str(code), coerce(code))}
