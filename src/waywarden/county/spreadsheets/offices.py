"""Who holds which office in one's own body: known people are appointed, others invited."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from waywarden.county.councils.models import Body
from waywarden.county.offices import actions, queries
from waywarden.county.offices.actions import Offer
from waywarden.county.offices.forms import kinds_of_office
from waywarden.county.offices.models import Invitation
from waywarden.county.offices.policies import MOST_A_DAY
from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office, Person
from waywarden.county.people.permissions import may_appoint
from waywarden.county.people.policies import obstacles_to_holding, told_of_the_same
from waywarden.county.places.naming import in_quotes
from waywarden.data.names import did_you_mean, nearest, plain
from waywarden.fabric.common.refusals import Refusal
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

#: Only these answer for a part of what their council does.
WITH_PORTFOLIO = (Office.Kind.CABINET_MEMBER, Office.Kind.DIRECTOR)
LONGEST_PORTFOLIO = 200


def may(who: Asking) -> bool:
    """Whether somebody acts in a body in which they say who holds its offices."""
    return who.acting is not None and may_appoint(who.acting, who.acting.body)


def read(sheet: Sheet, occasion: Occasion) -> Reading:
    """Say what each row would do: appoint somebody known here, or invite an address."""
    body: Body = occasion.who.acting.body
    rows: list[tuple[int, Offer]] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        try:
            rows.append((row.number, _offer(row, body, occasion.today)))
        except _Wrong as wrong:
            problems.append(Problem(row.number, wrong.column, wrong.sentence))
        if len(problems) > MOST_WRONG:
            break
    lines, twins = _lines(rows, body, occasion)
    return Reading(tuple(lines), (*problems, *twins))


class RowStands(Refusal):
    """A row that stands in the way of the whole table; the message names it and says why."""


class _Wrong(CellRefused):
    """A cell that cannot be read, and the column it stands in."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def _offer(row: Row, body: Body, today: date) -> Offer:
    office = _kind(row["office"], body)
    starts_on = _day(row, "starts_on") if row["starts_on"] else today
    ends_on = _day(row, "ends_on")
    if obstacles := obstacles_to_holding(starts_on=starts_on, ends_on=ends_on, today=today):
        raise _Wrong("ends_on", " ".join(obstacles))
    portfolio = " ".join(row["portfolio"].split())
    if portfolio and office not in WITH_PORTFOLIO:
        raise _Wrong("portfolio", "Only a cabinet member or director has one. Leave it blank.")
    if len(portfolio) > LONGEST_PORTFOLIO:
        raise _Wrong("portfolio", f"Write it in {LONGEST_PORTFOLIO} letters or fewer.")
    return Offer(_address(row["email"]), office, starts_on, ends_on, portfolio)


def _kind(text: str, body: Body) -> str:
    offered = {kind.label: kind for kind in kinds_of_office(body)}
    for label, kind in offered.items():
        if plain(text) in (plain(label), plain(kind.value)):
            return str(kind)
    meant = did_you_mean(nearest(text, offered)) or f"There are: {', '.join(offered)}."
    raise _Wrong("office", f"{in_quotes(text)} is no office in {body}. {meant}")


def _day(row: Row, column: str) -> date:
    try:
        return iso_date(row[column])
    except CellRefused as refused:
        raise _Wrong(column, refused.sentence) from None


