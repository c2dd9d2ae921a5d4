"""The tables of bodies and offices for download. One list of columns drives each file."""

from dataclasses import dataclass
from datetime import date

from waywarden.county.bodies.queries import ListedBody
from waywarden.county.people.models import Office
from waywarden.fabric.tables.columns import Column


@dataclass(frozen=True)
class Line:
    """A body with the day the table is about."""

    listed: ListedBody
    on: date


BODIES: list[Column[Line]] = [
    Column("body", "The body's name", "text", lambda line: line.listed.body.name),
    Column("body_key", "The body's own key here", "text", lambda line: line.listed.body.key),
    Column("kind", "What kind of body it is", "text", lambda line: line.listed.body.kind),
    Column("areas", "The areas it holds", "text", lambda line: line.listed.area_names),
    Column(
        "area_keys",
        "The keys of those areas",
        "text",
        lambda line: ", ".join(area.key for area in line.listed.areas),
    ),
    Column(
        "starts_on",
        "Its first day; blank where not known",
        "date",
        lambda line: line.listed.body.starts_on,
    ),
    Column(
        "ends_on",
        "Its last day; blank where it goes on or that is not known",
        "date",
        lambda line: line.listed.body.ends_on,
    ),
    Column("as_of", "The day the list is about", "date", lambda line: line.on),
]

#: What anybody may know: which offices are held, never by whom.
TITLES: list[Column[Office]] = [
    Column("body", "The body", "text", lambda office: office.body.name),
    Column("body_key", "The body's own key here", "text", lambda office: office.body.key),
    Column("office", "The office held", "text", lambda office: office.title),
    Column("starts_on", "Since when somebody holds it", "date", lambda office: office.starts_on),
]

#: What a body's own officers know.
OFFICES: list[Column[Office]] = [
    Column("office", "The office", "text", lambda office: office.title),
    Column("name", "Who holds or held it", "text", lambda office: office.person.shown_as),
    Column("starts_on", "The first day", "date", lambda office: office.starts_on),
    Column("ends_on", "The last day", "date", lambda office: office.ends_on),
    Column(
        "ended_at_once",
        "Whether it was ended within its last day",
        "yes or no",
        lambda office: office.ended_at is not None,
    ),
]

#: What those know who say who holds its offices.
WITH_ADDRESSES: list[Column[Office]] = [
    *OFFICES,
    Column("email", "Their e-mail address", "text", lambda office: office.person.email),
]
