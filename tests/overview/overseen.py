"""What an officer is shown: what tests ask of it, and letters of earlier days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from unittest import mock

from django.utils.timezone import localdate

from tests.cast import Cast
from tests.offers.asked import reachable
from waywarden.county.people.models import Office
from waywarden.devolution.offers import actions as offers
from waywarden.devolution.offers.models import Offer
from waywarden.devolution.overview import needs, queries
from waywarden.devolution.overview.needs import Need


def held(ada: Office, on: date | None = None) -> queries.Held:
    return queries.held_for(ada, on=on or localdate())


def found(ada: Office, on: date | None = None) -> list[Need]:
    return needs.needs_of(held(ada, on))


def named(ada: Office, words: str, on: date | None = None) -> Need:
    """Give the one need whose title has some words."""
    (only,) = [need for need in found(ada, on) if words in need.title]
    return only


def write_to(offer: Offer, cast: Cast, *, days_ago: int = 0) -> None:
    """Let the county write to a council."""
    if not offer.body.contacts.exists():
        reachable(cast, offer.body, f"{offer.body.key}@example.org")
    then = datetime.now(UTC) - timedelta(days=days_ago)
    with mock.patch("waywarden.fabric.journal.actions.datetime") as clock:
        clock.now.return_value = then
        offers.write_to(offer=offer, by=cast.by, now=then)
