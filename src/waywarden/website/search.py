"""Finding a place, a service or a word by its name. One matcher for both databases."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.services import queries as services
from waywarden.county.services.models import Service
from waywarden.data.names import nearest, plain
from waywarden.devolution.plans import finding as plans
from waywarden.website import glossary, guides

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")

# One or two letters are in nearly every name: they count only where a word begins.
SHORTEST_PART = 3

# "The" and "and" say nothing of what a service is about.
SHORTEST_WORD = 4

# What may be mistyped in the address of a page about one thing, and how many others to offer.
ADDRESS = re.compile(r"/(places|services|counties)/([^/]{1,100})/")
MOST_NEAR = 5

DISTRICTS = (Area.Kind.DISTRICT, Area.Kind.UNITARY)

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
    #: Other words it may be looked for by.
    about: str = ""

    @property
    def key(self) -> str:
        """What its address ends in."""
        return re.split("[/=#]", self.address.rstrip("/"))[-1]


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
    """Return the entries that hold what was asked, those with it in their name first.

    Where nothing holds it, those spelt most like it are near.
    """
    sought = bare(asked)
    if not sought:
        return Results(asked, [], [])
    entries = list(entries)
    ranked = [(_rank(sought, entry), entry) for entry in entries]
    matches = [entry for rank, entry in sorted(ranked, key=lambda pair: pair[0]) if rank < 9]
    return Results(asked, matches, [] if matches else _near(asked, entries))


def _rank(sought: str, entry: Entry) -> int:
    """Say how well an entry answers: 0 is the same name, 9 is not at all."""
    name = bare(entry.name)
    if name == sought:
        return 0
    if name.startswith(sought):
        return 1
    if f" {sought}" in name:
        return 2
    if len(sought) >= SHORTEST_PART and sought in name:
        return 3
    return 4 if _is_about(sought, f" {plain(entry.about)}") else 9


def _is_about(sought: str, said: str) -> bool:
    """Whether each word asked for begins a word of what is said; short words count for nothing.

    >>> _is_about("litter in the park", " picking up litter in parks")
    True
    """
    words = [word for word in sought.split() if len(word) >= SHORTEST_WORD]
    return bool(words) and all(f" {word}" in said for word in words)


def _near(asked: str, entries: list[Entry]) -> list[Entry]:
    names = nearest(asked, [entry.name for entry in entries])
    return [entry for name in names for entry in entries if entry.name == name]


def near_address(path: str, *, on: date) -> list[Entry]:
    """Return the places, services, counties or plans that a mistyped address may have meant."""
    mistyped = ADDRESS.fullmatch(path)
    if mistyped is None:
        return [Entry("Plans", *found) for found in plans.meant(path)]
    part, asked = mistyped.groups()
    there = [entry for entry in entries(on=on) if entry.address.startswith(f"/{part}/")]
    known_as = [(known, entry) for entry in there for known in (entry.key, entry.name)]
    likely = nearest(asked, [known for known, _ in known_as])
    meant = (entry for name in likely for known, entry in known_as if known == name)
    return list(dict.fromkeys(meant))[:MOST_NEAR]


def entries(*, on: date) -> list[Entry]:
    """Return everything a search can find on a day, in a fixed number of queries."""
    counties = places.counties()
    inside = Area.objects.filter(county__in=counties).as_of(on).select_related("within", "county")
    home = counties[0] if counties else None
    return [
        *(_place(place, home) for place in inside.lowest().order_by("name", "key")),
        *(_service(service) for service in services.catalogue() if home),
        *(_district(area, home) for area in inside.filter(kind__in=DISTRICTS).order_by("name")),
        *(_county(county) for county in counties),
        *(_word(term) for term in glossary.terms().values()),
        *(_guide(guide) for guide in guides.guides().values()),
    ]


def _place(place: Area, home: Area | None) -> Entry:
    district = place.within.name if place.within else ""
    return Entry("Parishes", place.name, _also(district, place, home), place.get_absolute_url())


def _district(district: Area, home: Area | None) -> Entry:
    detail = _also(district.get_kind_display(), district, home)
    return Entry("Districts", district.name, detail, district.get_absolute_url())


def _also(detail: str, area: Area, home: Area | None) -> str:
    """Add the county where it is not the one this installation serves, or a visitor expects."""
    if area.county is None or area.county == home or area.county.name == detail:
        return detail
    return f"{detail}, {area.county.name}"


def _county(county: Area) -> Entry:
    return Entry("Counties", county.name, county.get_kind_display(), county.get_absolute_url())


def _service(service: Service) -> Entry:
    about = f"{service.name} {service.formal_name} {service.summary}"
    address = service.get_absolute_url()
    return Entry("Services", service.name, service.formal_name, address, about)


def _word(term: glossary.Term) -> Entry:
    return Entry("Words explained", term.title, term.short, f"/glossary/#{term.key}")


def _guide(guide: guides.Guide) -> Entry:
    said = "; ".join(role.name for role in guides.roles_of(guide))
    return Entry("How to do things here", guide.title, said, guide.address)
