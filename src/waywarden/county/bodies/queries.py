"""Questions about bodies: what anybody may know of one, and what its own people may."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from waywarden.county.bodies.naming import for_people_of
from waywarden.county.councils.models import Body, Contact, Succession, latest_successor
from waywarden.county.looking_in.models import OperatorAccess
from waywarden.county.looking_in.queries import looks_into
from waywarden.county.offices.models import Invitation
from waywarden.county.offices.queries import offices_of, open_invitations
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import APPOINTERS
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.county.recovery.models import Recovery
from waywarden.county.recovery.queries import recoveries_of
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.journal.telling import Told, told

#: An office that ends within these days is marked.
SOON = timedelta(days=60)
SHOWN = 50


@dataclass(frozen=True)
class ListedBody:
    """A body in the list of bodies: what it is and the areas it holds."""

    body: Body
    areas: list[Area]

    @property
    def area_names(self) -> str:
        """The areas it holds, in words."""
        return ", ".join(area.name for area in self.areas)


def bodies(*, on: date) -> list[ListedBody]:
    """Return the bodies there were on a day, by name."""
    areas = areas_held(on=on)
    found = Body.objects.listed().as_of(on).order_by("name", "key")
    return [ListedBody(body, areas[body.pk]) for body in found]


def areas_held(*, on: date, body: Body | None = None) -> dict[int, list[Area]]:
    """Return the areas that bodies hold on a day, or that one of them does, by name."""
    held = Jurisdiction.objects.as_of(on).select_related("area__county").order_by("area__name")
    if body:
        held = held.filter(body=body)
    found: dict[int, list[Area]] = defaultdict(list)
    for jurisdiction in held:
        if jurisdiction.area not in found[jurisdiction.body_id]:
            found[jurisdiction.body_id].append(jurisdiction.area)
    return found


@dataclass(frozen=True)
class BodyPage:
    """What anybody may know about a body on a day."""

    body: Body
    on: date
    areas: list[Area]
    contacts: list[Contact]
    came_from: list[Succession]
    goes_to: list[Succession]
    in_its_place: list[Body]
    offices: list[Office]

    @property
    def is_there(self) -> bool:
        """Whether the body was there on the day."""
        return self.body.period.contains(self.on)


def body_page(body: Body, *, on: date) -> BodyPage:
    """Return what anybody may know about a body on a day."""
    into, out = body.successions_in, body.successions_out
    in_its_place = latest_successor(body, on=on)
    return BodyPage(
        body=body,
        on=on,
        areas=areas_held(on=on, body=body)[body.pk],
        # Those of today whatever the day: a withdrawn one may be somebody's own address.
        contacts=list(body.contacts.filter(ended_on__isnull=True).order_by("kind", "value")),
        came_from=list(into.select_related("predecessor").order_by("on", "predecessor__name")),
        goes_to=list(out.select_related("successor").order_by("on", "successor__name")),
        in_its_place=[] if in_its_place == [body] else in_its_place,
        offices=offices_on(body, on=on),
    )


def offices_on(body: Body, *, on: date) -> list[Office]:
    """Return the offices held in a body on a day, by title."""
    held = Office.objects.in_body(body).as_of(on)
    return sorted(held, key=lambda office: (office.title, office.starts_on))


@dataclass(frozen=True)
class PeoplePage:
    """Who holds a body's offices, who comes, who is gone, and who from outside looked in."""

    now: list[Office]
    coming: list[Office]
    past: list[Office]
    ending_soon: set[int]
    invitations: list[Invitation]
    recoveries: list[Recovery]
    looks: list[OperatorAccess]
    history: list[Told]
    has_appointer: bool


def people_page(body: Body, *, now: datetime, today: date) -> PeoplePage:
    """Return what the officers of a body may know about its people."""
    offices = offices_of(body)
    current = [office for office in offices if office.is_in_force(today)]
    coming = [office for office in offices if _starts(office) > today and not office.ended_at]
    return PeoplePage(
        now=current,
        coming=coming,
        past=[office for office in offices if office not in current and office not in coming],
        ending_soon={o.pk for o in current if o.ends_on and o.ends_on <= today + SOON},
        invitations=open_invitations(body, now=now, today=today),
        recoveries=recoveries_of(body, most=SHOWN),
        looks=looks_into(body, most=SHOWN),
        history=history_of(body, offices),
        has_appointer=any(office.kind in APPOINTERS for office in current),
    )


def history_of(body: Body, offices: list[Office]) -> list[Told]:
    """Return the newest lines of the journal about a body and its offices."""
    keys = [office.subject.key for office in offices]
    about = Q(subject_kind="body", subject_key=body.key)
    about |= Q(subject_kind="office", subject_key__in=keys)
    lines = Entry.objects.filter(about).order_by("-number")[:SHOWN]
    return told(lines, named=for_people_of(body))


def _starts(office: Office) -> date:
    return office.starts_on or date.min