def _address(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise _Wrong("email", f"{in_quotes(text)} is no e-mail address.") from None
    return address


def _lines(
    rows: Sequence[tuple[int, Offer]], body: Body, occasion: Occasion
) -> tuple[list[Line], list[Problem]]:
    """Hold offers against who holds offices already, who is invited, and one another."""
    # Only those who hold or held an office here are known: a table is no way to find out who
    # else has an account.
    ours = Person.objects.filter(offices__body=body, is_active=True)
    known = {person.email.lower(): person for person in ours}
    held = _held(body, occasion.today) | _invited(body, occasion)
    left = MOST_A_DAY - _sent_today(occasion)
    lines: list[Line] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str, str], int] = {}
    once_held = _once_held(body, occasion.today)
    for number, offer in rows:
        key = (offer.address, offer.kind, offer.portfolio)
        line = _line(number, offer, known.get(offer.address), is_held=key in held)
        left -= line.state == "new" and line.keeps[1] is None
        if first := seen.get(key):
            problems.append(Problem(number, "", f"Row {first} says the same. Keep one of them."))
        elif earlier := once_held.get((*key, offer.starts_on)):
            says = told_of_the_same(earlier, today=occasion.today)
            problems.append(Problem(number, "starts_on", says))
        elif left < 0 and line.state == "new":
            problems.append(Problem(number, "email", _too_many()))
        else:
            seen[key] = number
            lines.append(line)
    return lines, problems


def _too_many() -> str:
    return f"No more than {MOST_A_DAY} people can be invited in a day. Send this row tomorrow."


def _line(number: int, offer: Offer, person: Person | None, *, is_held: bool) -> Line:
    state: State = "same" if is_held else "new"
    does = "is appointed" if person else "is invited to be"
    label = Office.Kind(offer.kind).label
    title = f"{label} for {offer.portfolio}" if offer.portfolio else label
    says = f"{offer.address} {does} {title}, {offer.starts_on:%-d %B %Y} to "
    return Line(number, state, f"{says}{offer.ends_on:%-d %B %Y}", (offer, person))


def _held(body: Body, today: date) -> set[tuple[str, str, str]]:
    """Return the offices of a body that go on, by whose address."""
    there = Office.objects.in_body(body).filter(ended_at__isnull=True, ends_on__gte=today)
    there = there.select_related("person")
    return {(office.person.email.lower(), office.kind, office.portfolio) for office in there}


def _once_held(body: Body, today: date) -> dict[tuple[str, str, str, date | None], Office]:
    """Return the offices of a body that ran out: none is given again from its own first day."""
    there = Office.objects.in_body(body).filter(ended_at__isnull=True, ends_on__lt=today)
    return {
        (office.person.email.lower(), office.kind, office.portfolio, office.starts_on): office
        for office in there.select_related("person", "body")
    }


def _invited(body: Body, occasion: Occasion) -> set[tuple[str, str, str]]:
    """Return the offices somebody is asked to take up already."""
    sent = Invitation.objects.filter(body=body).open(occasion.now, occasion.today)
    return {(each.address.lower(), each.kind, each.portfolio) for each in sent}


def _sent_today(occasion: Occasion) -> int:
    since = occasion.now - timedelta(days=1)
    return queries.sent_since(since, by=occasion.who.acting.person)


def take(lines: Sequence[Line], occasion: Occasion) -> None:
    """Appoint those known here, and write to the others."""
    for line in lines:
        try:
            _take_one(line, occasion)
        except Refusal as refused:
            raise RowStands(f"Row {line.row_number}: {refused} Nothing was saved.") from refused


def _take_one(line: Line, occasion: Occasion) -> None:
    by: Office = occasion.who.acting
    offer, person = line.keeps
    given = {"body": by.body, "offer": offer, "by": by, "today": occasion.today}
    if person:
        actions.appoint(person=person, **given)
    else:
        actions.invite(now=occasion.now, **given)


KIND = ImportKind(
    slug="offices",
    title="People and the offices they hold",
    lead="Who holds which office in your own council. Somebody who has held one is appointed; "
    "to others an invitation is sent, and they hold the office once they accept.",
    columns=(
        Wanted("email", "Their own e-mail address", "text", example="dot@coldbrook.example"),
        Wanted("office", "The office, such as Clerk or Councillor", "text", example="Councillor"),
        Wanted("ends_on", "The last day they hold it", "date", example="2027-05-31"),
        Wanted("starts_on", "The first day; blank is today", "date", is_needed=False),
        Wanted(
            "portfolio", "What a cabinet member or director answers for", "text", is_needed=False
        ),
    ),
    may=may,
    read=read,
    take=take,
)
