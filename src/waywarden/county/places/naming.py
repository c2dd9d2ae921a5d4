"""Which place a table means, by whatever name, key or code it writes."""

import re
from collections import defaultdict
from datetime import date

from waywarden.county.places import queries
from waywarden.county.places.models import Area, AreaCode, AreaName
from waywarden.data.names import did_you_mean, nearest, plain
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.tables.cells import quoted
from waywarden.fabric.tables.problems import CellRefused

GSS = re.compile(r"[EWNSK][0-9]{8}")
COUNT_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MOST_NAMED = 6


def full_name(area: Area) -> str:
    """Name a parish with its district, so that it is no other."""
    return f"{area.name}, {area.within.name}" if area.within else area.name


def in_quotes(text: str) -> str:
    """A text from a file as a sentence may quote it: printable, and not endless.

    >>> in_quotes(" Marl Green ")
    '“Marl Green”'
    """
    return f"“{quoted(text)[1:-1]}”"


def refuse_empty_installation() -> None:
    """Refuse a file while there is no county to which its figures could belong."""
    if queries.home_county() is None:
        raise Refusal("No county is held yet. Load one first, such as: waywarden load oxfordshire")


class PlaceNames:
    """Every parish and unparished area there is on a day, by all it is called."""

    def __init__(self, *, on: date) -> None:
        there = Area.objects.lowest().as_of(on).select_related("within", "county")
        self.areas = {area.pk: area for area in there}
        self._codes = queries.current_codes_of(self.areas.values())
        self._by_code: dict[str, set[int]] = defaultdict(set)
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._by_former_name: dict[str, set[int]] = defaultdict(set)
        self._by_full_name: dict[str, set[int]] = defaultdict(set)
        for area in self.areas.values():
            self._by_name[plain(area.name)].add(area.pk)
            self._by_full_name[plain(area.key)].add(area.pk)
            self._by_full_name[plain(f"{area.name} {area.within}")].add(area.pk)
        for row in AreaName.objects.filter(area__in=self.areas):
            self._by_former_name[plain(row.name)].add(row.area_id)
        for code, pk in AreaCode.objects.filter(area__in=self.areas).values_list("code", "area"):
            self._by_code[code].add(pk)

    def find(self, text: str) -> Area:
        """Return the one place meant by a name, key or code, old ones included.

        Raises ``CellRefused`` with the names that may be meant, or the codes to choose from.
        """
        if not text.strip():
            raise CellRefused("It is empty: write the name or the code of a place.")
        found = self._matches(text)
        if not found:
            raise CellRefused(self._why_unknown(text))
        if len(found) > 1:
            raise CellRefused(self._why_ambiguous(text, found))
        return self.areas[found.pop()]

    def _matches(self, text: str) -> set[int]:
        code, name = text.strip().upper(), plain(text)
        ways = (
            self._by_code.get(code),
            self._by_name.get(name),
            self._by_full_name.get(name),
            self._by_former_name.get(name),
        )
        return set(next((found for found in ways if found), ()))

    def _why_unknown(self, text: str) -> str:
        if GSS.fullmatch(text.strip().upper()):
            unknown = f"{in_quotes(text)} is not the code of a place we know."
            return f"{unknown} Check it, or write the name."
        wider = Area.objects.exclude(pk__in=self.areas).filter(name__iexact=text.strip()).first()
        if wider:
            kind = wider.get_kind_display().lower()
            return f"{in_quotes(text)} is a {kind}. Name a parish or an unparished area in it."
        names = [area.name for area in self.areas.values()]
        asked = did_you_mean(nearest(text, names)) or "Write its name as on its page, or its code."
        return f"{in_quotes(text)} is not a place we know. {asked}"

    def _why_ambiguous(self, text: str, found: set[int]) -> str:
        twins = sorted((self.areas[pk] for pk in found), key=lambda area: str(area.within))
        number = COUNT_WORDS[len(twins)] if len(twins) < len(COUNT_WORDS) else str(len(twins))
        ways = [f"{self.code_of(area)} ({area.within})" for area in twins[:MOST_NAMED]]
        choices = f"{', '.join(ways[:-1])} or {ways[-1]}"
        return f"There are {number} places called {text.strip()[:60]}. Write its code: {choices}."

    def code_of(self, area: Area) -> str:
        """Return a place's newest code, or its key where it has none."""
        return self._codes.get(area.pk, area.key)
