"""How moments and recoveries are said in the pages of a body."""

from datetime import date, datetime

from django import template
from django.utils.timezone import localtime

from waywarden.county.recovery.models import Recovery

register = template.Library()


@register.filter
def local_day(at: datetime) -> date:
    """Give the day of a moment, here."""
    return localtime(at).date()


@register.filter
def as_it_stands(recovery: Recovery, now: datetime) -> str:
    """Say what became of a recovery until a moment."""
    return recovery.stands(now)


@register.filter
def can_be_stopped(recovery: Recovery, now: datetime) -> bool:
    """Whether something can still come of a recovery."""
    return recovery.is_open(now)
