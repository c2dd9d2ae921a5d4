"""What plans asked for on the page add to the page of a plan."""

from django import template

from waywarden.devolution.making import queries
from waywarden.devolution.plans.models import PlanRun

register = template.Library()


@register.simple_tag
def rule_prices(run: PlanRun) -> list[str]:
    """Say what each rule of a plan costs, where it was asked for on the page with rules."""
    return queries.prices_of(run)
