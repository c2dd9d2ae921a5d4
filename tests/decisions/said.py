"""What tests say of decisions: a proposal, a resolution, an interest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.cast import Cast
from waywarden.county.decisions import actions, queries
from waywarden.county.decisions.actions import Declared
from waywarden.county.decisions.models import Decision, SignOff
from waywarden.county.decisions.policies import Proposal, Taken
from waywarden.county.people.models import Office
from waywarden.fabric.journal.models import Entry

TODAY = date(2026, 11, 26)
NOON = "2026-11-26T12:00:00+00:00"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def taken(**facts: Any) -> Taken:
    """Give a resolution of nine members, seven for it and one against."""
    members = {"present": 9, "quorum": 3, "votes_for": 7, "votes_against": 1, "abstained": 1}
    said = {"outcome": "agreed", "reference": "2026/114", "stated_on": date(2026, 11, 12)}
    return Taken(**said | members | {"text": "Resolved to cut the grass"} | facts)


def uncounted(**facts: Any) -> Taken:
    """Give a resolution whose minute counts nobody."""
    none = dict.fromkeys(("present", "quorum", "votes_for", "votes_against", "abstained"))
    return taken(**none | facts)


def proposal(**facts: Any) -> Proposal:
    """Give a key decision of the executive, announced long enough before."""
    when = {"announced_on": date(2026, 10, 20), "due_on": date(2026, 11, 26)}
    said = {"kind": "executive", "title": "To offer grass cutting to parishes", "is_key": True}
    return Proposal(**said | {"text": "Offer it from April"} | when | facts)


def planned(cast: Cast, **facts: Any) -> Decision:
    """Let the county announce a decision."""
    given = {"by": cast.by, "today": date(2026, 10, 20)}
    return actions.plan(body=cast.county_council, proposal=proposal(**facts), **given)


def signed_off(decision: Decision, by: Office, *kinds: str) -> None:
    """Let an officer sign off all that is asked for, or some of it."""
    shown = queries.proposal_digest(decision, queries.options_of(decision))
    for kind in kinds or tuple(SignOff.Kind):
        given = {"kind": kind, "says": "Looked at", "shown": shown, "now": NOON}
        actions.sign_off(decision=decision, by=by, **given)


def declared(**facts: Any) -> Declared:
    """Give a pecuniary interest of a member who left."""
    return Declared(**{"member": "Councillor One", "nature": "pecuniary", "effect": "left"} | facts)


def recorded(cast: Cast, kind: str = "minute", **facts: Any) -> Decision:
    """Let Wychbourne record what it resolved."""
    given = {"kind": kind, "title": "To cut the grass", "by": cast.by, "now": NOW}
    body = cast.county_council if kind == "executive" else cast.wychbourne_council
    return actions.record(body=body, taken=taken(**facts), **given)


def last() -> Entry:
    """Give the last line of the journal."""
    return Entry.objects.order_by("-number")[0]
