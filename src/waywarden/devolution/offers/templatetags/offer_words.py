"""How rates are put into words."""

from collections.abc import Iterable

from django import template

from waywarden.county.decisions.relying import without_tail
from waywarden.devolution.offers.policies import named
from waywarden.rules.powers import power
from waywarden.rules.units import units

register = template.Library()
register.filter(without_tail)


@register.filter
def rate(millipence: int) -> str:
    """Write thousandths of a penny as pence, or as pounds from a pound on.

    >>> rate(5_000), rate(2_550), rate(4_500_000)
    ('5p', '2.55p', '£45')
    """
    if millipence < 100_000:
        return f"{_short(millipence, 1_000)}p"
    return f"£{_short(millipence, 100_000)}"


def _short(number: int, of: int) -> str:
    whole, rest = divmod(number, of)
    digits = len(str(of)) - 1
    return f"{whole:,}" + (f".{rest:0{digits}d}".rstrip("0") if rest else "")


@register.filter
def one_unit(code: str) -> str:
    """Write one of a unit in words; one that is not listed, as it is.

    >>> one_unit("m2")
    'square metre'
    """
    unit = units().get(code)
    return unit.singular if unit else code


@register.filter
def power_names(keys: Iterable[str]) -> str:
    """Name powers by their keys, each with its section.

    >>> power_names(("LGA2000-s9EA", "contract"))
    'Delegation of an executive function (Local Government Act 2000, section 9EA) or Contract'
    """
    return " or ".join(named(power(key)) for key in keys)
