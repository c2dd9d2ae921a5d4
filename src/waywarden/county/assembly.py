"""Turns the package's tables about one county into records, not yet saved."""

import tomllib
from datetime import date
from functools import cache, cached_property
from importlib import resources
from typing import Any

from waywarden import data
from waywarden.county.councils.models import Body, BodyCode, Contact, Succession
from waywarden.county.places.models import (
    Area,
    AreaCode,
    AreaName,
    Jurisdiction,
    Measure,
)
from waywarden.data.names import slug

KINDS = {
    "county": (Area.Kind.COUNTY, Body.Kind.COUNTY),
    "district": (Area.Kind.DISTRICT, Body.Kind.DISTRICT),
    "unitary": (Area.Kind.UNITARY, Body.Kind.UNITARY),
    "metropolitan district": (Area.Kind.UNITARY, Body.Kind.METROPOLITAN),
    "london borough": (Area.Kind.UNITARY, Body.Kind.LONDON_BOROUGH),
}
PARISH_KINDS = {
    "town council": Body.Kind.TOWN,
    "parish council": Body.Kind.PARISH,
    "parish meeting": Body.Kind.MEETING,
}
BOTH_TIERS = (Jurisdiction.Tier.COUNTY, Jurisdiction.Tier.DISTRICT)
FIRST_LIST, LAST_LIST = date(2014, 5, 31), date(2025, 9, 4)
ENGLISH_TABLE = "england/parishes.csv: OS Boundary-Line attribute table of about May 2014"
LIVE_LIST = "ONS parish codes, as listed on 4 September 2025"
LICENCE = "Open Government Licence v3.0; Ordnance Survey and National Statistics notices apply"
PLACES = (Area.Kind.PARISH, Area.Kind.UNPARISHED)
SINGLE_TIER = {"unitary", "metropolitan district", "london borough"}


