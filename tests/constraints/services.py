"""Rules about the catalogue of services, and how much of each a place has."""

from typing import Any

from tests.cast import Cast
from tests.constraints.breaking import APRIL, READ, UNSOURCED, UNSURE, Break, Whole, once, twice
from waywarden.county.services.models import (
    DeliveryModel,
    DutyVerification,
    Price,
    Quantity,
    Service,
    Standard,
)
from waywarden.fabric.documents.models import StoredFile


def standard(cast: Cast) -> dict[str, Any]:
    service = cast.service("FUR")
    service.standards.all().delete() if not Standard.objects.filter(source="Read").exists() else 0
    return {"service": service, "level": "minimum", "visits": 1} | READ | {"source": "Read"}


def price(cast: Cast) -> dict[str, Any]:
    at = {"basis": "by hand", "amount_pence": 5, "unit": "", "per": "visit"}
    return {"service": cast.service("FUR")} | at | READ


def amount(cast: Cast, **facts: Any) -> dict[str, Any]:
    counted = {"area": cast.coldbrook, "service": cast.service("HDG"), "amount_milli": 5000}
    return counted | {"unit": "m", "is_estimate": False} | READ | facts


def photo() -> StoredFile:
    """Give a picture that is kept for a quantity."""
    said = {"kept_for_kind": "quantity", "kept_for_key": "coldbrook_HDG", "by_key": "ada"}
    kept = {"sha256": "a" * 64, "size": 1, "media_type": "image/jpeg", "name": "Fence.jpg"}
    return StoredFile.objects.create(**kept, **said)


def estimate(cast: Cast, **facts: Any) -> dict[str, Any]:
    given = {"is_estimate": True, "low_milli": 4000, "high_milli": 6000, "confidence": "C"}
    return amount(cast, **(given | facts))


BROKEN: dict[str, Break] = {
    "standard_names_its_source": once(Standard, lambda cast: standard(cast) | UNSOURCED),
    "standard_has_a_known_confidence": once(Standard, lambda cast: standard(cast) | UNSURE),
    "a_county_sets_each_standard_of_a_service_once": twice(Standard, standard),
    "price_names_its_source": once(Price, lambda cast: price(cast) | UNSOURCED),
    "price_has_a_known_confidence": once(Price, lambda cast: price(cast) | UNSURE),
    "a_service_has_each_price_once": twice(Price, price),
    "a_price_is_a_rate_an_amount_or_a_percentage": once(
        Price, lambda cast: price(cast) | {"percent": 5}
    ),
    "quantity_names_its_source": once(Quantity, lambda cast: amount(cast, source="")),
    "quantity_has_a_known_confidence": once(Quantity, lambda cast: amount(cast, confidence="Z")),
    "a_place_has_one_current_quantity_of_a_service": twice(Quantity, amount),
    "an_estimate_is_a_range_and_says_so": once(
        Quantity, lambda cast: estimate(cast, low_milli=6000)
    ),
    "only_a_dispute_claims_and_points": once(Quantity, lambda cast: amount(cast, pin="SU 612 934")),
    "only_a_dispute_has_a_photo_and_it_says_what_it_shows": once(
        Quantity, lambda cast: amount(cast, photo_shows="A fence")
    ),
    "Service.code": lambda cast: Service.objects.filter(code="HDG").update(code="GUL"),
    "Service.slug": lambda cast: Service.objects.filter(code="HDG").update(
        slug=cast.service("GUL").slug
    ),
    "DeliveryModel.slug": lambda cast: DeliveryModel.objects.update(slug="the-same"),
    "DutyVerification.service": twice(
        DutyVerification,
        lambda cast: {
            "service": cast.service("HDG"),
            "verified_on": APRIL,
            "verified_by": "The monitoring officer",
        },
    ),
}
HALF_SAID: dict[str, Break] = {
    "an estimate without its lower end": once(Quantity, lambda c: estimate(c, low_milli=None)),
    "an estimate without its upper end": once(Quantity, lambda c: estimate(c, high_milli=None)),
    "an estimate without a range": once(
        Quantity, lambda c: estimate(c, low_milli=None, high_milli=None)
    ),
    "an estimate that is sure of itself": once(Quantity, lambda c: estimate(c, confidence="A")),
    "an estimate above its range": once(Quantity, lambda c: estimate(c, high_milli=4500)),
    "a measured amount with a range": once(Quantity, lambda c: amount(c, low_milli=1)),
    "a photo of a figure that nobody disputes": once(
        Quantity, lambda c: amount(c, photo=photo(), photo_shows="A fence")
    ),
    "a photo of which nobody says what it shows": once(
        Quantity, lambda c: amount(c, photo=photo(), is_disputed=True)
    ),
    "a price that is nothing": once(Price, lambda c: price(c) | {"amount_pence": None}),
    "a negative amount": once(Quantity, lambda c: amount(c, amount_milli=-1)),
}
WHOLE: list[Whole] = [
    (Standard, standard),
    (Price, price),
    (Quantity, amount),
    (
        Quantity,
        lambda c: (
            amount(c, photo=photo(), photo_shows="A fence", is_disputed=True)
            | {"service": c.service("GUL")}
        ),
    ),
]
