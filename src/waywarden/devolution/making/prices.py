"""The prices a plan reckons with, any of which can be set for one plan alone. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from waywarden.planning.costing import Costing, Figure, Price, ServiceCosting
from waywarden.planning.words.phrasing import with_article
from waywarden.rules.units import units

#: What a service is bought at, by how it is called in `ServiceCosting`.
WAYS = {
    "contractor": "by a firm",
    "call_out": "a firm’s call-out",
    "volunteers": "by volunteers",
}
#: What a council's own people cost, whatever they do.
FIGURES = ("pay_pence", "van_km_pence")
MILLIPENCE_IN_A_POUND = 100_000
SET = "Set for this plan by whoever asked for it."


@dataclass(frozen=True)
class Expected:
    """One price: its key, what it is for, and what is expected, in thousandths of a penny."""

    key: str
    name: str
    #: What it is paid for, such as "a m²" or "an hour".
    each: str
    millipence: int

    @property
    def is_in_pence(self) -> bool:
        """Whether it is a sum of whole pence."""
        return self.key in FIGURES

    def instead(self, millipence: int) -> str:
        """Say what is reckoned in its place."""
        return f"{self.name}: {exactly(millipence)} {self.each}, not {exactly(self.millipence)}"


def expected(costing: Costing) -> dict[str, Expected]:
    """Return every price that can be set, by its key, in the order of the services."""
    listed = [*_of_services(costing), *(_figure(costing.figures[key]) for key in FIGURES)]
    return {one.key: one for one in listed}


def _of_services(costing: Costing) -> Iterator[Expected]:
    for code, service in costing.services.items():
        for way, what in WAYS.items():
            price: Price | None = getattr(service, way)
            if price is not None:
                each = with_article(units()[price.unit].singular)
                yield Expected(f"{code}_{way}", f"{service.name}, {what}", each, price.millipence)


def _figure(figure: Figure) -> Expected:
    return Expected(figure.key, figure.name, figure.unit, 1_000 * figure.value)


def exactly(millipence: int) -> str:
    """Write a price without rounding it.

    >>> exactly(2_504), exactly(60_000), exactly(4_500_400), exactly(120_000)
    ('2.504p', '60p', '£45.004', '£1.20')
    """
    if millipence < MILLIPENCE_IN_A_POUND:
        return f"{in_decimals(millipence, 1_000, least=0)}p"
    return f"£{in_decimals(millipence, MILLIPENCE_IN_A_POUND, least=2)}"


def in_decimals(millipence: int, parts: int, *, least: int) -> str:
    """Write a whole number of parts exactly, with at least so many decimals.

    >>> in_decimals(2_500, 100_000, least=2), in_decimals(4_500_000, 100_000, least=2)
    ('0.025', '45.00')
    """
    whole, part = divmod(millipence, parts)
    decimals = f"{part:0{len(str(parts)) - 1}d}".rstrip("0").ljust(least, "0")
    return f"{whole}.{decimals}" if decimals else str(whole)


def in_words(costing: Costing, prices: Mapping[str, int]) -> list[str]:
    """Say each price that is set, beside what is expected, as a line."""
    usual = expected(costing)
    return [usual[key].instead(price) for key, price in prices.items() if key in usual]


def needed(prices: Mapping[str, int], *, services: Collection[str], volunteers: bool) -> set[str]:
    """Name the prices that a plan of some services reckons with."""
    ways = [way for way in WAYS if volunteers or way != "volunteers"]
    asked = {f"{code}_{way}" for code in services for way in ways}
    return {key for key in prices if key in FIGURES or key in asked}


def with_prices(costing: Costing, prices: Mapping[str, int]) -> Costing:
    """Return what is assumed with some prices set, in thousandths of a penny by their keys."""
    figures = {
        key: replace(figure, value=prices[key] // 1_000, source=SET, confidence="C")
        for key, figure in costing.figures.items()
        if key in FIGURES and key in prices
    }
    services = {code: _priced(one, prices) for code, one in costing.services.items()}
    return replace(costing, figures={**costing.figures, **figures}, services=services)


def _priced(service: ServiceCosting, prices: Mapping[str, int]) -> ServiceCosting:
    for way in WAYS:
        price, set_to = getattr(service, way), prices.get(f"{service.code}_{way}")
        if price is not None and set_to is not None:
            at = replace(price, millipence=set_to, source=SET, confidence="C")
            service = replace(service, **{way: at})
    return service
