"""How somebody wants to be told of each topic."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.notices.calendars import Followed
from waywarden.fabric.notices.models import How
from waywarden.fabric.notices.telling import topics


class PreferencesForm(PlainForm):
    """One choice for each topic that leaves one."""

    def __init__(self, *args: Any, chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, how in chosen.items():
            self.fields[key] = forms.ChoiceField(
                label=topics()[key].name,
                choices=How.choices,
                initial=how,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
                error_messages={
                    "required": "Choose how you want to hear of this",
                    "invalid_choice": "Choose one of the ways listed",
                },
            )


class FeedForm(PlainForm):
    """Whose dates a new calendar is to show."""

    def __init__(self, *args: Any, followed: Sequence[Followed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {each.key: each for each in followed}
        choices = [(each.key, each.shown_as) for each in followed]
        self.fields["followed"] = forms.ChoiceField(
            label="Whose dates?",
            choices=choices,
            initial=choices[0][0] if len(choices) == 1 else None,
            widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
            error_messages={
                "required": "Choose whose dates the calendar is to show",
                "invalid_choice": "Choose one of those listed",
            },
        )

    def clean_followed(self) -> Followed:
        return self.known[self.cleaned_data["followed"]]
