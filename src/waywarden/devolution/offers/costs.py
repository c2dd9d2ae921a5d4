"""What a plan says an offer would cost a council: higher rooms give it (see the settings)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from waywarden.county.places.models import Area


@dataclass(frozen=True)
class Span:
    """A cost in a year at low, expected and high prices, in pence."""

    low: int
    expected: int
    high: int


@dataclass(frozen=True)
class Costs:
    """What the services of a plan cost a council: alone, and in its cluster if it is in one."""

    alone: Span
    together: Span | None
    #: The cluster in a sentence, blank where the council is in none.
    cluster: str
    plan: str
    url: str


#: Gives what a plan, by its number, says of councils' places for services, by their codes: for
#: each council it planned, by the key it is asked under. Nothing where it is of other services.
Costing = Callable[[int, Mapping[int, Sequence[Area]], frozenset[str]], Mapping[int, Costs]]


#: Says why a plan, by its number, gives councils no cost of services; blank where it gives them.
Missing = Callable[[int, frozenset[str]], str]


def why_none(plan: int | None, codes: frozenset[str]) -> str:
    """Say why councils see no cost though a plan was named; blank where they see it."""
    if plan is None:
        return ""
    askers: list[Missing] = [import_string(path) for path in settings.NO_OFFER_COSTS]
    return " ".join(filter(None, (ask(plan, codes) for ask in askers)))


def costs_of(
    plan: int | None, places: Mapping[int, Sequence[Area]], codes: frozenset[str]
) -> Mapping[int, Costs]:
    """Return what a plan says the services of an offer cost each of several councils."""
    if plan is None:
        return {}
    givers: list[Costing] = [import_string(path) for path in settings.OFFER_COSTS]
    return next((found for giver in givers if (found := giver(plan, places, codes))), {})
