"""The prices a plan reckons with, any of which can be set for one plan alone. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from waywarden.planning.costing import Costing, Figure, Price, ServiceCosting
from waywarden.planning.words.phrasing import rate, with_article
from waywarden.rules.units import units

#: What a service is bought at, by how it is called in `ServiceCosting`.
WAYS = {
    "contractor": "by a firm",
    "call_out": "a firm’s call-out",
    "volunteers": "by volunteers",
}
#: What a council's own people cost, whatever they do.
FIGURES = ("pay_pence", "van_km_pence")
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
        return f"{self.name}: {rate(millipence)} {self.each}, not {rate(self.millipence)}"


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
