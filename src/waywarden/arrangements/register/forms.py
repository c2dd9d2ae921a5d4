"""What a reader may ask of the register: which district, which service, as of which day."""

from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate

from waywarden.county.places.models import Area
from waywarden.county.services.models import Service

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d.%m.%Y"]
EARLIEST, LATEST = date(1974, 4, 1), date(2100, 1, 1)


class AsOf(forms.Form):
    """The day the register is asked about; today when none is given."""

    on = forms.DateField(
        label="Show as of",
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(
            attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"
        ),
        error_messages={"invalid": "Enter the date as day, month and year, such as 1/4/2026"},
    )

    def __init__(self, asked: QueryDict, today: date, **kwargs: Any) -> None:
        given = {name: asked.get(name, "") for name in self.base_fields}
        super().__init__(given | {"on": given["on"] or today.isoformat()}, **kwargs)

    def clean_on(self) -> date | None:
        on = self.cleaned_data["on"]
        if on and not EARLIEST <= on <= LATEST:
            raise forms.ValidationError("Enter a date between 1 April 1974 and 1 January 2100")
        return on

    def day(self) -> date:
        """Return the day asked about, or today when no real day was given."""
        return (self.is_valid() and self.cleaned_data["on"]) or localdate()


class CountyFilter(AsOf):
    """Which places of a county to list, and for which service."""

    district = forms.ChoiceField(label="District", required=False)
    service = forms.ChoiceField(label="Service", required=False)
    field_order = ["district", "service", "on"]

    def __init__(
        self,
        asked: QueryDict,
        today: date,
        *,
        districts: list[Area],
        services: list[Service],
    ) -> None:
        super().__init__(asked, today)
        self.districts = {district.key: district for district in districts}
        self.services = {service.slug: service for service in services}
        for name, known, everything in (
            ("district", self.districts, "All districts"),
            ("service", self.services, "No service chosen"),
        ):
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", everything), *((key, thing.name) for key, thing in known.items())]
            field.error_messages = {"invalid_choice": f"Choose a {name} from the list"}
            field.widget.attrs["class"] = "govuk-select"

    @property
    def chosen_district(self) -> Area | None:
        return self.districts.get(self._given("district"))

    @property
    def chosen_service(self) -> Service | None:
        return self.services.get(self._given("service"))

    def _given(self, name: str) -> str:
        self.is_valid()
        return self.cleaned_data.get(name, "")
