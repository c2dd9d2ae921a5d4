"""Changes to the catalogue and to quantities."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from waywarden.county.councils.models import Body
from waywarden.county.services import catalogue, policies, queries
from waywarden.county.services.models import (
    DeliveryModel,
    DutyVerification,
    Price,
    Quantity,
    Service,
    Standard,
)
from waywarden.county.services.noting import facts_of, line_of
from waywarden.county.services.telling import tell_of_a_table
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal.queries import last_about

COMPARED = (
    "amount_milli",
    "low_milli",
    "high_milli",
    "unit",
    "source",
    "stated_on",
    "confidence",
    "is_estimate",
    "is_disputed",
    "dispute",
    "claims_milli",
    "pin",
    "photo_id",
    "photo_shows",
    "is_example",
)


@transaction.atomic
def load_catalogue(*, by: Actor, today: date) -> int:
    """Bring the catalogue up to the package's; return how many services it has.

    A catalogue that is already held as it is written is left alone.
    """
    fingerprint = catalogue.fingerprint()
    to = Subject("catalogue", "services", "/services/")
    held = last_about(to)
    if held and held.after.get("fingerprint") == fingerprint:
        return Service.objects.count()
    before = _catalogue()
    _replace_catalogue()
    after = _catalogue()
    changed = {code for code in before | after if before.get(code) != after.get(code)}
    journal.write(
        by=by,
        did="loaded the service catalogue",
        to=to,
        before={"fingerprint": held.after["fingerprint"] if held else None}
        | {code: before[code] for code in sorted(changed & before.keys())},
        after={"fingerprint": fingerprint}
        | {code: after[code] for code in sorted(changed & after.keys())},
    )
    return Service.objects.count()


def _replace_catalogue() -> None:
    fields = list(catalogue.service_fields())
    Service.objects.bulk_create(
        [Service(**each) for each in fields],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name for name in fields[0] if name != "code"],
    )
    services = list(Service.objects.filter(code__in=[each["code"] for each in fields]))
    Standard.objects.filter(service__in=services).delete()
    Price.objects.filter(service__in=services).delete()
    Standard.objects.bulk_create(of for each in services for of in catalogue.standards(each))
    Price.objects.bulk_create(of for each in services for of in catalogue.prices(each))
    DeliveryModel.objects.all().delete()
    DeliveryModel.objects.bulk_create(catalogue.delivery_models())


def _catalogue() -> dict[str, Any]:
    """Return every service as plain values, with its standards and prices, by its code."""
    facts: dict[str, Any] = {}
    for service in Service.objects.prefetch_related("standards", "prices").order_by("code"):
        standards = sorted(_plain(standard) for standard in service.standards.all())
        prices = sorted(_plain(price) for price in service.prices.all())
        facts[service.code] = [_plain(service), standards, prices]
    models = sorted(_plain(model) for model in DeliveryModel.objects.all())
    return facts | ({"delivery models": models} if models else {})


def _plain(row: Model) -> str:
    """Write a record's own values as one line of JSON, without its keys in the database."""
    own = [
        field for field in row._meta.concrete_fields if not (field.primary_key or field.is_relation)
    ]
    values = {field.name: getattr(row, field.name) for field in own}
    return json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)


@transaction.atomic
def confirm_duty(*, service: Service, office: str, on: date, by: Actor, today: date) -> None:
    """Record that a monitoring officer confirms whose duty a service is by default.

    ``office`` names the office and its council, never a person. A later
    confirmation takes the place of an earlier one.
    """
    if on > today:
        raise Refusal(f"A confirmation cannot be dated {on:%-d %B %Y}, which is still to come.")
    held = DutyVerification.objects.select_for_update().filter(service=service).first()
    before = {"office": held.verified_by, "on": held.verified_on.isoformat()} if held else {}
    DutyVerification.objects.update_or_create(
        service=service, defaults={"verified_by": office, "verified_on": on}
    )
    after = {"office": office, "on": on.isoformat()}
    journal.write(
        by=by, did="confirmed a default duty", to=service.subject, before=before, after=after
    )