class Assembly:
    """Everything known about one county, as unsaved records that belong together."""

    def __init__(self, found: data.County) -> None:
        self.found = found
        self.bodies: list[Body] = []
        self.body_codes: list[BodyCode] = []
        self.contacts: list[Contact] = []
        self.successions: list[Succession] = []
        self.areas: list[Area] = []
        self.area_codes: list[AreaCode] = []
        self.area_names: list[AreaName] = []
        self.jurisdictions: list[Jurisdiction] = []
        self.measures: list[Measure] = []
        self._area_by_code: dict[str, Area] = {}
        self._body_by_code: dict[str, Body] = {}
        self._keys: set[str] = set()
        self._held_bodies = _held_bodies({one.code for one in found.former})
        self._assemble()

    def _assemble(self) -> None:
        head, *districts = self.found.authorities
        self.county = self._principal(head, within=None)
        for authority in districts:
            self._principal(authority, within=self.county)
        for neighbour in self.beside:
            self._principal(neighbour.authorities[0], within=self.county)
        for authority in self.found.former:
            self._former(authority)
        if self._is_oxfordshire:
            self._oxfordshire_places()
        else:
            for county in (self.found, *self.beside):
                for parish in county.parishes:
                    self._english_parish(parish)
        self._unparished_districts()
        self._extents()

    @property
    def _is_oxfordshire(self) -> bool:
        return self.found.name == "Oxfordshire"

    @cached_property
    def beside(self) -> list[data.County]:
        """The single-tier councils beside this county that were not loaded by themselves before."""
        held = set(AreaCode.objects.values_list("code", flat=True))
        known = [one for one in self.found.beside or () if one.code not in held]
        return [data.county(authority.name) for authority in known]

    def area(self, code: str) -> Area:
        """Return the area with a code."""
        return self._area_by_code[code]

    # Principal councils.

    def _principal(self, authority: data.Authority, *, within: Area | None) -> Area:
        """Record a principal council and the area it governs."""
        area_kind, body_kind = KINDS[authority.kind]
        area = self._area(
            _short(authority.name), kind=area_kind, within=within, code=authority.code
        )
        self._code(
            area, authority.code, seen_on=None, source=f"England's authorities: {authority.source}"
        )
        body = self._body(authority, body_kind)
        tiers = (
            BOTH_TIERS if authority.kind in SINGLE_TIER else (Jurisdiction.Tier(area_kind.value),)
        )
        self._governs(body, area, tiers)
        return area

    def _former(self, authority: data.Authority) -> None:
        """Record a council that was abolished when the present one was made, and who took over."""
        _, body_kind = KINDS[authority.kind]
        body = self._body(authority, body_kind)
        if authority.kind in ("county", *SINGLE_TIER):
            tiers = BOTH_TIERS if authority.kind in SINGLE_TIER else (Jurisdiction.Tier.COUNTY,)
            self._governs(body, self.county, tiers)
        for code in authority.successor_codes:
            heir = self._body_by_code.get(code)
            if heir and authority.ends_on:
                on = date.fromordinal(authority.ends_on.toordinal() + 1)
                source = authority.dates_source or authority.source
                self.successions.append(
                    Succession(predecessor=body, successor=heir, on=on, source=source)
                )

    def _body(self, authority: data.Authority, kind: Body.Kind) -> Body:
        if held := self._held_bodies.get(authority.code):
            self._body_by_code[authority.code] = held
            return held
        known = _councils().get(authority.code, {})
        name = known.get("name") or _council_name(authority)
        body = Body(
            key=self._key(slug(name)),
            kind=known.get("kind", kind),
            name=name,
            starts_on=authority.starts_on,
            ends_on=authority.ends_on,
        )
        self.bodies.append(body)
        self._body_by_code[authority.code] = body
        self.body_codes.append(
            BodyCode(body=body, scheme="gss", code=authority.code, source=authority.source)
        )
        self._contact(body, known)
        return body

    def _contact(self, body: Body, known: dict[str, str]) -> None:
        if "web" in known:
            stated = {"source": known["source"], "confidence": "A"}
            self.contacts.append(
                Contact(body=body, kind=Contact.Kind.WEB, value=known["web"], **stated)
            )

    def _governs(self, body: Body, area: Area, tiers: tuple[Jurisdiction.Tier, ...]) -> None:
        for tier in tiers:
            period = {"starts_on": body.starts_on, "ends_on": body.ends_on}
            self.jurisdictions.append(Jurisdiction(body=body, area=area, tier=tier, **period))

    # Places where people live.

    def _oxfordshire_places(self) -> None:
        measures = [*data.official_populations(), *data.modelled_populations()]
        for parish in data.oxfordshire_parishes():
            name = parish.name_2025 or parish.name
            area = self._place(
                name, parish.kind, parish.district_code, parish, absent_on=parish.absent_on
            )
            for seen in {seen.code: seen for seen in parish.codes}.values():
                self._code(area, seen.code, seen_on=seen.seen_on, source=seen.source)
            if parish.name_2025 and parish.name_2025 != parish.name:
                self._name(area, parish.name, FIRST_LIST, ENGLISH_TABLE)
                self._name(area, parish.name_2025, LAST_LIST, LIVE_LIST)
            self.measures += [
                _measure(area, found) for found in measures if found.code == parish.code
            ]
            if parish.kind == "parish":
                self._parish_body(area, parish.code, parish.council_kind)

    def _english_parish(self, parish: data.EnglishParish) -> None:
        area = self._place(parish.name_2025 or parish.name, "parish", parish.district_code, parish)
        seen_on, source = (
            (LAST_LIST, LIVE_LIST) if parish.is_live_2025 else (FIRST_LIST, ENGLISH_TABLE)
        )
        self._code(area, parish.code, seen_on=seen_on, source=source)
        if parish.name_2025:
            self._name(area, parish.name, FIRST_LIST, ENGLISH_TABLE)
        self._parish_body(area, parish.code, None)
        former = self._body_by_code.get(parish.district_2013_code)
        if former and former.ends_on:
            self._governs(former, area, (Jurisdiction.Tier.DISTRICT,))

    def _unparished_districts(self) -> None:
        """Give a district without a parish one place, so that its people find an answer."""
        homes = {area.within.key for area in self.areas if area.within and area.kind in PLACES}
        kinds = (Area.Kind.DISTRICT, Area.Kind.UNITARY)
        for district in [
            area for area in self.areas if area.kind in kinds and area.key not in homes
        ]:
            name = f"{district.name} (no parish)"
            self._area(name, kind=Area.Kind.UNPARISHED, within=district, code="")

    def _extents(self) -> None:
        """Give districts, then the county, the sum of their parts, where all are known."""
        if not self._is_oxfordshire:
            return
        districts = [area for area in self.areas if area.kind == Area.Kind.DISTRICT]
        for whole in [*districts, self.county]:
            parts = [area for area in self.areas if area.within is whole and not area.absent_on]
            known = [area.extent_milli for area in parts if area.extent_milli is not None]
            whole.extent_milli = sum(known) if len(known) == len(parts) else None

    def _place(self, name: str, kind: str, district_code: str, facts: Any, **more: Any) -> Area:
        district = self._area_by_code[district_code]
        area = self._area(name, kind=Area.Kind(kind), within=district, code=facts.code, **more)
        area.extent_milli = facts.extent_milli
        if facts.position:
            area.latitude, area.longitude = facts.position.latitude, facts.position.longitude
        return area

    def _parish_body(self, area: Area, code: str, kind: str | None) -> None:
        known = _councils().get(code, {})
        body_kind = (
            Body.Kind(known["kind"])
            if known
            else PARISH_KINDS.get(kind or "", Body.Kind.PARISH_OR_MEETING)
        )
        style = {Body.Kind.TOWN: "Town Council", Body.Kind.PARISH: "Parish Council"}.get(body_kind)
        name = known.get("name") or (
            f"{area.name} {style}" if style else f"{area.name} parish council or parish meeting"
        )
        body = Body(key=self._key(f"{area.key}-parish"), kind=body_kind, name=name)
        self.bodies.append(body)
        self._contact(body, known)
        self._governs(body, area, (Jurisdiction.Tier.PARISH,))

    # The parts of a record.

    def _area(
        self, name: str, *, kind: Area.Kind, within: Area | None, code: str, **more: Any
    ) -> Area:
        is_place = kind in PLACES
        wanted = slug(f"{name} {within.name}") if is_place and within else slug(name)
        key = self._key(wanted, otherwise=code.lower())
        area = Area(
            key=key,
            name=name,
            kind=kind,
            within=within,
            county=None if within is None else self.county,
            **more,
        )
        self.areas.append(area)
        if code:
            self._area_by_code[code] = area
        return area

    def _key(self, wanted: str, otherwise: str = "") -> str:
        """Return a key nobody else has: the one wanted, or that with the code behind it."""
        key = wanted if wanted not in self._keys else f"{wanted}-{otherwise or len(self._keys)}"
        self._keys.add(key)
        return key

    def _code(self, area: Area, code: str, *, seen_on: date | None, source: str) -> None:
        self.area_codes.append(AreaCode(area=area, code=code, seen_on=seen_on, source=source))

    def _name(self, area: Area, name: str, seen_on: date, source: str) -> None:
        self.area_names.append(AreaName(area=area, name=name, seen_on=seen_on, source=source))


