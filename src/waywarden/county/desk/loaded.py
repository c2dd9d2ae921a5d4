"""What was recorded of many places or bodies at once, found and read for one of them."""

from typing import Any

from django.db.models import Q

from waywarden.county.desk.reading import in_plain_values
from waywarden.county.services.models import Service
from waywarden.fabric.journal.models import Entry

Values = dict[str, Any]
#: Thousandths of a hectare in a hectare.
MILLI = 1000
#: What lines in bulk keep of each thing, in their order.
OF_AN_AREA = ("kind", "name", "hectares")
OF_A_BODY = ("kind", "name")


def of_area(key: str) -> Q:
    """Return what finds the lines in which a place was recorded among others."""
    figures = [f"{key} {code}" for code in Service.objects.values_list("code", flat=True)]
    drawn = Q(did="recorded boundaries", after__areas__icontains=f'"{key}"')
    held = Q(after__has_any_keys=figures) | Q(before__has_any_keys=figures)
    counted = Q(did__in=("recorded quantities", "withdrew example quantities")) & held
    return Q(did="recorded areas", after__areas__has_key=key) | drawn | counted


def of_body(key: str) -> Q:
    """Return what finds the lines in which a body was recorded among others."""
    return Q(did="recorded bodies", after__bodies__has_key=key)


def told_of_area(entry: Entry, key: str) -> tuple[Values, Values]:
    """Read of a line about many places what it says of one."""
    return _of_area(entry.before, key), _of_area(entry.after, key)


def told_of_body(entry: Entry, key: str) -> tuple[Values, Values]:
    """Read of a line about many bodies what it says of one."""
    return {}, _row(entry.after, "bodies", key, OF_A_BODY)


def _of_area(values: Values, key: str) -> Values:
    if "set" in values:
        return {name: values[name] for name in ("set", "source") if values.get(name)}
    own = {name: said for name, said in values.items() if name.startswith(f"{key} ")}
    return _row(values, "areas", key, OF_AN_AREA) | in_plain_values(own)


def _row(values: Values, many: str, key: str, names: tuple[str, ...]) -> Values:
    rows = values.get(many)
    if not isinstance(rows, dict) or key not in rows:
        return {}
    told = dict(zip(names, rows[key], strict=False))
    if told.get("hectares") is not None:
        told["hectares"] = f"{told['hectares'] / MILLI:,.0f}"
    return {name: said for name, said in told.items() if said is not None}
