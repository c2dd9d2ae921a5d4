"""The parts pages are made of. Each is shown in all its states at /components/."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from waywarden.fabric.common import wording
from waywarden.planning.reports import Range
from waywarden.planning.words.wording import between
from waywarden.website import glossary

register = template.Library()

PLATES = ("parish", "cluster", "county", "district", "none")
TONES = ("good", "wait", "warn", "bad")
ICONS = (*TONES, "search")

# A chart of more visits than this says less than its words.
MOST_VISITS_DRAWN = 6

register.filter("number", wording.number)
register.filter("pounds", wording.pounds)
register.filter("about_three_figures", wording.about_pounds)
register.filter("amount", wording.amount)
register.filter("whole_pounds", wording.whole_pounds)
register.filter("hectares", wording.hectares)
register.filter("people", wording.people)
register.filter("web_name", wording.web_name)


def _part(part: str, /, **context: Any) -> SafeString:
    return SafeString(render_to_string(f"website/components/{part}.html", context).strip())


def _one_of(allowed: tuple[str, ...], given: str, what: str) -> str:
    if given not in allowed:
        raise ValueError(f"{what} must be one of {', '.join(allowed)}, not {given!r}.")
    return given


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a small sign that stands beside a word and never alone."""
    return _part("icon", name=_one_of(ICONS, name, "An icon"))


@register.simple_tag
def plate(kind: str, name: str = "", link: str = "") -> SafeString:
    """Say which body delivers, on a finger-post arm; "Not known" when nobody is named."""
    kind = _one_of(PLATES, kind, "A plate") if name else "none"
    return _part("plate", kind=kind, name=name or wording.NOT_KNOWN, link=link)


@register.simple_tag
def estimate(of: wording.Range | None) -> SafeString:
    """Show an estimated quantity: always a range, always called an estimate."""
    if of is None or of.low_milli is None or of.high_milli is None:
        return _part("unknown")
    span = wording.span(of.low_milli, of.high_milli, of.unit)
    return _part("estimate", span=span, letter=getattr(of, "confidence", "C"))


@register.simple_tag
def money(of: wording.MoneyRange | None, letter: str = "C", is_short: bool = False) -> SafeString:
    """Show an estimated sum of money: always a range, always called an estimate."""
    if of is None:
        return _part("unknown")
    low, high = sorted((of.low, of.high))
    span = between(Range(low, low, high)) if is_short else wording.money_span(low, high)
    return _part("estimate", span=span, letter=letter)


@register.simple_tag
def quantity(of: Any) -> SafeString:
    """Show a quantity: as a measured figure with its source, or as an estimate."""
    if of is None:
        return _part("unknown")
    if of.is_estimate or of.amount_milli is None:
        return estimate(of)
    return _part("quantity", of=of, words=wording.amount(of.amount_milli, of.unit))


@register.simple_tag
def standards(
    minimum: wording.Standard | None,
    funded: wording.Standard | None,
    delivered: wording.Standard | None,
    service: Any = None,
) -> SafeString:
    """Show what the law or safety asks, what the county pays for and what is done, a year."""
    three = [("Minimum", minimum), ("Funded", funded), ("Delivered", delivered)]
    rows = [(name, wording.visits(standard) if standard else None) for name, standard in three]
    chart = visits_chart(minimum, funded, delivered)
    is_below = wording.is_below(minimum, delivered)
    return _part("standards", rows=rows, chart=chart, is_below=is_below, service=service)


class Block(NamedTuple):
    """One visit in the chart of standards."""

    x: int
    #: "county" when the county pays, "parish" for an extra visit, "missed" when not done.
    kind: str


class Chart(NamedTuple):
    """The chart of standards: a row of visits and where the minimum stands."""

    width: int
    blocks: list[Block]
    minimum_x: int


def visits_chart(*three: wording.Standard | None) -> Chart | None:
    """Lay out the visits of one year, or nothing where a number is missing or they are many."""
    known = [standard.visits for standard in three if standard and standard.years == 1]
    if len(known) < 3 or not 0 < max(known) <= MOST_VISITS_DRAWN:
        return None
    minimum, funded, delivered = known
    blocks = [
        Block(1 + 34 * index, _visit(index, funded, delivered)) for index in range(max(known))
    ]
    return Chart(34 * MOST_VISITS_DRAWN, blocks, max(2, 34 * minimum - 1))


