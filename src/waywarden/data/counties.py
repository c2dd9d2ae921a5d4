"""Any county of England by name, and what to say when there is none of that name."""

from dataclasses import dataclass
from functools import cache

from waywarden.data.names import did_you_mean, nearest, plain, shown
from waywarden.data.tables import (
    Authority,
    EnglishParish,
    OxfordshireParish,
    authorities,
    english_parishes,
    oxfordshire_parishes,
)


class UnknownCounty(LookupError):
    """No county of England answers to the name; the message says what may be meant."""


@dataclass(frozen=True)
class County:
    """An upper-tier council's area: a county with its districts, or a single-tier one.

    `authorities` begins with the county or single-tier council itself; its
    districts follow. `beside` are the single-tier councils in the same
    ceremonial county, or None where that is not known. `former` are those that
    came to an end when the present ones were made.
    """

    code: str
    name: str
    kind: str
    authorities: tuple[Authority, ...]
    former: tuple[Authority, ...]
    beside: tuple[Authority, ...] | None
    parishes: tuple[EnglishParish, ...]

    @property
    def districts(self) -> tuple[Authority, ...]:
        """The lower tier; empty where one council does the work of both."""
        return self.authorities[1:]


@dataclass(frozen=True)
class ListedParish:
    """A parish as it is listed: under its present name, with its latest code known here.

    `extent_milli` is thousandths of a hectare, `None` where it is not known.
    """

    name: str
    code: str
    district: str
    extent_milli: int | None
    latitude: float | None
    longitude: float | None


def listed_parishes(name: str) -> tuple[ListedParish, ...]:
    """The parishes of a county by name; Oxfordshire's with the two made since 2014.

    >>> len(listed_parishes("Oxfordshire")), len(listed_parishes("Cornwall"))
    (323, 213)
    """
    found = county(name)
    if found.name == "Oxfordshire":
        known: list[ListedParish] = [
            _listed(one, one.codes[-1].code)
            for one in oxfordshire_parishes()
            if one.kind == "parish"
        ]
    else:
        known = [_listed(one, one.code) for one in found.parishes]
    return tuple(sorted(known, key=lambda one: (one.name, one.district)))


def _listed(one: OxfordshireParish | EnglishParish, code: str) -> ListedParish:
    return ListedParish(
        name=one.name_2025 or one.name,
        code=code,
        district=_by_code()[one.district_code].name,
        extent_milli=one.extent_milli,
        latitude=one.position.latitude if one.position else None,
        longitude=one.position.longitude if one.position else None,
    )


def county(name: str) -> County:
    """Find a county of England by its present name.

    "Herefordshire, County of" also answers to "Herefordshire". A district, or a
    county that has been abolished, is refused with the names to try.
    """
    found = _upper_tier_by_name().get(plain(name))
    if found is None:
        raise UnknownCounty(_why_not(name))
    return _county(found.code)


def county_names() -> tuple[str, ...]:
    """The present names of all counties of England, in alphabetical order."""
    return tuple(sorted(one.name for one in _upper_tier()))


@cache
def _by_code() -> dict[str, Authority]:
    return {authority.code: authority for authority in authorities()}


@cache
def _upper_tier() -> tuple[Authority, ...]:
    return tuple(one for one in authorities() if one.is_current and one.kind != "district")


@cache
def _upper_tier_by_name() -> dict[str, Authority]:
    return {plain(name): one for one in _upper_tier() for name in _names_of(one)}


def _names_of(authority: Authority) -> set[str]:
    """The official name, and the one people use.

    The official list writes "Bristol, City of" and "Herefordshire, County of".
    """
    short = authority.name
    for style in (", City of", ", County of"):
        short = short.removesuffix(style)
    return {authority.name, short, short.removeprefix("County ")}


@cache
def _county(code: str) -> County:
    head = _by_code()[code]
    lower = [one for one in authorities() if one.is_current and one.upper_tier_code == code]
    present = {head.code, *(one.code for one in lower)}
    beside = head.beside_codes
    return County(
        code=code,
        name=head.name,
        kind=head.kind,
        authorities=(head, *sorted(lower, key=lambda one: one.name)),
        former=tuple(one for one in authorities() if _became(one) & present),
        beside=None if beside is None else tuple(_by_code()[one] for one in beside),
        parishes=tuple(one for one in english_parishes() if one.district_code in present),
    )


def _became(authority: Authority) -> set[str]:
    """The codes of the councils that an abolished one has become by now."""
    if authority.status != "abolished":
        return set()
    heirs = [_by_code()[code] for code in authority.successor_codes]
    return {code for heir in heirs for code in ({heir.code} if heir.is_current else _became(heir))}


def _why_not(name: str) -> str:
    for one in authorities():
        if plain(one.name) != plain(name):
            continue
        if one.is_current and one.upper_tier_code:
            above = _by_code()[one.upper_tier_code].name
            return f"{one.name} is a district, not a county. {did_you_mean([above])}"
        if one.status == "abolished":
            heirs = sorted({_county_of(code) for code in _became(one)})
            return f"{one.name} has been abolished. {did_you_mean(heirs)}"
    known = {known: one.name for one in _upper_tier() for known in _names_of(one)}
    likely = list(dict.fromkeys(known[found] for found in nearest(name, known)))
    asked = did_you_mean(likely) or "Give the name of a county, such as Oxfordshire."
    return f"There is no county of England called “{shown(name)}”. {asked}"


def _county_of(code: str) -> str:
    authority = _by_code()[code]
    return _by_code()[authority.upper_tier_code or code].name
