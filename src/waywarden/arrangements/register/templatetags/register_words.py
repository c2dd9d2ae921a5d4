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

register = template.Library()

UNKNOWN = "Not known"


@register.filter
def in_a_row(quantity: Quantity | None) -> str:
    """Write a quantity as it stands in a table: an estimate is a range and says so."""
    return UNKNOWN if quantity is None else said(quantity)


@register.filter
def price(price: Price) -> str:
    """Write a price with what it is for."""
    each = f" a {price.unit}" if price.unit not in ("", "job") else ""
    per = (
        ""
        if price.per == "once"
        else f" a {price.service.visit_word if price.per == 'visit' else price.per}"
    )
    if price.percent is not None:
        return f"{price.percent}%"
    if price.amount_pence is not None:
        return f"{pounds(price.amount_pence)}{each}{per}"
    pence = price.rate_millipence or 0
    if pence >= 100_000:
        return f"{pounds(round(pence / 1000))}{each}{per}"
    return f"{amount_in_words(pence)}p{each}{per}"


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


UNITS = {
    "GBP/yr": "£{} a year",
    "GBP": "£{}",
    "percent": "{}%",
    "count": "{}",
    "m2": "{} m²",
    "cuts/yr": "{} cuts a year",
}


@register.filter
def published(benchmark: Benchmark) -> str:
    """Write a published figure with its unit, in the source's own precision."""
    value = Decimal(benchmark.value)
    number = f"{value:,f}"
    return UNITS.get(benchmark.unit, f"{{}} {benchmark.unit}").format(number)


_ADDRESSED = re.compile(r"(?P<title>.+) \((?P<address>https?://\S+)\)")


@register.filter
def sourced(source: str) -> str:
    """Write a source as a link where it has an address: the title, not the address, is read."""
    found = _ADDRESSED.fullmatch(source)
    if found is None:
        return source
    return format_html('<a href="{}">{}</a>', found["address"], found["title"])
