"""The list of who has asked: how each column is sorted, filtered and shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.county.offices.queries import holders_now
from waywarden.county.people.models import Office
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.common.wording import day, pounds
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = "What those who asked have written, and what officers have recorded."
LICENCE = "For the officers of the council that was asked: it names people."


#: What each kind is called where there is little room.
KINDS = {
    Expression.Kind.COUNCIL: "Council",
    Expression.Kind.VOLUNTARY: "Voluntary",
    Expression.Kind.COMPANY: "Company",
    Expression.Kind.GROUP: "Group",
    Expression.Kind.NEW: "New group",
    Expression.Kind.EMPLOYEES: "Employees",
}


@dataclass(frozen=True)
class Line:
    """One expression, as the list and its files show it."""

    expression: Expression
    on: date
    #: The office that answers as it is held on the day; none where nobody holds it.
    answers: Office | None = None

    @property
    def days_waiting(self) -> int | None:
        """Since when it was sent, in days; none once nothing more is to be done."""
        sent_on = self.expression.sent_on
        return None if sent_on is None or self.expression.is_over else (self.on - sent_on).days

    @property
    def days_late(self) -> int | None:
        """By how many days something is overdue; none where nothing is."""
        due_on = self.expression.due_on
        return (self.on - due_on).days if due_on is not None and due_on < self.on else None

    @property
    def is_late(self) -> bool:
        return self.days_late is not None

    @property
    def host(self) -> str:
        """Whether a host was named, and what it says."""
        hosting = getattr(self.expression, "hosting", None)
        if hosting is not None:
            return str(hosting.stands_for_county)
        if self.expression.host:
            return "Named, not asked"
        return "Needed, and none named" if self.expression.needs_a_host else "None named"

    @property
    def nobody(self) -> str:
        """What stands where nobody answers: the office may have ended with its holder."""
        return "Nobody now" if self.expression.coordinator_id else "Nobody yet"

    @property
    def uncovered_pence(self) -> int | None:
        """What income leaves uncovered in the first year, as they reckon; none without a budget."""
        budget = getattr(self.expression, "budget", None)
        return None if budget is None else budget.counted().first_year.uncovered_pence


def lines_of(expressions: Sequence[Expression], *, on: date) -> list[Line]:
    """Return a line for each expression, with the office that answers it as it is held now."""
    named = [each.coordinator for each in expressions if each.coordinator is not None]
    answers = holders_now(named, on=on)
    return [Line(each, on, answers.get(each.coordinator_id or 0)) for each in expressions]


def _names(found: Iterable[object]) -> str:
    return ", ".join(sorted(str(each) for each in found))


ASKED: list[Listed[Line]] = [
    Listed(
        "who",
        "Who asks",
        "text",
        lambda line: line.expression.who,
        heading="Who asks",
        leads=lambda line: line.expression.get_absolute_url(),
        filtered="text",
    ),
    Listed(
        "written",
        "Who is known to have written it",
        "text",
        lambda line: line.expression.written,
        heading="Written",
        cell=lambda line: "In its office" if line.expression.body_id else "Not shown",
    ),
    Listed(
        "stage",
        "Where it stands",
        "text",
        lambda line: line.expression.stage,
        heading="Stage",
        filtered="choice",
    ),
    Listed(
        "days_late",
        "Days since it ought to have been answered",
        "whole number",
        lambda line: line.days_late,
        heading="Days overdue",
        cell=lambda line: "–" if line.days_late is None else line.days_late,
        starts="most",
    ),
    Listed(
        "days_waiting",
        "Days since it was sent, while it is not settled",
        "whole number",
        lambda line: line.days_waiting,
        heading="Days waiting",
        cell=lambda line: "–" if line.days_waiting is None else line.days_waiting,
        starts="most",
    ),
    Listed(
        "due_on",
        "By which day something is due",
        "date",
        lambda line: line.expression.due_on,
        heading="Due",
        cell=lambda line: day(line.expression.due_on) if line.expression.due_on else "–",
    ),
    Listed(
        "kind",
        "What they are",
        "text",
        lambda line: KINDS[Expression.Kind(line.expression.kind)],
        heading="Kind",
        filtered="choice",
    ),
    Listed(
        "services",
        "What they ask to run",
        "text",
        lambda line: _names(line.expression.services.all()),
        heading="Services",
        filtered="text",
    ),
    Listed(
        "places",
        "In which parishes",
        "text",
        lambda line: _names(line.expression.places.all()),
        heading="Parishes",
        filtered="text",
    ),
    Listed(
        "coordinator",
        "Who answers",
        "text",
        lambda line: line.answers.title if line.answers else "",
        heading="Co-ordinator",
        cell=lambda line: line.answers.title if line.answers else line.nobody,
        filtered="choice",
    ),
    Listed(
        "host",
        "Whether the host they named agrees to sign and hold money for them",
        "text",
        lambda line: line.host,
        heading="Host",
        filtered="choice",
    ),
    Listed(
        "challenge",
        "Whether it is under the Community Right to Challenge",
        "text",
        lambda line: "Yes" if line.expression.is_challenge else "No",
        heading="Right to Challenge",
        filtered="choice",
    ),
    Listed(
        "uncovered",
        "What income does not cover in the first year, with the VAT that stays: their own figures",
        "pence",
        lambda line: line.uncovered_pence,
        heading="Not covered",
        cell=lambda line: (
            "No budget" if line.uncovered_pence is None else pounds(line.uncovered_pence)
        ),
        starts="most",
    ),
    Listed(
        "sent_on",
        "The day it was sent",
        "date",
        lambda line: line.expression.sent_on,
        heading="Sent",
        cell=lambda line: day(line.expression.sent_on) if line.expression.sent_on else "–",
        starts="most",
    ),
]


def asked_list(lines: Sequence[Line], asked: Mapping[str, str]) -> ListPage[Line]:
    """Return who has asked, the longest overdue first, and then the longest waiting."""
    waiting = sorted(lines, key=lambda line: -(line.days_waiting or 0))
    in_turn = sorted(waiting, key=lambda line: line.days_waiting is None)
    return listed(ASKED, in_turn, asked, what="expressions of interest", usual_sort="days_late")
