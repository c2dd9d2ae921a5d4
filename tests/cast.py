"""The cast: one small county that every test knows, so that each test reads as a sentence.

The county has one district, Marlshire, in which lie

====================  =====================================================
Wychbourne            a town, big enough to lead; Bron is its clerk
Coldbrook             a parish with a council; Colm is its clerk
Little Haye           a parish, of which nobody knows if it has a council
Marl Green            a parish meeting, without staff
the unparished ward   no parish at all
====================  =====================================================

Ada works for the county and Dot lives here. Each place is a square that
touches the next: Wychbourne and Coldbrook to the south, Little Haye and Marl
Green to the north of them, the unparished ward along the east of both rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from waywarden.county.councils import actions as councils
from waywarden.county.councils.models import Body
from waywarden.county.people import actions as people
from waywarden.county.people.acting import TWO_WAYS
from waywarden.county.people.models import Office, Person
from waywarden.county.places import actions as places
from waywarden.county.places import lookup
from waywarden.county.places.models import Area, BoundarySet, Jurisdiction, Neighbour
from waywarden.county.services import actions as services
from waywarden.county.services.models import Quantity, Service
from waywarden.county.signing_in.entering import CAME
from waywarden.county.signing_in.middleware import SEEN
from waywarden.county.surveying import boundary_of
from waywarden.fabric.common.subjects import Actor, Subject

ADA = Actor("ada@county.example", "Ada")
DAY = date(2026, 4, 1)
ABOUT = Subject("county", "the-county")
SIDE = 0.02
WEST, SOUTH = -1.30, 51.60
Kind, Tier = Area.Kind, Jurisdiction.Tier


@dataclass
class Cast:
    """The county's places, the bodies that hold them, and four people."""

    county: Area
    marlshire: Area
    wychbourne: Area
    coldbrook: Area
    little_haye: Area
    marl_green: Area
    unparished_ward: Area

    county_council: Body
    marlshire_council: Body
    wychbourne_council: Body
    coldbrook_council: Body
    little_haye_parish: Body
    marl_green_meeting: Body

    by: Actor = ADA
    today: date = DAY

    @property
    def places(self) -> list[Area]:
        """Where people live, by name."""
        return [
            self.coldbrook,
            self.little_haye,
            self.marl_green,
            self.unparished_ward,
            self.wychbourne,
        ]

    @property
    def ada(self) -> Person:
        return person("Ada")

    @property
    def bron(self) -> Person:
        return person("Bron")

    @property
    def colm(self) -> Person:
        return person("Colm")

    @property
    def dot(self) -> Person:
        return person("Dot")

    def office(
        self, holder: Person, body: Body, kind: str, until: date = date(2030, 3, 31)
    ) -> Office:
        """Let somebody hold an office from the first day of the cast."""
        return people.appoint(
            person=holder,
            body=body,
            kind=kind,
            starts_on=DAY,
            ends_on=until,
            by=self.by,
            today=DAY,
        )

    def signed_in(self, holder: Person) -> Client:
        """Give a browser in which somebody has signed in, with the second step."""
        browser = self.signed_in_one_way(holder)
        session = browser.session
        session[TWO_WAYS] = True
        session[CAME] = session[SEEN] = datetime.now(UTC).timestamp()
        session.save()
        return browser

    def signed_in_one_way(self, holder: Person) -> Client:
        """Give a browser in which somebody has signed in, but not proved it in a second way."""
        browser = Client()
        browser.force_login(holder)
        return browser

    @property
    def at_the_county(self) -> Office:
        """Ada's office: she may change what the county says."""
        return self.office(self.ada, self.county_council, "partnerships-officer")

    @property
    def at_wychbourne(self) -> Office:
        """Bron's office."""
        return self.office(self.bron, self.wychbourne_council, "clerk")

    @property
    def at_coldbrook(self) -> Office:
        """Colm's office."""
        return self.office(self.colm, self.coldbrook_council, "clerk")

    def service(self, code: str) -> Service:
        """Give a service of the catalogue."""
        return Service.objects.get(code=code)

    def quantity(self, area: Area, code: str, amount: int, **facts: object) -> Quantity:
        """Give a quantity somebody counted, not yet saved: whole units, read in a source."""
        service = self.service(code)
        counted = {"source": "Counted by the clerk", "confidence": "A", "is_estimate": False}
        given = counted | {"amount_milli": amount * 1000, "unit": service.unit} | facts
        return Quantity(area=area, service=service, **given)

    def estimate(self, area: Area, code: str, low: int, middle: int, high: int) -> Quantity:
        """Give an estimate, not yet saved."""
        ends = {"low_milli": low * 1000, "high_milli": high * 1000, "confidence": "C"}
        return self.quantity(area, code, middle, is_estimate=True, source="A rule", **ends)

    def record(self, *quantities: Quantity, today: date = DAY) -> services.Recorded:
        """Record quantities as Ada would."""
        return services.record_quantities(of=ABOUT, quantities=quantities, by=self.by, today=today)


