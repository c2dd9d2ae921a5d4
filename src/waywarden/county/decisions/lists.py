"""The list of a body's decisions: each column says how it is sorted, filtered and shown."""

from collections.abc import Mapping, Sequence

from django.utils.timezone import localtime

from waywarden.county.decisions.models import Decision
from waywarden.fabric.common.wording import day
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = (
    "What the body’s own officers recorded here, or whoever answered an offer for it; its signed "
    "minutes are what counts."
)
LICENCE = "Open Government Licence v3.0"


def _when(decision: Decision) -> str:
    if decision.stated_on:
        return day(decision.stated_on)
    return f"Planned for {day(decision.due_on)}" if decision.due_on else "Not known"


def _votes(decision: Decision) -> str:
    if decision.votes_for is None:
        return "Not counted"
    return f"{decision.votes_for} for, {decision.votes_against} against"


DECISIONS: list[Listed[Decision]] = [
    Listed(
        "title",
        "What it is about",
        "text",
        lambda decision: decision.title,
        heading="Decision",
        leads=lambda decision: decision.get_absolute_url(),
        filtered="text",
    ),
    Listed(
        "reference",
        "Its reference; blank while it is planned",
        "text",
        lambda decision: decision.reference,
        heading="Reference",
        cell=lambda decision: decision.reference or "None yet",
        filtered="text",
    ),
    Listed(
        "kind",
        "Who takes it",
        "text",
        lambda decision: decision.get_kind_display(),
        heading="Kind",
        filtered="choice",
    ),
    Listed(
        "status",
        "How it stands",
        "text",
        lambda decision: decision.get_status_display(),
        heading="Status",
        filtered="choice",
    ),
    Listed(
        "outcome",
        "What came of it; blank while it is planned",
        "text",
        lambda decision: decision.get_outcome_display(),
        heading="Outcome",
        cell=lambda decision: decision.get_outcome_display() or "Not decided yet",
        filtered="choice",
    ),
    Listed(
        "decided_on",
        "The day it was taken, as stated, or for which it is planned",
        "date",
        lambda decision: decision.stated_on or decision.due_on,
        heading="Day",
        cell=_when,
        starts="most",
    ),
    Listed(
        "received_on",
        "The day it was received here",
        "date",
        lambda decision: localtime(decision.received_at).date() if decision.received_at else None,
        heading="Received here",
        cell=lambda decision: (
            day(localtime(decision.received_at).date()) if decision.received_at else "Not yet"
        ),
        starts="most",
    ),
    Listed(
        "votes_for",
        "Votes for; blank where nobody counted",
        "whole number",
        lambda decision: decision.votes_for,
        heading="Votes",
        cell=_votes,
    ),
    Listed(
        "call_in_ends_on",
        "Until when it can be called in",
        "date",
        lambda decision: decision.call_in_ends_on,
        heading="Call-in until",
        cell=lambda decision: day(decision.call_in_ends_on) if decision.call_in_ends_on else "None",
        starts="most",
    ),
]


def decisions_list(decisions: Sequence[Decision], asked: Mapping[str, str]) -> ListPage[Decision]:
    """Return the decisions of a body as an address asks for them, the newest first."""
    return listed(DECISIONS, decisions, asked, what="decisions", usual_sort="decided_on")
