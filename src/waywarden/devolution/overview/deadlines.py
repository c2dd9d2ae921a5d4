"""By which day an officer of a county, or the councils it asks, must do something. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from waywarden.devolution.offers.models import Offer
from waywarden.devolution.overview.queries import Held, OpenRound
from waywarden.fabric.common.wording import day
from waywarden.rules.bank_holidays import NotRecorded
from waywarden.rules.calendar import Whose
from waywarden.rules.timetable import meeting

#: A day so near is marked.
SOON = 7
#: Those who may still decide.
UNDECIDED = ("Silent", Offer.Answer.MORE_TIME.label)
#: What is out in time for a meeting: one of them, and several.
NOTICES = {
    Whose.PARISH_COUNCIL: ("1 parish agenda", "parish agendas"),
    Whose.PARISH_MEETING: ("1 notice of a parish meeting", "notices of parish meetings"),
    Whose.COUNCIL_OR_MEETING: (
        "1 notice of a council or parish meeting",
        "notices of councils or parish meetings",
    ),
}


@dataclass(frozen=True)
class Deadline:
    """A day, what must be done by it, and where to look."""

    on: date
    says: str
    leads: str
    today: date
    #: Whether it is the last day for the agenda or notice of a meeting.
    is_agenda: bool = False

    @property
    def is_soon(self) -> bool:
        return (self.on - self.today).days <= SOON


def deadlines_of(held: Held) -> list[Deadline]:
    """List the days to come, the earliest first; what is overdue already needs the officer."""
    found = [
        *(each for of in held.rounds for each in _of_round(of)),
        *(
            Deadline(
                line.expression.due_on,
                f"Answer {line.expression.who} about their expression of interest.",
                line.expression.get_absolute_url(),
                held.on,
            )
            for line in held.asked
            if line.expression.due_on
        ),
    ]
    coming = [each for each in found if each.on >= held.on]
    return sorted(coming, key=lambda each: (each.on, each.says))


def _of_round(of: OpenRound) -> Iterator[Deadline]:
    if of.days_left >= 0:
        says, where = f"Answers to “{of.round}” close.", of.round.get_absolute_url()
        yield Deadline(of.round.answer_by, says, where, of.on)
    meetings = Counter(
        (offer.meeting_on, offer.whose)
        for offer in of.offers
        if offer.meeting_on and offer.meeting_on >= of.on and offer.stage in UNDECIDED
    )
    for (meeting_on, whose), count in meetings.items():
        if issue := _issue_day(meeting_on, whose):
            one, several = NOTICES[whose]
            agendas = one if count == 1 else f"{count} {several}"
            says = f"{agendas} must be out for meetings on {day(meeting_on)}."
            where = reverse("offers:councils", args=[of.round.pk])
            yield Deadline(issue, says, where, of.on, is_agenda=True)


def _issue_day(meeting_on: date, whose: Whose) -> date | None:
    """Return the working day by which a notice is out by every reading; none where not known."""
    try:
        return meeting(meeting_on, whose).notice_by_working_day
    except NotRecorded:
        return None
