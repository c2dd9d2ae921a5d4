"""Changes on the way to a body of their own: the form chosen, and the steps that are done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from waywarden.devolution.interest import policies, queries
from waywarden.devolution.interest.actions import CannotAsk, as_kept
from waywarden.devolution.interest.models import NUMBERS, Expression, SetUpStep
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.rules.setting_up import FORMS, OF_ONE_FORM, REGISTERED, LegalForm, number_of

Kind = Expression.Kind
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
def choose_form(*, of: Expression, version: int, form: str, by: Actor) -> bool:
    """Say which form the new body is to have; return whether steps of the one before are undone."""
    CannotAsk.if_any(policies.obstacles_to_choosing_a_form(of, is_registered=_is_registered(of)))
    if of.version != version:
        raise Overtaken
    if of.legal_form == form:
        return False
    undone = of.set_up_steps.filter(step__in=OF_ONE_FORM)
    held = {row.step: Done(row.done_on, row.noted) for row in undone}
    before = {"legal_form": of.legal_form} | _told(of, held, {})
    Expression.objects.change_as_read(of, version, legal_form=form)
    undone.delete()
    after = {"legal_form": form}
    journal.write(by=by, did="chose a legal form", to=of.subject, before=before, after=after)
    return bool(held)


@transaction.atomic
def say_done(
    *, of: Expression, version: int, done: Mapping[str, Done], by: Actor, today: date
) -> None:
    """Say which steps are done; once it is registered, its number is the organisation's own."""
    number = _number(FORMS.get(of.legal_form), done)
    obstacles = policies.obstacles_to_stepping_on(
        of,
        days=[each.on for each in done.values()],
        number=number,
        keeps_number=_is_registered(of) and queries.is_awarded(of),
        today=today,
    )
    CannotAsk.if_any(obstacles)
    if of.version != version:
        raise Overtaken
    held = {row.step: Done(row.done_on, row.noted) for row in of.set_up_steps.all()}
    written = {step: _written(step, each, number) for step, each in done.items()}
    if held == written:
        return
    now = _registered(of, FORMS[of.legal_form], number)
    were = {name: getattr(of, name) for name in now}
    Expression.objects.change_as_read(of, version, **now)
    _keep(of, written, were)
    before = _told(of, held, written) | _differing(of, were, now)
    after = _told(of, written, held) | _differing(of, now, were)
    did = "said which steps to a body of its own are done"
    journal.write(by=by, did=did, to=of.subject, before=before, after=after)


def _is_registered(of: Expression) -> bool:
    return of.set_up_steps.filter(step=REGISTERED).exists()


def _number(form: LegalForm | None, done: Mapping[str, Done]) -> str | None:
    """Return the number that was given, as its register writes it; none where none was."""
    said = done.get(REGISTERED)
    return None if form is None or said is None else number_of(form, said.noted)


def _registered(of: Expression, form: LegalForm, number: str | None) -> dict[str, str]:
    """Give kind and number as they are with the step, and without it as they were before."""
    column, row = NUMBERS[form.register], of.set_up_steps.filter(step=REGISTERED).first()
    if number:
        return {column: number, "kind": BECOMES[form.register]}
    if row is not None:
        return {column: row.number_before, "kind": row.kind_before}
    return {column: getattr(of, column), "kind": of.kind}


def _written(step: str, said: Done, number: str | None) -> Done:
    return Done(said.on, number) if step == REGISTERED and number else said


def _keep(of: Expression, written: Mapping[str, Done], were: Mapping[str, str]) -> None:
    """Keep the steps; that at which it was registered with what it was before."""
    of.set_up_steps.exclude(step__in=written).delete()
    number = next(value for name, value in were.items() if name != "kind")
    for step, each in written.items():
        given = {"done_on": each.on, "noted": each.noted}
        was = {"kind_before": were["kind"], "number_before": number} if step == REGISTERED else {}
        SetUpStep.objects.update_or_create(
            expression=of, step=step, defaults=given, create_defaults=given | was
        )


def _differing(of: Expression, own: Mapping[str, str], other: Mapping[str, str]) -> dict[str, Any]:
    """Give what differs of kind and number, as the journal keeps it."""
    return {name: as_kept(of, name, value) for name, value in own.items() if other[name] != value}


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
