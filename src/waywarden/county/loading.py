"""Takes a county of England in from the open data in the package, with whatever is known of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from waywarden import data
from waywarden.county.assembly import Assembly
from waywarden.county.councils import actions as councils
from waywarden.county.estimating import estimated_quantities
from waywarden.county.places import actions as places
from waywarden.county.places import queries
from waywarden.county.places.models import Area, Jurisdiction, Neighbour
from waywarden.county.services import actions as services
from waywarden.county.surveying import survey
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal import actions as journal

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Loaded:
    """What a load found."""

    county: Area
    was_held: bool
    counts: dict[tuple[str, str], int]

    def lines(self) -> list[str]:
        """Say in plain lines what the installation now holds."""
        if self.was_held:
            return [f"{self.county.name} is held already; the service catalogue is up to date."]
        held = ", ".join(_counted(*words, count) for words, count in self.counts.items() if count)
        return [f"{self.county.name}: {held}.", "Parish shapes are modelled and approximate."]


def load_county(name: str, *, by: Actor, today: date, progress: Progress | None = None) -> Loaded:
    """Load a county by name: its councils, places, shapes and first estimates.

    Loading one that is held already changes nothing but the service catalogue,
    which is brought up to the package's. Raises ``data.UnknownCounty``.
    """
    say = progress or (lambda stage, share: None)
    found = data.county(name)
    say("services", 0.02)
    with transaction.atomic():
        services.load_catalogue(by=by, today=today)
        held = Area.objects.filter(codes__code=found.code).select_related("county").first()
        if held and held.county:
            raise Refusal(f"{held.name} is held already, beside {held.county.name}.")
        if held:
            return Loaded(held, was_held=True, counts={})
        return _load(Assembly(found), by=by, today=today, say=say)


def _load(assembly: Assembly, *, by: Actor, today: date, say: Progress) -> Loaded:
    about = Subject("county", assembly.county.key)
    say("councils and places", 0.1)
    councils.record_bodies(
        of=about,
        bodies=assembly.bodies,
        codes=assembly.body_codes,
        contacts=assembly.contacts,
        successions=assembly.successions,
        by=by,
        today=today,
    )
    places.record_areas(
        of=about,
        areas=assembly.areas,
        codes=assembly.area_codes,
        names=assembly.area_names,
        jurisdictions=assembly.jurisdictions,
        measures=assembly.measures,
        by=by,
        today=today,
    )
    shapes = survey(assembly, lambda share: say("shapes of parishes", 0.3 + 0.5 * share))
    for boundary_set, boundaries in shapes.sets:
        places.record_boundaries(
            of=about, boundary_set=boundary_set, boundaries=boundaries, by=by, today=today
        )
    say("neighbours", 0.85)
    places.record_neighbours(of=about, pairs=shapes.neighbours, by=by, today=today)
    say("estimates", 0.9)
    quantities = estimated_quantities(assembly.county, on=today)
    services.record_quantities(of=about, quantities=quantities, by=by, today=today)
    journal.write(by=by, did="loaded a county", to=about, after={"code": assembly.found.code})
    say("done", 1.0)
    return Loaded(
        assembly.county,
        was_held=False,
        counts=_counts(assembly.county, today, shapes.neighbours, len(quantities)),
    )


def _counts(
    county: Area, today: date, pairs: list[Neighbour], estimated: int
) -> dict[tuple[str, str], int]:
    there = queries.places_of(county, on=today)
    parishes = sum(1 for area in there if area.kind == Area.Kind.PARISH)
    areas = Area.objects.filter(Q(county=county) | Q(pk=county.pk))
    councils_here = (
        Jurisdiction.objects.filter(area__in=areas).as_of(today).values("body").distinct()
    )
    return {
        ("parish", "parishes"): parishes,
        ("unparished area", "unparished areas"): len(there) - parishes,
        ("district or unitary", "districts and unitaries"): len(
            queries.districts_of(county, on=today)
        ),
        ("council", "councils"): councils_here.count(),
        ("pair of neighbours", "pairs of neighbours"): len(pairs),
        ("estimated quantity", "estimated quantities"): estimated,
    }


def _counted(one: str, many: str, count: int) -> str:
    return f"{count:,} {one if count == 1 else many}"
