"""How a field is to be drawn, for the form templates."""

from django import forms, template
from django.forms.boundfield import BoundField

register = template.Library()


@register.filter
def widget_kind(field: BoundField) -> str:
    """Say whether a field is a group of choices, one box to tick, or something to fill in."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "line"


@register.filter
def choice_block(field: BoundField) -> str:
    """Name the component that draws these choices."""
    widget = field.field.widget
    return "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "radios"
