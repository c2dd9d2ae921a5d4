"""Changes to the catalogue and to quantities."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model

from waywarden.county.services import catalogue
from waywarden.county.services.models import (
    DeliveryModel,
    DutyVerification,
    Price,
    Quantity,
    Service,
    Standard,
)
from waywarden.fabric.common.refusals import Refusal
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
    for fields in catalogue.service_fields():
        service, _ = Service.objects.update_or_create(code=fields["code"], defaults=fields)
        service.standards.all().delete()
        service.prices.all().delete()
        Standard.objects.bulk_create(catalogue.standards(service))
        Price.objects.bulk_create(catalogue.prices(service))
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
        raise Refusal(f"A confirmation cannot be dated {on:%d %B %Y}, which is still to come.")
    held = DutyVerification.objects.select_for_update().filter(service=service).first()
    before = {"office": held.verified_by, "on": held.verified_on.isoformat()} if held else {}
    DutyVerification.objects.update_or_create(
        service=service, defaults={"verified_by": office, "verified_on": on}
    )
    after = {"office": office, "on": on.isoformat()}
    journal.write(
        by=by, did="confirmed a default duty", to=service.subject, before=before, after=after
    )


@dataclass(frozen=True)
class Recorded:
    """How many quantities were new, replaced another, or were already held as they are."""

    new: int
    replaced: int
    unchanged: int


@transaction.atomic
def record_quantities(
    *, of: Subject, quantities: Sequence[Quantity], by: Actor, today: date
) -> Recorded:
    """Record quantities, each superseding the current one where it differs."""
    for quantity in quantities:
        if quantity.unit != quantity.service.unit:
            raise Refusal(
                f"{quantity.service} is counted in {quantity.service.unit}, not in {quantity.unit}."
            )
    current = _current_of(quantities)
    fresh = [q for q in quantities if not _same(q, current.get((q.area_id, q.service_id)))]
    outdated = [current[key] for q in fresh if (key := (q.area_id, q.service_id)) in current]
    Quantity.objects.filter(pk__in=[q.pk for q in outdated]).update(superseded_on=today)
    Quantity.objects.bulk_create(fresh, batch_size=500)
    if fresh:
        before = {_line(q): _facts(q) for q in outdated}
        after = {_line(q): _facts(q) for q in fresh}
        journal.write(by=by, did="recorded quantities", to=of, before=before, after=after)
    return Recorded(len(fresh) - len(outdated), len(outdated), len(quantities) - len(fresh))


def _current_of(quantities: Sequence[Quantity]) -> dict[tuple[int, int], Quantity]:
    areas = {q.area_id for q in quantities}
    services = {q.service_id for q in quantities}
    rows = Quantity.objects.current().filter(area__in=areas, service__in=services)
    rows = rows.select_for_update(of=("self",)).select_related("area", "service")
    return {(row.area_id, row.service_id): row for row in rows}


def _same(quantity: Quantity, held: Quantity | None) -> bool:
    return held is not None and all(
        getattr(quantity, name) == getattr(held, name) for name in COMPARED
    )


def _line(quantity: Quantity) -> str:
    return f"{quantity.area.key} {quantity.service.code}"


def _facts(quantity: Quantity) -> list[Any]:
    stated = quantity.stated_on.isoformat() if quantity.stated_on else None
    range_ = [quantity.low_milli, quantity.high_milli] if quantity.is_estimate else None
    return [
        quantity.amount_milli,
        range_,
        quantity.unit,
        quantity.source,
        stated,
        quantity.confidence,
    ]


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
    restored = {_line(q): q for example in examples if (q := _superseded_by(example))}
    Quantity.objects.filter(pk__in=[q.pk for q in restored.values()]).update(superseded_on=None)
    journal.write(
        by=by,
        did="withdrew example quantities",
        to=Subject("examples", "quantities"),
        before={_line(example): _facts(example) for example in examples},
        after={_line(e): _facts(q) if (q := restored.get(_line(e))) else None for e in examples},
    )
    return len(examples)


def _superseded_by(example: Quantity) -> Quantity | None:
    """Return the quantity an example had put aside, unless another counts by now."""
    same = Quantity.objects.filter(area=example.area_id, service=example.service_id)
    if same.current().exists():
        return None
    earlier = same.filter(is_example=False, superseded_on__isnull=False, withdrawn_on__isnull=True)
    return earlier.select_related("area", "service").order_by("recorded_at", "pk").last()
