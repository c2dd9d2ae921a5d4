"""The form every page of ours starts from: its fields know how they are to look."""

from typing import Any, cast

from django import forms

from waywarden.fabric.forms.plain_words import speak_plainly

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    # Django derives it from the next one.
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.HiddenInput, ""),
    (forms.widgets.Input, "govuk-input"),
)
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d.%m.%Y"]


class PlainForm(forms.Form):
    """A form whose widgets carry the component library's classes, whatever their kind.

    Draw it with ``{{ form }}``; each field says its hint, its errors and what
    is optional. Give every field its own ``error_messages``; where one has none,
    it says what is wrong in plain words.
    """

    says_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()

    def dress(self) -> None:
        """Give each field its looks and words; a form that adds fields of its own does it anew."""
        for field in self.fields.values():
            field.widget.attrs["class"] = _classes(field.widget)
            speak_plainly(field)

    @property
    def status(self) -> int:
        """The status of a page that shows this form: 400 where it was sent and makes no sense."""
        return 400 if self.is_bound and not self.is_valid() else 200

    def get_context(self) -> dict[str, Any]:
        """Say above the form what is wrong with it, and with what it carries without showing it."""
        hidden = [error for field in self.hidden_fields() for error in field.errors]
        said = list(dict.fromkeys([*self.non_field_errors(), *hidden]))
        errors = self.error_class(said, error_class="nonfield", renderer=self.renderer)
        return super().get_context() | {"errors": errors}


class DayField(forms.DateField):
    """A day, typed as people type days or chosen from a calendar."""

    def __init__(self, **kwargs: Any) -> None:
        says = "Enter the date as day, month and year, such as 1/4/2026"
        widget = forms.DateInput(
            attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"
        )
        messages = {"invalid": says, "required": says} | kwargs.pop("error_messages", {})
        super().__init__(
            widget=widget, input_formats=DAY_FORMATS, error_messages=messages, **kwargs
        )


def _classes(widget: forms.Widget) -> str:
    ours = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
    given = cast(str, widget.attrs.get("class", ""))
    return " ".join(dict.fromkeys(f"{ours} {given}".split()))
