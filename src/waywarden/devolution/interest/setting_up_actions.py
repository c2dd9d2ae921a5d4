"""Changes on the way to a body of their own: the form chosen, and the steps that are done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from waywarden.devolution.interest import policies
from waywarden.devolution.interest.actions import CannotAsk
from waywarden.devolution.interest.models import Expression, SetUpStep
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.rules.setting_up import FORMS, REGISTERED, LegalForm, number_of

Kind = Expression.Kind
#: Where the number of each register stands in an expression.
NUMBERS = {
    "company": "company_number",
    "charity": "charity_number",
    "society": "society_number",
}
#: What a body is once it is registered: the same as one that had asked as that.
BECOMES = {
    "company": Kind.COMPANY,
    "charity": Kind.VOLUNTARY,
    "society": Kind.COMPANY,
}


@dataclass(frozen=True)
class Done:
    """The day on which a step was done, and what is noted of it."""

    on: date
    noted: str = ""


@transaction.atomic
def choose_form(*, of: Expression, version: int, form: str, by: Actor) -> None:
    """Say which form the new body is to have."""
    CannotAsk.if_any(policies.obstacles_to_choosing_a_form(of, is_registered=_is_registered(of)))
    if of.version != version:
        raise Overtaken
    if of.legal_form == form:
        return
    before = {"legal_form": of.legal_form}
    Expression.objects.change_as_read(of, version, legal_form=form)
    after = {"legal_form": form}
    journal.write(by=by, did="chose a legal form", to=of.subject, before=before, after=after)


@transaction.atomic
def say_done(
    *, of: Expression, version: int, done: Mapping[str, Done], by: Actor, today: date
) -> None:
    """Say which steps are done; once it is registered, its number is the organisation's own."""
    form = FORMS.get(of.legal_form)
    number = _number(form, done)
    obstacles = policies.obstacles_to_stepping_on(
        of,
        days=[each.on for each in done.values()],
        number=number,
        is_registered=_is_registered(of),
        today=today,
    )
    CannotAsk.if_any(obstacles)
    if of.version != version:
        raise Overtaken
    held = {row.step: Done(row.done_on, row.noted) for row in of.set_up_steps.all()}
    written = {step: _written(step, each, number) for step, each in done.items()}
    if held == written:
        return
    Expression.objects.change_as_read(of, version, **_registered(form, number))
    _keep(of, written)
    before, after = _told(of, held, written), _told(of, written, held)
    did = "said which steps to a body of its own are done"
    journal.write(by=by, did=did, to=of.subject, before=before, after=after)


def _is_registered(of: Expression) -> bool:
    return of.set_up_steps.filter(step=REGISTERED).exists()


def _number(form: LegalForm | None, done: Mapping[str, Done]) -> str | None:
    """Return the number that was given, as its register writes it; none where none was."""
    said = done.get(REGISTERED)
    return None if form is None or said is None else number_of(form, said.noted)


def _registered(form: LegalForm | None, number: str | None) -> dict[str, str]:
    """Give what changes in an expression once the body is registered."""
    if form is None or not number:
        return {"legal_form": form.key if form else ""}
    return {NUMBERS[form.register]: number, "kind": BECOMES[form.register]}


def _written(step: str, said: Done, number: str | None) -> Done:
    return Done(said.on, number) if step == REGISTERED and number else said


def _keep(of: Expression, written: Mapping[str, Done]) -> None:
    of.set_up_steps.exclude(step__in=written).delete()
    for step, each in written.items():
        given = {"done_on": each.on, "noted": each.noted}
        SetUpStep.objects.update_or_create(expression=of, step=step, defaults=given)


def _told(of: Expression, steps: Mapping[str, Done], others: Mapping[str, Done]) -> dict[str, Any]:
    """Give the steps that differ, as the journal keeps them: what is noted may name people."""
    return {
        step: [
            str(each.on),
            journal.personal(each.noted, of=of.key) if each.noted else "",
        ]
        for step, each in steps.items()
        if others.get(step) != each
    }
