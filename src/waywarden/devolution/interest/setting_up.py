"""How far those who ask are on the way to a body of their own, as the pages show it."""

from dataclasses import dataclass

from waywarden.devolution.interest.models import Expression, SetUpStep
from waywarden.rules.setting_up import FORMS, REGISTERED, LegalForm, Step, steps_of


@dataclass(frozen=True)
class OnTheWay:
    """One step of the form that was chosen, and when it was done, if it is."""

    step: Step
    done: SetUpStep | None


@dataclass(frozen=True)
class SettingUp:
    """The form that was chosen, and its steps in turn."""

    form: LegalForm
    steps: list[OnTheWay]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(each.done is not None for each in self.steps)

    @property
    def next(self) -> Step | None:
        """The first step that is not done; none where all are."""
        return next((each.step for each in self.steps if each.done is None), None)


def setting_up_of(of: Expression) -> SettingUp | None:
    """Return how far they are; none where no form was chosen."""
    form = FORMS.get(of.legal_form)
    if form is None:
        return None
    held = {row.step: row for row in of.set_up_steps.all()}
    return SettingUp(form, [OnTheWay(step, held.get(step.key)) for step in steps_of(form)])


def is_registered(held: SettingUp | None) -> bool:
    """Whether the step at which it is registered is done."""
    steps = held.steps if held else []
    return any(each.done is not None for each in steps if each.step.key == REGISTERED)
