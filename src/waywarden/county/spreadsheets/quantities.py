"""Measured quantities, as a table or as map features with their properties."""

from collections.abc import Sequence
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS, speaks_for_county
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.county.places.naming import PlaceNames
from waywarden.county.services import actions, policies
from waywarden.county.services import queries as services
from waywarden.county.services.importing import COLUMNS, WANTED
from waywarden.county.services.importing import Reading as QuantityReading
from waywarden.county.services.models import Quantity, Service
from waywarden.county.services.permissions import may_correct
from waywarden.county.spreadsheets.features import sheet_of_features
from waywarden.fabric.common.models import DatedQuerySet
from waywarden.fabric.common.wording import amount
from waywarden.fabric.imports.kinds import (
    MOST_WRONG,
    ImportKind,
    Line,
    Occasion,
    Reading,
    State,
    Wanted,
)
from waywarden.fabric.tables.previews import counted, listed
from waywarden.fabric.tables.problems import Problem
from waywarden.fabric.tables.reading import Sheet

EXAMPLES = {
    "place": "Coldbrook",
    "service": "Village grass",
    "amount": "1200.5",
    "unit": "m2",
    "source": "Walked by the clerk",
    "date": "2026-04-01",
    "confidence": "A",
    "swathe": "1.5",
    "disputed": "no",
}

#: What becomes of a dispute: whether there was one, and whether there is one.
DISPUTED = {
    (False, False): "",
    (False, True): ", and becomes disputed",
    (True, False): ", and is disputed no longer",
    (True, True): ", and stays disputed",
}


def may(who: Asking) -> bool:
    """Whether somebody acts for the county, or for the council of a parish."""
    office = who.acting
    if office is None or office.kind not in OFFICERS:
        return False
    return speaks_for_county(office) or _own_areas(office.body).exists()


def read(sheet: Sheet, occasion: Occasion) -> Reading:
    """Say what each row would change; a parish speaks for its own places alone."""
    today = occasion.today
    reading = QuantityReading(PlaceNames(on=today), today, [])
    rows: list[tuple[int, Quantity]] = []
    for row in sheet.rows:
        before = len(reading.quantities)
        reading.take(row)
        rows += [(row.number, quantity) for quantity in reading.quantities[before:]]
        if len(reading.problems) > MOST_WRONG:
            break
    reading.reconcile()
    problems = (*reading.problems, *_others(rows, occasion.who.acting, today))
    lines = _lines(rows)
    kept = Reading(lines, (*sheet.problems, *problems)).good
    notes = (*reading.totals.agreed, *_sums(kept))
    return Reading(lines, problems, notes, _asks_why(kept, occasion))


def _asks_why(kept: Sequence[Line], occasion: Occasion) -> str:
    """Name the other councils whose figures would change; blank where there are none."""
    areas: set[Area] = {line.keeps.area for line in kept if line.state != "same"}
    parishes = set(services.parishes_of(areas, on=occasion.today).values())
    others = sorted(
        parish.name
        for parish in parishes
        if policies.obstacles_to_changing(parish=parish, by=occasion.who.by, reason="")
    )
    if not others:
        return ""
    told = "Its officers are told" if len(others) == 1 else "The officers of each are told"
    return f"These rows change figures of {listed(others, most=5)}. {told}, and read why."


def _sums(kept: Sequence[Line]) -> list[str]:
    """Say what the good rows come to, service by service, as they would be held."""
    rows: dict[Service, list[Quantity]] = {}
    for line in kept:
        rows.setdefault(line.keeps.service, []).append(line.keeps)
    return [
        f"The good rows hold {amount(sum(q.amount_milli for q in found), service.unit)} of "
        f"{service.name.lower()}, in {counted(len(found), 'place')}."
        for service, found in sorted(rows.items(), key=lambda each: each[0].order)
    ]


def take(lines: Sequence[Line], occasion: Occasion) -> None:
    """Record the quantities, county by county."""
    by_county: dict[Area, list[Line]] = {}
    for line in lines:
        area: Area = line.keeps.area
        by_county.setdefault(area.county or area, []).append(line)
    for county, of_county in by_county.items():
        actions.record_quantities(
            of=county.subject,
            quantities=[line.keeps for line in of_county],
            seen=[line.seen for line in of_county],
            reason=occasion.reason,
            by=occasion.who.by,
            today=occasion.today,
        )


def _own_areas(body: Body) -> DatedQuerySet:
    return Jurisdiction.objects.filter(body=body, tier=Jurisdiction.Tier.PARISH)


def _others(rows: list[tuple[int, Quantity]], office: Office, today: date) -> list[Problem]:
    """Refuse the rows about places for which the office acted in does not speak."""
    areas = {quantity.area for _, quantity in rows}
    parishes = services.parishes_of(areas, on=today)
    closed = {a for a in areas if not may_correct(office, a, parishes.get(a.pk), on=today)}
    said = f"You act for {office.body}, which does not speak for this place. Leave out the row."
    return [Problem(number, "place", said) for number, q in rows if q.area in closed]


def _lines(rows: list[tuple[int, Quantity]]) -> tuple[Line, ...]:
    areas = {quantity.area for _, quantity in rows}
    chosen: set[Service] = {quantity.service for _, quantity in rows}
    held = services.current_quantities(areas, chosen)
    return tuple(
        _line(number, quantity, held.get((quantity.area_id, quantity.service_id)))
        for number, quantity in rows
    )


def _line(number: int, quantity: Quantity, held: Quantity | None) -> Line:
    says = f"{quantity.area}: {quantity.service.name.lower()}, "
    says += amount(quantity.amount_milli, quantity.unit)
    state: State = "new" if held is None else "changed"
    if held is not None and actions.is_the_same(quantity, held):
        state = "same"
    elif held is not None:
        says += f", in place of {_given_up(held)}{DISPUTED[held.is_disputed, quantity.is_disputed]}"
    return Line(number, state, says, quantity, held.pk if held else 0)


def _given_up(held: Quantity) -> str:
    if held.is_estimate:
        return "a disputed estimate" if held.is_disputed else "an estimate"
    before = amount(held.amount_milli, held.unit)
    return f"a disputed figure, {before}" if held.is_disputed else before


KIND = ImportKind(
    slug="quantities",
    title="Measured quantities",
    lead="How much of each service there is in each place. What was measured takes the place of "
    "an estimate, and earlier figures are kept. GeoJSON is read too.",
    columns=tuple(
        Wanted(c.name, c.meaning, c.type, None, EXAMPLES.get(c.name, ""), c.name in WANTED)
        for c in COLUMNS
    ),
    may=may,
    read=read,
    take=take,
    opens=sheet_of_features,
)
