"""How the figures of a plan are put into words on pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from waywarden.devolution.plans import words
from waywarden.devolution.plans.pages import PlanPage
from waywarden.planning.reports import ClusterReport, CouncilReport
from waywarden.planning.words import delivering, wording

register = template.Library()

register.filter("short_pounds", wording.short_pounds)
register.filter("way", delivering.way)
register.filter("by_way", delivering.by_way)


@register.filter
def in_pounds(pounds: int) -> str:
    """Write whole pounds.

    >>> in_pounds(46757), in_pounds(-12)
    ('£46,757', '−£12')
    """
    return f"{'−' if pounds < 0 else ''}£{abs(pounds):,}"


@register.filter
def in_percent(percent: int) -> str:
    """Write whole percent.

    >>> in_percent(-3)
    '−3%'
    """
    return f"{'−' if percent < 0 else ''}{abs(percent)}%"


@register.filter
def kind_of(council: CouncilReport) -> str:
    """Say what holds a place, and as what it is planned where nobody has said."""
    return words.kind_of(council)


@register.filter
def as_sentence(text: str) -> str:
    """Write a remark as a sentence of its own."""
    return wording.sentence(text)


@register.simple_tag
def chart_of(page: PlanPage) -> SafeString:
    """Draw the three costs of a plan with their ranges: SVG whose words are escaped already."""
    return SafeString(page.chart)


@register.simple_tag
def chip(cluster: ClusterReport) -> SafeString:
    """Draw a cluster's number in its tint, as on the map."""
    return format_html('<span class="ww-chip ww-chip--{}">{}</span>', cluster.tint, cluster.number)