def _visit(index: int, funded: int, delivered: int) -> str:
    if index >= delivered:
        return "missed"
    return "county" if index < funded else "parish"


@register.simple_tag
def state(tone: str, words: str) -> SafeString:
    """Show a state in one to three words, with a sign beside them."""
    return _part("state", tone=_one_of(TONES, tone, "A state"), words=words)


@register.simple_block_tag
def note(content: str, tone: str = "", title: str = "") -> SafeString:
    """Frame a finding: a bold title, a sentence, one action."""
    if tone:
        _one_of(TONES, tone, "A note")
    return _part("note", content=content, tone=tone, title=title)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """Say what is not here, when it will be, and what to have ready."""
    return _part("empty", content=content, title=title)


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """Fold away an explanation; it prints open. Nothing that must be read goes in here."""
    return _part("details", content=content, summary=summary)


@register.simple_block_tag
def dated_row(content: str, on: date, state: str = "") -> SafeString:
    """One row of a ``<ul class="ww-rows">``: a date, then what happened or is due."""
    if state:
        _one_of(("soon", "late"), state, "A dated row")
    return _part("dated_row", content=content, on=on, state=state)


@register.simple_tag
def figures(
    cost: int | None = None,
    county_pays: int | None = None,
    gap: int | None = None,
    band_d: int | None = None,
    how_to_supply: str = "",
) -> SafeString:
    """Show the four numbers, in pence, side by side and never merged."""
    four = [
        ("", "Cost", cost, "What the work costs in a year"),
        ("−", "County pays", county_pays, "For the standard it funds"),
        ("=", "Gap", gap, "The parish finds this from its precept"),
        ("→", "Band D effect", band_d, "A year, for a Band D home"),
    ]
    return _part("figures", four=four, how_to_supply=how_to_supply)


@register.simple_tag
def term(key: str, words: str = "") -> SafeString:
    """Link a word to its explanation, which also shows when the word is pointed at."""
    found = glossary.terms()[key]
    return _part("term", term=found, words=words or found.name)


@register.simple_tag
def source(name: str, on: date | str | None = None, letter: str = "") -> SafeString:
    """Say where figures come from, when they were stated and how sure they are."""
    return _part("source", name=name, on=on, letter=letter)


@register.filter
def meaning(letter: str) -> str:
    """Say what a confidence letter means."""
    return wording.letter_meaning(letter)


@register.simple_tag
def crumbs(*trail: str) -> SafeString:
    """Show the way back up: name, address, name, address ..."""
    steps = list(zip(trail[::2], trail[1::2], strict=True))
    return _part("crumbs", steps=steps)


@register.simple_tag
def way(steps: Sequence[tuple[str, str]]) -> SafeString:
    """Show the way back up, from pairs of a name and an address."""
    return crumbs(*(part for step in steps for part in step)) if steps else SafeString("")


@register.simple_tag
def map_figure(picture: Any) -> SafeString:
    """Show a map: a still picture for wide and narrow screens, the live map over it."""
    return _part("map_figure", picture=picture)


class Key(NamedTuple):
    """One line of a map's key."""

    fill: str
    words: str


@register.simple_tag
def legend(keys: Sequence[tuple[str, str]]) -> SafeString:
    """Show what the fills of a map mean."""
    return _part("legend", keys=[Key(*key) for key in keys])


@register.simple_block_tag
def cell(content: str, label: str, kind: str = "") -> SafeString:
    """One cell of a ``ww-stackable`` table; "n" for numbers, "wide" to leave out on a phone.

    The label stands beside the value where the table is stacked. Roles are said
    aloud because a stacked table loses them.
    """
    names = {"": "", "n": ' class="n"', "wide": ' class="ww-wide"', "n wide": ' class="n ww-wide"'}
    return format_html(
        '<td role="cell" data-label="{}"{}>{}</td>', label, SafeString(names[kind]), content
    )


@register.simple_tag
def error_summary(form: Any, takes_focus: bool = True) -> SafeString:
    """List above a form what is wrong with it, each leading to its field; else nothing."""
    wrong = [(name, text) for name, texts in form.errors.items() for text in texts]
    if not wrong:
        return SafeString("")
    errors = [
        (form[name].id_for_label if name in form.fields else "", text) for name, text in wrong
    ]
    return _part("error_summary", errors=errors, takes_focus=takes_focus)
