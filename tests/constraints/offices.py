"""Rules about invitations, recoveries and looks from outside."""

from typing import Any

from tests.cast import Cast
from tests.constraints.breaking import APRIL, ENDS_FIRST, MARCH, NOON, Break, Whole, once, twice
from tests.constraints.people import office_of
from waywarden.county.looking_in.models import OperatorAccess
from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office
from waywarden.county.recovery.models import Recovery


def invitation(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of an invitation that breaks no rule."""
    days = {"starts_on": MARCH, "ends_on": APRIL, "sent_at": NOON, "expires_at": NOON}
    offered = {"body": cast.wychbourne_council, "kind": "clerk", "address": "fay@example.org"}
    token = f"{Invitation.objects.count():064}"
    return offered | days | {"token_hash": token} | facts


def handed_over_twice(cast: Cast) -> None:
    old = Office.objects.create(**office_of(cast))
    for address in ("fay@example.org", "lou@example.org"):
        Invitation.objects.create(**invitation(cast, address=address, in_place_of=old))


def recovery(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a recovery that breaks no rule."""
    who = {"proposed_by": cast.ada, "proposed_at": NOON, "ends_on": APRIL, "reason": "All left"}
    offered = {"body": cast.coldbrook_council, "kind": "clerk", "address": "fay@example.org"}
    return offered | who | facts


def look(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a look from outside that breaks no rule."""
    who = {"person": cast.ada, "body": cast.coldbrook_council, "starts_at": NOON}
    return who | {"hours": 1, "reason": "They asked us to"} | facts


BROKEN: dict[str, Break] = {
    "an_office_offered_ends_after_it_starts": once(
        Invitation, lambda cast: invitation(cast, **ENDS_FIRST)
    ),
    "an_invitation_is_answered_at_a_moment": once(
        Invitation, lambda cast: invitation(cast, status="accepted")
    ),
    "an_office_is_offered_once_to_each_address": lambda cast: (
        Invitation.objects.create(**invitation(cast)),
        Invitation.objects.create(**invitation(cast, address="FAY@example.org")),
    ),
    "an_office_is_handed_over_once": handed_over_twice,
    "Invitation.token_hash": lambda cast: (
        Invitation.objects.create(**invitation(cast)),
        Invitation.objects.create(**invitation(cast, kind="chair") | {"token_hash": "0".zfill(64)}),
    ),
    "a_recovery_takes_two_people": once(
        Recovery, lambda cast: recovery(cast, status="agreed", answered_by=cast.ada)
    ),
    "Recovery.invitation": lambda cast: [
        Recovery.objects.create(**recovery(cast, status="stopped", invitation=sent))
        for sent in [Invitation.objects.create(**invitation(cast))] * 2
    ],
    "a_recovery_has_a_reason": once(Recovery, lambda cast: recovery(cast, reason="")),
    "a_body_is_recovered_by_one_proposal_at_a_time": twice(Recovery, recovery),
    "access_from_outside_lasts_eight_hours_at_most": once(
        OperatorAccess, lambda cast: look(cast, hours=9)
    ),
    "access_from_outside_has_a_reason": once(OperatorAccess, lambda cast: look(cast, reason="")),
}
WHOLE: list[Whole] = [(Invitation, invitation), (Recovery, recovery), (OperatorAccess, look)]