def _measure(area: Area, found: data.Measurement) -> Measure:
    return Measure(
        area=area,
        kind=found.kind,
        value=found.value,
        reference=found.reference,
        source=found.source,
        stated_on=_counted_on(found.reference),
        confidence=found.confidence,
        is_modelled=found.is_modelled,
    )


def _counted_on(reference: str) -> date | None:
    """Return the day a figure counts people on: "mid-2021" is 30 June, as the ONS has it."""
    if reference.startswith("mid-"):
        return date(int(reference.removeprefix("mid-")), 6, 30)
    return date.fromisoformat(reference) if reference.count("-") == 2 else None


def _held_bodies(codes: set[str]) -> dict[str, Body]:
    """Return the bodies that are recorded already, as one council may have been split in two."""
    rows = BodyCode.objects.filter(code__in=codes).select_related("body")
    return {row.code: row.body for row in rows}


@cache
def _councils() -> dict[str, dict[str, str]]:
    """Return what is known of councils by name, by their code."""
    text = (
        resources.files("waywarden.data")
        .joinpath("oxfordshire/councils.toml")
        .read_text(encoding="utf-8")
    )
    return {row["code"]: row for row in tomllib.loads(text)["council"]}


def _short(name: str) -> str:
    """Return the name people use: "Herefordshire" for "Herefordshire, County of"."""
    return name.split(", ")[0] if name.endswith((", City of", ", County of")) else name


COUNCIL_WORDS = {"district": "district council", "london borough": "borough council"}


def _council_name(authority: data.Authority) -> str:
    """Name a council whose style we have not read, so that it is not taken for the style."""
    if authority.kind == "county":
        return f"{_short(authority.name)} County Council"
    return f"{_short(authority.name)}’s {COUNCIL_WORDS.get(authority.kind, 'council')}"
