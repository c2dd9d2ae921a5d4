"""Reads lines of the journal as people do: figures with units, services and places by name."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.template.defaultfilters import filesizeformat

from waywarden.county.papers.models import Paper
from waywarden.county.places.models import Area
from waywarden.county.services.models import Service
from waywarden.county.services.queries import FACTS
from waywarden.fabric.common import wording
from waywarden.fabric.documents.kinds import CALLED
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.journal.telling import Naming, Values

#: The parts of a figure that are told together.
FIGURE = frozenset({"amount_milli", "range_milli", "unit"})
#: How many facts the earliest lines hold of each quantity.
FEWEST_FACTS = 6
#: A file is kept for a body, which the line of its paper names already.
UNTOLD_OF_A_FILE = frozenset({"body"})


def plainly(entry: Entry) -> tuple[Values, Values]:
    """Read all that a line says, each value as it is written on pages."""
    return in_plain_values(entry.before), in_plain_values(entry.after)


def in_plain_values(values: Values) -> Values:
    """Write figures with their units, and files as people know them."""
    told = {name: _plain(name, said) for name, said in figures_told(values).items()}
    if "kept_for" in told:
        return {name: said for name, said in told.items() if name not in UNTOLD_OF_A_FILE}
    return told


def figures_told(values: Values) -> Values:
    """Write a figure with its unit; an estimate as its range alone, and called one."""
    if "amount_milli" not in values:
        return values
    ends, unit = values.get("range_milli"), values.get("unit", "")
    rest = {name: said for name, said in values.items() if name not in FIGURE}
    if ends:
        return {"estimate": wording.span(ends[0], ends[1], unit)} | rest
    return {"figure": wording.amount(values["amount_milli"], unit)} | rest


def _plain(name: str, said: Any) -> Any:
    if isinstance(said, list) and FEWEST_FACTS <= len(said) <= len(FACTS) and " " in name:
        return _quantity(dict(zip(FACTS, said, strict=False)))
    if name == "media_type":
        return CALLED.get(said, said)
    if name == "size" and isinstance(said, int):
        return filesizeformat(said).replace("\xa0", " ")
    if name == "kind":
        return dict(Paper.Kind.choices).get(said, said)
    return said


def _quantity(facts: Values) -> str:
    """Write one row of a line that records many quantities."""
    figure = figures_told({name: facts[name] for name in FACTS if name in FIGURE})
    (how, amount), day = next(iter(figure.items())), facts["stated_on"]
    parts = [
        facts["source"],
        f"given on {wording.day(date.fromisoformat(day))}" if day else "",
        f"confidence {facts['confidence']}" if facts["confidence"] else "",
        f"disputed: {facts['dispute']}" if facts.get("is_disputed") else "",
    ]
    about = ", ".join(part for part in parts if part)
    worth = f"estimate of {amount}" if how == "estimate" else amount
    return f"{worth} ({about})" if about else worth


def with_services(named: Naming) -> Naming:
    """Return what names services, and quantities of them at places, besides what is named."""

    def also_named(said: Iterable[tuple[str, str]]) -> dict[str, str]:
        wanted = list(said)
        keys = {held for field, held in wanted if field == ""}
        return named(wanted) | _services(keys) | _quantities(keys)

    return also_named


def _services(keys: set[str]) -> dict[str, str]:
    return dict(Service.objects.filter(code__in=keys).values_list("code", "name"))


def _quantities(keys: set[str]) -> dict[str, str]:
    """Name the rows of lines in bulk, which are a place's key and a service's code."""
    parted = {key: key.rpartition(" ")[::2] for key in keys if " " in key}
    services = _services({code for _, code in parted.values()})
    found = Area.objects.filter(key__in={place for place, _ in parted.values()})
    places = dict(found.values_list("key", "name"))
    return {
        key: f"{services[code]} in {places[place]}"
        for key, (place, code) in parted.items()
        if code in services and place in places
    }
