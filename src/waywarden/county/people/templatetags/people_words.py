"""What forms send along, and who is signed in, for templates."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from waywarden.county.people.acting import asking
from waywarden.county.people.gate import SENT

register = template.Library()


@register.simple_tag(takes_context=True)
def acting_field(context: dict[str, Any]) -> SafeString:
    """Write the hidden field that says in which office a form was opened; every form has it."""
    office = asking(context["request"]).acting
    return format_html(
        '<input type="hidden" name="{}" value="{}">', SENT, office.pk if office else ""
    )
