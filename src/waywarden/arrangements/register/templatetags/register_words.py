"""How the register's figures are put into words."""

import re
from decimal import Decimal

from django import template
from django.utils.html import format_html

from waywarden.arrangements.register import answers
from waywarden.arrangements.register.classes import said
from waywarden.county.services.models import Price, Quantity
from waywarden.data import Benchmark
from waywarden.fabric.common.wording import pounds
from waywarden.rules.duties import DefaultDuty
from waywarden.rules.estimates import amount_in_words, rounded_down
from waywarden.rules.units import units

register = template.Library()

UNKNOWN = "Not known"


@register.filter
def in_a_row(quantity: Quantity | None) -> str:
    """Write a quantity as it stands in a table: an estimate is a range and says so."""
    return UNKNOWN if quantity is None else said(quantity)


@register.filter
def price(price: Price) -> str:
    """Write a price with what it is for: "2.5p a square metre a cut"."""
    if price.percent is not None:
        return f"{price.percent}%"
    for_what = f"{_each(price.unit)}{_per(price)}"
    if price.amount_pence is not None:
        return f"{pounds(price.amount_pence)}{for_what}"
    pence = price.rate_millipence or 0
    # A pound is a hundred thousand thousandths of a penny.
    return f"{pounds(pence // 1000) if pence >= 100_000 else in_pence(pence)}{for_what}"


def _each(unit: str) -> str:
    known = units().get(unit)
    return f" a {known.singular}" if known and unit != "job" else ""


def _per(price: Price) -> str:
    """Say how often it falls due, unless the unit says so: a parish for a year."""
    if price.per == "once" or price.unit.endswith("year"):
        return ""
    return f" a {price.service.visit_word if price.per == 'visit' else price.per}"


@register.filter
def whose(duty: DefaultDuty) -> str:
    """Say in a few words whose a service is by default."""
    return answers.whose(duty)


@register.filter
def in_pence(millipence: int) -> str:
    """Write a rate in pence: "2.5p"."""
    return f"{amount_in_words(millipence)}p"


@register.filter
def about_pounds(pence: int) -> str:
    """Write a modelled sum to two figures: more would pretend to know more."""
    return pounds(rounded_down(pence, 1))


PUBLISHED = {
    "GBP/yr": "£{} a year",
    "GBP": "£{}",
    "percent": "{}%",
    "count": "{}",
    "m2": "{} m²",
    "cuts/yr": "{} a year",
    "GBP/km/cut": "£{} a kilometre a cut",
}


@register.filter
def published(benchmark: Benchmark) -> str:
    """Write a published figure with its unit, in the source's own precision."""
    value = Decimal(benchmark.value)
    number = f"{value:,f}"
    return PUBLISHED.get(benchmark.unit, f"{{}} {benchmark.unit}").format(number)


@register.filter
def dated(year: str) -> str:
    """Write the year of a published figure; "n.d." is a librarian's word."""
    return "no date given" if year == "n.d." else year


_ADDRESSED = re.compile(r"(?P<title>.+) \((?P<address>https?://\S+)\)")


@register.filter
def sourced(source: str) -> str:
    """Write a source as a link where it has an address: the title, not the address, is read."""
    found = _ADDRESSED.fullmatch(source)
    if found is None:
        return source
    return format_html('<a href="{}">{}</a>', found["address"], found["title"])
