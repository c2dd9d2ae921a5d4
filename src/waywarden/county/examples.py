"""Made-up records for a demonstration, each plainly marked, and how to be rid of them again."""

import tomllib
from datetime import date
from importlib import resources
from typing import Any

from django.db import transaction

from waywarden.county.councils import actions as councils
from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area
from waywarden.county.services import actions as services
from waywarden.county.services.models import Quantity, Service
from waywarden.fabric.common.models import Confidence
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor, Subject

ABOUT = Subject("examples", "demonstration")


@transaction.atomic
def load_examples(*, by: Actor, today: date) -> int:
    """Record the made-up bodies and quantities; return how many there are.

    Loading them again changes nothing. They speak of places in Oxfordshire, so
    that county must be loaded first.
    """
    written = _written()
    keys = {row["place"] for row in written["quantity"]}
    areas = {area.key: area for area in Area.objects.filter(key__in=keys)}
    if len(areas) < len(keys):
        raise Refusal("The examples are about Oxfordshire. First run: waywarden load oxfordshire")
    bodies = [Body(**row, is_example=True) for row in written["body"]]
    held = Body.objects.in_bulk([body.key for body in bodies], field_name="key")
    if any(body.withdrawn_on for body in held.values()):
        raise Refusal("The examples were shed from this installation and do not come back.")
    if new := [body for body in bodies if body.key not in held]:
        councils.record_bodies(of=ABOUT, bodies=new, by=by, today=today)
    quantities = [_quantity(row, areas) for row in written["quantity"]]
    services.record_quantities(of=ABOUT, quantities=quantities, by=by, today=today)
    return len(bodies) + len(quantities)


@transaction.atomic
def shed_examples(*, by: Actor, today: date) -> int:
    """Withdraw every made-up record; return how many there were."""
    withdrawn = councils.withdraw_examples(by=by, today=today)
    return withdrawn + services.withdraw_examples(by=by, today=today)


def _quantity(row: dict[str, Any], areas: dict[str, Area]) -> Quantity:
    service = Service.objects.get(code=row["service"])
    return Quantity(
        area=areas[row["place"]],
        service=service,
        amount_milli=row["amount_milli"],
        unit=service.unit,
        source=row["source"],
        stated_on=row["stated_on"],
        confidence=Confidence.ESTIMATE,
        is_estimate=False,
        is_disputed="dispute" in row,
        dispute=row.get("dispute", ""),
        is_example=True,
    )


def _written() -> dict[str, Any]:
    path = resources.files("waywarden.data").joinpath("oxfordshire/examples.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
