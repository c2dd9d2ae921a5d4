"""What is asked of whoever looks a body up."""

from waywarden.fabric.forms.plain import DayField, PlainForm


class AsOf(PlainForm):
    """The day a body is asked about; today when none is given."""

    says_optional = False

    on = DayField(label="Show as of", required=False)
