"""What could be taken on near a place: what is open, who does it next door, and whom to ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.county.councils.models import Body, Contact
from waywarden.county.places import lookup
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area, Postcode
from waywarden.county.services import queries as catalogue
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.interest import queries as interest
from waywarden.devolution.interest.queries import OpenRound
from waywarden.devolution.overview.progress import AGREED, Row, progress_of
from waywarden.fabric.common.refusals import Refusal

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
NOT_LOADED = "No postcodes are loaded here. Write the name of your parish or town."
NOT_KNOWN = "That postcode is not among those loaded here. Write the name of your parish or town."
OUTSIDE = "That postcode is outside the parishes listed here. Write the name of a parish or town."


@dataclass(frozen=True)
class Meant:
    """The place that was meant; or several to choose from, or why there is none."""

    place: Area | None = None
    choices: tuple[Area, ...] = ()
    trouble: str = ""


def meant_by(asked: str, among: Sequence[Area], *, county: Area, on: date) -> Meant:
    """Find the place that somebody means by its name, its key or a postcode in it."""
    if by_key := next((place for place in among if place.key == asked), None):
        return Meant(by_key)
    code = "".join(asked.upper().split())
    if POSTCODE.fullmatch(code):
        return _at_postcode(code, county=county, on=on)
    try:
        [place] = interest.named_parishes([asked], among)
    except Refusal as refused:
        return Meant(trouble=str(refused))
    return Meant(place)


def _at_postcode(code: str, *, county: Area, on: date) -> Meant:
    found = lookup.postcode_at(code)
    if found is None:
        return Meant(trouble=NOT_KNOWN if Postcode.objects.exists() else NOT_LOADED)
    there = lookup.place_at(found.longitude, found.latitude, county=county, on=on)
    if there.likely is None:
        return Meant(trouble=OUTSIDE)
    return Meant(there.likely, there.choices if len(there.choices) > 1 else ())


@dataclass(frozen=True)
class NextDoor:
    """A cluster that a neighbouring council is in, or the place's own."""

    cluster: Cluster
    services: tuple[str, ...]
    #: The councils of the neighbourhood that are in it, by name.
    councils: tuple[Body, ...]


@dataclass(frozen=True)
class Near:
    """What there is near a place on a day."""

    place: Area
    on: date
    #: Its own council or meeting; none where nobody holds it.
    own: Row | None
    rounds: list[OpenRound]
    clusters: list[NextDoor]
    #: Neighbours that resolved to take something on and are in no cluster that everybody sees.
    agreed: list[Row]
    #: Who makes offers here, each with how the public reaches it.
    ask: list[tuple[Body, list[Contact]]]


def near(place: Area, *, on: date) -> Near:
    """Return what could be taken on near a place."""
    found = progress_of(place.county or place, on=on)
    around = [found.by_place.get(each.key) for each in places.neighbouring_places(place)]
    own = found.by_place.get(place.key)
    rows = list({row.body: row for row in [own, *around] if row}.values())
    return Near(
        place=place,
        on=on,
        own=own,
        rounds=interest.open_rounds(place, on=on),
        clusters=_clusters(rows),
        agreed=[row for row in rows if row.stage is AGREED and row is not own],
        ask=[(body, _contacts(body)) for body in catalogue.counties_of(place, on=on)],
    )


def _clusters(rows: Sequence[Row]) -> list[NextDoor]:
    """Return the clusters that some councils are in, by name."""
    found = {each.pk: each for row in rows for each in row.clusters}
    return [
        NextDoor(
            each,
            tuple(scope.service.name for scope in each.scope.all()),
            tuple(row.body for row in rows if each in row.clusters),
        )
        for each in sorted(found.values(), key=lambda each: (each.name, each.pk))
    ]


def _contacts(body: Body) -> list[Contact]:
    return list(body.contacts.filter(ended_on__isnull=True).order_by("kind", "value"))
