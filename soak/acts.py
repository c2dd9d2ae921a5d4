"""Writes that the product really offers, each with what must be there once it is acknowledged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from django.utils.timezone import localdate

from soak import people
from waywarden.county.people.models import Office
from waywarden.fabric.forms.models import Submission
from waywarden.fabric.journal.models import Entry


class Act(Protocol):
    """One form sent again and again, each time with a mark of its own."""

    name: str

    def path(self, mark: int) -> str: ...
    def fields(self, mark: int) -> dict[str, str]: ...
    def kept(self, marks: Iterable[int]) -> set[int]:
        """Say which marks have their record."""

    def whole(self, marks: Iterable[int]) -> set[int]:
        """Say which marks have all that belongs to the record, by what else was written."""


class Appointing:
    """Ada makes somebody a director of the county: a record, a line, a key against double press."""

    name = "appointing"

    def __init__(self) -> None:
        self.to, today = people.director("Dilys"), localdate()
        self.acting = people.office_of(people.cast().ada)
        self.days = {"starts_on": str(today), "ends_on": str(today + timedelta(days=300))}

    def path(self, mark: int) -> str:
        return f"/bodies/{people.cast().county_council.key}/people/appoint/"

    def fields(self, mark: int) -> dict[str, str]:
        return self.days | {
            "acting_in": self.acting,
            "once": str(self.key(mark)),
            "person": str(self.to.pk),
            "kind": "director",
            "portfolio": f"soak {mark}",
        }

    @staticmethod
    def key(mark: int) -> UUID:
        """Give the key that a form with this mark carries."""
        return UUID(int=mark)

    def kept(self, marks: Iterable[int]) -> set[int]:
        return set(self._offices()) & set(marks)

    def whole(self, marks: Iterable[int]) -> set[int]:
        """Say which marks have line and key; a line without its record counts against it too."""
        offices, lines = self._offices(), self._lines()
        keys = set(Submission.objects.values_list("key", flat=True))
        found = {m for m in marks if offices.get(m) in lines and self.key(m) in keys}
        strays = lines - set(Office.objects.values_list("pk", flat=True))
        return found | {-pk for pk in strays} | {m for m in marks if self._is_stray(m, keys)}

    def _is_stray(self, mark: int, keys: set[UUID]) -> bool:
        return self.key(mark) in keys and mark not in self._offices()

    def _offices(self) -> dict[int, int]:
        found = Office.objects.filter(portfolio__startswith="soak ")
        return {int(said.split()[1]): pk for said, pk in found.values_list("portfolio", "pk")}

    def _lines(self) -> set[int]:
        lines = Entry.objects.filter(subject_kind="office", did="gave an office")
        keys = lines.values_list("subject_key", flat=True)
        return {int(key.removeprefix("office-")) for key in keys}
