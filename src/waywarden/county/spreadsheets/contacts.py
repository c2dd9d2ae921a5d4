"""How the public reaches a council: its own contacts, and a principal council's address book."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from waywarden.county.councils import actions
from waywarden.county.councils.models import Body, Contact
from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS, PRINCIPAL
from waywarden.county.places.models import Jurisdiction
from waywarden.county.places.naming import in_quotes
from waywarden.data.names import did_you_mean, nearest, plain
from waywarden.fabric.common.outgoing import NotReached, check_shown
from waywarden.fabric.imports.kinds import (
    MOST_WRONG,
    ImportKind,
    Line,
    Occasion,
    Reading,
    State,
    Wanted,
)
from waywarden.fabric.tables.cells import iso_date
from waywarden.fabric.tables.problems import CellRefused, Problem
from waywarden.fabric.tables.reading import Row, Sheet

Kind, Tier = Contact.Kind, Jurisdiction.Tier
WAYS = {
    Kind.WEB: ("web", "website", "site", "url"),
    Kind.EMAIL: ("email", "e mail", "mail"),
    Kind.PHONE: ("phone", "telephone", "tel", "mobile"),
    Kind.POST: ("post", "address", "postal address"),
}
LONGEST = 300
PHONE = re.compile(r"\+?[0-9][0-9 ()]{6,20}")


def may(who: Asking) -> bool:
    """Whether somebody acts as an officer of any body."""
    return who.acting is not None and who.acting.kind in OFFICERS


class Bodies:
    """The bodies of which an office may say how they are reached, by all they are called."""

    def __init__(self, office: Office, today: date) -> None:
        self.own = office.body
        self.is_principal = office.body.kind in PRINCIPAL
        found = _parishes_of(office.body, today) if self.is_principal else []
        self.known = {
            plain(way): body for body in [*found, self.own] for way in (body.name, body.key)
        }

    def find(self, text: str) -> Body:
        """Return the body a row is about. Raises `CellRefused` for one that is not theirs."""
        if not text.strip():
            return self.own
        if body := self.known.get(plain(text)):
            return body
        if Body.objects.listed().filter(name__iexact=text.strip()).exists():
            theirs = " and the parishes in its area" if self.is_principal else ""
            raise CellRefused(
                f"You act for {self.own}, and may say this only of it{theirs}. Leave out the row."
            )
        meant = did_you_mean(nearest(text, [body.name for body in self.known.values()]))
        raise CellRefused(f"{in_quotes(text)} is not a council we know. {meant}".strip())


def _parishes_of(body: Body, today: date) -> list[Body]:
    """Return the bodies that hold a parish in the area of a principal council on a day."""
    held = Jurisdiction.objects.as_of(today)
    areas = list(held.filter(body=body).exclude(tier=Tier.PARISH).values_list("area", flat=True))
    within = held.filter(tier=Tier.PARISH, area__within__in=areas)
    wider = held.filter(tier=Tier.PARISH, area__county__in=areas)
    listed = Body.objects.listed().filter(jurisdictions__in=within | wider)
    return list(listed.distinct().order_by("name"))


def read(sheet: Sheet, occasion: Occasion) -> Reading:
    """Say what each row would change."""
    office, today = occasion.who.acting, occasion.today
    bodies = Bodies(office, today)
    rows: list[tuple[int, Contact]] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        contact = Contact(source=row["source"], confidence="A")
        wrong = _fill(contact, row, bodies, today)
        problems += wrong
        rows += [] if wrong else [(row.number, contact)]
        if len(problems) > MOST_WRONG:
            break
    return Reading(*_lines(rows, problems, bodies.own))


def _fill(contact: Contact, row: Row, bodies: Bodies, today: date) -> list[Problem]:
    """Read the cells of a row into a contact; say all that is wrong with them."""
    cells: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        ("body", "body", bodies.find),
        ("kind", "kind", _way),
        ("value", "value", lambda text: _value(contact.kind, text)),
        ("source", "source", lambda text: _source(text, contact, bodies)),
        ("date", "stated_on", lambda text: _day(text, today)),
    )
    problems = []
    for column, field, read in cells:
        try:
            setattr(contact, field, read(row[column]))
        except CellRefused as refused:
            problems.append(Problem(row.number, column, refused.sentence))
    return problems


def _way(text: str) -> str:
    found = next((kind for kind, words in WAYS.items() if plain(text) in words), None)
    if found is None:
        raise CellRefused(f"{in_quotes(text)} is no way we know: web, e-mail, phone or post.")
    return str(found)


def _value(kind: str, text: str) -> str:
    if not kind:
        return ""
    value = " ".join(text.split())
    if not value or len(value) > LONGEST:
        raise CellRefused(f"Write the address or number under value, up to {LONGEST} letters.")
    if kind == Kind.EMAIL:
        return _email(value)
    if kind == Kind.WEB:
        return _web(value)
    if kind == Kind.PHONE and not PHONE.fullmatch(value):
        raise CellRefused(f"{in_quotes(value)} is no telephone number.")
    return value


def _email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise CellRefused(f"{in_quotes(value)} is no e-mail address.") from None
    return value


def _web(value: str) -> str:
    address = value if "://" in value else f"https://{value}"
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in address:
        raise CellRefused(
            f"{in_quotes(value)} is no web address, such as https://www.coldbrook.example."
        )
    try:
        check_shown(address)
    except NotReached as refused:
        raise CellRefused(f"{in_quotes(value)}: {refused}") from None
    return address


def _source(text: str, contact: Contact, bodies: Bodies) -> str:
    """Write whose word it is: what another council says of a parish is marked as its word."""
    said = text.strip() or f"Stated by {bodies.own}"
    if contact.body_id in (None, bodies.own.pk):
        return said
    return f"From the address book of {bodies.own}: {text.strip()}".rstrip(": ")


def _day(text: str, today: date) -> date | None:
    if not text.strip():
        return None
    day = iso_date(text)
    if day > today:
        raise CellRefused(f"{in_quotes(text)} is in the future.")
    return day


def _lines(
    rows: list[tuple[int, Contact]], problems: list[Problem], own: Body
) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Hold rows against what is recorded, and against one another."""
    bodies = {contact.body for _, contact in rows}
    held = {
        (contact.body_id, contact.kind, contact.value): contact
        for contact in Contact.objects.filter(body__in=bodies)
    }
    lines: list[Line] = []
    seen: dict[tuple[int, str, str], int] = {}
    for number, contact in rows:
        key = (contact.body_id, contact.kind, contact.value)
        first = seen.setdefault(key, number)
        if first != number:
            said = f"Row {first} says the same already. Keep one of rows {first} and {number}."
            problems.append(Problem(number, "", said))
        elif key in held and held[key].ended_on and contact.body != own:
            said = f"{contact.body} has ended this itself. Ask it before it is shown again."
            problems.append(Problem(number, "value", said))
        else:
            lines.append(_line(number, contact, held.get(key)))
    return tuple(lines), tuple(problems)


