"""Files an operator gives: which there are, what they change, and what the installation holds."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction

from waywarden.county.estimating import estimated_quantities
from waywarden.county.official import importing as boundaries
from waywarden.county.official.populations import take_in_population
from waywarden.county.official.postcodes import take_in_postcodes
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area, Boundary, Postcode
from waywarden.county.services import actions as services
from waywarden.county.services import importing as quantities
from waywarden.county.services.models import Quantity
from waywarden.county.services.queries import current_quantities
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.tables.previews import Preview, counted

Progress = Callable[[str, float], None]


def load_quantities(
    file: Path, *, on: date, by: Actor, today: date, dry_run: bool, progress: Progress
) -> Preview:
    """Take in measured quantities; the day each was stated stands in its row."""
    return quantities.take_in_quantities(
        file, by=by, today=today, dry_run=dry_run, progress=progress
    )


def load_population(
    file: Path, *, on: date, by: Actor, today: date, dry_run: bool, progress: Progress
) -> Preview:
    """Take in official populations, and work out again the estimates that rest on them."""
    with transaction.atomic():
        preview = take_in_population(file, on=on, by=by, today=today, progress=progress)
        said = list(preview.said)
        if not preview.problems:
            progress("estimates", 0.9)
            said += re_estimate(by=by, today=today)
        transaction.set_rollback(dry_run)
    if dry_run and not preview.problems:
        said.append("Nothing was saved: a dry run.")
    return Preview(tuple(said), preview.problems)


def re_estimate(*, by: Actor, today: date) -> list[str]:
    """Work out every estimate again, leaving what is measured; return what to say."""
    return [
        line for county in places.counties() for line in _re_estimate(county, by=by, today=today)
    ]


def _re_estimate(county: Area, *, by: Actor, today: date) -> list[str]:
    estimates = estimated_quantities(county, on=today)
    held = current_quantities({q.area for q in estimates}, {q.service for q in estimates})
    measured = {key for key, quantity in held.items() if not quantity.is_estimate}
    open_ones = [q for q in estimates if (q.area_id, q.service_id) not in measured]
    if not open_ones:
        return []
    recorded = services.record_quantities(
        of=county.subject, quantities=open_ones, by=by, today=today
    )
    changed = recorded.new + recorded.replaced
    if not changed:
        return []
    kept = f" {counted(len(measured), 'measured quantity', 'measured quantities')} left alone."
    return [
        f"{county}: {changed:,} of {len(open_ones):,} estimates changed, worked out again from the "
        f"figures now held.{kept if measured else ''}"
    ]


FILES: dict[str, Callable[..., Preview]] = {
    "quantities": load_quantities,
    "boundaries": boundaries.take_in_boundaries,
    "population": load_population,
    "postcodes": take_in_postcodes,
}


def write_template(what: str, file: Path) -> None:
    """Write an empty table to fill in: a workbook or CSV, by the ending of the file's name."""
    if what != "quantities":
        raise Refusal(
            f"There is no table to fill in for {what}: take the official file as it is published."
        )
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise Refusal(
            f"Name a file that ends in .xlsx or .csv, such as {file.with_suffix('.xlsx').name}."
        )
    if file.exists():
        raise Refusal(f"{file} is there already. Choose another name, so that nothing is lost.")
    try:
        file.write_bytes(quantities.template(file.suffix.lower()))
    except OSError as error:
        raise Refusal(
            f"{file} cannot be written: {error.strerror}. Choose another folder."
        ) from error


def holdings() -> list[str]:
    """Say in plain lines what the installation holds."""
    counties = places.counties()
    if not counties:
        return ["Nothing is held yet. To fill it: waywarden load oxfordshire"]
    drawn = Boundary.objects.filter(ends_on__isnull=True, area__in=Area.objects.lowest())
    real = drawn.filter(boundary_set__is_approximate=False).values("area").distinct().count()
    approximate = drawn.filter(boundary_set__is_approximate=True).values("area").distinct().count()
    current = Quantity.objects.current()
    return [
        f"Counties: {', '.join(county.name for county in counties)}.",
        f"Places: {counted(Area.objects.parishes().count(), 'parish', 'parishes')}, "
        f"{counted(Area.objects.filter(kind=Area.Kind.UNPARISHED).count(), 'unparished area')}.",
        f"Boundaries of places: {real:,} real, {approximate:,} approximate.",
        f"Quantities: {current.filter(is_estimate=False, is_example=False).count():,} measured, "
        f"{current.estimates().count():,} estimated, {current.examples().count():,} made up as "
        "examples.",
        f"Postcodes: {Postcode.objects.count():,}.",
        f"Journal: {counted(journal.length(), 'line')}, all in order.",
    ]