def person(name: str) -> Person:
    """Give one of the four, who may sign in from now on."""
    email = f"{name.lower()}@example.org"
    found = Person.objects.filter(email=email).first()
    return found or Person.objects.create_user(email, name)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Forget what an earlier test drew: its journal may have had as many lines."""
    cache.clear()
    lookup._trees.clear()
    yield


@pytest.fixture
def cast(db: None) -> Cast:
    """The small county, with the catalogue of services and no quantity."""
    return introduce()


def introduce() -> Cast:
    """Record the cast in the database."""
    services.load_catalogue(by=ADA, today=DAY)
    areas, bodies = _areas(), _bodies()
    _record(areas, bodies)
    _record_shapes(areas)
    return Cast(**areas, **bodies)


def _bodies() -> dict[str, Body]:
    named = {
        "county_council": ("county", "The County Council"),
        "marlshire_council": ("district", "Marlshire District Council"),
        "wychbourne_council": ("town", "Wychbourne Town Council"),
        "coldbrook_council": ("parish", "Coldbrook Parish Council"),
        "little_haye_parish": ("parish-or-meeting", "Little Haye parish (council or meeting)"),
        "marl_green_meeting": ("parish-meeting", "Marl Green Parish Meeting"),
    }
    return {
        role: Body(key=role.replace("_", "-"), kind=kind, name=name)
        for role, (kind, name) in named.items()
    }


def _areas() -> dict[str, Area]:
    county = Area(key="the-county", name="the county", kind=Kind.COUNTY)
    marlshire = Area(
        key="marlshire", name="Marlshire", kind=Kind.DISTRICT, within=county, county=county
    )
    lowest = {
        "wychbourne": ("Wychbourne", Kind.PARISH, 400_000),
        "coldbrook": ("Coldbrook", Kind.PARISH, 300_000),
        "little_haye": ("Little Haye", Kind.PARISH, None),
        "marl_green": ("Marl Green", Kind.PARISH, 50_000),
        "unparished_ward": ("Unparished ward", Kind.UNPARISHED, 600_000),
    }
    return {"county": county, "marlshire": marlshire} | {
        role: Area(
            key=f"{role.replace('_', '-')}-marlshire",
            name=name,
            kind=kind,
            extent_milli=extent,
            within=marlshire,
            county=county,
        )
        for role, (name, kind, extent) in lowest.items()
    }


HOLDS = [
    ("county_council", "county", Tier.COUNTY),
    ("marlshire_council", "marlshire", Tier.DISTRICT),
    ("wychbourne_council", "wychbourne", Tier.PARISH),
    ("coldbrook_council", "coldbrook", Tier.PARISH),
    ("little_haye_parish", "little_haye", Tier.PARISH),
    ("marl_green_meeting", "marl_green", Tier.PARISH),
]


def _record(areas: dict[str, Area], bodies: dict[str, Body]) -> None:
    said = {"of": ABOUT, "by": ADA, "today": DAY}
    councils.record_bodies(bodies=list(bodies.values()), **said)
    jurisdictions = [
        Jurisdiction(body=bodies[body], area=areas[area], tier=tier) for body, area, tier in HOLDS
    ]
    places.record_areas(areas=list(areas.values()), jurisdictions=jurisdictions, **said)


#: West, south, how wide and how high, in squares.
SQUARES = {
    "wychbourne": (0, 0, 1, 1),
    "coldbrook": (1, 0, 1, 1),
    "little_haye": (0, 1, 1, 1),
    "marl_green": (1, 1, 1, 1),
    "unparished_ward": (2, 0, 1, 2),
}
TOUCHING = [
    ("wychbourne", "coldbrook"),
    ("wychbourne", "little_haye"),
    ("coldbrook", "marl_green"),
    ("coldbrook", "unparished_ward"),
    ("little_haye", "marl_green"),
    ("marl_green", "unparished_ward"),
]


def square(west: int, south: int, wide: int = 1, high: int = 1) -> dict[str, object]:
    """Give a rectangle as GeoJSON, counted in squares from the county's south-west corner."""
    left, bottom = WEST + west * SIDE, SOUTH + south * SIDE
    right, top = left + wide * SIDE, bottom + high * SIDE
    ring = [[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]
    return {"type": "Polygon", "coordinates": [ring]}


def middle(role: str) -> tuple[float, float]:
    """Give the longitude and latitude of the middle of one of the cast's places."""
    west, south, wide, high = SQUARES[role]
    return WEST + (west + wide / 2) * SIDE, SOUTH + (south + high / 2) * SIDE


def boundary_set(name: str = "squares", **facts: object) -> BoundarySet:
    """Give a set of boundaries, not yet saved; modelled unless it is said otherwise."""
    given = {"is_approximate": True, "source": "Drawn for the tests", "licence": "None"} | facts
    return BoundarySet(name=name, fingerprint=name, **given)


def _record_shapes(areas: dict[str, Area]) -> None:
    said = {"of": ABOUT, "by": ADA, "today": DAY}
    boundaries = [boundary_of(areas[role], square(*where)) for role, where in SQUARES.items()]
    places.record_boundaries(boundary_set=boundary_set(), boundaries=boundaries, **said)
    pairs = [_neighbours(areas[a], areas[b]) for a, b in TOUCHING]
    places.record_neighbours(pairs=pairs, **said)


def _neighbours(one: Area, other: Area) -> Neighbour:
    a, b = sorted((one, other), key=lambda area: area.pk)
    facts = {"distance_m": 2000, "shared_edge_m": 2000, "is_modelled": True, "source": "Drawn"}
    return Neighbour(a=a, b=b, **facts)
