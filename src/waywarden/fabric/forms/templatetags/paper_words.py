"""What a form carries with it: its key against sending twice, and its draft."""

from typing import Any
from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from waywarden.fabric.forms.drafts import DISCARD, SAVE, SENT, Begun
from waywarden.fabric.forms.once import SENT as ONCE

register = template.Library()


@register.simple_tag
def once_field() -> SafeString:
    """Write the hidden key of a form that makes something: sent twice, it is done once."""
    return format_html('<input type="hidden" name="{}" value="{}">', ONCE, uuid4())


@register.inclusion_tag("paperwork/draft.html")
def draft(begun: Begun) -> dict[str, Any]:
    """Draw what keeps a form's draft; put it inside the form, after its last field.

    The page loads ``website/drafts.js`` in its block ``scripts``. Without
    JavaScript the button alone saves.
    """
    return {"begun": begun, "sent": SENT, "save": SAVE, "discard": DISCARD}