class CannotCorrect(Refusal):
    """A figure that cannot be changed as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Recorded:
    """How many quantities were new, replaced another, or were already held as they are."""

    new: int
    replaced: int
    unchanged: int


MEANWHILE = (
    "One of these figures was changed by somebody else meanwhile. Nothing was saved. Look at "
    "them again before you take them in."
)


@transaction.atomic
def record_quantities(
    *,
    of: Subject,
    quantities: Sequence[Quantity],
    by: Actor,
    today: date,
    seen: Sequence[int] | None = None,
    reason: str = "",
) -> Recorded:
    """Record quantities, each superseding the current one where it differs.

    ``seen`` holds for each the primary key of the figure that was shown, or 0
    where none was; where another counts by now, ``Overtaken`` is raised. A
    council says why it changes another's figures, and each other council is told
    once. Whoever loads the installation acts for none; each parish sees it all the same.
    """
    _refuse_other_units(quantities)
    current = _current_of(quantities)
    if seen is not None and seen != _keys_of(quantities, current):
        raise Overtaken(MEANWHILE)
    fresh = [q for q in quantities if not is_the_same(q, current.get((q.area_id, q.service_id)))]
    parishes = queries.parishes_of({q.area for q in fresh}, on=today)
    _refuse_unexplained(fresh, parishes, by=by, reason=reason)
    outdated = _held(fresh, current)
    Quantity.objects.filter(pk__in=[q.pk for q in outdated]).update(superseded_on=today)
    _keep(fresh)
    for body, figures in _by_council(fresh, parishes).items():
        journal.write(
            by=by,
            did="recorded quantities",
            to=replace(of, bodies=(body,)) if body else of,
            before={line_of(q): facts_of(q) for q in _held(figures, current)},
            after={line_of(q): facts_of(q) for q in figures},
            reason=reason,
        )
    if by.body:
        tell_of_a_table(fresh, current, by=by, today=today, reason=reason)
    return Recorded(len(fresh) - len(outdated), len(outdated), len(quantities) - len(fresh))


def _held(figures: Sequence[Quantity], current: dict[tuple[int, int], Quantity]) -> list[Quantity]:
    """Return what figures are put in place of."""
    return [current[key] for q in figures if (key := (q.area_id, q.service_id)) in current]


def _refuse_unexplained(
    fresh: Sequence[Quantity], parishes: dict[int, Body], *, by: Actor, reason: str
) -> None:
    """Refuse a council's change of another's figures without a reason; name the first such."""
    for figure in fresh if by.body else ():
        parish = parishes.get(figure.area_id)
        CannotCorrect.if_any(policies.obstacles_to_changing(parish=parish, by=by, reason=reason))


def _by_council(fresh: Sequence[Quantity], parishes: dict[int, Body]) -> dict[str, list[Quantity]]:
    """Part figures by the council in whose trail they stand; an estimate is in none's."""
    found: dict[str, list[Quantity]] = {}
    for figure in fresh:
        parish = None if figure.is_estimate else parishes.get(figure.area_id)
        found.setdefault(parish.key if parish else "", []).append(figure)
    return found


def _refuse_other_units(quantities: Sequence[Quantity]) -> None:
    for quantity in quantities:
        if quantity.unit != quantity.service.unit:
            raise Refusal(
                f"{quantity.service} is counted in {quantity.service.unit}, not in {quantity.unit}."
            )


def _keys_of(quantities: Sequence[Quantity], current: dict[tuple[int, int], Quantity]) -> list[int]:
    held = [current.get((quantity.area_id, quantity.service_id)) for quantity in quantities]
    return [quantity.pk if quantity else 0 for quantity in held]


def _keep(fresh: Sequence[Quantity]) -> None:
    """Keep figures that put aside what was held; where others count by now, keep none."""
    try:
        with transaction.atomic():
            Quantity.objects.bulk_create(fresh, batch_size=500)
    except IntegrityError as error:
        if _current_of(fresh):
            raise Overtaken(MEANWHILE) from error
        raise


def _current_of(quantities: Sequence[Quantity]) -> dict[tuple[int, int], Quantity]:
    areas = {q.area_id for q in quantities}
    services = {q.service_id for q in quantities}
    rows = Quantity.objects.current().filter(area__in=areas, service__in=services)
    # In one order always: two who change the same figures must not wait for one another.
    rows = rows.select_for_update(of=("self",)).select_related("area", "service").order_by("pk")
    return {(row.area_id, row.service_id): row for row in rows}


def is_the_same(quantity: Quantity, held: Quantity | None) -> bool:
    """Whether a quantity says what is held already."""
    return held is not None and all(
        getattr(quantity, name) == getattr(held, name) for name in COMPARED
    )


@transaction.atomic
def withdraw_examples(*, by: Actor, today: date) -> int:
    """Withdraw the made-up quantities; what each had superseded counts again.

    Returns how many there were.
    """
    found = Quantity.objects.examples()
    examples = list(found.select_related("area", "service"))
    if not examples:
        return 0
    found.update(withdrawn_on=today)
    restored = {line_of(q): q for example in examples if (q := _superseded_by(example))}
    Quantity.objects.filter(pk__in=[q.pk for q in restored.values()]).update(superseded_on=None)
    journal.write(
        by=by,
        did="withdrew example quantities",
        to=Subject("examples", "quantities"),
        before={line_of(example): facts_of(example) for example in examples},
        after={
            line_of(e): facts_of(q) if (q := restored.get(line_of(e))) else None for e in examples
        },
    )
    return len(examples)


def _superseded_by(example: Quantity) -> Quantity | None:
    """Return the quantity an example had put aside, unless another counts by now."""
    same = Quantity.objects.filter(area=example.area_id, service=example.service_id)
    if same.current().exists():
        return None
    earlier = same.filter(is_example=False, superseded_on__isnull=False, withdrawn_on__isnull=True)
    return earlier.select_related("area", "service").order_by("recorded_at", "pk").last()
