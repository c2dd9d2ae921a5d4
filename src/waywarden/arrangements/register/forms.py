"""What a reader may ask of the register: which district, which service, as of which day."""

from datetime import date
from typing import Any, Self, cast
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict

from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Service

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d.%m.%Y"]
# Before the first list of parishes we hold, nobody is known to have held anything.
EARLIEST, LATEST = date(2014, 5, 31), date(2099, 12, 31)


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
        self.today = today
        given = {name: asked.get(name, "").strip() for name in self.base_fields}
        super().__init__(given | {"on": given["on"] or today.isoformat()}, **kwargs)

    def clean_on(self) -> date | None:
        on = self.cleaned_data["on"]
        if on and on < EARLIEST:
            raise forms.ValidationError(
                "Enter a date from 31 May 2014, when our first list of parishes was made"
            )
        if on and on > LATEST:
            raise forms.ValidationError("Enter a date before 2100")
        return on

    def day(self) -> date:
        """Return the day asked about, or today when no real day was given."""
        return (self.is_valid() and self.cleaned_data["on"]) or self.today

    def day_or_refuse(self) -> date:
        """Return the day asked about; refuse the request in a sentence when it is none."""
        if not self.is_valid():
            said = [str(error) for errors in self.errors.values() for error in errors]
            raise BadRequest(". ".join(said))
        return self.day()

    @property
    def status(self) -> int:
        """The status of a page that shows this form: 400 where it makes no sense."""
        return 200 if self.is_valid() else 400

    def query(self) -> str:
        """Return what was asked as a query string for links to the same, and nothing else."""
        given = {name: self.data[name] for name in self.base_fields if self.data.get(name)}
        if given.get("on") == self.today.isoformat():
            del given["on"]
        return urlencode(given)

    def question(self) -> str:
        """Return the same to stand behind an address; nothing where nothing was asked."""
        return f"?{self.query()}" if self.query() else ""


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

    @classmethod
    def of(cls, asked: QueryDict, today: date, *, county: Area) -> Self:
        """Return the filter of one county's places."""
        districts = places.districts_of(county, on=today)
        return cls(asked, today, districts=districts, services=catalogue.catalogue())

    def rest(self) -> str:
        """Return what was asked besides the district, for links to the same elsewhere."""
        return urlencode([pair for pair in parse_qsl(self.query()) if pair[0] != "district"])

    @property
    def chosen_district(self) -> Area | None:
        return self.districts.get(self._given("district"))

    @property
    def chosen_service(self) -> Service | None:
        return self.services.get(self._given("service"))

    def _given(self, name: str) -> str:
        self.is_valid()
        return self.cleaned_data.get(name, "")
