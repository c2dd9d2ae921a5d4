"""The units people write, and what to do when it is not the unit a service is counted in."""

import re
import unicodedata

from waywarden.county.services.models import Service
from waywarden.fabric.tables.cells import decimal_milli, quoted
from waywarden.fabric.tables.problems import CellRefused
from waywarden.rules.units import units

# Besides each unit's own code, symbol, singular and plural.
ALSO_WRITTEN = {
    "m2": ("sqm", "sq metres", "square meter", "square meters", "metres squared"),
    "km": ("kms", "kilometer", "kilometers"),
    "m": ("lm", "meter", "meters", "linear metre", "linear metres", "linear m", "running metres"),
    "item": ("no", "number", "each"),
}
# Units no service is counted in, and what one of them is in ours.
OTHERS = {
    "acres": (("acre", "acres", "ac"), {"m2": "4,046.86"}),
    "hectares": (("ha", "hectare", "hectares"), {"m2": "10,000"}),
    "square yards": (("sqyd", "sqyds", "squareyard", "squareyards", "yd2"), {"m2": "0.8361"}),
    "square kilometres": (("km2", "sqkm", "squarekilometres"), {"m2": "1,000,000"}),
    "miles": (("mi", "mile", "miles"), {"km": "1.609344", "m": "1,609.344"}),
    "yards": (("yd", "yds", "yard", "yards"), {"m": "0.9144", "km": "0.0009144"}),
    "feet": (("ft", "foot", "feet"), {"m": "0.3048", "km": "0.0003048"}),
}
BETWEEN_OURS = {
    ("km", "m"): "multiply the kilometres by 1,000",
    ("m", "km"): "divide the metres by 1,000",
}
LENGTHS = ("m", "km")
#: Wider than any verge, in thousandths of a metre.
WIDEST_SWATHE = 100_000


def unit_of(text: str, service: Service) -> str:
    """Read a unit as the one its service is counted in; refuse others, saying how to convert."""
    if not text.strip():
        raise CellRefused(f"It is empty: write {written(service.unit)}.")
    code = _known(text)
    if code == service.unit:
        return code
    counted = f"{service} is counted in {written(service.unit)}"
    if code:
        raise CellRefused(f"{counted}, not in {plural(code)}. {_remedy(code, service.unit)}")
    for name, (words, factors) in OTHERS.items():
        if _bare(text) in words:
            factor = factors.get(service.unit)
            remedy = (
                f"Convert it: multiply the {name} by {factor}."
                if factor
                else _remedy(name, service.unit)
            )
            raise CellRefused(f"{counted}, not in {name}. {remedy}")
    raise CellRefused(f"{quoted(text)} is not a unit we know. {counted}: write {service.unit}.")


def is_length_of_area(text: str, service: Service) -> bool:
    """Whether metres of length are given for a service that is counted in square metres."""
    return service.unit == "m2" and _known(text) == "m"


def area_of(length_milli: int, swathe: str) -> int:
    """Return the thousandths of a square metre in a length, from the width that is cut.

    >>> area_of(1_200_500, "1.5")
    1800750
    """
    if not swathe.strip():
        raise CellRefused(
            "The swathe is missing: a length is not an area. Write the width that is cut, in "
            "metres, or give square metres (m2)."
        )
    width = decimal_milli(swathe)
    if not 0 < width <= WIDEST_SWATHE:
        raise CellRefused(f"{quoted(swathe)} is no width that is cut: write metres, such as 1.5.")
    # A thousandth of a square metre is rounded half up.
    return (length_milli * width + 500) // 1000


def unit_named(text: str) -> str:
    """Return the code of the unit a text means, or else the text without its marks.

    >>> unit_named("sq m"), unit_named("Furlongs"), unit_named("")
    ('m2', 'furlongs', '')
    """
    return _known(text) or _bare(text)


def _known(text: str) -> str:
    """Return the code of the unit a text means; empty when it is none of the catalogue's."""
    bare = _bare(text)
    for code, unit in units().items():
        words = (code, unit.symbol, unit.singular, unit.plural, *ALSO_WRITTEN.get(code, ()))
        if bare in {_bare(word) for word in words}:
            return code
    return ""


def _bare(text: str) -> str:
    """Leave out what people write differently.

    >>> _bare("Sq. M"), _bare("m²"), _bare("m^2")
    ('sqm', 'm2', 'm2')
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _remedy(unit: str, wanted: str) -> str:
    if way := BETWEEN_OURS.get((unit, wanted)):
        return f"Convert it: {way}."
    if wanted == "m2" and (unit in LENGTHS or unit in ("miles", "yards", "feet")):
        return "A length is not an area: multiply the length in metres by the width that is cut."
    return "Check whether the right service is named, and measure it in that unit."


def plural(code: str) -> str:
    """Name many of a unit."""
    return units()[code].plural if code in units() else code


def written(code: str) -> str:
    """Name a unit as a sentence does, with what to write in a table.

    >>> written("m2"), written("sign")
    ('square metres (m2)', 'signs (sign)')
    """
    return f"{plural(code)} ({code})"
