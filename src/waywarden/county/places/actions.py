"""Changes to areas and their boundaries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Min

from waywarden.county.places.models import (
    Area,
    AreaCode,
    AreaName,
    Boundary,
    BoundarySet,
    Jurisdiction,
    Measure,
    Neighbour,
    Postcode,
)
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal import actions as journal


@transaction.atomic
def record_areas(
    *,
    of: Subject,
    areas: Sequence[Area],
    codes: Sequence[AreaCode] = (),
    names: Sequence[AreaName] = (),
    jurisdictions: Sequence[Jurisdiction] = (),
    measures: Sequence[Measure] = (),
    by: Actor,
    today: date,
) -> None:
    """Record new areas, wider ones first, with all that is known of them, as one action."""
    for area in areas:
        # One by one, because a parish needs its district's primary key.
        area.save(force_insert=True)
    AreaCode.objects.bulk_create(codes)
    AreaName.objects.bulk_create(names)
    Jurisdiction.objects.bulk_create(jurisdictions)
    Measure.objects.bulk_create(measures)
    after = {
        "areas": {area.key: [area.kind, area.name, area.extent_milli] for area in areas},
        "codes": [[code.area.key, code.code] for code in codes],
        "jurisdictions": [[j.body.key, j.area.key, j.tier] for j in jurisdictions],
        "measures": [[m.area.key, m.kind, m.value, m.reference] for m in measures],
    }
    journal.write(by=by, did="recorded areas", to=of, after=after)


@transaction.atomic
def record_boundaries(
    *,
    of: Subject,
    boundary_set: BoundarySet,
    boundaries: Sequence[Boundary],
    by: Actor,
    today: date,
) -> None:
    """Add a set of boundaries. Those of the same areas that it replaces end the day before."""
    boundary_set.save(force_insert=True)
    ended = _end_replaced(boundary_set, boundaries)
    following = _next_starts(boundary_set, boundaries)
    for boundary in boundaries:
        boundary.boundary_set = boundary_set
        boundary.starts_on = boundary_set.starts_on
        if after := following.get(boundary.area_id):
            boundary.ends_on = after - timedelta(days=1)
    Boundary.objects.bulk_create(boundaries)
    journal.write(
        by=by,
        did="recorded boundaries",
        to=of,
        before={"in force": ended},
        after={
            "set": boundary_set.name,
            "source": boundary_set.source,
            "is_approximate": boundary_set.is_approximate,
            "starts_on": boundary_set.starts_on.isoformat() if boundary_set.starts_on else None,
            "fingerprint": boundary_set.fingerprint,
            "areas": sorted(boundary.area.key for boundary in boundaries),
        },
    )


def _end_replaced(boundary_set: BoundarySet, boundaries: Sequence[Boundary]) -> list[str]:
    """End what the set replaces and return the keys of those areas."""
    if boundary_set.starts_on is None or boundary_set.is_approximate:
        return []
    areas = [boundary.area_id for boundary in boundaries]
    earlier = Boundary.objects.filter(area__in=areas).as_of(boundary_set.starts_on)
    replaced = earlier.exclude(starts_on=boundary_set.starts_on)
    keys = sorted(replaced.values_list("area__key", flat=True))
    replaced.update(ends_on=boundary_set.starts_on - timedelta(days=1))
    return keys


def _next_starts(boundary_set: BoundarySet, boundaries: Sequence[Boundary]) -> dict[int, date]:
    """Return the day a later boundary of each area begins, where one is held already."""
    if boundary_set.starts_on is None:
        return {}
    areas = [boundary.area_id for boundary in boundaries]
    later = Boundary.objects.filter(area__in=areas, starts_on__gt=boundary_set.starts_on)
    return dict(later.values_list("area").annotate(first=Min("starts_on")))


@transaction.atomic
def record_neighbours(
    *,
    of: Subject,
    pairs: Sequence[Neighbour],
    by: Actor,
    today: date,
    among: Collection[Area] = (),
) -> None:
    """Record which areas touch, in place of what was recorded for the same areas before.

    ``among`` names areas that were looked at too, and may touch none.
    """
    ids = {pk for pair in pairs for pk in (pair.a_id, pair.b_id)} | {area.pk for area in among}
    before = Neighbour.objects.filter(a__in=ids, b__in=ids)
    earlier = sorted(f"{a} {b}" for a, b in before.values_list("a__key", "b__key"))
    before.delete()
    Neighbour.objects.bulk_create(pairs)
    after = sorted(f"{pair.a.key} {pair.b.key}" for pair in pairs)
    journal.write(
        by=by,
        did="recorded neighbours",
        to=of,
        before={"pairs": earlier},
        after={"pairs": after},
    )


@transaction.atomic
def record_codes(*, of: Subject, codes: Sequence[AreaCode], by: Actor, today: date) -> None:
    """Add codes that areas have been found under."""
    if codes:
        AreaCode.objects.bulk_create(codes)
        after = {"codes": [[code.area.key, code.code] for code in codes]}
        journal.write(by=by, did="recorded codes of areas", to=of, after=after)


@dataclass(frozen=True)
class Recorded:
    """How many were new, moved, or already held as they are."""

    new: int
    moved: int
    unchanged: int


MOST_AT_ONCE = 2_000


@transaction.atomic
def record_postcodes(
    *, of: Subject, postcodes: Iterable[Postcode], by: Actor, today: date
) -> Recorded:
    """Record where postcodes are, a part at a time, so that a nation of them fits in memory."""
    new = moved = unchanged = 0
    remaining = iter(postcodes)
    while part := list(islice(remaining, MOST_AT_ONCE)):
        held = Postcode.objects.in_bulk([postcode.code for postcode in part])
        changed = [one for one in part if not _is_there(one, held.get(one.code))]
        Postcode.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["latitude", "longitude", "source"],
        )
        moved_now = sum(1 for one in changed if one.code in held)
        new, moved = new + len(changed) - moved_now, moved + moved_now
        unchanged += len(part) - len(changed)
    if new or moved:
        after = {"new": new, "moved": moved, "held": Postcode.objects.count()}
        journal.write(by=by, did="recorded postcodes", to=of, after=after)
    return Recorded(new, moved, unchanged)


def _is_there(postcode: Postcode, held: Postcode | None) -> bool:
    """Say whether a postcode is held where it is."""
    return held is not None and (held.latitude, held.longitude) == (
        postcode.latitude,
        postcode.longitude,
    )


@transaction.atomic
def record_measures(*, of: Subject, measures: Sequence[Measure], by: Actor, today: date) -> int:
    """Add counted figures about areas; leave those already held. Return how many were new."""
    held = set(Measure.objects.values_list("area", "kind", "reference", "is_modelled"))
    new = [m for m in measures if (m.area_id, m.kind, m.reference, m.is_modelled) not in held]
    if new:
        Measure.objects.bulk_create(new)
        after = {f"{m.area.key} {m.kind} {m.reference}": m.value for m in new}
        journal.write(by=by, did="recorded figures about areas", to=of, after=after)
    return len(new)