def _line(number: int, contact: Contact, held: Contact | None) -> Line:
    says = f"{contact.body}: {contact.get_kind_display().lower()} {contact.value}"
    state: State = "new" if held is None else "changed" if held.ended_on else "same"
    return Line(number, state, f"{says}, in use again" if state == "changed" else says, contact)


def take(lines: Sequence[Line], occasion: Occasion) -> None:
    """Record the contacts, body by body."""
    by_body: dict[Body, list[Contact]] = {}
    for line in lines:
        by_body.setdefault(line.keeps.body, []).append(line.keeps)
    for body, contacts in by_body.items():
        actions.record_contacts(
            body=body, contacts=contacts, by=occasion.who.by, today=occasion.today
        )


KIND = ImportKind(
    slug="contacts",
    title="Contacts of councils",
    lead="How the public reaches your council. A county, district or city may add what its address "
    "book says of the parishes in its area; it is marked as its word.",
    columns=(
        Wanted(
            "body",
            "The council; blank is your own",
            "text",
            None,
            "Coldbrook Parish Council",
            False,
        ),
        Wanted("kind", "web, e-mail, phone or post", "text", None, "e-mail"),
        Wanted(
            "value", "The address or number. Pages show it", "text", None, "clerk@coldbrook.example"
        ),
        Wanted(
            "source", "Who says so; name no person", "text", None, "The council's website", False
        ),
        Wanted("date", "The day it was stated", "date", None, "2026-04-01", False),
    ),
    may=may,
    read=read,
    take=take,
)
