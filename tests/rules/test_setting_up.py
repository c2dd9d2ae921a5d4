"""Setting up a body that can sign: every form has its regulator, its law, its steps, its number."""

import pytest

from waywarden.rules.setting_up import (
    FORMS,
    READERS,
    REGISTERED,
    STEP_KEYS,
    SUCH,
    number_of,
    steps_of,
)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_has_the_steps_in_turn_and_says_who_registers_it(form) -> None:
    steps = steps_of(form)

    assert tuple(step.key for step in steps) == STEP_KEYS
    assert form.regulator in steps[0].says
    assert "Act" in form.law
    assert form.register in READERS
    assert form.register in SUCH


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_number_of_each_register_is_asked_for_at_its_step(form) -> None:
    registered = next(step for step in steps_of(form) if step.key == REGISTERED)

    assert registered.noted == "Its number"
    example = SUCH[form.register].rsplit(" ", 1)[1]
    assert number_of(form, example.lower()) == example
    assert number_of(form, "soon") == ""
