"""Whoever acts from outside a body: a person, in an office elsewhere or as the operator."""

from dataclasses import dataclass

from django.http import HttpRequest

from waywarden.county.people.acting import asking
from waywarden.county.people.models import Office, Person
from waywarden.county.people.permissions import speaks_for_principal_council
from waywarden.fabric.common.subjects import Actor


@dataclass(frozen=True)
class Hand:
    """A person, and the office they act in; none for the operator."""

    person: Person
    acting: Office | None

    @property
    def actor(self) -> Actor:
        """Them, for the journal."""
        return self.acting.actor if self.acting else self.person.actor


def hand_of(request: HttpRequest) -> Hand:
    """Give whoever asks, with the office they act in, behind a gate for the signed in."""
    who = asking(request)
    if who.person is None:
        raise LookupError("Nobody who has not signed in comes here.")
    # The operator of the installation who is also somebody's clerk is here as the operator.
    is_here_as_operator = who.person.is_operator and not (
        who.acting and speaks_for_principal_council(who.acting)
    )
    return Hand(who.person, None if is_here_as_operator else who.acting)
