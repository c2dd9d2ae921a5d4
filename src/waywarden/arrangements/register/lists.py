"""The register's lists on pages: each column says how it is sorted, filtered and shown."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from django.utils.html import format_html

from waywarden import data
from waywarden.arrangements.register.classes import said
from waywarden.arrangements.register.forms import CountyFilter
from waywarden.arrangements.register.pages import CountyPage, CountyRow, ServiceLine
from waywarden.county.places.models import Area
from waywarden.county.services.models import Quantity
from waywarden.fabric.common.wording import hectares, people
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

#: What stands beside the register's tables in a workbook.
SOURCE = "The register of who delivers what. Each figure names its own source in its row."
LICENCE = data.ATTRIBUTION


def _name(row: CountyRow) -> object:
    if row.area.kind != Area.Kind.UNPARISHED:
        return row.area.name
    return format_html('{} <span class="ww-muted">(no parish)</span>', row.area.name)


def _extent(row: CountyRow) -> str:
    extent = row.area.extent_milli
    return "Not known" if extent is None else hectares(extent)


def _people(row: CountyRow) -> object:
    if row.population is None:
        return "Not known"
    words = people(row.population.value, row.population.is_modelled)
    if not row.population.is_modelled:
        return words
    return format_html('{} <span class="ww-muted">estimate</span>', words)


def _quantity(row: CountyRow) -> Quantity | None:
    return row.answer.quantity if row.answer else None


def _delivered_by(row: CountyRow) -> str | None:
    return (row.answer.delivered_by or None) if row.answer else None


def _amount(row: CountyRow) -> int | None:
    quantity = _quantity(row)
    return quantity.amount_milli if quantity else None


def _amount_in_words(row: CountyRow) -> str:
    quantity = _quantity(row)
    return said(quantity) if quantity else "Not known"


PLACE: list[Listed[CountyRow]] = [
    Listed(
        "place",
        "The parish or unparished area",
        "text",
        lambda row: row.area.name,
        heading="Place",
        cell=_name,
        leads=lambda row: row.area.get_absolute_url(),
        filtered="text",
    ),
    Listed(
        "in",
        "The district or unitary it lies in",
        "text",
        lambda row: str(row.area.within),
        heading="District",
        is_wide=True,
    ),
]
FACTS = [
    *PLACE,
    Listed(
        "hectares",
        "How large it is",
        "thousandths",
        lambda row: row.area.extent_milli,
        heading="Hectares",
        cell=_extent,
        starts="most",
        adds_up=hectares,
        is_wide=True,
    ),
    Listed(
        "people",
        "How many live there; modelled where no count is held",
        "whole number",
        lambda row: row.population.value if row.population else None,
        heading="People",
        cell=_people,
        starts="most",
        is_wide=True,
    ),
]
DELIVERY = [
    *PLACE,
    Listed(
        "by",
        "Who delivers the service by default in law",
        "text",
        _delivered_by,
        heading="Delivered by (default in law)",
    ),
    Listed(
        "quantity",
        "How much of it there is; the middle of an estimate",
        "thousandths",
        _amount,
        heading="Quantity",
        cell=_amount_in_words,
        starts="most",
    ),
]


def county_list(page: CountyPage, form: CountyFilter, asked: Mapping[str, str]) -> ListPage:
    """Return a county's places as they are asked for."""
    columns: list[Listed] = DELIVERY if page.chosen or form.chosen_service else FACTS
    carried = dict(parse_qsl(form.query()))
    return listed(columns, page.rows, asked, what="places", carried=carried, usual_rows=500)


SERVICES: list[Listed[ServiceLine]] = [
    Listed(
        "catalogue",
        "Its place in the catalogue",
        "whole number",
        lambda line: line.service.order,
        heading="Order of the catalogue",
    ),
    Listed(
        "name",
        "The service's plain name",
        "text",
        lambda line: line.service.name,
        heading="Name",
        filtered="text",
    ),
    Listed("code", "Its code", "text", lambda line: line.service.code, heading="Code"),
    Listed(
        "formal_name",
        "Its name in the county's own words",
        "text",
        lambda line: line.service.formal_name,
        starts="",
    ),
    Listed("summary", "What it is", "text", lambda line: line.service.summary, starts=""),
    Listed("unit", "What it is counted in", "text", lambda line: line.service.unit, starts=""),
    Listed("whose", "Whose it is by default", "text", lambda line: line.whose, starts=""),
]


def services_list(lines: list[ServiceLine], asked: Mapping[str, str]) -> ListPage:
    """Return the catalogue as it is asked for."""
    return listed(SERVICES, lines, asked, what="services")
