"""Rules about rounds of offers, what they offer, and the offer to each council."""

from datetime import date
from typing import Any

from tests.cast import Cast
from tests.constraints.breaking import NOON, Break, Whole, once, twice
from waywarden.devolution.offers.models import (
    Confirmation,
    Offer,
    OfferedService,
    PackBundle,
    Round,
)


def round_(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a round that is open."""
    days = {"starts_on": date(2028, 4, 1), "answer_by": date(2027, 12, 1), "opened_at": NOON}
    return {"body": cast.county_council, "title": "Grass", "status": "open"} | days | facts


def _held(cast: Cast) -> Round:
    return Round.objects.first() or Round.objects.create(**round_(cast))


def service(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a service that is offered."""
    of = {"round": _held(cast), "service": cast.service("DPS01")}
    return of | {"rate_millipence": 5_000} | facts


def offer(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of an offer that was sent and not answered."""
    of = {"round": _held(cast), "body": cast.coldbrook_council}
    return of | {"sent_at": NOON, "letters": 1} | facts


def packs(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of packs that are being put into one file."""
    asked = {"asked_by_key": "person-1", "asked_by_shown_as": "Ada", "asked_at": NOON}
    return {"round": _held(cast)} | asked | facts


def confirmation(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a warning that the monitoring officer confirmed."""
    who = {"recorded_by_key": "person-1", "recorded_by_shown_as": "Ada", "recorded_at": NOON}
    said = {"power": "LGA2000-s9EA", "warning": "publicity-of-28-days", "says": "Perhaps key"}
    return {"round": _held(cast), "given_on": date(2027, 5, 3)} | who | said | facts


BROKEN: dict[str, Break] = {
    "a_round_has_a_title": once(Round, lambda c: round_(c, title="")),
    "a_round_has_a_known_status": once(Round, lambda c: round_(c, status="perhaps")),
    "answers_are_due_before_the_services_start": once(
        Round, lambda c: round_(c, answer_by=date(2028, 4, 1))
    ),
    "a_round_offers_years": once(Round, lambda c: round_(c, years=0)),
    "a_round_was_opened_before_it_is_open": once(Round, lambda c: round_(c, opened_at=None)),
    "a_round_offers_each_service_once": twice(OfferedService, service),
    "visits_are_within_a_year_at_least": once(OfferedService, lambda c: service(c, per_years=0)),
    "a_round_asks_a_council_once": twice(Offer, offer),
    "an_offer_has_a_known_answer": once(
        Offer, lambda c: offer(c, answer="perhaps", answered_at=NOON)
    ),
    "an_offer_is_answered_at_a_moment": once(Offer, lambda c: offer(c, answer="declined")),
    "a_council_agrees_by_a_decision": once(
        Offer, lambda c: offer(c, answer="agreed", answered_at=NOON)
    ),
    "an_offer_counts_its_letters": once(Offer, lambda c: offer(c, letters=0)),
    "a_number_is_erased_once_called": once(
        Offer, lambda c: offer(c, call_back="01865", call_back_at=NOON, called_on=NOON.date())
    ),
    "who_was_called_had_asked": once(Offer, lambda c: offer(c, called_on=NOON.date())),
    "a_link_that_was_ended_was_sent": once(Offer, lambda c: offer(c, link_ended_at=NOON)),
    "a_tax_base_is_not_nought": once(Offer, lambda c: offer(c, tax_base_milli=0)),
    "packs_of_a_round_are_made_once_at_a_time": twice(PackBundle, packs),
    "a_warning_is_confirmed_once": twice(Confirmation, confirmation),
    "what_is_noted_for_another_has_a_reference": once(
        Confirmation, lambda c: confirmation(c, is_noted=True)
    ),
}
WHOLE: list[Whole] = [
    (Round, round_),
    (OfferedService, service),
    (Offer, offer),
    (PackBundle, packs),
]
