"""The forms of the way to a body of their own."""

from datetime import date
from typing import Any

from waywarden.devolution.interest.forms import one_of
from waywarden.devolution.interest.models import SetUpStep
from waywarden.devolution.interest.setting_up import SettingUp
from waywarden.devolution.interest.setting_up_actions import Done
from waywarden.fabric.forms.fields import line_field
from waywarden.fabric.forms.plain import DayField
from waywarden.fabric.forms.versions import VersionedForm
from waywarden.rules.setting_up import FORMS


class LegalFormForm(VersionedForm):
    """Which form the new body is to have."""

    form = one_of(
        "Which form is it to have?",
        "Choose a form",
        [(form.key, f"{form.name}. {form.means}") for form in FORMS.values()],
    )


class StepsForm(VersionedForm):
    """Which steps are done, on which day, and what is noted of each."""

    def __init__(self, *args: Any, setting_up: SettingUp | None, **kwargs: Any) -> None:
        self._steps = [each.step for each in setting_up.steps] if setting_up else []
        super().__init__(*args, **kwargs)
        for step in self._steps:
            self.fields[f"on_{step.key}"] = DayField(
                label=f"{step.name}: the day", help_text=step.says, required=False
            )
            if step.noted:
                self.fields[f"noted_{step.key}"] = line_field(
                    f"{step.name}: {step.noted.lower()}", asks="Write it", required=False
                )
        self.dress()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for step in self._steps:
            day = f"on_{step.key}"
            if cleaned.get(f"noted_{step.key}") and not cleaned.get(day) and day not in self.errors:
                self.add_error(day, "Enter the day on which it was done")
        return cleaned

    def done(self) -> dict[str, Done]:
        """Return the steps that are done: those with a day."""
        said = self.cleaned_data
        days: dict[str, date | None] = {step.key: said[f"on_{step.key}"] for step in self._steps}
        return {
            key: Done(on, said.get(f"noted_{key}", ""))
            for key, on in days.items()
            if on is not None
        }


def as_typed(held: list[SetUpStep]) -> dict[str, object]:
    """Write the steps that are done as their form holds them."""
    typed: dict[str, object] = {}
    for row in held:
        typed |= {f"on_{row.step}": row.done_on, f"noted_{row.step}": row.noted}
    return typed
