"""What a reader may ask of a plan: which service its map shows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict

from waywarden.devolution.plans.pages import services_mapped
from waywarden.planning.reports import Report


class Asked(forms.Form):
    """The service of the map, where each has its own clusters."""

    def __init__(self, asked: QueryDict, report: Report, **kwargs: Any) -> None:
        super().__init__({name: asked.get(name, "") for name in ("service",)}, **kwargs)
        self.fields["service"] = _choice(services_mapped(report), "The map can show one of these")

    def chosen(self, name: str) -> str:
        """Return what was chosen, empty where nothing was; refuse in a sentence what is no choice.

        Raises `BadRequest`.
        """
        if not self.is_valid():
            raise BadRequest(". ".join(str(said) for [said] in self.errors.values()))
        return str(self.cleaned_data[name])


def _choice(offered: Iterable[str], words: str) -> forms.ChoiceField:
    offered = list(offered)
    refusal = f"{words}: {', '.join(offered)}" if offered else "The map shows all services"
    return forms.ChoiceField(
        required=False,
        choices=[(each, each) for each in offered],
        error_messages={"invalid_choice": refusal},
    )
