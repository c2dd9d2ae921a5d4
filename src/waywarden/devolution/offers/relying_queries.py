"""Questions about the power a round rests on: what is known of its services, and what of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict

from waywarden.county.councils.models import Body
from waywarden.county.decisions.relying import (
    ANY_OF,
    Asked,
    Basis,
    Reliance,
    kind_of,
    towards,
)
from waywarden.county.places.models import Jurisdiction
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Service
from waywarden.devolution.offers.models import Confirmation, Offer, Round
from waywarden.rules.powers import Kind

Tier = Jurisdiction.Tier


class _Confirmed(TypedDict):
    confirmed: Mapping[str, frozenset[str]]
    noted: frozenset[str]


def basis_of(of: Round, services: Sequence[Service]) -> Basis:
    """Return what a round rests on while it offers these services."""
    return Basis(of.body, of.power, of.starts_on, asked_of(services), **_confirmed(of))


def asked_of(services: Sequence[Service]) -> tuple[Asked, ...]:
    """Return services as a power is asked about them."""
    settled = catalogue.confirmations(services)
    return tuple(Asked(each.code, each.name, each.pk in settled) for each in services)


def reliance_of(of: Round, services: Sequence[Service]) -> Reliance:
    """Return what is found of the power of a round, towards every kind of council it asks."""
    return towards(basis_of(of, services), takers_of(of.body))


def reliance_on(body: Body, power: str, starts_on: date, services: Sequence[Service]) -> Reliance:
    """Return what would be found of a power that nobody has chosen yet."""
    return towards(Basis(body, power, starts_on, asked_of(services), {}), takers_of(body))


def reliance_to(offer: Offer, basis: Basis) -> Reliance:
    """Return what is found of the power of a round, towards one council by its name."""
    return towards(basis, {kind_of(offer.body.kind): offer.body.name})


def takers_of(body: Body) -> Mapping[Kind, str]:
    """Return the kinds of councils that there are to ask, each with what a sentence calls it."""
    counties = Jurisdiction.objects.filter(body=body, tier=Tier.COUNTY).values("area")
    parishes = Jurisdiction.objects.filter(tier=Tier.PARISH, area__county__in=counties)
    kinds = {kind_of(kind) for kind in parishes.values_list("body__kind", flat=True).distinct()}
    return {kind: name for kind, name in ANY_OF.items() if kind in (kinds or {Kind.PARISH})}


def confirmations_of(of: Round) -> list[Confirmation]:
    """Return what was confirmed of the power a round rests on now, the last first."""
    standing = Confirmation.objects.filter(round=of, power=of.power, taken_back_at=None)
    return list(standing.order_by("-pk"))


def _confirmed(of: Round) -> _Confirmed:
    """Return for which services each warning was confirmed, and which another officer noted."""
    found: dict[str, set[str]] = defaultdict(set)
    standing = confirmations_of(of)
    for each in standing:
        found[each.warning] |= set(each.services.split())
    return {
        "confirmed": {warning: frozenset(codes) for warning, codes in found.items()},
        "noted": frozenset(each.warning for each in standing if each.is_noted),
    }


def codes(services: Iterable[str]) -> str:
    """Write the codes of services as a confirmation keeps them."""
    return " ".join(sorted(services))
