"""What a reader may ask of a plan: in which order its clusters stand."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict

from waywarden.devolution.plans.pages import ORDERS


class Sorted(forms.Form):
    """The order of a table; by number when none is given."""

    sort = forms.ChoiceField(required=False)

    def __init__(self, asked: QueryDict, **kwargs: Any) -> None:
        super().__init__({"sort": asked.get("sort", "")}, **kwargs)
        self.fields["sort"] = forms.ChoiceField(
            required=False, choices=[(order, order) for order in ORDERS]
        )

    def order(self) -> str:
        """Return the order asked for; refuse in a sentence one there is not."""
        if not self.is_valid():
            raise BadRequest(f"Sort the clusters by one of these: {', '.join(ORDERS)}")
        return self.cleaned_data["sort"] or "number"
