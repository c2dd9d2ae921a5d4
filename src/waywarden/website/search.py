"""Finding a parish, a service, a district or a word by its name. One matcher for both databases."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.services import queries as services
from waywarden.county.services.models import Service
from waywarden.data.names import nearest, plain
from waywarden.website import glossary

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")

# One or two letters are in nearly every name: they count only where a word begins.
SHORTEST_PART = 3

# What people add to a parish's name, and we leave out when comparing.
_ADDED = re.compile(r" (cp|parish|town|parish council|town council|parish meeting)$")


@dataclass(frozen=True)
class Entry:
    """One thing a search can find."""

    #: The heading it is listed under.
    kind: str
    name: str
    #: What tells it from others of the same name.
    detail: str
    address: str


@dataclass(frozen=True)
class Results:
    """What a search found, the best first, and near misses where it found nothing."""

    asked: str
    matches: Sequence[Entry]
    near: Sequence[Entry]

    @property
    def only(self) -> Entry | None:
        """The one thing that bears exactly this name, if just one does."""
        exact = [entry for entry in self.matches if bare(entry.name) == bare(self.asked)]
        return exact[0] if len(exact) == 1 else None

    @property
    def by_kind(self) -> dict[str, list[Entry]]:
        """The matches under their headings, in the order found."""
        grouped: dict[str, list[Entry]] = {}
        for entry in self.matches:
            grouped.setdefault(entry.kind, []).append(entry)
        return grouped


def bare(text: str) -> str:
    """Reduce a name to what two ways of giving it share.

    >>> bare("St. Helen-Without  Parish Council") == bare("saint helen without")
    True
    """
    return _ADDED.sub("", plain(text))


def is_postcode(text: str) -> bool:
    """Whether a text has the form of a whole postcode.

    >>> is_postcode("ox10 9pp"), is_postcode("Cholsey")
    (True, False)
    """
    return bool(POSTCODE.fullmatch("".join(text.upper().split())))


def find(asked: str, entries: Iterable[Entry]) -> Results:
    """Return the entries whose name holds what was asked, or else those spelt most like it."""
    sought = bare(asked)
    if not sought:
        return Results(asked, [], [])
    entries = list(entries)
    ranked = [(_rank(sought, bare(entry.name)), entry) for entry in entries]
    matches = [entry for rank, entry in sorted(ranked, key=lambda pair: pair[0]) if rank < 9]
    return Results(asked, matches, [] if matches else _near(asked, entries))


def _rank(sought: str, name: str) -> int:
    """Say how well a name answers: 0 is the same, 9 is not at all."""
    if name == sought:
        return 0
    if name.startswith(sought):
        return 1
    if f" {sought}" in name:
        return 2
    return 3 if len(sought) >= SHORTEST_PART and sought in name else 9


def _near(asked: str, entries: list[Entry]) -> list[Entry]:
    names = nearest(asked, [entry.name for entry in entries])
    return [entry for name in names for entry in entries if entry.name == name]


def entries(county: Area | None, *, on: date) -> list[Entry]:
    """Return everything a search can find on a day, in a fixed number of queries."""
    words = [
        Entry("Words explained", t.title, t.short, f"/glossary/#{t.key}")
        for t in glossary.terms().values()
    ]
    if county is None:
        return words
    return [
        *(_place(place) for place in places.places_of(county, on=on)),
        *(_service(service) for service in services.catalogue()),
        *(_district(district) for district in places.districts_of(county, on=on)),
        *words,
    ]


def _place(place: Area) -> Entry:
    detail = place.within.name if place.within else ""
    return Entry("Parishes", place.name, detail, place.get_absolute_url())


def _service(service: Service) -> Entry:
    return Entry("Services", service.name, service.formal_name, service.get_absolute_url())


def _district(district: Area) -> Entry:
    return Entry(
        "Districts", district.name, district.get_kind_display(), district.get_absolute_url()
    )
