"""How the register's figures are put into words."""

from urllib.parse import urlsplit

from django import template

from waywarden.arrangements.register.classes import said
from waywarden.county.places.queries import Population
from waywarden.county.services.models import Price, Quantity
from waywarden.rules.estimates import amount_in_words, rounded_down
from waywarden.website.wording import pounds

register = template.Library()

UNKNOWN = "Not known"


@register.filter
def hectares(milli: int | None) -> str:
    """Write thousandths of a hectare as whole hectares."""
    return UNKNOWN if milli is None else f"{(milli + 500) // 1000:,}"


@register.filter
def people(population: Population | None) -> str:
    """Write how many people live in a place; a modelled figure is rounded and says it is an estimate."""
    if population is None:
        return UNKNOWN
    if not population.is_modelled:
        return f"{population.value:,}"
    return f"about {amount_in_words(rounded_down(population.value * 1000, 1000))} (estimate)"


@register.filter
def in_a_row(quantity: Quantity | None) -> str:
    """Write a quantity as it stands in a table: an estimate is a range and says so."""
    return UNKNOWN if quantity is None else said(quantity)


@register.filter
def web_name(address: str) -> str:
    """Return the part of an address people recognise: the name of the site."""
    return urlsplit(address).netloc.removeprefix("www.")


@register.filter
def price(price: Price) -> str:
    """Write a price with what it is for."""
    each = f" a {price.unit}" if price.unit not in ("", "job") else ""
    per = "" if price.per == "once" else f" a {price.service.visit_word if price.per == 'visit' else price.per}"
    if price.percent is not None:
        return f"{price.percent}%"
    if price.amount_pence is not None:
        return f"{pounds(price.amount_pence)}{each}{per}"
    pence = price.rate_millipence or 0
    if pence >= 100_000:
        return f"{pounds(round(pence / 1000))}{each}{per}"
    return f"{amount_in_words(pence)}p{each}{per}"
