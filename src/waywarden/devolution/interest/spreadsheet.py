"""Expressions of interest that reached the county elsewhere, taken in as a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import get_current_timezone, localtime

from waywarden.county.people.acting import Asking
from waywarden.county.places.naming import in_quotes
from waywarden.county.services.queries import service_called
from waywarden.data.names import plain
from waywarden.devolution.interest import actions, permissions, queries
from waywarden.devolution.interest.actions import Asker, Wish
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.wording import day
from waywarden.fabric.imports.kinds import (
    MOST_WRONG,
    ImportKind,
    Line,
    Occasion,
    Reading,
    Wanted,
)
from waywarden.fabric.tables.cells import iso_date
from waywarden.fabric.tables.problems import CellRefused, Problem
from waywarden.fabric.tables.reading import Row, Sheet
from waywarden.rules.registered import charity_number, company_number

Kind = Expression.Kind
KINDS = {
    "council": Kind.COUNCIL,
    "parish council": Kind.COUNCIL,
    "voluntary": Kind.VOLUNTARY,
    "charity": Kind.VOLUNTARY,
    "company": Kind.COMPANY,
    "cic": Kind.COMPANY,
    "group": Kind.GROUP,
    "new group": Kind.NEW,
    "employees": Kind.EMPLOYEES,
}
NOON = time(12)
#: Reads a cell, or raises `CellRefused` or `Refusal`.
Reader = Callable[[str], Any]
#: As the column of addresses holds them.
LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class Received:
    """One row: who asked, for what, and on which day."""

    received_on: date
    asker: Asker
    wish: Wish


def may(who: Asking) -> bool:
    """Whether somebody acts as an officer of a county."""
    return who.acting is not None and permissions.may_list(who.acting)


def read(sheet: Sheet, occasion: Occasion) -> Reading:
    """Say what each row would record."""
    body, today = occasion.who.acting.body, occasion.today
    readers = _readers(queries.parishes_of(body, on=today), today)
    seen = {
        (plain(each.who), each.sent_on): "same"
        for each in Expression.objects.filter(asked_of=body, sent_at__isnull=False)
    }
    lines: list[Line] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        found, wrong = _received(row, readers)
        problems += wrong
        if found is not None:
            key = (plain(found.asker.who), found.received_on)
            state = seen.setdefault(key, f"row {row.number}")
            if state.startswith("row ") and state != f"row {row.number}":
                problems.append(Problem(row.number, "", f"It says the same as {state}."))
            else:
                says = f"{found.asker.who}, {day(found.received_on)}"
                is_held = state == "same"
                lines.append(Line(row.number, "same" if is_held else "new", says, found))
        if len(problems) > MOST_WRONG:
            break
    return Reading(tuple(lines), tuple(problems))


def _received(row: Row, readers: Mapping[str, Reader]) -> tuple[Received | None, list[Problem]]:
    cells, problems = {}, []
    for column, read_cell in readers.items():
        try:
            cells[column] = read_cell(row[column])
        except CellRefused as refused:
            problems.append(Problem(row.number, column, refused.sentence))
        except Refusal as refused:
            problems.append(Problem(row.number, column, str(refused)))
    if problems:
        return None, problems
    received_on = cells.pop("received")
    wish = Wish(**{name: cells.pop(name) for name in ("services", "places", "what")})
    return Received(received_on, Asker(**cells), wish), []


def _readers(parishes: Sequence[Any], today: date) -> dict[str, Reader]:
    def received(text: str) -> date:
        on = iso_date(text)
        if on > today:
            raise CellRefused(f"{day(on)} has not come yet.")
        return on

    return {
        "received": received,
        "who": _needed("Enter who asks", 200),
        "kind": _kind,
        "services": lambda text: [service_called(name) for name in _several(text, "a service")],
        "places": lambda text: queries.named_parishes(_several(text, "a parish"), parishes),
        "what": _needed("Say what they would do", 5_000),
        "contact_name": _short,
        "contact_email": _email,
        "charity_number": _registered(charity_number, "charity"),
        "company_number": _registered(company_number, "company"),
    }


def _needed(asks: str, most: int) -> Reader:
    def read_cell(text: str) -> str:
        said = text.strip()
        if not said or len(said) > most:
            raise CellRefused(f"{asks}, in up to {most:,} letters.")
        return said

    return read_cell


def _short(text: str) -> str:
    said = " ".join(text.split())
    if len(said) > 200:
        raise CellRefused("Enter the name in up to 200 letters.")
    return said


def _kind(text: str) -> str:
    if (found := KINDS.get(plain(text))) is None:
        raise CellRefused(f"{in_quotes(text)} is none of these: {', '.join(KINDS)}.")
    return str(found)


def _several(text: str, what: str) -> list[str]:
    names = [name.strip() for name in text.split(";") if name.strip()]
    if not names:
        raise CellRefused(f"Name {what}; several with a semicolon between them.")
    return names


def _email(text: str) -> str:
    said = text.strip()
    try:
        if said:
            validate_email(said)
    except ValidationError as error:
        raise CellRefused(f"{in_quotes(text)} is no e-mail address.") from error
    if len(said) > LONGEST_ADDRESS:
        raise CellRefused(f"An e-mail address has {LONGEST_ADDRESS} characters or fewer.")
    return said


def _registered(read_number: Callable[[str], str], what: str) -> Reader:
    def read_cell(text: str) -> str:
        if text.strip() and not read_number(text):
            raise CellRefused(f"{in_quotes(text)} can be no {what} number.")
        return read_number(text)

    return read_cell


def take(lines: Sequence[Line], occasion: Occasion) -> None:
    """Record what was received, in the order of the rows."""
    for line in lines:
        found: Received = line.keeps
        noon = datetime.combine(found.received_on, NOON, tzinfo=get_current_timezone())
        actions.take_in(
            asked_of=occasion.who.acting.body,
            asker=found.asker,
            wish=found.wish,
            received_on=found.received_on,
            sent_at=min(noon, localtime(occasion.now)),
            by=occasion.who.by,
        )


KIND = ImportKind(
    slug="interest",
    title="Expressions of interest",
    lead="Who asked your council to run a service on paper, by e-mail or on another site: a row "
    "for each. Nobody is written to. What is recorded already is left as it is.",
    columns=(
        Wanted("received", "The day it was received", "date", None, "2026-05-11"),
        Wanted("who", "The name of who asks", "text", None, "Friends of the Rec"),
        Wanted(
            "kind",
            "council, voluntary, company, group, new group or employees",
            "text",
            None,
            "group",
        ),
        Wanted(
            "services",
            "What they ask to run; semicolons between",
            "text",
            None,
            "Village grass; Litter",
        ),
        Wanted("places", "In which parishes; semicolons between", "text", None, "Coldbrook"),
        Wanted("what", "What they would do", "text", None, "Mow the green twice a month"),
        Wanted("contact_name", "Whom to answer", "text", None, "", False),
        Wanted("contact_email", "Where to answer", "text", None, "", False),
        Wanted("charity_number", "Charity number", "text", None, "1122334", False),
        Wanted("company_number", "Company number", "text", None, "", False),
    ),
    may=may,
    read=read,
    take=take,
)
